// The drafts that one run fills: those that this plugin made earlier and may join, and new ones.
// Nothing is written until write().
#pragma once

#include <wharf/plugin.hpp>

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "demand.hpp"
#include "model.hpp"

namespace backorder_po {

// A purchase, decided on.
struct Decided {
    Purchase purchase;
    Sku sku;
    LocationCode ship_to;
    wharf::Date expected_on;
    Share share;  // lines to peg to, and with consolidation by order the order
    LineExplanation explanation;
};

class DraftBook {
public:
    DraftBook(wharf::Context& context, const Settings& settings)
        : context_(context), settings_(settings) {}

    // How much of the product the draft that a purchase would join already holds.
    Quantity on_draft(const VendorCode& vendor, const LocationCode& ship_to,
                      wharf::Date expected_on, const std::optional<DocumentNumber>& order,
                      const Sku& sku);

    void add(const Decided& decided);

    [[nodiscard]] std::int32_t drafts() const;
    [[nodiscard]] std::int32_t vendors() const;
    [[nodiscard]] std::int32_t lines() const { return lines_; }
    [[nodiscard]] Quantity quantity() const { return quantity_; }
    [[nodiscard]] Money value() const { return value_; }

    // Makes and joins the orders, pegs them, and leaves new ones in the status that the settings
    // say.
    std::vector<DocumentNumber> write();

private:
    struct Line {
        std::optional<std::int32_t> number;  // of a line that is joined
        Quantity quantity;                   // the whole line
        Money unit_price;
        LineExplanation explanation;
        std::vector<wharf::planning::Cover> covers;  // their supply is filled in by write()
        bool changed = false;
    };
    struct Draft {
        std::optional<DocumentNumber> number;
        wharf::Date expected_on;
        std::map<Sku, Line> lines;
        bool changed = false;
    };
    // vendor, location, window, order
    using Key = std::tuple<VendorCode, LocationCode, std::int64_t, std::string>;

    [[nodiscard]] Key key(const VendorCode& vendor, const LocationCode& ship_to,
                          wharf::Date expected_on,
                          const std::optional<DocumentNumber>& order) const;
    void load(const VendorCode& vendor, const LocationCode& ship_to);
    wharf::PurchaseOrder write_draft(const Key& key, Draft& draft);
    void finish_all(const std::vector<wharf::PurchaseOrder>& fresh,
                    std::vector<DocumentNumber>& numbers);
    void finish(const wharf::PurchaseOrder& order);
    bool within_ceiling(Money amount);

    wharf::Context& context_;
    const Settings& settings_;
    std::map<Key, Draft> drafts_;
    std::set<std::pair<VendorCode, LocationCode>> loaded_;
    std::int32_t lines_ = 0;
    Quantity quantity_;
    Money value_;
};

}  // namespace backorder_po

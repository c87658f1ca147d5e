// The book of one run: the drafts that this plugin made earlier and may join, and new ones. Nothing
// is written until write().
#pragma once

#include <wharf/plugin.hpp>

#include <set>
#include <utility>
#include <vector>

#include "demand.hpp"
#include "drafts.hpp"
#include "model.hpp"
#include "write_draft.hpp"

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

    // Refuses (invalid) an amount that nobody can keep, before the book has anything of it.
    void add(const Decided& decided);

    [[nodiscard]] std::int32_t drafts() const;
    [[nodiscard]] std::int32_t vendors() const;
    [[nodiscard]] const Bought& total() const { return total_; }

    // Makes and joins the orders, pegs them, and leaves new ones in the status that the settings
    // say. What cannot be bought is left out of the total.
    std::vector<DocumentNumber> write();
    // The exceptions of what write() could not buy.
    [[nodiscard]] const std::vector<Exception>& left_out() const { return left_out_; }

private:
    [[nodiscard]] DraftKey key(const VendorCode& vendor, const LocationCode& ship_to,
                               wharf::Date expected_on,
                               const std::optional<DocumentNumber>& order) const;
    void load(const VendorCode& vendor, const LocationCode& ship_to);
    void leave_out(const DraftKey& key, Draft& draft, const LeftOut& refused);
    void finish_all(const std::vector<wharf::PurchaseOrder>& fresh,
                    std::vector<DocumentNumber>& numbers);
    void finish(const wharf::PurchaseOrder& order);
    bool within_ceiling(Money amount);

    wharf::Context& context_;
    const Settings& settings_;
    Drafts drafts_;
    std::set<std::pair<VendorCode, LocationCode>> loaded_;
    Bought total_;
    std::vector<Exception> left_out_;
};

}  // namespace backorder_po

// What is needed of one product at one location, and for which order lines it may be bought.
#pragma once

#include <wharf/plugin.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model.hpp"

namespace backorder_po {

// The terms of one need, as far as the settings count them.
struct Terms {
    Sku sku;
    LocationCode location;
    Count waiting;
    Count pegged;
    FreeSupply free;
    Count net_need;
    bool discontinued = false;
};

Terms terms_of(const wharf::planning::Need& need, const Settings& settings);

// The end of the horizon, or nothing: every waiting line is demand.
std::optional<wharf::Instant> horizon(const wharf::Context& context, const Settings& settings);

// A part of a need that is bought together. Without `lines` it is pegged in allocation order.
struct Share {
    struct Line {
        DocumentNumber order;
        std::int32_t line = 0;
        Quantity quantity;
    };
    Quantity quantity;
    std::optional<DocumentNumber> order;  // with consolidation by order
    std::set<VendorCode> passed_over;
    std::vector<Line> lines;
};

// The marks of an account, read once for a run.
class Marks {
public:
    explicit Marks(wharf::Context& context);
    // Only what stands on one product and location: for reactions.
    Marks(wharf::Context& context, const Sku& sku, const LocationCode& location);

    // True when some line of the product and location is marked, so that lines must be looked at.
    [[nodiscard]] bool concern(const Sku& sku, const LocationCode& location) const;
    [[nodiscard]] std::set<VendorCode> passed_over(const DocumentNumber& order,
                                                   std::int32_t line) const;
    [[nodiscard]] bool withheld(const DocumentNumber& order, std::int32_t line) const;

private:
    void take(const Mark& mark);
    std::set<std::pair<Sku, LocationCode>> concerned_;
    std::map<std::pair<DocumentNumber, std::int32_t>, std::set<VendorCode>> vendors_;
    std::set<std::pair<DocumentNumber, std::int32_t>> withheld_;
};

// Who asks: the reaction to a change does not buy for lines that a person took the supply of.
enum class AskedBy { run, reaction };

std::vector<Share> shares_of(wharf::Context& context, const Settings& settings, const Terms& terms,
                             const Marks& marks, AskedBy asked_by);

// Remembers the order lines whose supply a person or a vendor took away with this change of the
// document, made at this instant.
void mark_released(wharf::Context& context, const wharf::PurchaseOrder& order, wharf::Instant at,
                   bool vendor_refused);
// A run has looked at them again.
void clear_withheld(wharf::Context& context, const std::optional<Sku>& sku,
                    const std::optional<LocationCode>& location);
// The order is over: what was remembered of its lines goes.
void forget_order(wharf::Context& context, const DocumentNumber& order);

}  // namespace backorder_po

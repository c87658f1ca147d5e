// One look at needs: terms, vendors, purchases and exceptions. Reads only; the drafts that it fills
// are written by DraftBook::write().
#pragma once

#include <wharf/plugin.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "demand.hpp"
#include "draft_book.hpp"
#include "model.hpp"

namespace backorder_po {

class Planner {
public:
    Planner(wharf::Context& context, const Settings& settings)
        : context_(context), settings_(settings), book_(context, settings) {}

    // Decides on one need and puts the purchases into the book.
    Requirement plan(const wharf::planning::Need& need, const Marks& marks, AskedBy asked_by);

    [[nodiscard]] DraftBook& book() { return book_; }
    // What was found in looking, and after the book was written what could not be bought.
    [[nodiscard]] std::vector<Exception> exceptions() const;

private:
    struct Source {
        Candidate candidate;
        std::string unfit;  // why it is no candidate, or empty
    };

    const std::vector<Source>& sources(const Sku& sku);
    const wharf::Vendor& vendor(const VendorCode& code);
    bool serials_must_be_named(const Sku& sku);
    void plan_shares(const Terms& terms, const std::vector<Share>& shares,
                     Requirement& requirement);
    void plan_share(const Terms& terms, const Share& share, Requirement& requirement);
    LineExplanation explain(const Terms& terms, const Purchase& purchase,
                            const std::vector<Lost>& lost);
    const std::vector<Elsewhere>& free_elsewhere(const Sku& sku, const LocationCode& location);
    void raise(const Terms& terms, Requirement& requirement, const std::string& code,
               Quantity quantity, std::string reason);

    wharf::Context& context_;
    const Settings& settings_;
    DraftBook book_;
    std::map<Sku, std::vector<Source>> sources_;
    std::map<VendorCode, wharf::Vendor> vendors_;
    std::map<std::pair<Sku, LocationCode>, std::vector<Elsewhere>> elsewhere_;
    std::vector<Exception> exceptions_;
};

// Every need in scope, in order of location and sku.
template <class Visit>
void each_need(wharf::Context& context, const Settings& settings, const std::optional<Sku>& sku,
               const std::optional<LocationCode>& location, Visit visit) {
    wharf::planning::Needs query;
    query.sku = sku;
    query.location = location;
    query.due_before = horizon(context, settings);
    query.unpegged_only = true;
    context.each(query, visit);
}

}  // namespace backorder_po

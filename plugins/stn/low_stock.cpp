#include "low_stock.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "papers.hpp"
#include "shares.hpp"

namespace stn {
namespace {

// What the facts forbid, and not the host's state of the moment.
bool is_about_the_request(const wharf::Refusal& refusal) {
    switch (refusal.kind()) {
        case wharf::RefusalKind::conflict:
        case wharf::RefusalKind::invalid:
        case wharf::RefusalKind::not_found:
            return true;
        default:
            return false;
    }
}

std::string code_of(const wharf::Refusal& refusal) {
    return refusal.faults().empty() ? refusal.code() : refusal.faults().front().code;
}

class Looking {
public:
    Looking(wharf::Context& context, const Settings& settings)
        : context_(context), settings_(settings) {
        context_.each(wharf::catalog::ListLocations{}, [&](const wharf::Location& location) {
            if (location.active && location.holds_stock) locations_.push_back(location.code);
        });
    }

    // Nothing when the level is kept, or the place takes no goods.
    std::optional<Suggestion> look(const wharf::StockLevel& level) {
        if (std::find(locations_.begin(), locations_.end(), level.location) == locations_.end()) {
            return std::nullopt;
        }
        Suggestion found;
        found.sku = level.sku;
        found.destination = level.location;
        found.minimum = level.minimum;
        found.maximum = level.maximum;
        found.available = available(level.sku, level.location);
        found.coming = coming(level.sku, level.location);
        found.waiting = waiting(level.sku, level.location);
        found.missing = missing(found);
        found.wanted = wanted(found);
        if (!found.wanted.positive()) return std::nullopt;
        return found;
    }

    // Gives what there is to spare to those that need it, most urgent first: everybody up to the
    // minimum, then up to the maximum.
    void serve(std::vector<Suggestion>& all) {
        std::sort(all.begin(), all.end(), more_urgent);
        std::int32_t rank = 0;
        for (auto& found : all) {
            found.rank = ++rank;
            choose_source(found);
            give(found, found.missing);
        }
        for (auto& found : all) {
            give(found, Quantity(found.wanted) - found.quantity);
            if (found.quantity.positive()) continue;
            const bool routed_astray = found.source && !has_source(found);
            found.exception = routed_astray ? "no_document" : "no_source";
        }
    }

private:
    using Place = std::pair<LocationCode, Sku>;

    Quantity available(const Sku& sku, const LocationCode& location) {
        wharf::inventory::Levels levels;
        levels.sku = sku;
        levels.location = location;
        Quantity sum;
        context_.each(levels, [&](const wharf::StockItem& item) { sum += item.available; });
        return sum;
    }

    Quantity coming(const Sku& sku, const LocationCode& location) {
        wharf::planning::SupplyLines lines;
        lines.sku = sku;
        lines.location = location;
        lines.unpegged_only = false;
        Quantity sum;
        context_.each(lines, [&](const wharf::planning::Supply& supply) { sum += supply.owed; });
        return sum;
    }

    Quantity waiting(const Sku& sku, const LocationCode& location) {
        wharf::planning::WaitingLines lines;
        lines.sku = sku;
        lines.location = location;
        lines.unpegged_only = false;
        Quantity sum;
        context_.each(lines,
                      [&](const wharf::planning::WaitingLine& line) { sum += line.waiting; });
        return sum;
    }

    // What a location has beyond its own minimum and beyond what was asked of it already.
    Quantity& spare(const Sku& sku, const LocationCode& location) {
        const auto known = spare_.find({location, sku});
        if (known != spare_.end()) return known->second;
        Quantity own;
        try {
            own = context_.catalog().get_stock_level({location, sku}).minimum;
        } catch (const wharf::Refusal& refusal) {
            if (refusal.kind() != wharf::RefusalKind::not_found) throw;
        }
        const auto left = available(sku, location) - own - asked_of(sku, location);
        return spare_[{location, sku}] = std::max(left, Quantity());
    }

    // Drafts hold nothing yet, but they will.
    Quantity asked_of(const Sku& sku, const LocationCode& location) {
        if (!drafts_read_) {
            wharf::transfers::List drafts;
            drafts.status = wharf::TransferStatus::draft;
            context_.each(drafts, [&](const wharf::Transfer& draft) {
                for (const auto& line : draft.lines) {
                    drafts_[{draft.source, line.sku}] += line.waiting;
                }
            });
            drafts_read_ = true;
        }
        const auto found = drafts_.find({location, sku});
        return found == drafts_.end() ? Quantity() : found->second;
    }

    std::optional<LocationCode> routed(const Suggestion& found) const {
        std::optional<LocationCode> general;
        for (const auto& route : *settings_.routes) {
            if (route.destination != found.destination) continue;
            if (route.sku == found.sku) return route.source;
            if (!route.sku && !general) general = route.source;
        }
        return general;
    }

    void choose_source(Suggestion& found) {
        found.source = routed(found);
        if (!found.source) {
            Quantity most;
            for (const auto& location : locations_) {
                if (location == found.destination) continue;
                if (!may_travel(location, found.destination)) continue;
                const auto there = spare(found.sku, location);
                if (there <= most) continue;
                most = there;
                found.source = location;
            }
        }
        if (has_source(found)) found.spare = spare(found.sku, *found.source);
    }

    bool has_source(const Suggestion& found) {
        return found.source && *found.source != found.destination &&
               may_travel(*found.source, found.destination);
    }

    // Whether there is a document that goods could travel under between the two.
    bool may_travel(const LocationCode& source, const LocationCode& destination) {
        const auto known = may_travel_.find({source, destination});
        if (known != may_travel_.end()) return known->second;
        bool may = true;
        try {
            static_cast<void>(
                Papers(context_, settings_).document_for(source, destination, Purpose::branch));
        } catch (const wharf::Refusal& refusal) {
            if (!is_about_the_request(refusal)) throw;
            may = false;
        }
        return may_travel_[{source, destination}] = may;
    }

    void give(Suggestion& found, Quantity most) {
        if (!has_source(found)) return;
        auto& there = spare(found.sku, *found.source);
        const auto given = std::min(most, there);
        found.quantity += given;
        there -= given;
    }

    wharf::Context& context_;
    const Settings& settings_;
    std::vector<LocationCode> locations_;
    std::map<Place, Quantity> spare_;
    std::map<Place, Quantity> drafts_;
    std::map<std::pair<LocationCode, LocationCode>, bool> may_travel_;
    bool drafts_read_ = false;
};

}  // namespace

Suggestions suggest(wharf::Context& context, const Settings& settings,
                    const SuggestionsQuery& query) {
    Looking looking(context, settings);
    Suggestions found;
    wharf::catalog::ListStockLevels levels;
    levels.location = query.destination;
    std::vector<wharf::StockLevel> all;
    context.each(levels, [&](const wharf::StockLevel& level) { all.push_back(level); });
    for (const auto& level : all) {
        if (query.sku && level.sku != *query.sku) continue;
        if (auto suggestion = looking.look(level)) found.items.push_back(std::move(*suggestion));
    }
    looking.serve(found.items);
    return found;
}

Requested request_low_stock(wharf::Context& context, const Settings& settings,
                            const SuggestionsQuery& query) {
    Requested requested;
    std::map<std::pair<LocationCode, LocationCode>, std::vector<Suggestion>> drafts;
    for (auto& suggestion : suggest(context, settings, query).items) {
        if (suggestion.exception) {
            requested.exceptions.push_back(std::move(suggestion));
            continue;
        }
        drafts[{*suggestion.source, suggestion.destination}].push_back(std::move(suggestion));
    }
    for (auto& [ends, suggestions] : drafts) {
        CreateNote note;
        note.source = ends.first;
        note.destination = ends.second;
        for (const auto& suggestion : suggestions) {
            auto& line = note.lines.emplace_back();
            line.sku = suggestion.sku;
            line.quantity = suggestion.quantity;
        }
        note.explanation = wharf::RawJson{wharf::to_json(Suggestions{suggestions})};
        try {
            // By the operation: one that is refused leaves nothing, and the others go on.
            requested.transfers.push_back(context.call<TransferNote>("stn.create", note).number);
            for (const auto& suggestion : suggestions) requested.quantity += suggestion.quantity;
        } catch (const wharf::Refusal& refusal) {
            if (!is_about_the_request(refusal)) throw;
            for (auto& suggestion : suggestions) {
                suggestion.quantity = Count();
                suggestion.exception = code_of(refusal);
                requested.exceptions.push_back(std::move(suggestion));
            }
        }
    }
    return requested;
}

}  // namespace stn

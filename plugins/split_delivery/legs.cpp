#include "legs.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace split_delivery {

namespace {

std::string units(Quantity quantity) {
    return std::to_string(quantity.raw());
}

// Rows that go the same way on the same day, and the legs that are there for them.
struct Group {
    LocationCode location;
    std::optional<LocationCode> via;
    std::optional<Date> expected_on;  // as the rows name it
    std::map<Sku, const SheetRow*> rows;
    std::vector<const LegView*> legs;
    std::map<std::int32_t, Quantity> target;  // by line of the order

    [[nodiscard]] const LegView* open_leg() const {
        const auto found =
            std::find_if(legs.begin(), legs.end(), [](const auto* leg) { return leg->open; });
        return found == legs.end() ? nullptr : *found;
    }
    [[nodiscard]] Quantity fixed(std::int32_t line) const {
        Quantity sum;
        for (const auto* leg : legs) {
            const auto found = leg->fixed.find(line);
            if (found != leg->fixed.end()) sum += found->second;
        }
        return sum;
    }
    // What its open leg carries now and may give up.
    [[nodiscard]] Quantity loose(std::int32_t line) const {
        const auto* leg = open_leg();
        if (leg == nullptr || !leg->quantity.contains(line)) return {};
        return leg->quantity.at(line) - leg->fixed.at(line);
    }
};

class Matching {
public:
    Matching(wharf::Context& context, const OrderView& view, std::string_view pointer,
             SheetFaults& faults)
        : context_(context), view_(view), pointer_(pointer), faults_(faults) {}

    std::vector<wharf::purchasing::Leg> run(const std::vector<SheetRow>& rows) {
        for (const auto& row : rows) read(row);
        match_legs();
        check_totals(rows);
        check_minimums();
        faults_.refuse_if_any();
        for (const auto& [sku, lines] : view_.lines) deal(sku, lines);
        std::vector<wharf::purchasing::Leg> legs;
        for (auto& group : groups_) write(group, legs);
        return legs;
    }

private:
    void read(const SheetRow& row) {
        if (!view_.lines.contains(row.row.sku)) {
            faults_.add(
                row.pointer, "not_on_the_order",
                row.says("\"" + row.row.sku.text() + "\" is not on " + view_.order.number.text()));
        }
        if (view_.brings_more(row.row)) {
            check_location(row, row.row.location);
            if (row.row.via) check_location(row, *row.row.via);
        }
        if (row.row.via == row.row.location) {
            faults_.add(row.pointer, "via_itself",
                        row.says("the hub is another location than the one the goods are for"));
        }
        if (row.row.expected_on && *row.row.expected_on < context_.today() && is_new(row)) {
            faults_.add(row.pointer, "in_the_past",
                        row.says(row.row.expected_on->text() + " is before today"));
        }
        const auto lines = view_.lines.find(row.row.sku);
        if (row.row.serials && lines != view_.lines.end() && lines->second.size() > 1) {
            faults_.add(row.pointer, "serials_ambiguous",
                        row.says("\"" + row.row.sku.text() +
                                 "\" stands on several lines: its serials go in order"));
        }
        auto& group = group_for(row.row);
        const auto [place, fresh] = group.rows.emplace(row.row.sku, &row);
        if (!fresh) {
            faults_.add(
                row.pointer, "row_twice",
                row.says("\"" + row.row.sku.text() + "\" for \"" + row.row.location.text() +
                         "\" stands in row " + std::to_string(place->second->number) + " already"));
        }
    }

    bool is_new(const SheetRow& row) const {
        return std::none_of(view_.legs.begin(), view_.legs.end(), [&](const LegView& leg) {
            return leg.location == row.row.location && leg.via == row.row.via &&
                   leg.expected_on == row.row.expected_on;
        });
    }

    void check_location(const SheetRow& row, const LocationCode& code) {
        const auto why = why_unusable(code);
        if (why.empty()) return;
        // A rule has a row of each product for each place: what is wrong with the place is told
        // once.
        if (!told_.emplace(row.pointer, row.number, code).second) return;
        faults_.add(row.pointer, why.front(), row.says(why.back()));
    }

    // Code and words, or nothing.
    const std::vector<std::string>& why_unusable(const LocationCode& code) {
        const auto [found, fresh] = locations_.try_emplace(code);
        if (!fresh) return found->second;
        wharf::catalog::GetLocation query;
        query.code = code;
        try {
            const auto location = context_.call(query);
            if (!location.active) {
                found->second = {"inactive_location", "\"" + code.text() + "\" is not active"};
            } else if (!location.holds_stock) {
                found->second = {"holds_no_stock", "\"" + code.text() + "\" holds no stock"};
            }
        } catch (const wharf::Refusal& refusal) {
            if (refusal.kind() != wharf::RefusalKind::not_found) throw;
            found->second = {"unknown_location", "there is no location \"" + code.text() + "\""};
        }
        return found->second;
    }

    Group& group_for(const Row& row) {
        const auto same = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
            return group.location == row.location && group.via == row.via &&
                   group.expected_on == row.expected_on;
        });
        if (same != groups_.end()) return *same;
        groups_.push_back({row.location, row.via, row.expected_on, {}, {}, {}});
        return groups_.back();
    }

    // Each leg belongs to the group that names its day, else to the one of its place without a day,
    // else to one of its own that no row speaks of.
    void match_legs() {
        for (const auto& leg : view_.legs) {
            auto* group = find_group(leg, leg.expected_on);
            if (group == nullptr) group = find_group(leg, std::nullopt);
            if (group == nullptr) {
                groups_.push_back({leg.location, leg.via, leg.expected_on, {}, {}, {}});
                group = &groups_.back();
            }
            if (leg.open && group->open_leg() != nullptr) {
                faults_.add(std::string(pointer_), "which_leg",
                            "\"" + leg.location.text() +
                                "\" has several legs: name the day that each row is for");
            }
            group->legs.push_back(&leg);
        }
    }

    Group* find_group(const LegView& leg, const std::optional<Date>& expected_on) {
        const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
            return group.location == leg.location && group.via == leg.via &&
                   group.expected_on == expected_on;
        });
        return found == groups_.end() ? nullptr : &*found;
    }

    void check_totals(const std::vector<SheetRow>& rows) {
        std::map<Sku, Quantity> totals;
        for (const auto& row : rows) totals[row.row.sku] += row.row.quantity;
        for (const auto& [sku, lines] : view_.lines) {
            const auto total = totals[sku];
            const auto ordered = view_.ordered_of(sku);
            if (total == ordered) continue;
            faults_.add(std::string(pointer_), "total_differs",
                        "\"" + sku.text() + "\": the rows total " + units(total) + ", " +
                            view_.order.number.text() + " orders " + units(ordered));
        }
    }

    void check_minimums() {
        for (const auto& group : groups_) {
            for (const auto& [sku, lines] : view_.lines) {
                Quantity fixed;
                for (const auto line : lines) fixed += group.fixed(line);
                const auto row = group.rows.find(sku);
                const auto wanted =
                    row == group.rows.end() ? Quantity(0) : row->second->row.quantity;
                if (wanted >= fixed) continue;
                const auto said = "\"" + group.location.text() + "\" keeps " + units(fixed) +
                                  " of \"" + sku.text() +
                                  "\" that were received, dispatched or called off there";
                if (row == group.rows.end()) {
                    faults_.conflict(std::string(pointer_), "below_received",
                                     said + ", and has no row");
                } else {
                    faults_.conflict(row->second->pointer, "below_received",
                                     row->second->says(said));
                }
            }
        }
    }

    // A product may stand on several lines of the order: what is fixed stays on its line, then each
    // leg keeps what it has, then the lines are filled up in order.
    void deal(const Sku& sku, const std::vector<std::int32_t>& lines) {
        std::map<std::int32_t, Quantity> left;
        for (const auto line : lines) left[line] = view_.ordered.at(line);
        std::vector<std::pair<Group*, Quantity>> wanting;
        for (auto& group : groups_) {
            const auto row = group.rows.find(sku);
            auto wanted = row == group.rows.end() ? Quantity(0) : row->second->row.quantity;
            for (const auto line : lines) {
                const auto fixed = group.fixed(line);
                group.target[line] += fixed;
                left[line] -= fixed;
                wanted -= fixed;
            }
            wanting.emplace_back(&group, wanted);
        }
        const auto give = [&](Group& group, std::int32_t line, Quantity most, Quantity& wanted) {
            const auto given = std::min({most, wanted, left[line]});
            if (!given.positive()) return;
            group.target[line] += given;
            left[line] -= given;
            wanted -= given;
        };
        for (auto& [group, wanted] : wanting) {
            for (const auto line : lines) give(*group, line, group->loose(line), wanted);
        }
        for (auto& [group, wanted] : wanting) {
            for (const auto line : lines) give(*group, line, wanted, wanted);
        }
    }

    void write(const Group& group, std::vector<wharf::purchasing::Leg>& legs) {
        const auto* open = group.open_leg();
        wharf::purchasing::Leg leg;
        if (open != nullptr) {
            leg.number = open->number;
        } else {
            leg.location = group.location;
            leg.via = group.via;
        }
        leg.expected_on = group.expected_on;
        for (const auto& [line, target] : group.target) {
            // What stands on legs that are over is theirs.
            auto own = target;
            for (const auto* other : group.legs) {
                if (other != open && other->fixed.contains(line)) own -= other->fixed.at(line);
            }
            const auto now = open != nullptr && open->quantity.contains(line)
                                 ? open->quantity.at(line)
                                 : Quantity(0);
            const auto serials = serials_for(group, line);
            if (own == now && !serials) continue;
            if (own.positive() || open != nullptr) leg.lines.push_back({line, own, serials});
        }
        const bool other_day =
            open != nullptr && leg.expected_on && leg.expected_on != open->expected_on;
        if (!leg.lines.empty() || other_day) legs.push_back(std::move(leg));
    }

    std::optional<std::vector<wharf::Serial>> serials_for(const Group& group,
                                                          std::int32_t line) const {
        for (const auto& [sku, row] : group.rows) {
            if (!row->row.serials) continue;
            const auto& lines = view_.lines.at(sku);
            if (lines.size() == 1 && lines.front() == line) return row->row.serials;
        }
        return std::nullopt;
    }

    wharf::Context& context_;
    const OrderView& view_;
    std::string_view pointer_;
    SheetFaults& faults_;
    std::vector<Group> groups_;
    std::map<LocationCode, std::vector<std::string>> locations_;
    std::set<std::tuple<std::string, std::int64_t, LocationCode>> told_;
};

}  // namespace

std::vector<wharf::purchasing::Leg> legs_of(wharf::Context& context, const OrderView& view,
                                            const std::vector<SheetRow>& rows,
                                            std::string_view rows_pointer, SheetFaults& faults) {
    return Matching(context, view, rows_pointer, faults).run(rows);
}

}  // namespace split_delivery

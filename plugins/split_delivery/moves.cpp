#include "moves.hpp"

#include <algorithm>
#include <set>

namespace split_delivery {

namespace {

// One way to a place on one day, with what goes there. Several legs may share it: one that is open,
// and those that are over.
struct Way {
    LocationCode location;
    std::optional<LocationCode> via;
    std::optional<Date> expected_on;
    bool open = false;
    std::map<Sku, Quantity> carried;
    std::map<Sku, Quantity> fixed;  // received + dispatched + cancelled
};

// Either end of a move.
struct End {
    const LocationCode& location;
    const std::optional<LocationCode>& via;
    const std::optional<Date>& expected_on;
    std::string field;  // what the request calls its place
    std::string day;    // and its day

    [[nodiscard]] bool at(const Way& way) const {
        return way.location == location && way.via == via &&
               (!expected_on || way.expected_on == expected_on);
    }
};

class Moving {
public:
    Moving(const OrderView& view, SheetFaults& faults) : view_(view), faults_(faults) {
        for (const auto& leg : view.legs) take_over(leg);
    }

    std::vector<SheetRow> run(const std::vector<Move>& moves) {
        if (moves.empty()) faults_.add("/moves", "required", "name at least one move");
        for (std::size_t i = 0; i < moves.size(); ++i) take(moves[i], i);
        std::vector<SheetRow> rows;
        for (const auto& way : ways_) write(way, rows);
        return rows;
    }

private:
    void take_over(const LegView& leg) {
        auto& way = way_to(leg.location, leg.via, leg.expected_on);
        way.open = way.open || leg.open;
        for (const auto& [sku, lines] : view_.lines) {
            for (const auto line : lines) {
                if (!leg.quantity.contains(line)) continue;
                way.carried[sku] += leg.quantity.at(line);
                way.fixed[sku] += leg.fixed.at(line);
            }
        }
    }

    Way& way_to(const LocationCode& location, const std::optional<LocationCode>& via,
                const std::optional<Date>& expected_on) {
        const auto same = std::find_if(ways_.begin(), ways_.end(), [&](const Way& way) {
            return way.location == location && way.via == via && way.expected_on == expected_on;
        });
        if (same != ways_.end()) return *same;
        ways_.push_back({location, via, expected_on, false, {}, {}});
        return ways_.back();
    }

    void take(const Move& move, std::size_t index) {
        const auto pointer = "/moves/" + std::to_string(index);
        const auto says = "move " + std::to_string(index + 1) + ": ";
        const auto before = faults_.count();
        if (!view_.lines.contains(move.sku)) {
            faults_.add(
                pointer + "/sku", "not_on_the_order",
                says + "\"" + move.sku.text() + "\" is not on " + view_.order.number.text());
        }
        const End from{move.from, move.from_via, move.from_expected_on, "from", "from_expected_on"};
        const End to{move.to, move.via, move.expected_on, "to", "expected_on"};
        const auto source = open_way(from, pointer, says);
        if (!source && faults_.count() == before) {
            faults_.conflict(pointer + "/from", "split_delivery.no_such_leg",
                             says + "no open leg of " + view_.order.number.text() + " goes to \"" +
                                 move.from.text() + "\" this way");
        }
        auto target = open_way(to, pointer, says);
        if (faults_.count() > before) return;
        if (!target) target = index_of(way_to(move.to, move.via, move.expected_on));
        if (*source == *target) {
            return faults_.add(pointer + "/to", "same_leg", says + "it goes where it goes already");
        }
        give(move, ways_[*source], ways_[*target], pointer, says);
        origins_.try_emplace({*target, move.sku}, index);
    }

    std::size_t index_of(const Way& way) const {
        return static_cast<std::size_t>(&way - ways_.data());
    }

    // The one that is open; a fault when several are.
    std::optional<std::size_t> open_way(const End& end, const std::string& pointer,
                                        const std::string& says) {
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < ways_.size(); ++i) {
            if (!ways_[i].open || !end.at(ways_[i])) continue;
            if (found) {
                faults_.add(pointer + "/" + end.day, "which_leg",
                            says + "several legs go to \"" + end.location.text() +
                                "\": name the day in " + end.day);
                return std::nullopt;
            }
            found = i;
        }
        return found;
    }

    void give(const Move& move, Way& from, Way& to, const std::string& pointer,
              const std::string& says) {
        const auto loose = from.carried[move.sku] - from.fixed[move.sku];
        if (move.quantity > loose) {
            return faults_.conflict(pointer + "/quantity", "split_delivery.more_than_to_come",
                                    says + std::to_string(loose.raw()) + " of \"" +
                                        move.sku.text() + "\" are still to come to \"" +
                                        from.location.text() + "\" and may go on");
        }
        from.carried[move.sku] -= move.quantity;
        to.carried[move.sku] += move.quantity;
        to.open = true;
    }

    // What a move brought bears its number: faults that are found later are told by it. A way that
    // was emptied is named too, so that its leg is not taken for another one of its place.
    void write(const Way& way, std::vector<SheetRow>& rows) const {
        for (const auto& [sku, quantity] : way.carried) {
            SheetRow row;
            row.pointer = "/moves";
            row.row = {sku, way.location, quantity, way.via, way.expected_on, {}};
            row.called = "move";
            const auto origin = origins_.find({index_of(way), sku});
            if (origin != origins_.end()) {
                row.number = static_cast<std::int64_t>(origin->second) + 1;
                row.pointer += "/" + std::to_string(origin->second);
            }
            rows.push_back(std::move(row));
        }
    }

    const OrderView& view_;
    SheetFaults& faults_;
    std::vector<Way> ways_;
    std::map<std::pair<std::size_t, Sku>, std::size_t> origins_;  // the first move to a way
};

}  // namespace

std::vector<SheetRow> rows_after(const OrderView& view, const std::vector<Move>& moves,
                                 SheetFaults& faults) {
    return Moving(view, faults).run(moves);
}

}  // namespace split_delivery

// Adjustments: signed changes, counts, and moves between conditions. A count or a loss takes away
// what is reserved, if it must; nothing else does.
#include <algorithm>
#include <set>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/inventory_operations.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/movement_store.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/references.hpp"
#include "host/domain/serials.hpp"
#include "host/limits.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

using inventory::Adjust;
using inventory::Adjustment;
using inventory::AdjustmentLine;

Outside outside_of(const Name& reason) {
    if (reason.view() == "opening") return Outside::opening;
    if (reason.view() == "loss") return Outside::loss;
    return Outside::adjustment;
}

// One line of an adjustment, checked and booked.
class Line {
public:
    Line(Transaction& transaction, const Adjust& request, const AdjustmentLine& line,
         const Location& location, std::string pointer)
        : transaction_(transaction),
          request_(request),
          line_(line),
          pointer_(std::move(pointer)),
          position_{location.code, line.bin.value_or(location.default_bin), line.condition} {}

    void check() {
        const bool moves = line_.to_condition.has_value();
        if (line_.counted.has_value() == line_.quantity.has_value() || (line_.counted && moves)) {
            refuse("", "one_change",
                   "a line has a signed quantity, or a count, or a quantity that "
                   "goes to another condition");
        }
        auto product = find_product(transaction_, line_.sku);
        if (!product) {
            refuse("/sku", "unknown_sku", "there is no sku \"" + line_.sku.text() + "\"");
        }
        product_ = std::move(*product);
        check_lot_named(product_, line_.lot, pointer_ + "/lot");
        if (moves) check_condition_move();
        if (line_.expected && !line_.counted) {
            refuse("/expected", "no_count", "only a count has an expected quantity");
        }
        if (line_.unit_cost && *line_.unit_cost < Money()) {
            refuse("/unit_cost", "negative", "a cost is not negative");
        }
        if (product_.tracking == Tracking::serial) {
            check_serials();
        } else if (!line_.serials->empty()) {
            refuse("/serials", "serials_not_tracked",
                   "\"" + line_.sku.text() + "\" is not tracked by serial");
        }
    }

    void book(const DocumentNumber& number, std::vector<Movement>& movements) {
        number_ = number;
        if (line_.to_condition) {
            to_condition(movements);
        } else if (line_.counted) {
            count(movements);
        } else if (line_.quantity->raw() > 0) {
            add(*line_.quantity, *line_.serials, movements);
        } else {
            take(-*line_.quantity, *line_.serials, request_.reason.view() == "loss", movements);
        }
    }

private:
    [[noreturn]] void refuse(std::string_view field, std::string code, std::string detail) const {
        throw Refusal::invalid(pointer_ + std::string(field), std::move(code), std::move(detail));
    }

    void check_condition_move() const {
        if (line_.quantity->raw() < 0) {
            refuse("/quantity", "negative", "a positive quantity goes to another condition");
        }
        if (*line_.to_condition == *line_.condition) {
            refuse("/to_condition", "same_condition", "it has this condition already");
        }
    }

    void check_serials() const {
        const auto named = line_.counted ? Quantity(*line_.counted) : magnitude();
        try {
            check_serial_list(*line_.serials, named);
        } catch (const Refusal& refusal) {
            refuse("/serials", refusal.code(), refusal.detail());
        }
    }

    Quantity magnitude() const {
        return line_.quantity->raw() < 0 ? -*line_.quantity : Quantity(*line_.quantity);
    }

    MoveRequest moving(Quantity quantity, std::vector<Serial> serials) const {
        return {line_.sku, line_.lot, quantity,     std::move(serials),
                position_, position_, std::nullopt, request_.reason.text(),
                number_};
    }

    void to_condition(std::vector<Movement>& movements) {
        auto request = moving(*line_.quantity, *line_.serials);
        auto target = position_;
        target.condition = *line_.to_condition;
        request.to = target;
        const bool loss =
            target.condition == Condition::damaged || request_.reason.view() == "loss";
        if (loss) give_way(*line_.quantity, *line_.serials);
        movements.push_back(move(transaction_, request, product_.tracking));
    }

    void add(Quantity quantity, std::vector<Serial> serials, std::vector<Movement>& movements) {
        if (line_.lot) {
            ensure_lot(transaction_, product_, *line_.lot, line_.manufactured_on, line_.expires_on,
                       line_.mrp, pointer_ + "/lot");
        } else if (product_.expiry_required) {
            refuse("/lot", "lot_required", "its expiry is kept by lot");
        }
        auto request = moving(quantity, std::move(serials));
        request.from = outside_of(request_.reason);
        if (line_.unit_cost) request.value = *line_.unit_cost * quantity;
        movements.push_back(move(transaction_, request, product_.tracking));
    }

    void take(Quantity quantity, std::vector<Serial> serials, bool gives_way,
              std::vector<Movement>& movements) {
        auto request = moving(quantity, std::move(serials));
        request.to = outside_of(request_.reason);
        if (gives_way) give_way(quantity, request.serials);
        movements.push_back(move(transaction_, request, product_.tracking));
    }

    // Reservations that these units would leave without stock go back to waiting.
    void give_way(Quantity quantity, const std::vector<Serial>& serials) {
        if (*line_.condition != Condition::sellable) return;
        release_serials(transaction_, serials, request_.reason.text());
        make_room(transaction_, line_.sku, position_.location, line_.lot, quantity,
                  request_.reason.text());
    }

    void count(std::vector<Movement>& movements) {
        const auto standing = standing_at(transaction_, line_.sku, line_.lot, position_).quantity;
        if (line_.expected && *line_.expected != standing) {
            throw Refusal::conflict(
                "count_outdated",
                "\"" + line_.sku.text() + "\" stood at " + std::to_string(line_.expected->raw()) +
                    " when it was counted and stands at " + std::to_string(standing.raw()) + " now",
                "count it again");
        }
        if (product_.tracking == Tracking::serial) {
            count_serials(movements);
        } else if (*line_.counted > standing) {
            add(Quantity(*line_.counted) - standing, {}, movements);
        } else if (*line_.counted < standing) {
            take(Quantity(standing) - *line_.counted, {}, true, movements);
        }
    }

    // Units that were not found leave, units that were not known come in.
    void count_serials(std::vector<Movement>& movements) {
        const auto here = serials_at(transaction_, line_.sku, line_.lot, position_);
        const std::set<Serial> known(here.begin(), here.end());
        const std::set<Serial> found(line_.serials->begin(), line_.serials->end());
        std::vector<Serial> missing;
        std::vector<Serial> surplus;
        std::set_difference(known.begin(), known.end(), found.begin(), found.end(),
                            std::back_inserter(missing));
        std::set_difference(found.begin(), found.end(), known.begin(), known.end(),
                            std::back_inserter(surplus));
        if (!missing.empty()) {
            const Quantity gone(static_cast<std::int64_t>(missing.size()));
            take(gone, std::move(missing), true, movements);
        }
        if (!surplus.empty()) {
            const Quantity come(static_cast<std::int64_t>(surplus.size()));
            add(come, std::move(surplus), movements);
        }
    }

    Transaction& transaction_;
    const Adjust& request_;
    const AdjustmentLine& line_;
    std::string pointer_;
    Position position_;
    Product product_;
    std::optional<DocumentNumber> number_;
};

void record_moves(Transaction& transaction, const Adjustment& adjustment) {
    std::set<Sku> moved;
    for (const auto& movement : adjustment.movements) {
        if (!moved.insert(movement.sku).second) continue;
        event::StockMove fact;
        fact.sku = movement.sku;
        fact.location = adjustment.location;
        fact.reason = adjustment.reason;
        fact.document = adjustment.number;
        transaction.record<event::StockMoved>(adjustment.number, fact);
    }
}

Adjustment book(Transaction& transaction, const Adjust& request) {
    const auto location = stocking_location(transaction, request.location, "/location");
    Faults faults;
    faults.add_if(request.lines.empty(), "/lines", "empty", "an adjustment has lines");
    faults.add_if(
        request.lines.size() > limits::kDocumentLinesMax, "/lines", "too_many",
        "an adjustment has at most " + std::to_string(limits::kDocumentLinesMax) + " lines");
    faults.refuse_if_any();
    std::vector<Line> lines;
    lines.reserve(request.lines.size());
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        lines.emplace_back(transaction, request, request.lines[i], location,
                           "/lines/" + std::to_string(i));
        collect(faults, [&] { lines.back().check(); });
    }
    faults.refuse_if_any();
    Adjustment adjustment{transaction.next_number("ADJ"),
                          request.reference,
                          request.location,
                          request.reason,
                          {},
                          transaction.now()};
    for (auto& line : lines) line.book(adjustment.number, adjustment.movements);
    keep_adjustment(transaction, adjustment);
    return adjustment;
}

void serve_waiting(Transaction& transaction, const Adjustment& adjustment) {
    StockKeys keys;
    for (const auto& movement : adjustment.movements) {
        keys.insert({adjustment.location, movement.sku});
    }
    for (const auto& [location, sku] : keys) allocate(transaction, sku, location);
}

}  // namespace

inventory::Adjustment adjust(Transaction& transaction, const inventory::Adjust& request) {
    constexpr std::string_view kScope = "adjustment";
    const auto hash = request.reference ? content_hash(request) : ContentHash();
    if (request.reference) {
        if (auto number = find_by_reference(transaction, kScope, *request.reference, hash)) {
            transaction.note_existing();
            return find_adjustment(transaction, *number);
        }
    }
    auto adjustment = book(transaction, request);
    if (request.reference) {
        keep_reference(transaction, kScope, *request.reference, adjustment.number, hash);
    }
    serve_waiting(transaction, adjustment);
    record_moves(transaction, adjustment);
    return adjustment;
}

}  // namespace wharf::domain

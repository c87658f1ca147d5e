#include "host/domain/ledger.hpp"

#include "host/domain/serials.hpp"
#include "host/domain/stock_pool.hpp"
#include "wharf/refusal.hpp"

namespace wharf::domain {
namespace {

const Position* position_of(const End& end) {
    return std::get_if<Position>(&end);
}

Place place_of(const End& end) {
    if (const auto* position = position_of(end)) {
        return {position->location, position->bin, position->condition};
    }
    return {outside_code(std::get<Outside>(end)), std::nullopt, std::nullopt};
}

bool sellable(const Position& position) {
    return position.condition == Condition::sellable;
}

bool same_location(const MoveRequest& request) {
    const auto* from = position_of(request.from);
    const auto* to = position_of(request.to);
    return from != nullptr && to != nullptr && from->location == to->location;
}

// One movement on its way into the books.
class Booking {
public:
    Booking(Transaction& transaction, const MoveRequest& request, Tracking tracking)
        : transaction_(transaction), request_(request), serialized_(tracking == Tracking::serial) {
        if (!request.quantity.positive()) throw std::logic_error("a movement moves something");
        if (tracking == Tracking::lot && !request.lot) refuse_lot("lot_required");
        if (tracking == Tracking::none && request.lot) refuse_lot("lot_not_tracked");
        if (!serialized_ && !request.serials.empty()) {
            throw Refusal::invalid("/serials", "serials_not_tracked",
                                   "\"" + request.sku.text() + "\" is not tracked by serial");
        }
    }

    Movement book() {
        if (serialized_) serials_ = serials_leaving(transaction_, request_);
        value_everything();
        check_reserved();
        movement_id_ = transaction_.next("movement");
        append(movement_id_, request_.from, request_.to, request_.quantity, value_,
               request_.reason);
        change_balances();
        change_pools();
        if (serialized_) {
            place_serials(transaction_, request_, serials_, costs_, movement_id_);
        }
        return reply();
    }

private:
    [[noreturn]] void refuse_lot(const char* code) const {
        const bool required = std::string_view(code) == "lot_required";
        throw Refusal::invalid(
            "/lot", code,
            "\"" + request_.sku.text() + "\" is " + (required ? "" : "not ") + "tracked by lot");
    }

    PoolKey key(const Position& position) const {
        return {position.location, request_.sku, lot_text(request_.lot)};
    }

    void value_everything() {
        const auto* from = position_of(request_.from);
        if (from != nullptr) source_ = find_pool(transaction_, key(*from));
        if (serialized_) {
            value_serials();
        } else if (request_.value) {
            value_ = *request_.value;
        } else if (from != nullptr) {
            value_ = share_of(source_, request_.quantity);
        } else if (const auto* to = position_of(request_.to)) {
            value_ = share_of(find_pool(transaction_, key(*to)), request_.quantity);
        }
    }

    // The part of the pool's value that falls on the quantity; all of it on the last units.
    static Money share_of(const std::optional<Pool>& pool, Quantity quantity) {
        if (!pool || !pool->on_hand.positive()) return {};
        if (quantity == Quantity(pool->on_hand)) return pool->value;
        return pool->value.share(quantity, pool->on_hand);
    }

    void value_serials() {
        if (position_of(request_.from) == nullptr && (request_.value || any_new_serial())) {
            split_over_serials(request_.value ? *request_.value : average_at_target());
        } else {
            for (const auto& row : serials_) costs_.push_back(row->cost);
        }
        for (auto cost : costs_) value_ += cost;
    }

    bool any_new_serial() const {
        for (const auto& row : serials_) {
            if (!row) return true;
        }
        return false;
    }

    Money average_at_target() {
        const auto* to = position_of(request_.to);
        return to == nullptr ? Money()
                             : share_of(find_pool(transaction_, key(*to)), request_.quantity);
    }

    // Even shares; the first ones take the micro-units that are left over.
    void split_over_serials(Money total) {
        const auto count = static_cast<std::int64_t>(serials_.size());
        const auto each = total.raw() / count;
        auto rest = total.raw() % count;
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t extra = rest > 0 ? 1 : rest < 0 ? -1 : 0;
            rest -= extra;
            costs_.push_back(Money::from_raw(each + extra));
        }
    }

    // What is promised may change bins, but not leave the sellable stock of its location.
    void check_reserved() const {
        const auto* from = position_of(request_.from);
        if (from == nullptr || !sellable(*from) || !source_) return;
        const auto* to = position_of(request_.to);
        if (same_location(request_) && sellable(*to)) return;
        for (const auto& row : serials_) {
            if (row && row->held_by) throw Refusal::conflict("serial_reserved", row->held_text());
        }
        const Quantity left = Quantity(source_->sellable) - request_.quantity;
        if (left.raw() < 0 || left >= Quantity(source_->reserved))
            return;  // else the position says
        throw Refusal::conflict(
            "reserved", "of \"" + request_.sku.text() + "\" at \"" + from->location.text() + "\" " +
                            std::to_string(source_->reserved.raw()) + " are reserved of " +
                            std::to_string(source_->sellable.raw()));
    }

    void append(std::int64_t id, const End& from, const End& to, Quantity quantity, Money value,
                std::string_view reason) {
        const auto source = place_of(from);
        const auto target = place_of(to);
        auto condition = [](const Place& place) -> std::string_view {
            return place.condition ? boost::describe::enum_to_string(*place.condition, "unknown")
                                   : "";
        };
        transaction_.session().execute(
            "INSERT INTO movement (id, at, sku, lot, quantity, from_location, from_bin, "
            "from_condition, to_location, to_bin, to_condition, value, reason, document) "
            "VALUES (:id, :at, :sku, :lot, :quantity, :from_location, :from_bin, :from_condition, "
            ":to_location, :to_bin, :to_condition, :value, :reason, :document)",
            {{"id", id},
             {"at", transaction_.now()},
             {"sku", request_.sku},
             {"lot", lot_text(request_.lot)},
             {"quantity", quantity},
             {"from_location", source.location},
             {"from_bin", source.bin ? source.bin->view() : ""},
             {"from_condition", condition(source)},
             {"to_location", target.location},
             {"to_bin", target.bin ? target.bin->view() : ""},
             {"to_condition", condition(target)},
             {"value", value},
             {"reason", reason},
             {"document", request_.document}});
    }

    void change_balances() {
        const auto lot = lot_text(request_.lot);
        if (const auto* from = position_of(request_.from)) {
            left_ = take_from_position(transaction_, key(*from), *from, request_.quantity, value_);
        } else {
            change_outside(transaction_, std::get<Outside>(request_.from), request_.sku, lot,
                           -request_.quantity, -value_);
        }
        if (const auto* to = position_of(request_.to)) {
            put_at_position(transaction_, key(*to), *to, request_.quantity, value_);
        } else {
            change_outside(transaction_, std::get<Outside>(request_.to), request_.sku, lot,
                           request_.quantity, value_);
        }
    }

    void change_pools() {
        const auto none = Quantity(0);
        if (const auto* from = position_of(request_.from)) {
            const auto gone = sellable(*from) ? -request_.quantity : none;
            change_pool(transaction_, key(*from), {-request_.quantity, -value_, gone, from->bin});
        }
        if (const auto* to = position_of(request_.to)) {
            const auto come = sellable(*to) ? request_.quantity : none;
            change_pool(transaction_, key(*to), {request_.quantity, value_, come, to->bin});
        }
        if (position_of(request_.from) != nullptr) settle_rest(*position_of(request_.from));
    }

    // Units leave at the pool's average, so an emptied position may keep some value: it goes to
    // where the rest of the pool stands, and with the last unit of the pool to @adjustment.
    void settle_rest(const Position& from) {
        const bool emptied =
            !same_location(request_) && source_ && Quantity(source_->on_hand) == request_.quantity;
        if (left_.quantity.zero() && left_.value != Money()) {
            const auto target = fullest_position(transaction_, key(from));
            move_rest(from, target ? End(*target) : End(Outside::adjustment));
        }
        if (emptied) forget_empty_pool(transaction_, key(from));
    }

    void move_rest(const Position& from, const End& to) {
        const auto none = Quantity(0);
        append(transaction_.next("movement"), from, to, none, left_.value, "rest of value");
        take_from_position(transaction_, key(from), from, none, left_.value);
        if (const auto* target = position_of(to)) {
            put_at_position(transaction_, key(*target), *target, none, left_.value);
            return;
        }
        change_outside(transaction_, Outside::adjustment, request_.sku, lot_text(request_.lot),
                       none, left_.value);
        change_pool(transaction_, key(from), {none, -left_.value, none, from.bin});
    }

    Movement reply() const {
        Movement movement;
        movement.id = movement_id_;
        movement.at = transaction_.now();
        movement.sku = request_.sku;
        movement.lot = request_.lot;
        movement.quantity = request_.quantity;
        movement.from = place_of(request_.from);
        movement.to = place_of(request_.to);
        movement.value = value_;
        movement.reason = Name(request_.reason);
        movement.document = request_.document;
        movement.serials = request_.serials;
        return movement;
    }

    Transaction& transaction_;
    const MoveRequest& request_;
    bool serialized_;
    std::int64_t movement_id_ = 0;
    std::optional<Pool> source_;
    Standing left_;  // at the position that the units left
    Money value_;
    std::vector<std::optional<SerialRow>> serials_;
    std::vector<Money> costs_;
};

}  // namespace

Movement move(Transaction& transaction, const MoveRequest& request, Tracking tracking) {
    return Booking(transaction, request, tracking).book();
}

Movement move(Transaction& transaction, const MoveRequest& request) {
    const auto tracking = transaction.session().value<Tracking>(
        "SELECT tracking FROM product WHERE sku = :sku", {{"sku", request.sku}});
    if (!tracking) throw Refusal::not_found("product", request.sku.view());
    return move(transaction, request, *tracking);
}

Standing standing_at(Transaction& transaction, const Sku& sku, const std::optional<LotCode>& lot,
                     const Position& position) {
    auto rows = transaction.session().select(
        "SELECT quantity, value FROM balance WHERE location = :location AND sku = :sku "
        "AND lot = :lot AND condition = :condition AND bin = :bin",
        {{"location", position.location},
         {"sku", sku},
         {"lot", lot_text(lot)},
         {"condition", position.condition},
         {"bin", position.bin}});
    if (!rows.next()) return {};
    return {rows.get<Count>(0), rows.get<Money>(1)};
}

std::optional<Money> average_cost(Transaction& transaction, const Sku& sku,
                                  const LocationCode& location, const std::optional<LotCode>& lot,
                                  Quantity quantity) {
    const auto pool = find_pool(transaction, {location, sku, lot_text(lot)});
    if (!pool || !pool->on_hand.positive()) return std::nullopt;
    return pool->value.share(quantity, pool->on_hand);
}

void recount_docked(Transaction& transaction, const LocationCode& location, const BinCode& bin) {
    transaction.session().execute(
        "UPDATE stock SET docked = COALESCE((SELECT b.quantity FROM balance b "
        "WHERE b.location = stock.location AND b.sku = stock.sku AND b.lot = stock.lot "
        "AND b.condition = 'sellable' AND b.bin = :bin), 0) WHERE location = :location",
        {{"bin", bin}, {"location", location}});
}

}  // namespace wharf::domain

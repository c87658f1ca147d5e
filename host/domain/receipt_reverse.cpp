// Taking a receipt back: everything it did is undone by reverse movements, while each position
// still holds what it put there.
#include <set>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_price.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/receipt_serials.hpp"
#include "host/domain/receipt_store.hpp"
#include "host/domain/serial_places.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

constexpr const char* kReason = "receipt reversed";

void refuse_irreversible(const Receipt& receipt) {
    if (receipt.status == ReceiptStatus::reversed) {
        throw Refusal::conflict("receipt_reversed",
                                receipt.number.text() + " was taken back before");
    }
    for (const auto& line : receipt.lines) {
        if (line.inspected.zero()) continue;
        throw Refusal::conflict(
            "receipt_inspected",
            "line " + std::to_string(line.line) + " of " + receipt.number.text() + " was inspected",
            "adjust the stock, or return it to the vendor");
    }
}

[[noreturn]] void refuse_moved_on(const Receipt& receipt, const ReceiptLine& line,
                                  const std::string& what) {
    throw Refusal::conflict(
        "stock_moved_on",
        "line " + std::to_string(line.line) + " of " + receipt.number.text() + " put " + what,
        "bring it back there first, or return it to the vendor");
}

class Reversal {
public:
    Reversal(Transaction& transaction, StoredReceipt& stored)
        : transaction_(transaction), stored_(stored), receipt_(stored.receipt) {}

    void run() {
        for (std::size_t i = 0; i < receipt_.lines.size(); ++i) {
            const auto product = find_product(transaction_, receipt_.lines[i].sku);
            tracking_ = product ? product->tracking : Tracking::none;
            take_out(i);
        }
        release_pool_serials(transaction_, receipt_);
        take_off_order();
        for (const auto& sku : skus_) allocate(transaction_, sku, receipt_.location);
    }

    [[nodiscard]] const std::optional<StoredPurchaseOrder>& order() const { return order_; }
    [[nodiscard]] Settled settled() const { return settled_; }

private:
    void take_out(std::size_t i) {
        auto& line = receipt_.lines[i];
        const auto stocked = line.quantity - line.rejected - line.excess;
        const bool checked = line.condition == Condition::quality_check;
        move_back(i, stocked, line.condition, checked ? SerialFate::waiting : SerialFate::accepted);
        move_back(i, line.excess, Condition::blocked, SerialFate::excess);
        move_back(i, line.rejected, Condition::damaged, SerialFate::rejected);
        stored_.facts[i].waiting = Count(0);
        line.onward = Count(0);
        save_receipt_line(transaction_, stored_, i);
        skus_.insert(line.sku);
    }

    void move_back(std::size_t i, Quantity quantity, Condition condition, SerialFate fate) {
        if (!quantity.positive()) return;
        const auto& line = receipt_.lines[i];
        const Position position{receipt_.location, line.bin, condition};
        const auto standing = standing_at(transaction_, line.sku, line.lot, position);
        if (standing.quantity < quantity) {
            refuse_moved_on(receipt_, line,
                            std::to_string(quantity.raw()) + " units in bin \"" + line.bin.text() +
                                "\", of which " + std::to_string(standing.quantity.raw()) +
                                " still stand there");
        }
        auto serials = serials_back(i, position, fate);
        if (condition == Condition::sellable) {
            release_serials(transaction_, serials, kReason);
            make_room(transaction_, line.sku, receipt_.location, line.lot, quantity, kReason);
        }
        MoveRequest request{.sku = line.sku,
                            .lot = line.lot,
                            .quantity = quantity,
                            .serials = std::move(serials),
                            .from = position,
                            .to = Outside::vendor,
                            .value = value_back(line, quantity),
                            .reason = kReason,
                            .document = receipt_.number};
        move(transaction_, request, tracking_);
    }

    // What was put in goes out again, unless the pool is not worth that much any more.
    std::optional<Money> value_back(const ReceiptLine& line, Quantity quantity) {
        const auto value = line.unit_cost * quantity;
        const auto worth = transaction_.session().value<Money>(
            "SELECT value FROM stock WHERE location = :location AND sku = :sku AND lot = :lot",
            {{"location", receipt_.location},
             {"sku", line.sku},
             {"lot", line.lot ? line.lot->view() : std::string_view()}});
        if (worth && *worth >= value) return value;
        return std::nullopt;
    }

    std::vector<Serial> serials_back(std::size_t i, const Position& position, SerialFate fate) {
        const auto& line = receipt_.lines[i];
        const std::string condition =
            boost::describe::enum_to_string(position.condition, "unknown");
        std::vector<Serial> serials;
        for (std::size_t k = 0; k < line.serials.size(); ++k) {
            if (stored_.facts[i].fates[k] != fate) continue;
            const auto place = real_place(transaction_, line.serials[k]);
            const bool there = place && place->location == position.location &&
                               place->bin == position.bin && place->condition == condition;
            if (!there) {
                refuse_moved_on(receipt_, line,
                                "serial \"" + line.serials[k].text() + "\", which " +
                                    (place ? place->text() : std::string("has left")));
            }
            serials.push_back(line.serials[k]);
        }
        return serials;
    }

    // The order owes the units again; on a closed one they are called off.
    void take_off_order() {
        if (receipt_.purchase_order)
            order_ = find_purchase_order(transaction_, *receipt_.purchase_order);
        if (order_) {
            for (std::size_t i = 0; i < receipt_.lines.size(); ++i) take_off_line(i);
            settled_ = settle(*order_);
            save_purchase_order(transaction_, *order_);
        }
        for (const auto& line : receipt_.lines) {
            if (order_ && line.purchase_order_line) hand_pegs_back(line);
            shrink_supply_pegs(transaction_, supply_of(receipt_, line), Count(0));
        }
        if (order_) fit_pegs(transaction_, *order_);
    }

    void take_off_line(std::size_t i) {
        const auto& received = receipt_.lines[i];
        const auto& facts = stored_.facts[i];
        const auto index = received.purchase_order_line
                               ? order_->index_of(*received.purchase_order_line)
                               : std::nullopt;
        if (!index) return;
        auto& line = order_->edit(*index);
        const auto digits = minor_digits(order_->order.currency.view());
        line.received -= received.quantity - received.rejected;
        line.rejected -= received.rejected;
        line.cancelled -= facts.cancelled;
        rebalance(line, digits);
        if (order_->order.closed) cancel_outstanding(line, digits);
    }

    void hand_pegs_back(const ReceiptLine& line) {
        const auto index = order_->index_of(*line.purchase_order_line);
        if (!index) return;
        const auto& ordered = order_->order.lines[*index];
        const auto supply = supply_of(order_->order, ordered);
        const auto room = Quantity(ordered.outstanding) - pegged_on_supply(transaction_, supply);
        if (room.positive()) {
            move_pegs(transaction_, supply_of(receipt_, line), supply, room);
        }
    }

    Transaction& transaction_;
    StoredReceipt& stored_;
    Receipt& receipt_;
    Tracking tracking_ = Tracking::none;
    std::set<Sku> skus_;
    std::optional<StoredPurchaseOrder> order_;
    Settled settled_ = Settled::unchanged;
};

}  // namespace

Receipt reverse_receipt(Transaction& transaction, const receiving::ReverseReceipt& request) {
    auto stored = load_receipt(transaction, request.number);
    transaction.check_version(stored.receipt.version);
    refuse_irreversible(stored.receipt);
    Reversal reversal(transaction, stored);
    if (stored.receipt.status == ReceiptStatus::posted) reversal.run();
    stored.receipt.status = ReceiptStatus::reversed;
    stored.receipt.reason = request.reason;
    save_receipt_header(transaction, stored);
    transaction.record<event::ReceiptReversed>(stored.receipt.number, stored.receipt);
    if (reversal.order()) record_settled(transaction, *reversal.order(), reversal.settled());
    return stored.receipt;
}

}  // namespace wharf::domain

// Posting a receipt: movements, the order's balance, pegs and allocation, all at once.
#include <algorithm>
#include <unordered_set>

#include "host/domain/allocation.hpp"
#include "host/domain/dock.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_price.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/receipt_preparation.hpp"
#include "host/domain/receipt_serials.hpp"
#include "host/domain/references.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kReferenceScope = "receipt";

Quantity accepted_of(const ReceiptLine& line) {
    return line.quantity - line.rejected;
}
// Accepted and within the tolerance: what becomes stock.
Quantity stocked_of(const ReceiptLine& line) {
    return accepted_of(line) - line.excess;
}

// Of the accepted serials the last ones are the excess.
void decide_fates(const ReceiptLine& line, bool quality_check, ReceiptLineFacts& facts) {
    std::unordered_set<std::string_view> rejected;
    for (const auto& serial : line.rejected_serials) rejected.insert(serial.view());
    auto stocked = stocked_of(line).raw();
    for (const auto& serial : line.serials) {
        if (rejected.contains(serial.view())) {
            facts.fates.push_back(SerialFate::rejected);
        } else if (stocked-- > 0) {
            facts.fates.push_back(quality_check ? SerialFate::waiting : SerialFate::accepted);
        } else {
            facts.fates.push_back(SerialFate::excess);
        }
    }
}

std::vector<Serial> serials_with(const ReceiptLine& line, const ReceiptLineFacts& facts,
                                 SerialFate fate) {
    std::vector<Serial> serials;
    for (std::size_t i = 0; i < line.serials.size(); ++i) {
        if (facts.fates[i] == fate) serials.push_back(line.serials[i]);
    }
    return serials;
}

class Posting {
public:
    Posting(Transaction& transaction, PreparedReceipt& prepared)
        : transaction_(transaction), prepared_(prepared) {}

    void run() {
        auto& receipt = prepared_.stored.receipt;
        receipt.status = ReceiptStatus::posted;
        receipt.posted_at = transaction_.now();
        for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
            take_in(i);
            book_on_order(i);
        }
        if (prepared_.order) {
            settled_ = settle(prepared_.order.value());
            save_purchase_order(transaction_, *prepared_.order);
        }
        for (std::size_t i = 0; i < receipt.lines.size(); ++i) hand_on(i);
        if (prepared_.order) fit_pegs(transaction_, *prepared_.order);
    }

    // The pegs of what waits for putaway wait with it; call once the lines are stored.
    void dock() {
        const auto& receipt = prepared_.stored.receipt;
        for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
            const auto& line = receipt.lines[i];
            if (on_dock(i)) put_on_dock(transaction_, supply_of(receipt, line), stocked_of(line));
        }
    }

    void record() {
        const auto& receipt = prepared_.stored.receipt;
        transaction_.record<event::ReceiptPosted>(receipt.number, receipt);
        if (prepared_.order) record_settled(transaction_, *prepared_.order, settled_);
    }

private:
    bool quality_check() const { return *transaction_.policies().quality_check_required; }

    bool on_dock(std::size_t i) const {
        const auto& receipt = prepared_.stored.receipt;
        return prepared_.lines[i].order_index && !quality_check() && !receipt.destination &&
               waits_for_putaway(transaction_, receipt.location, receipt.lines[i].bin);
    }

    void take_in(std::size_t i) {
        auto& line = prepared_.stored.receipt.lines[i];
        auto& facts = prepared_.stored.facts[i];
        make_receipt_serials(transaction_, prepared_.lines[i].product, prepared_.stored.receipt,
                             line);
        line.condition = quality_check() ? Condition::quality_check : Condition::sellable;
        decide_fates(line, quality_check(), facts);
        if (quality_check()) {
            facts.waiting = stocked_of(line);
        } else if (prepared_.stored.receipt.destination) {
            facts.waiting = line.onward = stocked_of(line);
        }
        move_in(i, stocked_of(line), line.condition,
                quality_check() ? SerialFate::waiting : SerialFate::accepted);
        move_in(i, line.excess, Condition::blocked, SerialFate::excess);
        move_in(i, line.rejected, Condition::damaged, SerialFate::rejected);
        bind_pool_serials(transaction_, prepared_.stored.receipt, line);
    }

    void move_in(std::size_t i, Quantity quantity, Condition condition, SerialFate fate) {
        if (!quantity.positive()) return;
        const auto& receipt = prepared_.stored.receipt;
        const auto& line = receipt.lines[i];
        MoveRequest request{.sku = line.sku,
                            .lot = line.lot,
                            .quantity = quantity,
                            .serials = serials_with(line, prepared_.stored.facts[i], fate),
                            .from = Outside::vendor,
                            .to = Position{receipt.location, line.bin, condition},
                            .value = line.unit_cost * quantity,
                            .reason = fate == SerialFate::rejected ? "receipt, rejected"
                                      : fate == SerialFate::excess ? "receipt, excess"
                                                                   : "receipt",
                            .document = receipt.number};
        move(transaction_, request, prepared_.lines[i].product.tracking);
    }

    void book_on_order(std::size_t i) {
        const auto index = prepared_.lines[i].order_index;
        if (!index) return;
        const auto& received = prepared_.stored.receipt.lines[i];
        auto& facts = prepared_.stored.facts[i];
        const auto digits = minor_digits(prepared_.order->order.currency.view());
        auto& line = prepared_.order->edit(*index);
        line.received += accepted_of(received);
        line.rejected += received.rejected;
        rebalance(line, digits);
        if (facts.replace) return;
        facts.cancelled = std::min(Quantity(received.rejected), Quantity(line.outstanding));
        line.cancelled += facts.cancelled;
        rebalance(line, digits);
    }

    // What came goes to those who wait for it: now, after inspection, or once it is shelved. What
    // is for another place waits at its hub to be sent on.
    void hand_on(std::size_t i) {
        const auto& receipt = prepared_.stored.receipt;
        const auto& line = receipt.lines[i];
        const auto stocked = stocked_of(line);
        if (!stocked.positive()) return;
        const auto index = prepared_.lines[i].order_index;
        if (quality_check() || receipt.destination || on_dock(i)) {
            if (!index) return;
            move_pegs(transaction_, order_supply(*index), supply_of(receipt, line), stocked);
        } else if (index) {
            allocate_arrival(transaction_, order_supply(*index), line.sku, receipt.location,
                             stocked);
        } else {
            allocate(transaction_, line.sku, receipt.location);
        }
    }

    SupplyLine order_supply(std::size_t index) const {
        return supply_of(prepared_.order->order, prepared_.order->order.lines[index]);
    }

    Transaction& transaction_;
    PreparedReceipt& prepared_;
    Settled settled_ = Settled::unchanged;
};

std::optional<Receipt> posted_before(Transaction& transaction,
                                     const receiving::PostReceipt& request,
                                     const ContentHash& hash) {
    if (!request.reference) return std::nullopt;
    const auto number = find_by_reference(transaction, kReferenceScope, *request.reference, hash);
    if (!number) return std::nullopt;
    transaction.note_existing();
    return load_receipt(transaction, *number).receipt;
}

void keep_waiting(Transaction& transaction, StoredReceipt& stored) {
    stored.receipt.status = ReceiptStatus::waiting_for_approval;
    for (std::size_t i = 0; i < stored.receipt.lines.size(); ++i) {
        decide_fates(stored.receipt.lines[i], false, stored.facts[i]);
    }
    insert_receipt(transaction, stored);
}

// The request that a waiting receipt was made from, in base units and with its defaults filled in.
receiving::PostReceipt request_of(const StoredReceipt& stored) {
    const auto& receipt = stored.receipt;
    receiving::PostReceipt request;
    request.purchase_order = receipt.purchase_order;
    request.vendor = receipt.vendor;
    request.location = receipt.location;
    request.vendor_invoice = receipt.vendor_invoice;
    for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
        const auto& line = receipt.lines[i];
        receiving::PostLine posted;
        posted.purchase_order_line = line.purchase_order_line;
        posted.sku = line.sku;
        posted.quantity = line.quantity;
        posted.rejected = line.rejected;
        posted.replace = stored.facts[i].replace;
        posted.lot = line.lot;
        posted.manufactured_on = line.manufactured_on;
        posted.expires_on = line.expires_on;
        posted.mrp = line.mrp;
        posted.serials = line.serials;
        posted.rejected_serials = line.rejected_serials;
        posted.unit_cost = line.unit_cost;
        posted.bin = line.bin;
        request.lines.push_back(std::move(posted));
    }
    return request;
}

// The prepared receipt takes over the identity of the one that waited.
void take_identity(const StoredReceipt& waited, StoredReceipt& stored) {
    stored.id = waited.id;
    stored.receipt.number = waited.receipt.number;
    stored.receipt.reference = waited.receipt.reference;
    stored.receipt.source = waited.receipt.source;
    stored.receipt.warnings = waited.receipt.warnings;
    stored.receipt.version = waited.receipt.version;
    stored.receipt.created_by = waited.receipt.created_by;
    stored.receipt.created_at = waited.receipt.created_at;
    for (std::size_t i = 0; i < stored.receipt.lines.size(); ++i) {
        stored.receipt.lines[i].unit = waited.receipt.lines[i].unit;
        stored.receipt.lines[i].unit_quantity = waited.receipt.lines[i].unit_quantity;
    }
}

}  // namespace

Receipt post_receipt(Transaction& transaction, const receiving::PostReceipt& request) {
    const auto hash = request.reference ? content_hash(request) : ContentHash();
    if (auto before = posted_before(transaction, request, hash)) return std::move(*before);
    auto prepared = prepare_receipt(transaction, request, Beyond::by_policy);
    auto& stored = prepared.stored;
    number_receipt(transaction, stored);
    if (request.reference) {
        keep_reference(transaction, kReferenceScope, *request.reference, stored.receipt.number,
                       hash);
    }
    if (prepared.must_wait) {
        keep_waiting(transaction, stored);
        return stored.receipt;
    }
    Posting posting(transaction, prepared);
    posting.run();
    insert_receipt(transaction, stored);
    posting.dock();
    posting.record();
    return stored.receipt;
}

Receipt approve_receipt(Transaction& transaction, const receiving::ApproveReceipt& request) {
    const auto waited = load_receipt(transaction, request.number);
    transaction.check_version(waited.receipt.version);
    if (waited.receipt.status != ReceiptStatus::waiting_for_approval) {
        throw Refusal::conflict("receipt_not_waiting",
                                request.number.text() + " does not wait for approval");
    }
    auto prepared = prepare_receipt(transaction, request_of(waited), Beyond::approved);
    take_identity(waited, prepared.stored);
    Posting posting(transaction, prepared);
    posting.run();
    save_receipt_header(transaction, prepared.stored);
    replace_receipt_lines(transaction, prepared.stored);
    posting.dock();
    posting.record();
    return prepared.stored.receipt;
}

}  // namespace wharf::domain

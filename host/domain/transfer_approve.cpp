// Approving a transfer reserves it at the source: the named lots and units first, then the rest in
// the account's lot order. Named units are kept until it leaves.
#include <map>

#include "host/domain/catalog.hpp"
#include "host/domain/order_steps.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/serial_holds.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "host/domain/transfer_store.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

class Reserving {
public:
    Reserving(Transaction& transaction, const Transfer& transfer, OrderChange& change)
        : transaction_(transaction), transfer_(transfer), change_(change) {}

    void reserve_all(bool may_wait) {
        for (const bool named : {true, false}) {
            for (const auto& line : transfer_.lines) {
                if (names_units(line) == named) reserve_line(line, may_wait);
            }
        }
        faults_.refuse_if_any();
    }

private:
    static bool names_units(const TransferLine& line) { return line.lot || !line.serials.empty(); }

    void reserve_line(const TransferLine& asked, bool may_wait) {
        auto& line = change_.change(asked.line);
        const Quantity wanted = line.waiting;
        if (!wanted.positive()) return;
        const auto pointer = pointer_at("/lines", static_cast<std::size_t>(asked.line) - 1);
        for (const auto& part : parts_for(asked, wanted, pointer)) {
            reserve(transaction_, {line.location, line.sku, part.lot},
                    {transfer_.number, line.line}, part.quantity);
            line.reserved = Quantity(line.reserved) + part.quantity;
            line.waiting = Quantity(line.waiting) - part.quantity;
        }
        if (!asked.serials.empty()) {
            hold_named_serials(transaction_, {transfer_.number, line.line});
        }
        if (may_wait || !line.waiting.positive() || !faults_.empty()) return;
        faults_.conflict_if(true, pointer + "/quantity", "insufficient_stock",
                            "of \"" + line.sku.text() + "\" at \"" + line.location.text() +
                                "\" only " + std::to_string(line.reserved.raw()) + " of the " +
                                std::to_string(wanted.raw()) + " are available");
    }

    std::vector<LotPart> parts_for(const TransferLine& asked, Quantity wanted,
                                   const std::string& pointer) {
        const auto tracking = get_product(transaction_, asked.sku).tracking;
        auto free = free_lots(transaction_, asked.sku, transfer_.source, tracking);
        if (!asked.serials.empty()) return of_serials(asked, free, pointer);
        if (!asked.lot) return take_parts(free, wanted);
        check_lot_may_leave(transaction_, asked.sku, *asked.lot, pointer + "/lot", faults_);
        std::erase_if(free, [&](const LotPart& part) { return part.lot != asked.lot->view(); });
        return take_parts(free, wanted);
    }

    // As many of each lot as there are named units of it, as far as that is free.
    std::vector<LotPart> of_serials(const TransferLine& asked, const std::vector<LotPart>& free,
                                    const std::string& pointer) {
        std::map<std::string, Quantity> wanted;
        for (const auto& serial : asked.serials) {
            const auto lot = check_serial_at(transaction_, asked.sku, serial, transfer_.source,
                                             transfer_.number, pointer + "/serials", faults_);
            if (lot) wanted[*lot] += Quantity(1);
        }
        std::vector<LotPart> parts;
        for (const auto& part : free) {
            const auto found = wanted.find(part.lot);
            if (found == wanted.end()) continue;
            parts.push_back({part.lot, std::min(found->second, Quantity(part.quantity))});
        }
        return parts;
    }

    Transaction& transaction_;
    const Transfer& transfer_;
    OrderChange& change_;
    Faults faults_;
};

}  // namespace

Transfer approve_transfer(Transaction& transaction, const transfers::Approve& request) {
    const auto transfer = load_transfer(transaction, request.number);
    transaction.check_version(transfer.version);
    need_location(transaction, transfer.source, "approved");
    if (transfer.status != TransferStatus::draft) {
        throw Refusal::conflict("not_a_draft",
                                transfer.number.text() + " is " +
                                    boost::describe::enum_to_string(transfer.status, "unknown") +
                                    " and cannot be approved");
    }
    need_active_ends(transaction, transfer);
    OrderChange change(transaction, *find_order(transaction, transfer.number));
    change.header().status = OrderStatus::open;
    Reserving(transaction, transfer, change).reserve_all(request.may_wait);
    change.save();
    set_warnings(change.header());
    TransferChange approved(transaction, *find_transfer(transaction, transfer.number));
    approved.header().approved_by = transaction.actor().name;
    approved.save();
    transaction.record<event::OrderApproved>(transfer.number, change.order());
    transaction.record<event::TransferApproved>(transfer.number, approved.transfer());
    return approved.transfer();
}

}  // namespace wharf::domain

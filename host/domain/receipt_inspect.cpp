// Inspection: what stands in quality check becomes sellable or damaged, and the pegs that waited
// with it are served.
#include <set>
#include <unordered_map>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/dock.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/receipt_store.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

// One line's decision, checked.
struct Decision {
    std::size_t index = 0;
    Tracking tracking = Tracking::none;
    Quantity accepted;
    Quantity rejected;
    std::vector<Serial> accepted_serials;
    std::vector<Serial> rejected_serials;
};

void refuse_wrong_status(const Receipt& receipt) {
    if (receipt.status == ReceiptStatus::posted) return;
    throw Refusal::conflict("receipt_not_posted",
                            receipt.number.text() + " is not posted: nothing is there to inspect");
}

std::vector<Serial> waiting_serials(const StoredReceipt& stored, std::size_t index) {
    std::vector<Serial> serials;
    const auto& line = stored.receipt.lines[index];
    for (std::size_t i = 0; i < line.serials.size(); ++i) {
        if (stored.facts[index].fates[i] == SerialFate::waiting) serials.push_back(line.serials[i]);
    }
    return serials;
}

// What waits on the line to be sent on was decided on already.
Quantity in_check(const StoredReceipt& stored, std::size_t index) {
    return stored.facts[index].waiting - stored.receipt.lines[index].onward;
}

// Deciding the same way on all that waits needs no serials named.
void fill_in_serials(const StoredReceipt& stored, Decision& decision) {
    const auto waiting = in_check(stored, decision.index);
    if (decision.accepted == waiting && decision.accepted_serials.empty()) {
        decision.accepted_serials = waiting_serials(stored, decision.index);
    }
    if (decision.rejected == waiting && decision.rejected_serials.empty()) {
        decision.rejected_serials = waiting_serials(stored, decision.index);
    }
}

void check_serials(const StoredReceipt& stored, const Decision& decision,
                   const std::string& pointer, Faults& faults) {
    auto check = [&, waiting = std::set<Serial>()](const std::vector<Serial>& serials,
                                                   Quantity quantity,
                                                   std::string_view field) mutable {
        if (waiting.empty()) {
            const auto all = waiting_serials(stored, decision.index);
            waiting.insert(all.begin(), all.end());
        }
        const auto at = pointer + "/" + std::string(field);
        faults.add_if(serials.size() != static_cast<std::size_t>(quantity.raw()), at,
                      "serial_count",
                      std::to_string(serials.size()) + " serials for " +
                          std::to_string(quantity.raw()) + " units");
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < serials.size(); ++i) {
            if (waiting.contains(serials[i]) && seen.insert(serials[i].view()).second) continue;
            faults.add(
                pointer_at(at, i), "serial_not_waiting",
                "\"" + serials[i].text() + "\" does not wait on this line, or is named twice");
        }
    };
    check(decision.accepted_serials, decision.accepted, "accepted_serials");
    check(decision.rejected_serials, decision.rejected, "rejected_serials");
    std::set<Serial> accepted(decision.accepted_serials.begin(), decision.accepted_serials.end());
    for (const auto& serial : decision.rejected_serials) {
        faults.add_if(accepted.contains(serial), pointer + "/rejected_serials", "serial_twice",
                      "\"" + serial.text() + "\" is both accepted and rejected");
    }
}

std::optional<Decision> decide(Transaction& transaction, const StoredReceipt& stored,
                               const receiving::InspectLine& request, const std::string& pointer,
                               Faults& faults) {
    const auto index = stored.index_of(request.line);
    if (!index) {
        faults.add(pointer + "/line", "unknown_line",
                   "the receipt has no line " + std::to_string(request.line));
        return std::nullopt;
    }
    Decision decision{*index,
                      Tracking::none,
                      *request.accepted,
                      *request.rejected,
                      *request.accepted_serials,
                      *request.rejected_serials};
    const auto decided = decision.accepted + decision.rejected;
    if (!decided.positive() || decided > in_check(stored, *index)) {
        faults.add(pointer, "out_of_range",
                   std::to_string(in_check(stored, *index).raw()) +
                       " units of the line wait for inspection");
        return std::nullopt;
    }
    const auto product = find_product(transaction, stored.receipt.lines[*index].sku);
    decision.tracking = product ? product->tracking : Tracking::none;
    if (decision.tracking == Tracking::serial) {
        fill_in_serials(stored, decision);
        check_serials(stored, decision, pointer, faults);
    }
    return decision;
}

std::vector<Decision> decide_all(Transaction& transaction, const StoredReceipt& stored,
                                 const std::vector<receiving::InspectLine>& lines) {
    Faults faults;
    std::vector<Decision> decisions;
    std::set<std::int32_t> named;
    faults.add_if(lines.empty(), "/lines", "no_lines", "name the lines that were inspected");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto pointer = pointer_at("/lines", i);
        if (!named.insert(lines[i].line).second) {
            faults.add(pointer + "/line", "line_twice", "the line is named twice");
        } else if (auto decision = decide(transaction, stored, lines[i], pointer, faults)) {
            decisions.push_back(std::move(*decision));
        }
    }
    faults.refuse_if_any();
    return decisions;
}

void move_out_of_check(Transaction& transaction, const StoredReceipt& stored,
                       const Decision& decision, Quantity quantity,
                       const std::vector<Serial>& serials, Condition condition) {
    if (!quantity.positive()) return;
    const auto& receipt = stored.receipt;
    const auto& line = receipt.lines[decision.index];
    MoveRequest request{.sku = line.sku,
                        .lot = line.lot,
                        .quantity = quantity,
                        .serials = serials,
                        .from = Position{receipt.location, line.bin, Condition::quality_check},
                        .to = Position{receipt.location, line.bin, condition},
                        .value = std::nullopt,
                        .reason = "inspection",
                        .document = receipt.number};
    move(transaction, request, decision.tracking);
}

void keep_fates(Transaction& transaction, StoredReceipt& stored, const Decision& decision) {
    const auto& serials = stored.receipt.lines[decision.index].serials;
    if (serials.empty()) return;
    std::unordered_map<std::string_view, SerialFate> fates;
    for (const auto& serial : decision.accepted_serials) fates[serial.view()] = SerialFate::passed;
    for (const auto& serial : decision.rejected_serials) fates[serial.view()] = SerialFate::failed;
    for (std::size_t i = 0; i < serials.size(); ++i) {
        const auto fate = fates.find(serials[i].view());
        if (fate == fates.end()) continue;
        stored.facts[decision.index].fates[i] = fate->second;
        save_serial_fate(transaction, stored, decision.index, i);
    }
}

// What was accepted goes to the pegs that waited for it, or waits with them for putaway.
void hand_on(Transaction& transaction, const StoredReceipt& stored, const Decision& decision) {
    const auto& receipt = stored.receipt;
    const auto& line = receipt.lines[decision.index];
    const auto supply = supply_of(receipt, line);
    if (waits_for_putaway(transaction, receipt.location, line.bin)) {
        put_on_dock(transaction, supply, decision.accepted);
    } else {
        allocate_arrival(transaction, supply, line.sku, receipt.location, decision.accepted);
    }
}

void carry_out(Transaction& transaction, StoredReceipt& stored, const Decision& decision) {
    auto& line = stored.receipt.lines[decision.index];
    auto& facts = stored.facts[decision.index];
    move_out_of_check(transaction, stored, decision, decision.accepted, decision.accepted_serials,
                      Condition::sellable);
    move_out_of_check(transaction, stored, decision, decision.rejected, decision.rejected_serials,
                      Condition::damaged);
    line.inspected += decision.accepted + decision.rejected;
    facts.waiting -= decision.rejected;
    const bool sent_on = stored.receipt.destination.has_value();
    if (sent_on) {
        line.onward += decision.accepted;
    } else {
        facts.waiting -= decision.accepted;
    }
    save_receipt_line(transaction, stored, decision.index);
    keep_fates(transaction, stored, decision);
    if (decision.accepted.positive() && !sent_on) hand_on(transaction, stored, decision);
    const auto supply = supply_of(stored.receipt, line);
    shrink_supply_pegs(transaction, supply, facts.waiting + docked_on(transaction, supply));
}

}  // namespace

Receipt inspect_receipt(Transaction& transaction, const receiving::InspectReceipt& request) {
    auto stored = load_receipt(transaction, request.number);
    transaction.check_version(stored.receipt.version);
    refuse_wrong_status(stored.receipt);
    for (const auto& decision : decide_all(transaction, stored, request.lines)) {
        carry_out(transaction, stored, decision);
    }
    save_receipt_header(transaction, stored);
    transaction.record<event::ReceiptInspected>(stored.receipt.number, stored.receipt);
    return stored.receipt;
}

}  // namespace wharf::domain

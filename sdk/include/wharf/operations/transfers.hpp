// Transfers between locations: what a transfer plugin is built on. The steps are not served over
// HTTP: a plugin that is switched on for the account serves its own, with its documents.
//
// A key that is bound to locations sees a transfer of which one end is its own; it dispatches at
// the source and receives at the destination only (forbidden, other_location).
#pragma once

#include "wharf/model/transfers.hpp"
#include "wharf/operation.hpp"
#include "wharf/values/defaulted.hpp"

namespace wharf::transfers {

struct NewLine {
    Sku sku;
    Quantity quantity;  // of `unit`; without it, of the base unit
    std::optional<UnitCode> unit;
    std::optional<LotCode> lot;              // only this lot
    Defaulted<std::vector<Serial>> serials;  // only these units; as many as the quantity
};
BOOST_DESCRIBE_STRUCT(NewLine, (), (sku, quantity, unit, lot, serials))

// Drafts a transfer; it holds nothing yet. The same reference with the same content gives the first
// one back.
struct Create {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{
        "transfers.create", Access::write, "inventory.write", "", "Draft a transfer", 201};
    std::optional<Reference> reference;
    LocationCode source;
    LocationCode destination;
    std::optional<Date> expected_on;
    std::optional<Note> note;
    std::vector<NewLine> lines;
    std::optional<RawJson> explanation;
};
BOOST_DESCRIBE_STRUCT(Create, (),
                      (reference, source, destination, expected_on, note, lines, explanation))

struct AmendLine {
    std::int32_t line = 0;
    Count quantity;  // the new whole, in base units; 0 cancels the line
};
BOOST_DESCRIBE_STRUCT(AmendLine, (), (line, quantity))

// Before dispatch. An approved transfer keeps to what the source has: more is refused (conflict,
// insufficient_stock).
struct Amend {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.amend", Access::write, "inventory.write",
                                              "", "Amend a transfer before dispatch"};
    DocumentNumber number;
    std::optional<Date> expected_on;
    std::optional<Note> note;
    Defaulted<std::vector<AmendLine>> lines;
};
BOOST_DESCRIBE_STRUCT(Amend, (), (number, expected_on, note, lines))

// Reserves at the source, whole: more than is available is refused (conflict, insufficient_stock),
// a lot that may not leave too (lot_locked, lot_expired). With `may_wait` what is short waits at
// the source like any other demand.
struct Approve {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.approve", Access::write, "inventory.write",
                                              "", "Approve a transfer and reserve it"};
    DocumentNumber number;
    Defaulted<bool> may_wait = false;
};
BOOST_DESCRIBE_STRUCT(Approve, (), (number, may_wait))

// `lot` and `serials` name exactly what leaves; they need not be what was reserved, as long as
// nothing else holds them. A line may be named several times, with other lots.
struct DispatchLine {
    std::int32_t line = 0;
    Quantity quantity;
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(DispatchLine, (), (line, quantity, lot, serials))

// Moves the units to @transit at their cost, once: a second dispatch is refused (conflict,
// already_dispatched). Without lines: everything that is reserved. What is not dispatched is
// cancelled and given back.
struct Dispatch {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.dispatch", Access::write,
                                              "inventory.write", "", "Dispatch a transfer"};
    DocumentNumber number;
    Defaulted<std::vector<DispatchLine>> lines;
};
BOOST_DESCRIBE_STRUCT(Dispatch, (), (number, lines))

struct ReceiveLine {
    std::int32_t line = 0;
    Defaulted<Count> quantity;  // good units
    Defaulted<Count> damaged;
    Defaulted<Count> missing;  // reported as a difference
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;          // of the good units
    Defaulted<std::vector<Serial>> damaged_serials;  // of the damaged ones
};
BOOST_DESCRIBE_STRUCT(ReceiveLine, (),
                      (line, quantity, damaged, missing, lot, serials, damaged_serials))

struct ExcessLine {
    Sku sku;
    Quantity quantity;
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;
    std::optional<Money> unit_cost;  // default: what the transfer's units of the product cost
};
BOOST_DESCRIBE_STRUCT(ExcessLine, (), (sku, quantity, lot, serials, unit_cost))

// Takes units in at the cost they left with; more than is on the way is refused (conflict,
// exceeds_in_transit). With `complete` all that is still on the way is reported missing. What is
// missing stays in transit and needs `difference_owner` and `difference_due_on`.
struct Receive {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.receive", Access::write, "receiving.write",
                                              "", "Receive a transfer, all or some of it"};
    DocumentNumber number;
    Defaulted<std::vector<ReceiveLine>> lines;
    Defaulted<std::vector<ExcessLine>> excess;
    Defaulted<bool> complete = false;
    std::optional<Name> difference_owner;
    std::optional<Date> difference_due_on;
    std::optional<BinCode> bin;  // default: the location's
};
BOOST_DESCRIBE_STRUCT(Receive, (),
                      (number, lines, excess, complete, difference_owner, difference_due_on, bin))

// Where units that are missing turned out to be. A loss needs its reason.
struct Resolve {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.resolve", Access::write, "inventory.write",
                                              "", "Resolve a difference of a transfer"};
    DocumentNumber number;
    std::int32_t difference = 0;
    DifferenceOutcome outcome = DifferenceOutcome::lost;
    std::optional<Quantity> quantity;  // default: all that is open
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;
    Defaulted<bool> damaged = false;  // what came back or late is not sellable
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(Resolve, (),
                      (number, difference, outcome, quantity, lot, serials, damaged, reason))

// Where units of a cancelled transfer are.
struct Disposition {
    std::int32_t line = 0;
    Quantity quantity;
    DifferenceOutcome outcome = DifferenceOutcome::returned_to_source;
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;
    Defaulted<bool> damaged = false;
};
BOOST_DESCRIBE_STRUCT(Disposition, (), (line, quantity, outcome, lot, serials, damaged))

// Before dispatch: what is held is given back. After it every unit in transit needs a disposition
// (invalid, disposition_required).
struct Cancel {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.cancel", Access::write, "inventory.write",
                                              "", "Cancel a transfer"};
    DocumentNumber number;
    std::optional<Reason> reason;
    Defaulted<std::vector<Disposition>> dispositions;
};
BOOST_DESCRIBE_STRUCT(Cancel, (), (number, reason, dispositions))

struct ApproveExcess {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.approve_excess", Access::write,
                                              "receiving.approve", "",
                                              "Take in what came and was never dispatched"};
    DocumentNumber number;
    std::int32_t excess = 0;
};
BOOST_DESCRIBE_STRUCT(ApproveExcess, (), (number, excess))

struct RejectExcess {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.reject_excess", Access::write,
                                              "receiving.approve", "",
                                              "Do not take in what was never dispatched"};
    DocumentNumber number;
    std::int32_t excess = 0;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(RejectExcess, (), (number, excess, reason))

struct Get {
    using Reply = Transfer;
    static constexpr OperationInfo kOperation{"transfers.get", Access::read, "inventory.read",
                                              "GET /transfers/{number}", "One transfer"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(Get, (), (number))

struct List {
    using Reply = Page<Transfer>;
    static constexpr OperationInfo kOperation{"transfers.list", Access::read, "inventory.read",
                                              "GET /transfers", "Transfers, oldest first"};
    std::optional<TransferStatus> status;
    std::optional<LocationCode> source;
    std::optional<LocationCode> destination;
    std::optional<bool> differences;  // only with, or only without unresolved differences
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(List, (), (status, source, destination, differences, limit, after))

// What is missing and unresolved, the longest overdue first.
struct ListDifferences {
    using Reply = Page<OpenDifference>;
    static constexpr OperationInfo kOperation{
        "transfers.list_differences", Access::read, "inventory.read", "GET /transfer-differences",
        "Unresolved differences of transfers, the longest overdue first"};
    std::optional<bool> overdue;           // only those that are, or are not, past their day
    std::optional<Name> owner;             // who answers for them
    std::optional<LocationCode> location;  // either end of the transfer
    std::optional<Sku> sku;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListDifferences, (), (overdue, owner, location, sku, limit, after))

// What left, by lot and serial.
struct Parts {
    using Reply = Page<TransferPart>;
    static constexpr OperationInfo kOperation{"transfers.parts", Access::read, "inventory.read",
                                              "GET /transfers/{number}/parts",
                                              "What was dispatched, by lot and serial"};
    DocumentNumber number;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Parts, (), (number, limit, after))

}  // namespace wharf::transfers

// Transfers: goods that go from one location of the account to another, by way of `@transit`.
//
// A transfer is a sales order of the kind `transfer` (its reservation, its number) with a
// destination; what is under way, what came and what did not is kept beside it, line by line.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// draft: asked for, holds nothing. approved: reserved at the source. dispatched: in transit.
// partly_received: some of it came, or something that did not come is unresolved. received: nothing
// is in transit any more. cancelled: nothing of it ever came.
enum class TransferStatus {
    draft,
    approved,
    dispatched,
    partly_received,
    received,
    cancelled,
    unknown
};
BOOST_DESCRIBE_ENUM(TransferStatus, draft, approved, dispatched, partly_received, received,
                    cancelled, unknown)

// What became of units that were dispatched and did not come.
enum class DifferenceOutcome { returned_to_source, lost, received_late, unknown };
BOOST_DESCRIBE_ENUM(DifferenceOutcome, returned_to_source, lost, received_late, unknown)

// quantity = cancelled + waiting + reserved + dispatched;
// in_transit = dispatched - received - returned - lost >= 0. All in base units.
struct TransferLine {
    std::int32_t line = 0;
    Sku sku;
    std::optional<LotCode> lot;  // asked for; without it, in the account's lot order
    // Asked for, and kept from approval to dispatch; without them, named when they are dispatched.
    std::vector<Serial> serials;
    Quantity quantity;
    Count cancelled;
    Count waiting;
    Count reserved;
    Count dispatched;
    Count received;  // damaged units included
    Count damaged;   // of the received
    Count returned;  // to the source
    Count lost;
    Count in_transit;
    Count difference;              // of what is in transit: reported missing and unresolved
    Count owed;                    // what the destination still expects: the line as supply
    Count pegged;                  // of it
    Money value;                   // what was dispatched, at cost
    std::optional<UnitCode> unit;  // as it was asked for, with how many of it
    std::optional<Quantity> unit_quantity;
};
BOOST_DESCRIBE_STRUCT(TransferLine, (),
                      (line, sku, lot, serials, quantity, cancelled, waiting, reserved, dispatched,
                       received, damaged, returned, lost, in_transit, difference, owed, pegged,
                       value, unit, unit_quantity))

// How a part of a difference was resolved.
struct DifferenceResolution {
    DifferenceOutcome outcome = DifferenceOutcome::lost;
    Quantity quantity;
    Money value;
    std::optional<Reason> reason;
    std::string by;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(DifferenceResolution, (), (outcome, quantity, value, reason, by, at))

// Units that were dispatched and did not come: they stay in transit, with somebody who looks for
// them, until they are resolved.
struct TransferDifference {
    std::int32_t difference = 0;  // counts up in the transfer
    std::int32_t line = 0;
    Sku sku;
    Quantity quantity;
    Count open;  // of it, unresolved
    Name owner;
    Date due_on;
    std::string reported_by;
    Instant reported_at;
    std::vector<DifferenceResolution> resolutions;
};
BOOST_DESCRIBE_STRUCT(TransferDifference, (),
                      (difference, line, sku, quantity, open, owner, due_on, reported_by,
                       reported_at, resolutions))

// An unresolved difference with the transfer that it is of: who has to find what, by when.
struct OpenDifference {
    DocumentNumber transfer;
    std::int32_t difference = 0;
    std::int32_t line = 0;
    LocationCode source;
    LocationCode destination;
    Sku sku;
    Quantity quantity;
    Count open;
    Name owner;
    Date due_on;
    std::int32_t days_overdue = 0;  // 0: not yet
    std::string reported_by;
    Instant reported_at;
};
BOOST_DESCRIBE_STRUCT(OpenDifference, (),
                      (transfer, difference, line, source, destination, sku, quantity, open, owner,
                       due_on, days_overdue, reported_by, reported_at))

enum class ExcessStatus { waiting, approved, rejected, unknown };
BOOST_DESCRIBE_ENUM(ExcessStatus, waiting, approved, rejected, unknown)

// Units that came and were never dispatched. They enter the stock from @adjustment once somebody
// approves them.
struct TransferExcess {
    std::int32_t excess = 0;  // counts up in the transfer
    Sku sku;
    Quantity quantity;
    std::optional<LotCode> lot;
    std::vector<Serial> serials;
    std::optional<Money> unit_cost;
    ExcessStatus status = ExcessStatus::waiting;
    std::string reported_by;
    Instant reported_at;
    std::optional<std::string> decided_by;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(TransferExcess, (),
                      (excess, sku, quantity, lot, serials, unit_cost, status, reported_by,
                       reported_at, decided_by, reason))

struct Transfer {
    DocumentNumber number;
    std::optional<Reference> reference;
    LocationCode source;
    LocationCode destination;
    TransferStatus status = TransferStatus::draft;
    Name made_by;  // `manual`, or the plugin that made it
    std::optional<Date> expected_on;
    std::vector<TransferLine> lines;
    std::vector<TransferDifference> differences;
    std::vector<TransferExcess> excess;
    std::optional<Note> note;
    std::optional<Reason> reason;  // why it was cancelled
    std::string created_by;
    Instant created_at;
    std::optional<std::string> approved_by;
    std::optional<std::string> dispatched_by;
    std::optional<Instant> dispatched_at;
    std::optional<Instant> completed_at;  // nothing was in transit any more
    std::optional<RawJson> explanation;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Transfer, (),
                      (number, reference, source, destination, status, made_by, expected_on, lines,
                       differences, excess, note, reason, created_by, created_at, approved_by,
                       dispatched_by, dispatched_at, completed_at, explanation, version))

// Units of one lot, or one serial, as they left: what the transfer's document lists.
struct TransferPart {
    std::int32_t line = 0;
    std::int32_t part = 0;
    Sku sku;
    std::optional<LotCode> lot;
    std::optional<Date> expires_on;
    std::optional<Serial> serial;
    Quantity quantity;
    Money value;
    Count in_transit;  // of it
};
BOOST_DESCRIBE_STRUCT(TransferPart, (),
                      (line, part, sku, lot, expires_on, serial, quantity, value, in_transit))

}  // namespace wharf

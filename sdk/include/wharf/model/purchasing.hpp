// Purchase orders, goods receipts, and pegs: which supply is for which demand.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/model/account.hpp"
#include "wharf/model/inventory.hpp"
#include "wharf/model/sales.hpp"
#include "wharf/model/tax.hpp"
#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

enum class PurchaseOrderStatus {
    draft,
    waiting_for_approval,
    approved,
    completed,
    cancelled,
    rejected,
    unknown
};
BOOST_DESCRIBE_ENUM(PurchaseOrderStatus, draft, waiting_for_approval, approved, completed,
                    cancelled, rejected, unknown)

// Who named a quantity last: a person's stays until a person changes it.
enum class SetBy { person, plugin, unknown };
BOOST_DESCRIBE_ENUM(SetBy, person, plugin, unknown)

// quantity + excess = received - returned_for_replacement + cancelled + outstanding.
struct PurchaseOrderLine {
    std::int32_t line = 0;
    Sku sku;
    Quantity quantity;
    std::optional<UnitCode> unit;
    std::optional<Quantity> unit_quantity;
    Money unit_price;
    Percent tax_rate;
    Money amount;
    std::vector<Serial> serials;  // serial mode 1: announced with the order
    Count received;
    Count rejected;
    Count excess;
    Count cancelled;
    Count outstanding;
    Count dispatched;
    Count returned_for_replacement;
    Count pegged;  // how much of what is outstanding is pegged to demand
    SetBy quantity_set_by = SetBy::person;
    std::optional<RawJson> explanation;
    Money charges;  // its share of the charges before tax
    std::vector<TaxShare> tax;
    std::optional<std::int32_t> parent_line;  // of a leg: the line of the parent that it is part of
};
BOOST_DESCRIBE_STRUCT(PurchaseOrderLine, (),
                      (line, sku, quantity, unit, unit_quantity, unit_price, tax_rate, amount,
                       serials, received, rejected, excess, cancelled, outstanding, dispatched,
                       returned_for_replacement, pegged, quantity_set_by, explanation, charges, tax,
                       parent_line))

// A change of an approved order that waits for a second person; the order stands as it was.
struct PendingAmendment {
    std::string requested_by;
    Instant requested_at;
    RawJson changes;  // the amend request
};
BOOST_DESCRIBE_STRUCT(PendingAmendment, (), (requested_by, requested_at, changes))

// Who approves the legs of an order that was distributed: one step on the parent, or each leg has
// its own.
enum class LegApproval { together, separately, unknown };
BOOST_DESCRIBE_ENUM(LegApproval, together, separately, unknown)

// One part of an order that was distributed over several places, as the parent shows it. The leg is
// a purchase order of its own, in units over all its lines.
struct PurchaseOrderLeg {
    DocumentNumber number;
    LocationCode location;            // where its goods count
    std::optional<LocationCode> via;  // where they are received first
    std::optional<Date> expected_on;
    PurchaseOrderStatus status = PurchaseOrderStatus::draft;
    bool closed = false;
    Count quantity;
    Count received;
    Count cancelled;
    Count outstanding;
    Money amount;
};
BOOST_DESCRIBE_STRUCT(PurchaseOrderLeg, (),
                      (number, location, via, expected_on, status, closed, quantity, received,
                       cancelled, outstanding, amount))

// An order with legs is a parent: it is no supply, has no receipts, and everything that its lines
// and its amount say is the sum over its legs, so that a line may show both something outstanding
// (at one place) and an excess (at another).
//
// total = amount + charges + tax + round_off, of what is ordered and not called off. What is taxed
// follows from the vendor's tax status and state and from the state of `ship_to`.
struct PurchaseOrder {
    DocumentNumber number;
    std::optional<Reference> reference;
    VendorCode vendor;
    LocationCode ship_to;
    Text<3, 3> currency;
    PurchaseOrderStatus status = PurchaseOrderStatus::draft;
    bool closed = false;  // completed by cutting short
    std::optional<Date> expected_on;
    Name source;  // `manual`, or the plugin that made it
    std::optional<DocumentNumber> parent;
    Money amount;
    std::vector<PurchaseOrderLine> lines;
    std::optional<PendingAmendment> pending_amendment;
    std::string created_by;
    std::optional<std::string> submitted_by;
    std::optional<std::string> approved_by;
    std::optional<Note> note;
    std::optional<Reason> reason;  // why it was rejected, cancelled or closed
    std::optional<RawJson> explanation;
    std::int64_t version = 1;
    Instant created_at;
    std::vector<Charge> charges;
    TaxSummary tax;
    Money round_off;
    Money total;
    std::optional<LocationCode> destination;  // of a leg through a hub: where its goods count
    std::vector<PurchaseOrderLeg> legs;       // of a parent
    std::optional<LegApproval> leg_approval;  // of a parent
};
BOOST_DESCRIBE_STRUCT(PurchaseOrder, (),
                      (number, reference, vendor, ship_to, currency, status, closed, expected_on,
                       source, parent, amount, lines, pending_amendment, created_by, submitted_by,
                       approved_by, note, reason, explanation, version, created_at, charges, tax,
                       round_off, total, destination, legs, leg_approval))

enum class ReceiptStatus { draft, waiting_for_approval, posted, reversed, unknown };
BOOST_DESCRIBE_ENUM(ReceiptStatus, draft, waiting_for_approval, posted, reversed, unknown)

struct VendorInvoice {
    Text<1, 64> number;
    std::optional<Date> date;
};
BOOST_DESCRIBE_STRUCT(VendorInvoice, (), (number, date))

struct ReceiptLine {
    std::int32_t line = 0;
    std::optional<std::int32_t> purchase_order_line;
    Sku sku;
    Quantity quantity;  // counted, rejected units included
    Count rejected;
    Count excess;     // beyond ordered and tolerated, kept aside as blocked
    Count inspected;  // of what landed in quality check
    std::optional<LotCode> lot;
    std::optional<Date> manufactured_on;
    std::optional<Date> expires_on;
    std::optional<Money> mrp;
    std::vector<Serial> serials;
    std::vector<Serial> rejected_serials;  // of these, to damaged
    Money unit_cost;
    BinCode bin;
    Condition condition = Condition::sellable;  // where accepted units landed
    Count onward;  // at a hub: accepted, and to be sent on to the receipt's destination
    std::optional<UnitCode> unit;  // as it was counted, with how many of it
    std::optional<Quantity> unit_quantity;
};
BOOST_DESCRIBE_STRUCT(ReceiptLine, (),
                      (line, purchase_order_line, sku, quantity, rejected, excess, inspected, lot,
                       manufactured_on, expires_on, mrp, serials, rejected_serials, unit_cost, bin,
                       condition, onward, unit, unit_quantity))

struct Receipt {
    DocumentNumber number;
    std::optional<Reference> reference;
    ReceiptStatus status = ReceiptStatus::posted;
    std::optional<DocumentNumber> purchase_order;
    std::optional<VendorCode> vendor;
    LocationCode location;
    std::optional<VendorInvoice> vendor_invoice;
    Name source;
    std::optional<Reason> reason;  // why it was reversed
    std::vector<ReceiptLine> lines;
    std::vector<Warning> warnings;
    std::int64_t version = 1;
    std::string created_by;
    Instant created_at;
    std::optional<Instant> posted_at;
    std::optional<LocationCode> destination;  // of goods received at a hub: where they count
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (number, reference, status, purchase_order, vendor, location, vendor_invoice,
                       source, reason, lines, warnings, version, created_by, created_at, posted_at,
                       destination))

enum class SupplyKind { purchase_order, transfer, receipt, unknown };
BOOST_DESCRIBE_ENUM(SupplyKind, purchase_order, transfer, receipt, unknown)

// One line of supply that is still to come: of a live purchase order, of a transfer coming here, or
// of a receipt in quality check or waiting for putaway.
struct SupplyLine {
    SupplyKind kind = SupplyKind::purchase_order;
    DocumentNumber number;
    std::int32_t line = 0;
};
BOOST_DESCRIBE_STRUCT(SupplyLine, (), (kind, number, line))

// A quantity of an order line's waiting tied to a quantity of one supply line.
struct Peg {
    std::int64_t id = 0;
    DocumentNumber order;
    std::int32_t order_line = 0;
    Sku sku;
    LocationCode location;
    SupplyLine supply;
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Peg, (), (id, order, order_line, sku, location, supply, quantity))

}  // namespace wharf

// Sales order operations.
#pragma once

#include "wharf/model/sales.hpp"
#include "wharf/operation.hpp"

namespace wharf::sales {

struct PlaceOrderLine {
    Sku sku;
    std::optional<LocationCode> location;  // default: the order's
    Quantity quantity;                     // of `unit`; without it, of the base unit
    std::optional<UnitCode> unit;
    Money unit_price;  // per base unit
    Defaulted<Money> discount;
    std::optional<Percent> tax_rate;  // default: the product's
};
BOOST_DESCRIBE_STRUCT(PlaceOrderLine, (),
                      (sku, location, quantity, unit, unit_price, discount, tax_rate))

// Takes the order and reserves what is there; what is short waits, with a warning for each short
// line. The same reference of the same kind and channel with the same content gives the first order
// back; with other content it is refused (conflict, reference_taken).
struct PlaceOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.place_order",   Access::write,
                                              "sales.write",         "POST /orders",
                                              "Place a sales order", 201};
    std::optional<Reference> reference;
    Defaulted<OrderKind> kind = OrderKind::consumer;
    std::optional<ChannelCode> channel;
    std::optional<CustomerCode> customer;
    LocationCode location;
    std::optional<LocationCode> destination;
    std::optional<std::int32_t> priority;
    std::optional<Instant> ordered_at;  // default: now
    std::optional<Instant> promised_for;
    std::optional<bool> prices_include_tax;  // default: true for consumers
    Defaulted<bool> approved = true;         // false: born unapproved
    std::vector<PlaceOrderLine> lines;
};
BOOST_DESCRIBE_STRUCT(PlaceOrder, (),
                      (reference, kind, channel, customer, location, destination, priority,
                       ordered_at, promised_for, prices_include_tax, approved, lines))

struct AmendLine {
    std::int32_t line = 0;
    Count quantity;  // the new whole; 0 cancels the line
};
BOOST_DESCRIBE_STRUCT(AmendLine, (), (line, quantity))

// Names only the lines that change. Less quantity releases waiting first, then reserved; below
// shipped is refused. Amending a completed order up opens it again.
struct AmendOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.amend_order", Access::write, "sales.write",
                                              "POST /orders/{number}/amend", "Amend a sales order"};
    DocumentNumber number;
    std::optional<Instant> promised_for;
    std::optional<std::int32_t> priority;
    Defaulted<std::vector<AmendLine>> lines;
};
BOOST_DESCRIBE_STRUCT(AmendOrder, (), (number, promised_for, priority, lines))

struct ApproveOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.approve_order", Access::write, "sales.approve",
                                              "POST /orders/{number}/approve",
                                              "Approve an unapproved order"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(ApproveOrder, (), (number))

// Whole, or only the named lines. Cancelling a partly shipped order completes it.
struct CancelOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.cancel_order", Access::write, "sales.write",
                                              "POST /orders/{number}/cancel",
                                              "Cancel a sales order or some of its lines"};
    DocumentNumber number;
    Defaulted<std::vector<std::int32_t>> lines;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (number, lines, reason))

struct HoldOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.hold", Access::write, "sales.write",
                                              "POST /orders/{number}/hold", "Hold a sales order"};
    DocumentNumber number;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(HoldOrder, (), (number, reason))

struct ReleaseOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.release", Access::write, "sales.write",
                                              "POST /orders/{number}/release",
                                              "Release a held sales order"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(ReleaseOrder, (), (number))

// Gives free stock to the order's waiting lines, in the account's allocation order among all
// waiting.
struct AllocateOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.allocate", Access::write, "sales.write",
                                              "POST /orders/{number}/allocate",
                                              "Reserve what has become free for an order"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(AllocateOrder, (), (number))

struct QuantityLine {
    std::int32_t line = 0;
    Quantity quantity;
    Defaulted<std::vector<Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(QuantityLine, (), (line, quantity, serials))

// Gives reserved stock back; the lines wait again.
struct ReleaseReservation {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{
        "sales.release_reservation", Access::write, "sales.write",
        "POST /orders/{number}/release-reservation", "Give reserved stock back"};
    DocumentNumber number;
    std::vector<QuantityLine> lines;
};
BOOST_DESCRIBE_STRUCT(ReleaseReservation, (), (number, lines))

// Up to what is reserved. Without lines: everything that is reserved.
struct ShipOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.ship", Access::write, "sales.ship",
                                              "POST /orders/{number}/ship", "Ship reserved stock"};
    DocumentNumber number;
    Defaulted<std::vector<QuantityLine>> lines;
};
BOOST_DESCRIBE_STRUCT(ShipOrder, (), (number, lines))

// Takes a shipment back before handover: shipped becomes reserved again.
struct ReverseShipment {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.reverse_shipment", Access::write, "sales.ship",
                                              "POST /orders/{number}/reverse-shipment",
                                              "Take a shipment back before handover"};
    DocumentNumber number;
    Defaulted<std::vector<QuantityLine>> lines;
};
BOOST_DESCRIBE_STRUCT(ReverseShipment, (), (number, lines))

struct GetOrder {
    using Reply = SalesOrder;
    static constexpr OperationInfo kOperation{"sales.get_order", Access::read, "sales.read",
                                              "GET /orders/{number}", "One sales order"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(GetOrder, (), (number))

struct ListOrders {
    using Reply = Page<SalesOrder>;
    static constexpr OperationInfo kOperation{"sales.list_orders", Access::read, "sales.read",
                                              "GET /orders", "Sales orders, by number"};
    std::optional<OrderStatus> status;
    std::optional<LocationCode> location;
    std::optional<CustomerCode> customer;
    std::optional<Reference> reference;
    std::optional<bool> waiting;  // only those with waiting lines, or only those without
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListOrders, (),
                      (status, location, customer, reference, waiting, limit, after))

struct ExpectReturnLine {
    std::int32_t line = 0;  // of the order
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(ExpectReturnLine, (), (line, quantity))

// Announces goods coming back: at most shipped - returned - already announced, per line.
struct ExpectReturn {
    using Reply = CustomerReturn;
    static constexpr OperationInfo kOperation{"sales.expect_return",
                                              Access::write,
                                              "sales.write",
                                              "POST /returns",
                                              "Announce goods coming back",
                                              201};
    std::optional<Reference> reference;
    DocumentNumber order;
    std::optional<LocationCode> location;  // default: the order's
    std::optional<Date> expected_on;
    std::vector<ExpectReturnLine> lines;
};
BOOST_DESCRIBE_STRUCT(ExpectReturn, (), (reference, order, location, expected_on, lines))

struct ReceiveReturnLine {
    std::int32_t line = 0;  // of the return
    Quantity quantity;
    Defaulted<Condition> condition = Condition::sellable;  // sellable, quality_check or damaged
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(ReceiveReturnLine, (), (line, quantity, condition, lot, serials))

// Takes goods back at the cost they left with.
struct ReceiveReturn {
    using Reply = CustomerReturn;
    static constexpr OperationInfo kOperation{"sales.receive_return", Access::write,
                                              "receiving.write", "POST /returns/{number}/receive",
                                              "Take returned goods in"};
    DocumentNumber number;
    std::vector<ReceiveReturnLine> lines;
};
BOOST_DESCRIBE_STRUCT(ReceiveReturn, (), (number, lines))

struct GetReturn {
    using Reply = CustomerReturn;
    static constexpr OperationInfo kOperation{"sales.get_return", Access::read, "sales.read",
                                              "GET /returns/{number}", "One customer return"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(GetReturn, (), (number))

struct ListReturns {
    using Reply = Page<CustomerReturn>;
    static constexpr OperationInfo kOperation{"sales.list_returns", Access::read, "sales.read",
                                              "GET /returns", "Customer returns, by number"};
    std::optional<DocumentNumber> order;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListReturns, (), (order, limit, after))

}  // namespace wharf::sales

// Events: facts that a write recorded in its own transaction. The document in an event is the
// document as it was right after the write.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "wharf/describe.hpp"
#include "wharf/json_text.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/purchasing.hpp"
#include "wharf/model/sales.hpp"

namespace wharf {

// One event as it is listed and as it reaches a plugin. `sequence` counts up in the account without
// reuse; `depth` is how many reactions led to it.
struct EventRecord {
    std::int64_t sequence = 0;
    std::string name;
    Instant at;
    std::optional<DocumentNumber> document;
    std::int32_t depth = 0;
    std::string request_id;
    RawJson data;
};
BOOST_DESCRIBE_STRUCT(EventRecord, (), (sequence, name, at, document, depth, request_id, data))

namespace event {

// A kind of event: its name and the type of the document it carries.
template <class Doc>
struct Of {
    using Document = Doc;
};

struct OrderPlaced : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.placed";
};
struct OrderAmended : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.amended";
};
struct OrderApproved : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.approved";
};
struct OrderCancelled : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.cancelled";
};
struct OrderHeld : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.held";
};
struct OrderReleased : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.released";
};
struct OrderShipped : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.shipped";
};
struct OrderCompleted : Of<SalesOrder> {
    static constexpr std::string_view kName = "order.completed";
};
struct ReturnExpected : Of<CustomerReturn> {
    static constexpr std::string_view kName = "return.expected";
};
struct ReturnReceived : Of<CustomerReturn> {
    static constexpr std::string_view kName = "return.received";
};

// Reserved stock that went back to waiting because the stock went away.
struct ReleasedReservation {
    DocumentNumber order;
    std::int32_t line = 0;
    Sku sku;
    LocationCode location;
    Quantity quantity;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReleasedReservation, (), (order, line, sku, location, quantity, reason))
struct ReservationReleased : Of<ReleasedReservation> {
    static constexpr std::string_view kName = "reservation.released";
};
// Stock of a product at a location changed by something other than an order or a receipt.
struct StockMove {
    Sku sku;
    LocationCode location;
    Name reason;
    std::optional<DocumentNumber> document;
};
BOOST_DESCRIBE_STRUCT(StockMove, (), (sku, location, reason, document))
struct StockMoved : Of<StockMove> {
    static constexpr std::string_view kName = "stock.moved";
};
struct LotLocked : Of<Lot> {
    static constexpr std::string_view kName = "lot.locked";
};

struct PurchaseOrderCreated : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.created";
};
struct PurchaseOrderAmended : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.amended";
};
struct PurchaseOrderSubmitted : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.submitted";
};
struct PurchaseOrderApproved : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.approved";
};
struct PurchaseOrderRejected : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.rejected";
};
struct PurchaseOrderCancelled : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.cancelled";
};
struct PurchaseOrderClosed : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.closed";
};
struct PurchaseOrderCompleted : Of<PurchaseOrder> {
    static constexpr std::string_view kName = "purchase_order.completed";
};

struct ReceiptPosted : Of<Receipt> {
    static constexpr std::string_view kName = "receipt.posted";
};
struct ReceiptReversed : Of<Receipt> {
    static constexpr std::string_view kName = "receipt.reversed";
};
struct ReceiptInspected : Of<Receipt> {
    static constexpr std::string_view kName = "receipt.inspected";
};

struct PluginSwitch {
    PluginName plugin;
    std::string state;
    std::string by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(PluginSwitch, (), (plugin, state, by, reason))
struct PluginSwitchedOn : Of<PluginSwitch> {
    static constexpr std::string_view kName = "plugin.switched_on";
};
struct PluginSwitchedOff : Of<PluginSwitch> {
    static constexpr std::string_view kName = "plugin.switched_off";
};

}  // namespace event
}  // namespace wharf

// Purchase order and goods receipt operations.
#pragma once

#include "wharf/model/purchasing.hpp"
#include "wharf/operation.hpp"

namespace wharf::purchasing {

struct NewLine {
    Sku sku;
    Quantity quantity;  // of `unit`; without it, of the base unit
    std::optional<UnitCode> unit;
    std::optional<Money> unit_price;  // per base unit; default: the vendor item's, breaks included
    std::optional<Percent> tax_rate;  // default: the product's
    Defaulted<std::vector<Serial>> serials;
    std::optional<RawJson> explanation;  // kept with the line; plugins only
};
BOOST_DESCRIBE_STRUCT(NewLine, (),
                      (sku, quantity, unit, unit_price, tax_rate, serials, explanation))

struct CreateOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{"purchasing.create_order", Access::write,
                                              "purchasing.write",        "POST /purchase-orders",
                                              "Draft a purchase order",  201};
    std::optional<Reference> reference;
    VendorCode vendor;
    LocationCode ship_to;
    std::optional<Date> expected_on;       // in the past is refused
    std::optional<DocumentNumber> parent;  // refused: DistributeOrder makes the legs of an order
    std::optional<Note> note;
    std::vector<NewLine> lines;
    std::optional<RawJson> explanation;  // kept with the order; plugins only
    Defaulted<std::vector<Charge>> charges;
    Defaulted<bool> reverse_charge = false;  // the tax is the buyer's debt (CGST Act s.9(3), (4))
};
BOOST_DESCRIBE_STRUCT(CreateOrder, (),
                      (reference, vendor, ship_to, expected_on, parent, note, lines, explanation,
                       charges, reverse_charge))

// `line` changes that line, without it `sku` adds one. `quantity` 0 cancels a line.
struct AmendLine {
    std::optional<std::int32_t> line;
    std::optional<Sku> sku;
    std::optional<Count> quantity;
    std::optional<Money> unit_price;
    std::optional<std::vector<Serial>>
        serials;  // serial mode 1: all of the line's, as they shall be
    std::optional<RawJson> explanation;
};
BOOST_DESCRIBE_STRUCT(AmendLine, (), (line, sku, quantity, unit_price, serials, explanation))

// Below received + dispatched is refused. On an approved order, another vendor or price, or a value
// past the approval limit, becomes a pending amendment: the order stands as it was until approved.
struct AmendOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{
        "purchasing.amend_order", Access::write, "purchasing.write",
        "POST /purchase-orders/{number}/amend", "Amend a purchase order"};
    DocumentNumber number;
    std::optional<VendorCode> vendor;
    std::optional<Date> expected_on;
    std::optional<Note> note;
    Defaulted<std::vector<AmendLine>> lines;
    std::optional<std::vector<Charge>> charges;  // all of them, as they shall be
};
BOOST_DESCRIBE_STRUCT(AmendOrder, (), (number, vendor, expected_on, note, lines, charges))

struct SubmitOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{
        "purchasing.submit_order", Access::write, "purchasing.write",
        "POST /purchase-orders/{number}/submit", "Hand a draft in for approval"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(SubmitOrder, (), (number))

// Approves the order, or its pending amendment. Past the approval limit the approver is not the
// maker.
struct ApproveOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{"purchasing.approve_order", Access::write,
                                              "purchasing.approve",
                                              "POST /purchase-orders/{number}/approve",
                                              "Approve a purchase order or its pending amendment"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(ApproveOrder, (), (number))

struct RejectOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{
        "purchasing.reject_order", Access::write, "purchasing.approve",
        "POST /purchase-orders/{number}/reject", "Reject a waiting order or a pending amendment"};
    DocumentNumber number;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(RejectOrder, (), (number, reason))

// Refused once something was received or dispatched: then close it.
struct CancelOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{
        "purchasing.cancel_order", Access::write, "purchasing.write",
        "POST /purchase-orders/{number}/cancel", "Cancel a purchase order"};
    DocumentNumber number;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (number, reason))

// Cancels what is outstanding; the order is completed, closed.
struct CloseOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{
        "purchasing.close_order", Access::write, "purchasing.write",
        "POST /purchase-orders/{number}/close", "Cut a purchase order short"};
    DocumentNumber number;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(CloseOrder, (), (number, reason))

struct GetOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{"purchasing.get_order", Access::read,
                                              "purchasing.read", "GET /purchase-orders/{number}",
                                              "One purchase order"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(GetOrder, (), (number))

struct ListOrders {
    using Reply = Page<PurchaseOrder>;
    static constexpr OperationInfo kOperation{"purchasing.list_orders", Access::read,
                                              "purchasing.read", "GET /purchase-orders",
                                              "Purchase orders, by number"};
    std::optional<PurchaseOrderStatus> status;
    std::optional<VendorCode> vendor;
    std::optional<LocationCode> ship_to;
    std::optional<Name> source;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListOrders, (), (status, vendor, ship_to, source, limit, after))

}  // namespace wharf::purchasing

namespace wharf::receiving {

// Defaults come from the purchase order line where there is one.
struct PostLine {
    std::optional<std::int32_t> purchase_order_line;
    Sku sku;
    Quantity quantity;  // counted, rejected units included
    std::optional<UnitCode> unit;
    Defaulted<Count> rejected;
    Defaulted<bool> replace = true;  // false: rejected units are no longer owed
    std::optional<LotCode> lot;
    std::optional<Date> manufactured_on;
    std::optional<Date> expires_on;
    std::optional<Money> mrp;
    Defaulted<std::vector<Serial>> serials;  // of all counted units, rejected ones included
    Defaulted<std::vector<Serial>> rejected_serials;  // which of them are rejected
    std::optional<Money> unit_cost;  // default: the order line's price, else the vendor item's
    std::optional<BinCode> bin;
};
BOOST_DESCRIBE_STRUCT(PostLine, (),
                      (purchase_order_line, sku, quantity, unit, rejected, replace, lot,
                       manufactured_on, expires_on, mrp, serials, rejected_serials, unit_cost, bin))

// All or nothing: header, lines, serials, movements, the order's balance and allocation.
struct PostReceipt {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{"receiving.post_receipt", Access::write,
                                              "receiving.write",        "POST /receipts",
                                              "Post a goods receipt",   201};
    std::optional<Reference> reference;
    std::optional<DocumentNumber> purchase_order;
    std::optional<VendorCode> vendor;
    LocationCode location;
    std::optional<VendorInvoice> vendor_invoice;
    std::vector<PostLine> lines;
};
BOOST_DESCRIBE_STRUCT(PostReceipt, (),
                      (reference, purchase_order, vendor, location, vendor_invoice, lines))

// Posts a receipt that waited because it went beyond its tolerance.
struct ApproveReceipt {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{
        "receiving.approve_receipt", Access::write, "receiving.approve",
        "POST /receipts/{number}/approve", "Approve a receipt beyond its tolerance"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(ApproveReceipt, (), (number))

struct InspectLine {
    std::int32_t line = 0;
    Defaulted<Count> accepted;
    Defaulted<Count> rejected;  // to damaged
    Defaulted<std::vector<Serial>> accepted_serials;
    Defaulted<std::vector<Serial>> rejected_serials;
};
BOOST_DESCRIBE_STRUCT(InspectLine, (),
                      (line, accepted, rejected, accepted_serials, rejected_serials))

struct InspectReceipt {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{"receiving.inspect_receipt", Access::write,
                                              "receiving.write", "POST /receipts/{number}/inspect",
                                              "Decide on goods in quality check"};
    DocumentNumber number;
    std::vector<InspectLine> lines;
};
BOOST_DESCRIBE_STRUCT(InspectReceipt, (), (number, lines))

// Takes a receipt back while each position still holds what it put there.
struct ReverseReceipt {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{"receiving.reverse_receipt", Access::write,
                                              "receiving.write", "POST /receipts/{number}/reverse",
                                              "Take a goods receipt back"};
    DocumentNumber number;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(ReverseReceipt, (), (number, reason))

// The vendor's invoice may come later than the goods.
struct SetVendorInvoice {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{
        "receiving.set_vendor_invoice", Access::write, "receiving.write",
        "POST /receipts/{number}/vendor-invoice", "Name the vendor's invoice of a goods receipt"};
    DocumentNumber number;
    VendorInvoice vendor_invoice;
};
BOOST_DESCRIBE_STRUCT(SetVendorInvoice, (), (number, vendor_invoice))

struct IssuedSerials {
    std::vector<Serial> serials;
};
BOOST_DESCRIBE_STRUCT(IssuedSerials, (), (serials))

// Serial mode 5: issues codes to be printed. A scan at receipt binds one to a product, once. Either
// `count` codes are made, or the named ones are taken into the pool.
struct IssueSerials {
    using Reply = IssuedSerials;
    static constexpr OperationInfo kOperation{"receiving.issue_serials",
                                              Access::write,
                                              "receiving.write",
                                              "POST /serials",
                                              "Issue serials to be printed",
                                              201};
    std::optional<Quantity> count;
    Defaulted<std::vector<Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(IssueSerials, (), (count, serials))

struct GetReceipt {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{"receiving.get_receipt", Access::read,
                                              "receiving.read", "GET /receipts/{number}",
                                              "One goods receipt"};
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(GetReceipt, (), (number))

struct ListReceipts {
    using Reply = Page<Receipt>;
    static constexpr OperationInfo kOperation{"receiving.list_receipts", Access::read,
                                              "receiving.read", "GET /receipts",
                                              "Goods receipts, by number"};
    std::optional<DocumentNumber> purchase_order;
    std::optional<VendorCode> vendor;
    std::optional<LocationCode> location;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListReceipts, (), (purchase_order, vendor, location, limit, after))

}  // namespace wharf::receiving

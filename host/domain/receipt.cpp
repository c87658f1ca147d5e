// Reading and listing goods receipts, and the vendor's invoice that comes later.
#include "host/domain/receipt.hpp"

#include "host/domain/list_query.hpp"
#include "host/domain/receipt_store.hpp"

namespace wharf::domain {

Receipt get_receipt(Transaction& transaction, const receiving::GetReceipt& request) {
    return load_receipt(transaction, request.number).receipt;
}

Page<Receipt> list_receipts(Transaction& transaction, const receiving::ListReceipts& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_counter(request.after);
    const auto& actor = transaction.actor();
    ListQuery query("SELECT number, id FROM receipt");
    query.where("id > :after", "after", after);
    query.where_equal("purchase_order", request.purchase_order);
    query.where_equal("vendor", request.vendor);
    query.where_equal("location", request.location);
    query.where_equal("vendor", actor.vendor, "actor_vendor");
    query.where_among("location", actor.locations);
    auto numbers = query.numbers_by_id(transaction.session(), limit);
    Page<Receipt> page;
    page.next = std::move(numbers.next);
    for (const auto& number : numbers.items) {
        page.items.push_back(load_receipt(transaction, number).receipt);
    }
    return page;
}

Receipt set_vendor_invoice(Transaction& transaction, const receiving::SetVendorInvoice& request) {
    auto stored = load_receipt(transaction, request.number);
    transaction.check_version(stored.receipt.version);
    if (stored.receipt.status == ReceiptStatus::reversed) {
        throw Refusal::conflict("receipt_reversed", request.number.text() + " was taken back",
                                "name the invoice of the receipt that replaced it");
    }
    stored.receipt.vendor_invoice = request.vendor_invoice;
    save_receipt_header(transaction, stored);
    return stored.receipt;
}

}  // namespace wharf::domain

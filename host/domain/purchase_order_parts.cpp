#include "host/domain/purchase_order_parts.hpp"

#include "host/domain/catalog.hpp"
#include "host/limits.hpp"

namespace wharf::domain {

Vendor orderable_vendor(Transaction& transaction, const VendorCode& code,
                        std::string_view pointer) {
    auto vendor = usable_vendor(transaction, code, pointer);
    if (vendor.hold) {
        throw Refusal::invalid(std::string(pointer), "vendor_on_hold",
                               "the vendor \"" + code.text() + "\" is on hold",
                               "take the hold off the vendor first");
    }
    return vendor;
}

Product orderable_product(Transaction& transaction, const Sku& sku, std::string_view pointer) {
    auto product = usable_product(transaction, sku, pointer);
    if (product.discontinued) {
        throw Refusal::invalid(std::string(pointer), "discontinued",
                               "\"" + sku.text() + "\" is discontinued");
    }
    return product;
}

void check_expected_on(const Transaction& transaction, const std::optional<Date>& expected_on) {
    if (!expected_on || *expected_on >= transaction.today()) return;
    throw Refusal::invalid("/expected_on", "in_the_past",
                           expected_on->text() + " is before today, " + transaction.today().text());
}

void check_explanation(SetBy author, const std::optional<RawJson>& explanation, std::string pointer,
                       Faults& faults) {
    if (!explanation || author == SetBy::plugin) return;
    faults.add(std::move(pointer), "plugins_only", "an explanation is kept from plugins only");
}

void check_price(const std::optional<Money>& price, std::string pointer, Faults& faults) {
    if (price && *price < Money()) {
        faults.add(std::move(pointer), "negative", "a unit price is not negative");
    }
}

void check_line_count(std::size_t count, Faults& faults) {
    faults.add_if(count == 0, "/lines", "no_lines", "a document has at least one line");
    if (count <= limits::kDocumentLinesMax) return;
    throw Refusal::invalid(
        "/lines", "too_many_lines",
        "a document has at most " + std::to_string(limits::kDocumentLinesMax) + " lines");
}

}  // namespace wharf::domain

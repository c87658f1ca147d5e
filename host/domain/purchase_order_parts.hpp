// Parts of a purchase order that are checked the same way whether it is made or amended.
#pragma once

#include <optional>
#include <string_view>

#include "host/domain/faults.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// A vendor that may be ordered from: active and not on hold.
Vendor orderable_vendor(Transaction& transaction, const VendorCode& code, std::string_view pointer);
// A product that may be ordered: active and not discontinued.
Product orderable_product(Transaction& transaction, const Sku& sku, std::string_view pointer);
// Refuses (invalid `in_the_past`) a day before today.
void check_expected_on(const Transaction& transaction, const std::optional<Date>& expected_on);
// Explanations come from plugins only.
void check_explanation(SetBy author, const std::optional<RawJson>& explanation, std::string pointer,
                       Faults& faults);
// A unit price is not negative.
void check_price(const std::optional<Money>& price, std::string pointer, Faults& faults);

// A document has 1 to kDocumentLinesMax lines; more refuse at once.
void check_line_count(std::size_t count, Faults& faults);

inline SetBy set_by(const Transaction& transaction) {
    return transaction.actor().is_plugin() ? SetBy::plugin : SetBy::person;
}
// What a document's `source` says: the plugin that made it, or `manual`.
inline Name source_of(const Transaction& transaction) {
    const auto& actor = transaction.actor();
    return actor.is_plugin() ? Name(actor.plugin) : Name("manual");
}

}  // namespace wharf::domain

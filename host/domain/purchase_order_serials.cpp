#include "host/domain/purchase_order_serials.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "host/domain/catalog.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/serial_places.hpp"

namespace wharf::domain {
namespace {

// The order that still expects this serial, if it is another than `own`.
std::optional<std::string> announced_on(Transaction& transaction, const Serial& serial,
                                        const DocumentNumber& own) {
    return transaction.session().value<std::string>(
        "SELECT s.purchase_order FROM purchase_order_serial s "
        "JOIN purchase_order_line l ON l.purchase_order = s.purchase_order AND l.line = s.line "
        "WHERE s.serial = :serial AND l.outstanding > 0 AND s.purchase_order <> :own "
        "ORDER BY s.purchase_order",
        {{"serial", serial}, {"own", own}});
}

bool is_announced(Transaction& transaction, const Serial& serial) {
    return transaction.session()
        .value<std::int64_t>("SELECT line FROM purchase_order_serial WHERE serial = :serial",
                             {{"serial", serial}})
        .has_value();
}

// In the shape of `PO-000123-1-0001`.
Serial made_serial(const PurchaseOrder& order, const PurchaseOrderLine& line, std::size_t count) {
    constexpr std::size_t kDigits = 4;
    const auto digits = std::to_string(count);
    auto text = order.number.text() + "-" + std::to_string(line.line) + "-";
    if (digits.size() < kDigits) text.append(kDigits - digits.size(), '0');
    return Serial(text + digits);
}

}  // namespace

std::optional<std::int32_t> serial_mode_for(const Transaction& transaction,
                                            const Product& product) {
    constexpr std::int32_t kScannedAtReceipt = 2;
    if (product.tracking != Tracking::serial) return std::nullopt;
    return transaction.account().serial_mode.value_or(kScannedAtReceipt);
}

void check_announced(Transaction& transaction, const Product& product, Quantity quantity,
                     const std::vector<Serial>& serials, const Announced& before,
                     std::string_view pointer, Faults& faults) {
    if (serial_mode_for(transaction, product) != 1) {
        if (serials.empty()) return;
        faults.add(std::string(pointer), "serials_not_taken",
                   "serials are named with the order line in serial mode 1 only, for products "
                   "tracked by serial");
        return;
    }
    if (serials.size() != static_cast<std::size_t>(quantity.raw())) {
        faults.add(std::string(pointer), "serial_count",
                   std::to_string(serials.size()) + " serials for " +
                       std::to_string(quantity.raw()) + " units of \"" + product.sku.text() + "\"");
    }
    std::unordered_set<std::string_view> known;
    for (const auto& serial : before.serials) known.insert(serial.view());
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < serials.size(); ++i) {
        const auto& serial = serials[i];
        const auto at = pointer_at(pointer, i);
        if (!seen.insert(serial.view()).second) {
            faults.add(at, "serial_twice", "\"" + serial.text() + "\" is named twice");
        } else if (known.contains(serial.view())) {
            continue;
        } else if (const auto other = announced_on(transaction, serial, before.order)) {
            faults.add(at, "serial_announced",
                       "\"" + serial.text() + "\" is announced on " + *other);
        } else if (const auto place = real_place(transaction, serial)) {
            faults.add(at, "serial_in_stock", "\"" + serial.text() + "\" " + place->text());
        }
    }
}

void check_serials_once(const PurchaseOrder& order, Faults& faults) {
    std::unordered_map<std::string_view, std::int32_t> lines;
    for (const auto& line : order.lines) {
        for (const auto& serial : line.serials) {
            const auto [entry, is_new] = lines.emplace(serial.view(), line.line);
            if (is_new || entry->second == line.line) continue;
            faults.add("/lines", "serial_twice",
                       "\"" + serial.text() + "\" is on line " + std::to_string(entry->second) +
                           " and on line " + std::to_string(line.line));
        }
    }
}

void make_serials(Transaction& transaction, StoredPurchaseOrder& stored) {
    constexpr std::int32_t kMadeAfterOrder = 3;
    if (transaction.account().serial_mode != kMadeAfterOrder) return;
    for (std::size_t i = 0; i < stored.order.lines.size(); ++i) {
        auto& line = stored.order.lines[i];
        const auto wanted = static_cast<std::size_t>(still_ordered(line).raw());
        if (line.serials.size() >= wanted) continue;
        const auto product = find_product(transaction, line.sku);
        if (!product || product->tracking != Tracking::serial) continue;
        // A leg may have handed on some that were made here: their numbers stay theirs.
        for (auto next = line.serials.size() + 1; line.serials.size() < wanted; ++next) {
            auto serial = made_serial(stored.order, line, next);
            if (!is_announced(transaction, serial)) line.serials.push_back(std::move(serial));
        }
        stored.serials_changed.insert(i);
    }
}

}  // namespace wharf::domain

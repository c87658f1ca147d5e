#include "host/domain/receipt_serials.hpp"

#include <algorithm>
#include <set>

#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_serials.hpp"
#include "host/domain/serial_places.hpp"

namespace wharf::domain {
namespace {

constexpr std::int32_t kAnnounced = 1;
constexpr std::int32_t kMadeAfterOrder = 3;
constexpr std::int32_t kMadeAtReceipt = 4;
constexpr std::int32_t kFromPool = 5;

std::string quoted(const Serial& serial) {
    return "\"" + serial.text() + "\"";
}

// The fault of one serial of the pool, or nothing.
std::optional<Fault> pool_fault(Transaction& transaction, const Serial& serial, const Sku& sku,
                                const std::string& pointer) {
    auto row = transaction.session().select(
        "SELECT sku, receipt FROM serial_pool WHERE serial = :serial", {{"serial", serial}});
    if (!row.next()) {
        return Fault{pointer, "serial_not_issued", quoted(serial) + " was never issued"};
    }
    if (!row.is_null(0) && row.text(0) != sku.view()) {
        return Fault{pointer, "serial_bound",
                     quoted(serial) + " is bound to \"" + std::string(row.text(0)) + "\""};
    }
    if (!row.is_null(1)) {
        return Fault{pointer, "serial_bound",
                     quoted(serial) + " was bound by " + std::string(row.text(1))};
    }
    return std::nullopt;
}

void check_numbers(const ReceiptLine& line, const std::string& pointer, Faults& faults) {
    if (line.serials.size() != static_cast<std::size_t>(line.quantity.raw())) {
        faults.add(pointer + "/serials", "serial_count",
                   std::to_string(line.serials.size()) + " serials for " +
                       std::to_string(line.quantity.raw()) + " units");
    }
}

void check_rejected(ReceiptLine& line, const std::string& pointer, Faults& faults) {
    auto& rejected = line.rejected_serials;
    if (rejected.empty() && line.rejected == line.quantity) rejected = line.serials;
    if (rejected.size() != static_cast<std::size_t>(line.rejected.raw())) {
        faults.add(pointer + "/rejected_serials", "serial_count",
                   std::to_string(rejected.size()) + " serials for " +
                       std::to_string(line.rejected.raw()) + " rejected units");
        return;
    }
    if (rejected.empty()) return;
    std::set<std::string_view> counted;
    for (const auto& serial : line.serials) counted.insert(serial.view());
    for (std::size_t i = 0; i < rejected.size(); ++i) {
        if (counted.erase(rejected[i].view()) > 0) continue;
        faults.add(pointer_at(pointer + "/rejected_serials", i), "serial_not_counted",
                   quoted(rejected[i]) + " is not among the line's serials, or named twice");
    }
}

// Checks of a whole line that make looking at each serial pointless when they fail.
bool takes_scans(std::int32_t mode, const PurchaseOrderLine* order_line, const ReceiptLine& line,
                 const std::string& pointer, Faults& faults) {
    if (mode == kMadeAtReceipt) {
        faults.add_if(!line.serials.empty(), pointer + "/serials", "serials_not_taken",
                      "in serial mode 4 the system makes the serials");
        return false;
    }
    if (order_line == nullptr && (mode == kAnnounced || mode == kMadeAfterOrder)) {
        faults.add(pointer + "/sku", "purchase_order_required",
                   "in serial mode " + std::to_string(mode) +
                       " serials are known from a purchase order; receive against one");
        return false;
    }
    return true;
}

}  // namespace

void ReceivedSerials::check(Transaction& transaction, const Product& product,
                            const PurchaseOrderLine* order_line, ReceiptLine& line,
                            const std::string& pointer, Faults& faults) {
    const auto mode = serial_mode_for(transaction, product);
    if (!mode) {
        faults.add_if(!line.serials.empty() || !line.rejected_serials.empty(), pointer + "/serials",
                      "serials_not_tracked",
                      "\"" + product.sku.text() + "\" is not tracked by serial");
        return;
    }
    if (!takes_scans(*mode, order_line, line, pointer, faults)) return;
    check_numbers(line, pointer, faults);
    check_rejected(line, pointer, faults);
    std::unordered_set<std::string_view> known;
    const bool on_order = *mode == kAnnounced || *mode == kMadeAfterOrder;
    if (on_order) {
        for (const auto& serial : order_line->serials) known.insert(serial.view());
    }
    for (std::size_t i = 0; i < line.serials.size(); ++i) {
        const auto& serial = line.serials[i];
        const auto at = pointer_at(pointer + "/serials", i);
        if (!seen_.insert(serial.text()).second) {
            faults.add(at, "serial_twice", quoted(serial) + " is in the receipt twice");
        } else if (on_order && !known.contains(serial.view())) {
            faults.add(at, "serial_not_on_the_order", quoted(serial) + " is not the order line's");
        } else if (const auto place = real_place(transaction, serial)) {
            faults.add(at, "serial_in_stock", quoted(serial) + " " + place->text());
        } else if (*mode == kFromPool) {
            if (auto fault = pool_fault(transaction, serial, product.sku, at)) {
                faults.add(std::move(*fault));
            }
        }
    }
}

void make_receipt_serials(const Transaction& transaction, const Product& product,
                          const Receipt& receipt, ReceiptLine& line) {
    if (serial_mode_for(transaction, product) != kMadeAtReceipt) return;
    const auto prefix = receipt.number.text() + "-" + std::to_string(line.line) + "-";
    const auto first_rejected = line.quantity - line.rejected;
    for (std::int64_t i = 0; i < line.quantity.raw(); ++i) {
        const auto digits = std::to_string(i + 1);
        const std::size_t zeros = digits.size() < 4 ? 4 - digits.size() : 0;
        auto code = prefix;
        code.append(zeros, '0').append(digits);
        line.serials.emplace_back(std::move(code));
        if (i >= first_rejected.raw()) line.rejected_serials.push_back(line.serials.back());
    }
}

void bind_pool_serials(Transaction& transaction, const Receipt& receipt, const ReceiptLine& line) {
    if (transaction.account().serial_mode != kFromPool) return;
    for (const auto& serial : line.serials) {
        transaction.session().execute(
            "UPDATE serial_pool SET sku = :sku, receipt = :receipt WHERE serial = :serial",
            {{"sku", line.sku}, {"receipt", receipt.number}, {"serial", serial}});
    }
}

void release_pool_serials(Transaction& transaction, const Receipt& receipt) {
    if (transaction.account().serial_mode != kFromPool) return;
    for (const auto& line : receipt.lines) {
        for (const auto& serial : line.serials) {
            transaction.session().execute(
                "UPDATE serial_pool SET receipt = NULL WHERE serial = :serial",
                {{"serial", serial}});
        }
    }
}

}  // namespace wharf::domain

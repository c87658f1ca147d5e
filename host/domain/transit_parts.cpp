#include "host/domain/transit_parts.hpp"

#include <algorithm>

#include "host/domain/catalog.hpp"
#include "host/domain/serials.hpp"
#include "wharf/refusal.hpp"

namespace wharf::domain {
namespace {

std::vector<TransitPart> parts_in_transit(Transaction& transaction, const DocumentNumber& transfer,
                                          std::int32_t line) {
    auto rows = transaction.session().select(
        "SELECT part, lot, serial, quantity, value FROM transit_part "
        "WHERE transfer = :transfer AND line = :line ORDER BY part",
        {{"transfer", transfer}, {"line", line}});
    std::vector<TransitPart> parts;
    while (rows.next()) {
        parts.push_back({rows.get<std::int32_t>(0), rows.get<std::string>(1),
                         rows.get<std::string>(2), rows.get<Quantity>(3), rows.get<Money>(4)});
    }
    return parts;
}

bool is_meant(const TransitPart& part, const Meant& meant) {
    if (meant.lot && meant.lot->view() != part.lot) return false;
    if (part.serial.empty()) return true;
    return std::any_of(meant.serials.begin(), meant.serials.end(),
                       [&](const Serial& serial) { return serial.view() == part.serial; });
}

[[noreturn]] void refuse(const Meant& meant) {
    const bool serials = !meant.serials.empty();
    const auto pointer = meant.pointer + (serials ? "/serials" : meant.lot ? "/lot" : "/quantity");
    const auto detail = "not all of this is in transit for line " + std::to_string(meant.line.line);
    throw Refusal::conflict("not_in_transit", detail)
        .with_faults({{pointer, "not_in_transit", detail}});
}

void check_serials(const Meant& meant, Tracking tracking) {
    if (tracking != Tracking::serial) {
        if (meant.serials.empty()) return;
        throw Refusal::invalid(meant.pointer + "/serials", "serials_not_tracked",
                               "\"" + meant.line.sku.text() + "\" is not tracked by serial");
    }
    try {
        check_serial_list(meant.serials, meant.quantity);
    } catch (const Refusal& refusal) {
        throw Refusal::invalid(meant.pointer + "/serials", refusal.code(), refusal.detail());
    }
}

void keep_rest(Transaction& transaction, const DocumentNumber& transfer, std::int32_t line,
               const TransitPart& part, const TransitPart& taken) {
    auto& session = transaction.session();
    if (taken.quantity == part.quantity) {
        session.execute(
            "DELETE FROM transit_part WHERE transfer = :transfer AND line = :line AND part = :part",
            {{"transfer", transfer}, {"line", line}, {"part", part.part}});
        return;
    }
    session.execute(
        "UPDATE transit_part SET quantity = quantity - :quantity, value = value - :value "
        "WHERE transfer = :transfer AND line = :line AND part = :part",
        {{"quantity", taken.quantity},
         {"value", taken.value},
         {"transfer", transfer},
         {"line", line},
         {"part", part.part}});
}

}  // namespace

void put_in_transit(Transaction& transaction, const DocumentNumber& transfer,
                    const TransferLine& line, const TransitPart& part) {
    transaction.session().execute(
        "INSERT INTO transit_part (transfer, line, part, sku, lot, serial, quantity, value) "
        "VALUES (:transfer, :line, :part, :sku, :lot, :serial, :quantity, :value)",
        {{"transfer", transfer},
         {"line", line.line},
         {"part", part.part},
         {"sku", line.sku},
         {"lot", part.lot},
         {"serial", part.serial},
         {"quantity", part.quantity},
         {"value", part.value}});
}

std::vector<TransitPart> move_out_of_transit(Transaction& transaction,
                                             const DocumentNumber& transfer, const Meant& meant,
                                             const End& to, const std::string& reason) {
    const auto tracking = get_product(transaction, meant.line.sku).tracking;
    check_serials(meant, tracking);
    std::vector<TransitPart> taken;
    Quantity left = meant.quantity;
    for (const auto& part : parts_in_transit(transaction, transfer, meant.line.line)) {
        if (!left.positive()) break;
        if (!is_meant(part, meant)) continue;
        auto some = part;
        some.quantity = std::min(left, part.quantity);
        if (some.quantity < part.quantity) {
            some.value = part.value.share(some.quantity, part.quantity);
        }
        MoveRequest request{
            meant.line.sku,   part.lot.empty() ? std::nullopt : std::optional(LotCode(part.lot)),
            some.quantity,    {},
            Outside::transit, to,
            some.value,       reason,
            transfer};
        if (!part.serial.empty()) request.serials.emplace_back(part.serial);
        move(transaction, request, tracking);
        keep_rest(transaction, transfer, meant.line.line, part, some);
        left -= some.quantity;
        taken.push_back(std::move(some));
    }
    if (left.positive()) refuse(meant);
    return taken;
}

Money value_of(const std::vector<TransitPart>& parts) {
    Money sum;
    for (const auto& part : parts) sum += part.value;
    return sum;
}

}  // namespace wharf::domain

// Reading transfers: one, pages by number, and what left by lot and serial.
#include <algorithm>

#include "host/domain/list_query.hpp"
#include "host/domain/pages.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_store.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kUnresolved =
    "EXISTS (SELECT 1 FROM transfer_difference d WHERE d.transfer = transfer.number "
    "AND d.open > :none)";

// A part's place in its transfer as one number: the line, then the part in it.
constexpr std::int64_t kPartsOfLineMax = 1'000'000;

OpenDifference read_open(const storage::Cursor& row, Date today) {
    OpenDifference found;
    found.transfer = row.get<DocumentNumber>(0);
    found.difference = row.get<std::int32_t>(1);
    found.line = row.get<std::int32_t>(2);
    found.source = row.get<LocationCode>(3);
    found.destination = row.get<LocationCode>(4);
    found.sku = row.get<Sku>(5);
    found.quantity = row.get<Quantity>(6);
    found.open = row.get<Count>(7);
    found.owner = row.get<Name>(8);
    found.due_on = row.get<Date>(9);
    const auto late = today.raw() - found.due_on.raw();
    found.days_overdue = static_cast<std::int32_t>(std::max<std::int64_t>(late, 0));
    found.reported_by = row.text(10);
    found.reported_at = row.get<Instant>(11);
    return found;
}

// Sorts as the list does: the day, the transfer, and the difference in it with leading zeros.
std::string key_of(const OpenDifference& difference) {
    auto number = std::to_string(difference.difference);
    number.insert(0, 10 - std::min<std::size_t>(number.size(), 10), '0');
    return difference.due_on.text() + ' ' + difference.transfer.text() + ' ' + number;
}

TransferPart read_part(const storage::Cursor& row) {
    TransferPart part;
    part.line = row.get<std::int32_t>(0);
    part.part = row.get<std::int32_t>(1);
    part.sku = row.get<Sku>(2);
    if (!row.text(3).empty()) part.lot = row.get<LotCode>(3);
    part.expires_on = row.get<std::optional<Date>>(4);
    if (!row.text(5).empty()) part.serial = row.get<Serial>(5);
    part.quantity = row.get<Quantity>(6);
    part.value = row.get<Money>(7);
    part.in_transit = row.get<Count>(8);
    return part;
}

}  // namespace

Transfer get_transfer(Transaction& transaction, const transfers::Get& request) {
    return load_transfer(transaction, request.number);
}

Page<Transfer> list_transfers(Transaction& transaction, const transfers::List& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_cursor(request.after, 1).front();
    ListQuery query("SELECT number, source, destination FROM transfer");
    query.where("number > :after", "after", after);
    query.where_equal("status", request.status);
    query.where_equal("source", request.source);
    query.where_equal("destination", request.destination);
    const std::int64_t none = 0;
    if (request.differences) {
        const auto condition =
            *request.differences ? std::string(kUnresolved) : "NOT " + std::string(kUnresolved);
        query.where(condition, "none", none);
    }
    query.sql() += " ORDER BY number";
    std::vector<DocumentNumber> numbers;
    {
        auto rows = transaction.session().select(query.sql(), query.parameters());
        const auto& actor = transaction.actor();
        while (numbers.size() <= limit && rows.next()) {
            if (!actor.sees(rows.get<LocationCode>(1)) && !actor.sees(rows.get<LocationCode>(2))) {
                continue;
            }
            numbers.push_back(rows.get<DocumentNumber>(0));
        }
    }
    std::size_t next = 0;
    return collect_page<Transfer>(
        limit,
        [&]() {
            return next < numbers.size() ? find_transfer(transaction, numbers[next++])
                                         : std::nullopt;
        },
        [](const Transfer& last) { return encode_cursor({last.number.view()}); });
}

Page<OpenDifference> list_differences(Transaction& transaction,
                                      const transfers::ListDifferences& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_cursor(request.after, 1).front();
    const auto today = transaction.today();
    const auto& actor = transaction.actor();
    // Few differences are ever unresolved: they are found by their index and sorted.
    ListQuery query(
        "SELECT d.transfer, d.difference, d.line, t.source, t.destination, d.sku, d.quantity, "
        "d.open, d.owner, d.due_on, d.reported_by, d.reported_at FROM transfer_difference d "
        "JOIN transfer t ON t.number = d.transfer");
    query.where("d.open > 0");
    query.where_equal("d.owner", request.owner, "owner");
    query.where_equal("d.sku", request.sku, "sku");
    if (request.location) {
        query.where("(t.source = :location OR t.destination = :location)", "location",
                    *request.location);
    }
    if (request.overdue) {
        query.where(*request.overdue ? "d.due_on < :today" : "d.due_on >= :today", "today", today);
    }
    query.sql() += " ORDER BY d.due_on, d.transfer, d.difference";
    auto row = transaction.session().select(query.sql(), query.parameters());
    const auto next = [&]() -> std::optional<OpenDifference> {
        while (row.next()) {
            auto found = read_open(row, today);
            const bool seen = actor.sees(found.source) || actor.sees(found.destination);
            if (seen && key_of(found) > after) return found;
        }
        return std::nullopt;
    };
    return collect_page<OpenDifference>(
        limit, next, [](const OpenDifference& last) { return encode_cursor({key_of(last)}); });
}

Page<TransferPart> transfer_parts(Transaction& transaction, const transfers::Parts& request) {
    load_transfer(transaction, request.number);
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_counter(request.after);
    auto row = transaction.session().select(
        "SELECT s.line, s.part, l.sku, s.lot, t.expires_on, s.serial, s.quantity, s.value, "
        "COALESCE(p.quantity, 0) FROM shipped_part s "
        "JOIN transfer_line l ON l.transfer = s.order_number AND l.line = s.line "
        "LEFT JOIN lot t ON t.sku = l.sku AND t.code = s.lot "
        "LEFT JOIN transit_part p ON p.transfer = s.order_number AND p.line = s.line "
        "AND p.part = s.part WHERE s.order_number = :number "
        "AND s.line * :parts + s.part > :after ORDER BY s.line, s.part LIMIT :rows",
        {{"number", request.number},
         {"parts", kPartsOfLineMax},
         {"after", after},
         {"rows", limit + 1}});
    return collect_page<TransferPart>(
        limit, [&]() { return row.next() ? std::optional(read_part(row)) : std::nullopt; },
        [](const TransferPart& last) {
            return encode_cursor({std::to_string(last.line * kPartsOfLineMax + last.part)});
        });
}

}  // namespace wharf::domain

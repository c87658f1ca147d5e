// Reading what waits, in allocation order, and what is coming, earliest first.
#include "host/domain/planning.hpp"

#include <charconv>

#include "host/domain/pages.hpp"
#include "host/domain/planning_demand.hpp"
#include "host/domain/planning_filters.hpp"
#include "host/domain/planning_supply.hpp"
#include "host/domain/waiting_order.hpp"

namespace wharf::domain {
namespace {

std::int64_t number_in(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    throw Refusal::invalid("/after", "bad_cursor", "this is no cursor of this list");
}

class WaitingQuery {
public:
    WaitingQuery(Transaction& transaction, const planning::WaitingLines& request)
        : request_(request),
          column_(allocation_column(transaction.policies())),
          places_("w.location", transaction.actor()),
          after_(decode_cursor(request.after, 3)),
          after_key_(request.after ? number_in(after_[0]) : INT64_MIN),
          after_line_(request.after ? number_in(after_[2]) : 0),
          rows_(page_limit(transaction, request.limit) + 1),
          parameters_(places_.parameters()) {}
    WaitingQuery(const WaitingQuery&) = delete;
    WaitingQuery& operator=(const WaitingQuery&) = delete;

    storage::Cursor run(storage::Session& session) {
        std::string sql = "SELECT * FROM (" + lines() + ") l";
        if (*request_.unpegged_only) sql += " WHERE waiting > pegged";
        sql += " ORDER BY " + column_ + ", number, line LIMIT :rows";
        parameters_.emplace_back("rows", rows_);
        return session.select(sql, parameters_);
    }

private:
    std::string lines() {
        std::string sql =
            "SELECT w.order_number AS number, w.line AS line, w.sku AS sku, w.location AS "
            "location, w.waiting AS waiting, COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) "
            "FROM peg p WHERE p.sales_order = w.order_number AND p.order_line = w.line), 0) "
            "AS pegged, w.ordered_at AS ordered_at, w.promised_for AS promised_for, "
            "w.priority AS priority FROM waiting_line w WHERE (w." +
            column_ + ", w.order_number, w.line) > (:after_key, :after_number, :after_line)" +
            places_.condition();
        parameters_.emplace_back("after_key", after_key_);
        parameters_.emplace_back("after_number", after_[1]);
        parameters_.emplace_back("after_line", after_line_);
        if (request_.sku) add(sql, " AND w.sku = :sku", "sku", *request_.sku);
        if (request_.location) {
            add(sql, " AND w.location = :location", "location", *request_.location);
        }
        if (request_.order) add(sql, " AND w.order_number = :number", "number", *request_.order);
        if (request_.due_before) {
            add(sql, kDueCondition, "due", *request_.due_before);
            parameters_.emplace_back("sorts_last", kSortsLast);
        }
        return sql;
    }

    template <class T>
    void add(std::string& sql, std::string_view condition, std::string_view name, const T& value) {
        sql += condition;
        parameters_.emplace_back(name, value);
    }

    const planning::WaitingLines& request_;
    std::string column_;
    PlaceParameters places_;
    std::vector<std::string> after_;
    std::int64_t after_key_;
    std::int64_t after_line_;
    std::size_t rows_;
    std::vector<storage::Parameter> parameters_;
};

planning::WaitingLine read_waiting_line(const storage::Cursor& row) {
    planning::WaitingLine line;
    line.order = row.get<DocumentNumber>(0);
    line.line = row.get<std::int32_t>(1);
    line.sku = row.get<Sku>(2);
    line.location = row.get<LocationCode>(3);
    line.waiting = row.get<Count>(4);
    line.pegged = row.get<Count>(5);
    line.ordered_at = row.get<Instant>(6);
    if (row.integer(7) != kSortsLast) line.promised_for = row.get<Instant>(7);
    if (row.integer(8) != kSortsLast) line.priority = row.get<std::int32_t>(8);
    return line;
}

std::int64_t sort_key(const Policies& policies, const planning::WaitingLine& line) {
    switch (*policies.allocation_order) {
        case AllocationOrder::promised_for:
            return line.promised_for ? line.promised_for->raw() : kSortsLast;
        case AllocationOrder::priority:
            return line.priority ? std::int64_t{*line.priority} : kSortsLast;
        default:
            return line.ordered_at.raw();
    }
}

}  // namespace

Page<planning::WaitingLine> waiting_lines(Transaction& transaction,
                                          const planning::WaitingLines& request) {
    refuse_vendors(transaction);
    WaitingQuery query(transaction, request);
    auto row = query.run(transaction.session());
    const auto& policies = transaction.policies();
    return collect_page<planning::WaitingLine>(
        page_limit(transaction, request.limit),
        [&]() { return row.next() ? std::optional(read_waiting_line(row)) : std::nullopt; },
        [&](const planning::WaitingLine& last) {
            return encode_cursor({std::to_string(sort_key(policies, last)), last.order.view(),
                                  std::to_string(last.line)});
        });
}

Page<planning::Supply> supply_lines(Transaction& transaction,
                                    const planning::SupplyLines& request) {
    refuse_vendors(transaction);
    const auto limit = page_limit(transaction, request.limit);
    SupplyMark mark;
    if (request.after) {
        const auto after = decode_cursor(request.after, 3);
        mark = {number_in(after[0]), after[1], static_cast<std::int32_t>(number_in(after[2]))};
    }
    const SupplyFilter filter{request.sku, request.location, *request.unpegged_only};
    auto lines = read_supply(transaction, filter, mark, limit + 1);
    auto line = lines.begin();
    return collect_page<planning::Supply>(
        limit, [&]() { return line == lines.end() ? std::nullopt : std::optional(*line++); },
        [](const planning::Supply& last) {
            const auto end = mark_of(last);
            return encode_cursor({std::to_string(end.day), end.number, std::to_string(end.line)});
        });
}

}  // namespace wharf::domain

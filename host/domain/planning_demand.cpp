#include "host/domain/planning_demand.hpp"

#include "host/domain/waiting_order.hpp"

namespace wharf::domain {
namespace {

// A first plan finds none: then there is nothing to take off, line by line.
bool any_pegs(Transaction& transaction, const DemandFilter& filter) {
    return transaction.session()
        .value<std::int64_t>("SELECT id FROM peg WHERE location = :location AND sku = :sku LIMIT 1",
                             {{"location", filter.location}, {"sku", filter.sku}})
        .has_value();
}

}  // namespace

std::vector<OpenDemand> open_demand(Transaction& transaction, const DemandFilter& filter,
                                    Quantity enough) {
    std::string sql = "SELECT w.order_number, w.line, w.waiting";
    if (any_pegs(transaction, filter)) {
        sql +=
            " - COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p "
            "WHERE p.sales_order = w.order_number AND p.order_line = w.line), 0)";
    }
    sql += " FROM waiting_line w WHERE w.sku = :sku AND w.location = :location";
    std::vector<storage::Parameter> parameters{{"sku", filter.sku}, {"location", filter.location}};
    if (filter.order) {
        sql += " AND w.order_number = :number";
        parameters.emplace_back("number", *filter.order);
    }
    if (filter.order_line) {
        sql += " AND w.line = :line";
        parameters.emplace_back("line", *filter.order_line);
    }
    if (filter.due_before) {
        sql += kDueCondition;
        parameters.emplace_back("due", *filter.due_before);
        parameters.emplace_back("sorts_last", kSortsLast);
    }
    sql += " ORDER BY w." + std::string(allocation_column(transaction.policies())) +
           ", w.order_number, w.line";
    auto row = transaction.session().select(sql, parameters);
    std::vector<OpenDemand> lines;
    while (enough.positive() && row.next()) {
        const auto open = row.get<Quantity>(2);
        if (!open.positive()) continue;
        lines.push_back({row.get<DocumentNumber>(0), row.get<std::int32_t>(1), open});
        enough -= open;
    }
    return lines;
}

}  // namespace wharf::domain

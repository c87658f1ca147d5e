#include "host/domain/released_pegs.hpp"

#include "host/domain/pages.hpp"
#include "host/domain/planning_filters.hpp"

namespace wharf::domain {

namespace {

// They are kept as long as events. One old row goes with each new one: the table stays bounded and
// no write pays for more than its own.
void forget_one(Transaction& transaction) {
    const auto days = std::int64_t{*transaction.policies().event_days_kept};
    transaction.session().execute(
        "DELETE FROM released_peg WHERE id = (SELECT MIN(id) FROM released_peg) AND at < :until",
        {{"until", transaction.now().plus_micros(-days * Instant::kDay)}});
}

}  // namespace

void remember_released_peg(Transaction& transaction, const Peg& peg, Quantity quantity) {
    forget_one(transaction);
    transaction.session().execute(
        "INSERT INTO released_peg (id, at, sales_order, order_line, sku, location, supply_kind, "
        "supply_number, supply_line, quantity, by_plugin) VALUES (:id, :at, :order, :line, :sku, "
        ":location, :kind, :supply, :supply_line, :quantity, :by_plugin)",
        {{"id", transaction.next("released_peg")},
         {"at", transaction.now()},
         {"order", peg.order},
         {"line", peg.order_line},
         {"sku", peg.sku},
         {"location", peg.location},
         {"kind", peg.supply.kind},
         {"supply", peg.supply.number},
         {"supply_line", peg.supply.line},
         {"quantity", quantity},
         {"by_plugin", transaction.actor().plugin}});
}

Page<planning::ReleasedPeg> released_pegs(Transaction& transaction,
                                          const planning::ReleasedPegs& query) {
    refuse_vendors(transaction);
    const auto limit = page_limit(transaction, query.limit);
    const PlaceParameters places("location", transaction.actor());
    const auto since = query.since.value_or(Instant());
    const auto after = decode_counter(query.after);
    const auto rows = limit + 1;
    auto parameters = places.parameters();
    parameters.insert(
        parameters.end(),
        {{"supply", query.supply}, {"since", since}, {"after", after}, {"rows", rows}});
    std::string sql =
        "SELECT id, at, sales_order, order_line, sku, location, supply_kind, supply_number, "
        "supply_line, quantity, by_plugin FROM released_peg WHERE supply_number = :supply "
        "AND at >= :since AND id > :after";
    sql += places.condition();
    sql += " ORDER BY id LIMIT :rows";
    auto row = transaction.session().select(sql, parameters);
    const auto next_item = [&]() -> std::optional<planning::ReleasedPeg> {
        if (!row.next()) return std::nullopt;
        return planning::ReleasedPeg{
            row.integer(0),
            row.get<Instant>(1),
            row.get<DocumentNumber>(2),
            row.get<std::int32_t>(3),
            row.get<Sku>(4),
            row.get<LocationCode>(5),
            {row.get<SupplyKind>(6), row.get<DocumentNumber>(7), row.get<std::int32_t>(8)},
            row.get<Quantity>(9),
            std::string(row.text(10))};
    };
    return collect_page<planning::ReleasedPeg>(
        limit, next_item, [](const auto& peg) { return encode_cursor({std::to_string(peg.id)}); });
}

}  // namespace wharf::domain

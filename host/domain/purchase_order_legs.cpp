#include "host/domain/purchase_order_legs.hpp"

#include <algorithm>

#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_legs_tax.hpp"

namespace wharf::domain {
namespace {

std::optional<RawJson> raw_json(const storage::Cursor& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return RawJson{std::string(row.text(column))};
}

// The lines of the parent as its legs stand now.
void load_sums(Transaction& transaction, PurchaseOrder& order) {
    for (auto& ordered : parent_lines(transaction, order.number)) {
        PurchaseOrderLine line;
        line.line = ordered.line;
        line.sku = std::move(ordered.sku);
        line.quantity = ordered.quantity;
        line.unit_price = ordered.unit_price;
        line.tax_rate = ordered.tax_rate;
        line.quantity_set_by = ordered.quantity_set_by;
        line.explanation = std::move(ordered.explanation);
        order.lines.push_back(std::move(line));
    }
    auto row = transaction.session().select(
        "SELECT k.parent_line, CAST(SUM(l.amount) AS BIGINT), CAST(SUM(l.received) AS BIGINT), "
        "CAST(SUM(l.rejected) AS BIGINT), CAST(SUM(l.excess) AS BIGINT), "
        "CAST(SUM(l.cancelled) AS BIGINT), CAST(SUM(l.outstanding) AS BIGINT), "
        "CAST(SUM(l.dispatched) AS BIGINT), CAST(SUM(l.returned_for_replacement) AS BIGINT) "
        "FROM split_leg g JOIN split_leg_line k ON k.number = g.number "
        "JOIN purchase_order_line l ON l.purchase_order = k.number AND l.line = k.line "
        "WHERE g.parent = :parent GROUP BY k.parent_line ORDER BY k.parent_line",
        {{"parent", order.number}});
    auto line = order.lines.begin();
    while (row.next()) {
        while (line != order.lines.end() && line->line != row.integer(0)) ++line;
        if (line == order.lines.end()) break;
        line->amount = row.get<Money>(1);
        line->received = row.get<Count>(2);
        line->rejected = row.get<Count>(3);
        line->excess = row.get<Count>(4);
        line->cancelled = row.get<Count>(5);
        line->outstanding = row.get<Count>(6);
        line->dispatched = row.get<Count>(7);
        line->returned_for_replacement = row.get<Count>(8);
    }
}

void load_leg(Transaction& transaction, StoredPurchaseOrder& stored) {
    auto& session = transaction.session();
    {
        auto row = session.select("SELECT destination FROM split_leg WHERE number = :number",
                                  {{"number", stored.order.number}});
        if (!row.next()) return;
        stored.is_leg = true;
        stored.order.destination = row.get<std::optional<LocationCode>>(0);
    }
    auto row = session.select(
        "SELECT line, parent_line FROM split_leg_line WHERE number = :number ORDER BY line",
        {{"number", stored.order.number}});
    while (row.next()) {
        if (const auto index = stored.index_of(row.get<std::int32_t>(0))) {
            stored.order.lines[*index].parent_line = row.get<std::int32_t>(1);
        }
    }
}

}  // namespace

std::vector<PurchaseOrderLeg> legs_shown(Transaction& transaction, const DocumentNumber& parent) {
    auto row = transaction.session().select(
        "SELECT g.number, o.ship_to, g.destination, o.expected_on, o.status, o.closed, o.amount, "
        "COALESCE(CAST(SUM(l.quantity) AS BIGINT), 0), "
        "COALESCE(CAST(SUM(l.received) AS BIGINT), 0), "
        "COALESCE(CAST(SUM(l.cancelled) AS BIGINT), 0), "
        "COALESCE(CAST(SUM(l.outstanding) AS BIGINT), 0) FROM split_leg g "
        "JOIN purchase_order o ON o.number = g.number "
        "LEFT JOIN purchase_order_line l ON l.purchase_order = g.number "
        "WHERE g.parent = :parent GROUP BY g.leg, g.number, o.ship_to, g.destination, "
        "o.expected_on, o.status, o.closed, o.amount ORDER BY g.leg",
        {{"parent", parent}});
    std::vector<PurchaseOrderLeg> legs;
    while (row.next()) {
        PurchaseOrderLeg leg;
        leg.number = row.get<DocumentNumber>(0);
        leg.location = row.get<LocationCode>(1);
        if (auto destination = row.get<std::optional<LocationCode>>(2)) {
            leg.via = leg.location;
            leg.location = std::move(*destination);
        }
        leg.expected_on = row.get<std::optional<Date>>(3);
        leg.status = row.get<PurchaseOrderStatus>(4);
        leg.closed = row.get<bool>(5);
        leg.amount = row.get<Money>(6);
        leg.quantity = row.get<Count>(7);
        leg.received = row.get<Count>(8);
        leg.cancelled = row.get<Count>(9);
        leg.outstanding = row.get<Count>(10);
        legs.push_back(std::move(leg));
    }
    return legs;
}

void load_family(Transaction& transaction, StoredPurchaseOrder& stored) {
    if (stored.order.parent) return load_leg(transaction, stored);
    if (!stored.order.lines.empty()) return;  // only a parent has none of its own
    const auto approval = leg_approval_of(transaction, stored.order.number);
    if (!approval) return;
    stored.is_parent = true;
    stored.order.leg_approval = approval;
    load_sums(transaction, stored.order);
    stored.order.legs = legs_shown(transaction, stored.order.number);
    for (const auto& leg : stored.order.legs) stored.order.amount += leg.amount;
    sum_tax_of_legs(transaction, stored.order);
    stored.priced_by_rule.resize(stored.order.lines.size());
}

void insert_parent(Transaction& transaction, const DocumentNumber& number, LegApproval approval) {
    transaction.session().execute(
        "INSERT INTO split_order (number, approval) VALUES (:number, :approval)",
        {{"number", number}, {"approval", approval}});
}

std::optional<LegApproval> leg_approval_of(Transaction& transaction, const DocumentNumber& parent) {
    return transaction.session().value<LegApproval>(
        "SELECT approval FROM split_order WHERE number = :number", {{"number", parent}});
}

std::vector<ParentLine> parent_lines(Transaction& transaction, const DocumentNumber& parent) {
    auto row = transaction.session().select(
        "SELECT line, sku, quantity, unit_price, tax_rate, quantity_set_by, explanation "
        "FROM split_order_line WHERE number = :number ORDER BY line",
        {{"number", parent}});
    std::vector<ParentLine> lines;
    while (row.next()) {
        lines.push_back({row.get<std::int32_t>(0), row.get<Sku>(1), row.get<Quantity>(2),
                         row.get<Money>(3), row.get<Percent>(4), row.get<SetBy>(5),
                         raw_json(row, 6)});
    }
    return lines;
}

void write_parent_line(Transaction& transaction, const DocumentNumber& parent,
                       const ParentLine& line) {
    auto& session = transaction.session();
    session.execute("DELETE FROM split_order_line WHERE number = :number AND line = :line",
                    {{"number", parent}, {"line", line.line}});
    std::optional<std::string_view> explanation;
    if (line.explanation) explanation = line.explanation->text;
    session.execute(
        "INSERT INTO split_order_line (number, line, sku, quantity, unit_price, tax_rate, "
        "quantity_set_by, explanation) VALUES (:number, :line, :sku, :quantity, :unit_price, "
        ":tax_rate, :set_by, :explanation)",
        {{"number", parent},
         {"line", line.line},
         {"sku", line.sku},
         {"quantity", line.quantity},
         {"unit_price", line.unit_price},
         {"tax_rate", line.tax_rate},
         {"set_by", line.quantity_set_by},
         {"explanation", explanation}});
}

void insert_leg(Transaction& transaction, const StoredPurchaseOrder& leg) {
    auto& session = transaction.session();
    const auto last = session.value<std::int64_t>(
        "SELECT MAX(leg) FROM split_leg WHERE parent = :parent", {{"parent", leg.order.parent}});
    session.execute(
        "INSERT INTO split_leg (number, parent, leg, destination) "
        "VALUES (:number, :parent, :leg, :destination)",
        {{"number", leg.order.number},
         {"parent", leg.order.parent},
         {"leg", last.value_or(0) + 1},
         {"destination", leg.order.destination}});
    write_leg_lines(transaction, leg);
}

void write_leg_lines(Transaction& transaction, const StoredPurchaseOrder& leg) {
    auto& session = transaction.session();
    session.execute("DELETE FROM split_leg_line WHERE number = :number",
                    {{"number", leg.order.number}});
    for (const auto& line : leg.order.lines) {
        if (!line.parent_line) continue;
        session.execute(
            "INSERT INTO split_leg_line (number, line, parent_line) "
            "VALUES (:number, :line, :parent_line)",
            {{"number", leg.order.number}, {"line", line.line}, {"parent_line", line.parent_line}});
    }
}

std::vector<StoredPurchaseOrder> load_legs(Transaction& transaction, const DocumentNumber& parent) {
    std::vector<DocumentNumber> numbers;
    {
        auto row = transaction.session().select(
            "SELECT number FROM split_leg WHERE parent = :parent ORDER BY leg",
            {{"parent", parent}});
        while (row.next()) numbers.push_back(row.get<DocumentNumber>(0));
    }
    std::vector<StoredPurchaseOrder> legs;
    for (const auto& number : numbers) {
        if (auto leg = read_purchase_order(transaction, number)) legs.push_back(std::move(*leg));
    }
    return legs;
}

Money legs_worth(Transaction& transaction, const DocumentNumber& parent) {
    return transaction.session()
        .value<Money>(
            "SELECT CAST(SUM(o.amount) AS BIGINT) FROM split_leg g "
            "JOIN purchase_order o ON o.number = g.number WHERE g.parent = :parent",
            {{"parent", parent}})
        .value_or(Money());
}

void refuse_leg_step(const StoredPurchaseOrder& stored, std::string_view step) {
    if (!stored.is_leg) return;
    const auto parent = stored.order.parent->text();
    throw Refusal::conflict("leg_of_split",
                            stored.order.number.text() + " is a leg of " + parent + " and is " +
                                std::string(step) + " with it",
                            "take the step on " + parent +
                                "; quantities of a leg are changed by distributing " + parent +
                                " anew");
}

}  // namespace wharf::domain

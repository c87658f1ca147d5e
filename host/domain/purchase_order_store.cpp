#include "host/domain/purchase_order_store.hpp"

#include <stdexcept>

#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "host/domain/purchase_order_tax.hpp"
#include "host/domain/stored_json.hpp"

namespace wharf::domain {
namespace {

std::optional<RawJson> raw_json(const storage::Cursor& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return RawJson{std::string(row.text(column))};
}

// An order of before there was tax is worth its goods.
void read_tax(const storage::Cursor& row, StoredPurchaseOrder& stored) {
    auto& order = stored.order;
    if (row.is_null(24)) {
        order.tax.taxable = order.total = order.amount;
        return;
    }
    order.charges = from_stored<std::vector<Charge>>(row.text(23));
    order.tax = from_stored<TaxSummary>(row.text(24));
    order.round_off = row.get<Money>(25);
    order.total = row.get<Money>(26);
    stored.taxed_for = order.vendor;
}

std::optional<std::string_view> text_of(const std::optional<RawJson>& json) {
    if (!json) return std::nullopt;
    return json->text;
}

PurchaseOrderLine read_line(const storage::Cursor& row) {
    PurchaseOrderLine line;
    line.line = row.get<std::int32_t>(0);
    line.sku = row.get<Sku>(1);
    line.quantity = row.get<Quantity>(2);
    line.unit = row.get<std::optional<UnitCode>>(3);
    line.unit_quantity = row.get<std::optional<Quantity>>(4);
    line.unit_price = row.get<Money>(5);
    line.tax_rate = row.get<Percent>(6);
    line.amount = row.get<Money>(7);
    line.received = row.get<Count>(8);
    line.rejected = row.get<Count>(9);
    line.excess = row.get<Count>(10);
    line.cancelled = row.get<Count>(11);
    line.outstanding = row.get<Count>(12);
    line.dispatched = row.get<Count>(13);
    line.returned_for_replacement = row.get<Count>(14);
    line.quantity_set_by = row.get<SetBy>(15);
    line.explanation = raw_json(row, 16);
    line.charges = row.get<std::optional<Money>>(18).value_or(Money());
    if (!row.is_null(19)) line.tax = from_stored<std::vector<TaxShare>>(row.text(19));
    return line;
}

void load_lines(Transaction& transaction, StoredPurchaseOrder& stored) {
    const auto& number = stored.order.number;
    auto row = transaction.session().select(
        "SELECT line, sku, quantity, unit, unit_quantity, unit_price, tax_rate, amount, received, "
        "rejected, excess, cancelled, outstanding, dispatched, returned_for_replacement, "
        "quantity_set_by, explanation, price_by_rule, charges, tax "
        "FROM purchase_order_line WHERE purchase_order = :number ORDER BY line",
        {{"number", number}});
    while (row.next()) {
        stored.order.lines.push_back(read_line(row));
        stored.priced_by_rule.push_back(row.get<bool>(17));
    }
}

void load_serials(Transaction& transaction, StoredPurchaseOrder& stored) {
    auto row = transaction.session().select(
        "SELECT line, serial FROM purchase_order_serial WHERE purchase_order = :number "
        "ORDER BY line, position",
        {{"number", stored.order.number}});
    while (row.next()) {
        if (const auto index = stored.index_of(row.get<std::int32_t>(0))) {
            stored.order.lines[*index].serials.push_back(row.get<Serial>(1));
        }
    }
}

void read_header(const storage::Cursor& row, StoredPurchaseOrder& stored) {
    auto& order = stored.order;
    stored.id = row.integer(0);
    order.reference = row.get<std::optional<Reference>>(1);
    order.vendor = row.get<VendorCode>(2);
    order.ship_to = row.get<LocationCode>(3);
    order.currency = row.get<Text<3, 3>>(4);
    order.status = row.get<PurchaseOrderStatus>(5);
    order.closed = row.get<bool>(6);
    order.expected_on = row.get<std::optional<Date>>(7);
    order.source = row.get<Name>(8);
    order.parent = row.get<std::optional<DocumentNumber>>(9);
    order.amount = row.get<Money>(10);
    if (auto changes = raw_json(row, 13)) {
        order.pending_amendment =
            PendingAmendment{row.get<std::string>(11), row.get<Instant>(12), std::move(*changes)};
    }
    order.created_by = row.get<std::string>(14);
    stored.changed_by = row.get<std::string>(15);
    order.submitted_by = row.get<std::optional<std::string>>(16);
    order.approved_by = row.get<std::optional<std::string>>(17);
    order.note = row.get<std::optional<Note>>(18);
    order.explanation = raw_json(row, 19);
    order.version = row.integer(20);
    order.created_at = row.get<Instant>(21);
    order.reason = row.get<std::optional<Reason>>(22);
    read_tax(row, stored);
}

void write_line(Transaction& transaction, const PurchaseOrder& order, const PurchaseOrderLine& line,
                bool by_rule, std::string_view sql) {
    const auto tax = to_json(line.tax);
    transaction.session().execute(sql, {{"number", order.number},
                                        {"line", line.line},
                                        {"sku", line.sku},
                                        {"location", order.destination.value_or(order.ship_to)},
                                        {"quantity", line.quantity},
                                        {"unit", line.unit},
                                        {"unit_quantity", line.unit_quantity},
                                        {"unit_price", line.unit_price},
                                        {"price_by_rule", by_rule},
                                        {"tax_rate", line.tax_rate},
                                        {"amount", line.amount},
                                        {"received", line.received},
                                        {"rejected", line.rejected},
                                        {"excess", line.excess},
                                        {"cancelled", line.cancelled},
                                        {"outstanding", line.outstanding},
                                        {"dispatched", line.dispatched},
                                        {"returned", line.returned_for_replacement},
                                        {"set_by", line.quantity_set_by},
                                        {"explanation", text_of(line.explanation)},
                                        {"charges", line.charges},
                                        {"tax", tax}});
}

constexpr std::string_view kInsertLine =
    "INSERT INTO purchase_order_line (purchase_order, line, sku, location, quantity, unit, "
    "unit_quantity, unit_price, price_by_rule, tax_rate, amount, received, rejected, excess, "
    "cancelled, outstanding, dispatched, returned_for_replacement, quantity_set_by, explanation, "
    "charges, tax) VALUES (:number, :line, :sku, :location, :quantity, :unit, :unit_quantity, "
    ":unit_price, "
    ":price_by_rule, :tax_rate, :amount, :received, :rejected, :excess, :cancelled, :outstanding, "
    ":dispatched, :returned, :set_by, :explanation, :charges, :tax)";

// A line is written by taking the old row away: one statement text for added and changed lines.
void replace_line(Transaction& transaction, const StoredPurchaseOrder& stored, std::size_t index) {
    const auto& line = stored.order.lines[index];
    transaction.session().execute(
        "DELETE FROM purchase_order_line WHERE purchase_order = :number AND line = :line",
        {{"number", stored.order.number}, {"line", line.line}});
    write_line(transaction, stored.order, line, stored.priced_by_rule[index], kInsertLine);
}

void write_serials(Transaction& transaction, const PurchaseOrder& order,
                   const PurchaseOrderLine& line) {
    auto& session = transaction.session();
    session.execute(
        "DELETE FROM purchase_order_serial WHERE purchase_order = :number AND line = :line",
        {{"number", order.number}, {"line", line.line}});
    std::int64_t position = 0;
    for (const auto& serial : line.serials) {
        session.execute(
            "INSERT INTO purchase_order_serial (purchase_order, line, position, serial) "
            "VALUES (:number, :line, :position, :serial)",
            {{"number", order.number},
             {"line", line.line},
             {"position", position++},
             {"serial", serial}});
    }
}

void write_header(Transaction& transaction, const StoredPurchaseOrder& stored,
                  std::string_view sql) {
    const auto& order = stored.order;
    const auto& pending = order.pending_amendment;
    std::optional<std::string_view> pending_by;
    std::optional<std::string_view> pending_changes;
    std::optional<Instant> pending_at;
    if (pending) {
        pending_by = pending->requested_by;
        pending_changes = pending->changes.text;
        pending_at = pending->requested_at;
    }
    const auto charges = to_json(order.charges);
    const auto tax = to_json(order.tax);
    transaction.session().execute(sql, {{"number", order.number},
                                        {"id", stored.id},
                                        {"reference", order.reference},
                                        {"vendor", order.vendor},
                                        {"ship_to", order.ship_to},
                                        {"currency", order.currency},
                                        {"status", order.status},
                                        {"closed", order.closed},
                                        {"expected_on", order.expected_on},
                                        {"source", order.source},
                                        {"parent", order.parent},
                                        {"amount", order.amount},
                                        {"pending_by", pending_by},
                                        {"pending_at", pending_at},
                                        {"pending_changes", pending_changes},
                                        {"created_by", order.created_by},
                                        {"changed_by", stored.changed_by},
                                        {"submitted_by", order.submitted_by},
                                        {"approved_by", order.approved_by},
                                        {"note", order.note},
                                        {"explanation", text_of(order.explanation)},
                                        {"version", order.version},
                                        {"created_at", order.created_at},
                                        {"reason", order.reason},
                                        {"charges", charges},
                                        {"tax", tax},
                                        {"round_off", order.round_off},
                                        {"total", order.total}});
}

void clear_marks(StoredPurchaseOrder& stored) {
    stored.changed.clear();
    stored.serials_changed.clear();
    stored.header_changed = false;
}

}  // namespace

PurchaseOrderLine& StoredPurchaseOrder::add_line(PurchaseOrderLine line, bool by_rule) {
    line.line = order.lines.empty() ? 1 : order.lines.back().line + 1;
    changed.insert(order.lines.size());
    if (!line.serials.empty()) serials_changed.insert(order.lines.size());
    priced_by_rule.push_back(by_rule);
    return order.lines.emplace_back(std::move(line));
}

std::optional<std::size_t> StoredPurchaseOrder::index_of(std::int32_t line) const {
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        if (order.lines[i].line == line) return i;
    }
    return std::nullopt;
}

std::optional<StoredPurchaseOrder> read_purchase_order(Transaction& transaction,
                                                       const DocumentNumber& number) {
    StoredPurchaseOrder stored;
    stored.order.number = number;
    {
        auto row = transaction.session().select(
            "SELECT id, reference, vendor, ship_to, currency, status, closed, expected_on, source, "
            "parent, amount, pending_by, pending_at, pending_changes, created_by, changed_by, "
            "submitted_by, approved_by, note, explanation, version, created_at, reason, charges, "
            "tax, round_off, total FROM purchase_order WHERE number = :number",
            {{"number", number}});
        if (!row.next()) return std::nullopt;
        read_header(row, stored);
    }
    load_lines(transaction, stored);
    load_serials(transaction, stored);
    load_family(transaction, stored);
    return stored;
}

// A parent is about places that a bound key does not see: it sees its own legs.
std::optional<StoredPurchaseOrder> find_purchase_order(Transaction& transaction,
                                                       const DocumentNumber& number) {
    auto stored = read_purchase_order(transaction, number);
    if (!stored) return std::nullopt;
    const auto& actor = transaction.actor();
    if (!actor.sees(stored->order.vendor) || !actor.sees(stored->order.ship_to)) {
        return std::nullopt;
    }
    if (stored->is_parent && !actor.locations.empty()) return std::nullopt;
    return stored;
}

StoredPurchaseOrder load_purchase_order(Transaction& transaction, const DocumentNumber& number) {
    auto stored = find_purchase_order(transaction, number);
    if (!stored) throw Refusal::not_found("purchase order", number.view());
    return std::move(*stored);
}

void insert_purchase_order(Transaction& transaction, StoredPurchaseOrder& stored) {
    stored.order.number = transaction.next_number("PO");
    stored.id = transaction.next("purchase_order");
    stored.order.amount = total_of(stored.order);
    tax_purchase_order(transaction, stored);
    write_header(transaction, stored,
                 "INSERT INTO purchase_order (number, id, reference, vendor, ship_to, currency, "
                 "status, closed, expected_on, source, parent, amount, pending_by, pending_at, "
                 "pending_changes, created_by, changed_by, submitted_by, approved_by, note, "
                 "explanation, version, created_at, reason, charges, tax, round_off, total) VALUES "
                 "(:number, :id, :reference, :vendor, "
                 ":ship_to, :currency, :status, :closed, :expected_on, :source, :parent, :amount, "
                 ":pending_by, :pending_at, :pending_changes, :created_by, :changed_by, "
                 ":submitted_by, :approved_by, :note, :explanation, :version, :created_at, "
                 ":reason, :charges, :tax, :round_off, :total)");
    for (std::size_t i = 0; i < stored.order.lines.size(); ++i) {
        const auto& line = stored.order.lines[i];
        write_line(transaction, stored.order, line, stored.priced_by_rule[i], kInsertLine);
        if (!line.serials.empty()) write_serials(transaction, stored.order, line);
    }
    clear_marks(stored);
}

void save_purchase_order(Transaction& transaction, StoredPurchaseOrder& stored) {
    if (stored.is_parent) throw std::logic_error("a parent has nothing of its own to save");
    auto& order = stored.order;
    ++order.version;
    order.amount = total_of(order);
    tax_purchase_order(transaction, stored);
    write_header(transaction, stored,
                 "UPDATE purchase_order SET id = :id, reference = :reference, vendor = :vendor, "
                 "ship_to = :ship_to, currency = :currency, status = :status, closed = :closed, "
                 "expected_on = :expected_on, source = :source, parent = :parent, "
                 "amount = :amount, pending_by = :pending_by, pending_at = :pending_at, "
                 "pending_changes = :pending_changes, created_by = :created_by, "
                 "changed_by = :changed_by, submitted_by = :submitted_by, "
                 "approved_by = :approved_by, note = :note, explanation = :explanation, "
                 "version = :version, created_at = :created_at, reason = :reason, "
                 "charges = :charges, tax = :tax, round_off = :round_off, total = :total "
                 "WHERE number = :number");
    for (const auto index : stored.changed) replace_line(transaction, stored, index);
    for (const auto index : stored.serials_changed) {
        write_serials(transaction, order, order.lines[index]);
    }
    clear_marks(stored);
    if (stored.is_leg && stored.parent_follows) {
        follow_leg_lines(transaction, *order.parent);
        follow_legs(transaction, *order.parent);
    }
}

void delete_purchase_order_line(Transaction& transaction, StoredPurchaseOrder& stored,
                                std::size_t index) {
    if (stored.anything_changed()) throw std::logic_error("indexes of changed lines would move");
    const auto line = stored.order.lines[index].line;
    auto& session = transaction.session();
    session.execute(
        "DELETE FROM purchase_order_serial WHERE purchase_order = :number AND line = :line",
        {{"number", stored.order.number}, {"line", line}});
    session.execute(
        "DELETE FROM purchase_order_line WHERE purchase_order = :number AND line = :line",
        {{"number", stored.order.number}, {"line", line}});
    const auto at = static_cast<std::ptrdiff_t>(index);
    stored.order.lines.erase(stored.order.lines.begin() + at);
    stored.priced_by_rule.erase(stored.priced_by_rule.begin() + at);
}

SupplyLine supply_of(const PurchaseOrder& order, const PurchaseOrderLine& line) {
    return {SupplyKind::purchase_order, order.number, line.line};
}

namespace {

constexpr std::string_view kPegged =
    "SELECT supply_line, CAST(SUM(quantity) AS BIGINT) FROM peg "
    "WHERE supply_number = :number AND supply_kind = 'purchase_order' GROUP BY supply_line "
    "ORDER BY supply_line";
// Of a parent, by its own lines.
constexpr std::string_view kPeggedOnLegs =
    "SELECT k.parent_line, CAST(SUM(p.quantity) AS BIGINT) FROM split_leg g "
    "JOIN split_leg_line k ON k.number = g.number JOIN peg p ON p.supply_number = k.number "
    "AND p.supply_line = k.line AND p.supply_kind = 'purchase_order' WHERE g.parent = :number "
    "GROUP BY k.parent_line ORDER BY k.parent_line";

}  // namespace

PurchaseOrder document_of(Transaction& transaction, PurchaseOrder order) {
    for (auto& line : order.lines) line.pegged = Count(0);
    auto row = transaction.session().select(order.legs.empty() ? kPegged : kPeggedOnLegs,
                                            {{"number", order.number}});
    auto line = order.lines.begin();
    while (row.next()) {
        while (line != order.lines.end() && line->line != row.integer(0)) ++line;
        if (line == order.lines.end()) break;
        line->pegged = row.get<Count>(1);
    }
    return order;
}

PurchaseOrder shown(Transaction& transaction, PurchaseOrder order) {
    if (!transaction.actor().vendor) return order;
    order.explanation.reset();
    order.pending_amendment.reset();
    for (auto& line : order.lines) {
        line.explanation.reset();
        line.pegged = Count(0);
    }
    return order;
}

}  // namespace wharf::domain

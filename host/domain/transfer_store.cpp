#include "host/domain/transfer_store.hpp"

#include <algorithm>

#include "host/domain/pegs.hpp"

namespace wharf::domain {
namespace {

template <class T>
std::vector<T> load_all(Transaction& transaction, const DocumentNumber& number,
                        std::string_view order_by) {
    std::string sql = select_from<T>();
    sql += " WHERE transfer = :transfer ORDER BY ";
    sql += order_by;
    auto rows = transaction.session().select(sql, {{"transfer", number}});
    std::vector<T> all;
    while (rows.next()) all.push_back(read_row<T>(rows));
    return all;
}

// What the order's lines say.
void load_terms(Transaction& transaction, Transfer& transfer) {
    auto rows = transaction.session().select(
        "SELECT quantity, cancelled, waiting, reserved, unit, unit_quantity "
        "FROM sales_order_line WHERE order_number = :number ORDER BY line",
        {{"number", transfer.number}});
    for (auto& line : transfer.lines) {
        if (!rows.next()) throw std::logic_error("a transfer line without its order line");
        line.quantity = rows.get<Quantity>(0);
        line.cancelled = rows.get<Count>(1);
        line.waiting = rows.get<Count>(2);
        line.reserved = rows.get<Count>(3);
        line.unit = rows.get<std::optional<UnitCode>>(4);
        line.unit_quantity = rows.get<std::optional<Quantity>>(5);
    }
}

void load_pegs(Transaction& transaction, Transfer& transfer) {
    auto rows = transaction.session().select(
        "SELECT supply_line, CAST(SUM(quantity) AS BIGINT) FROM peg "
        "WHERE supply_number = :number AND supply_kind = 'transfer' GROUP BY supply_line",
        {{"number", transfer.number}});
    for (auto& line : transfer.lines) line.pegged = Count(0);
    while (rows.next()) {
        const auto index = static_cast<std::size_t>(rows.integer(0)) - 1;
        if (index < transfer.lines.size()) transfer.lines[index].pegged = rows.get<Count>(1);
    }
}

OrderStatus order_status(Transaction& transaction, const DocumentNumber& number) {
    return transaction.session()
        .value<OrderStatus>("SELECT status FROM sales_order WHERE number = :number",
                            {{"number", number}})
        .value_or(OrderStatus::unknown);
}

TransferStatus status_before_dispatch(OrderStatus order) {
    switch (order) {
        case OrderStatus::unapproved:
            return TransferStatus::draft;
        case OrderStatus::cancelled:
            return TransferStatus::cancelled;
        default:
            return TransferStatus::approved;
    }
}

TransferStatus status_after_dispatch(const Transfer& transfer) {
    bool under_way = false;
    bool decided = false;
    bool arrived = false;
    for (const auto& line : transfer.lines) {
        under_way = under_way || line.in_transit.positive();
        arrived = arrived || line.received.positive();
        decided = decided || line.difference.positive() || line.returned.positive() ||
                  line.lost.positive();
    }
    const bool asks = std::any_of(
        transfer.excess.begin(), transfer.excess.end(),
        [](const TransferExcess& excess) { return excess.status == ExcessStatus::waiting; });
    if (under_way || asks) {
        return arrived || decided || asks ? TransferStatus::partly_received
                                          : TransferStatus::dispatched;
    }
    return arrived ? TransferStatus::received : TransferStatus::cancelled;
}

}  // namespace

SupplyLine supply_of(const Transfer& transfer, std::int32_t line) {
    return {SupplyKind::transfer, transfer.number, line};
}

std::optional<Transfer> find_transfer(Transaction& transaction, const DocumentNumber& number) {
    auto transfer = find_row<Transfer>(transaction.session(), {{"number", number}});
    if (!transfer) return std::nullopt;
    transfer->lines = load_all<TransferLine>(transaction, number, "line");
    transfer->differences = load_all<TransferDifference>(transaction, number, "difference");
    transfer->excess = load_all<TransferExcess>(transaction, number, "excess");
    load_terms(transaction, *transfer);
    load_pegs(transaction, *transfer);
    return transfer;
}

bool sees_transfer(const Transaction& transaction, const Transfer& transfer) {
    return transaction.actor().sees(transfer.source) ||
           transaction.actor().sees(transfer.destination);
}

Transfer load_transfer(Transaction& transaction, const DocumentNumber& number) {
    auto transfer = find_transfer(transaction, number);
    if (!transfer || !sees_transfer(transaction, *transfer)) {
        throw Refusal::not_found("transfer", number.view());
    }
    return std::move(*transfer);
}

void need_location(const Transaction& transaction, const LocationCode& location,
                   std::string_view step) {
    if (transaction.actor().sees(location)) return;
    throw Refusal::forbidden("other_location", "a transfer is " + std::string(step) + " at \"" +
                                                   location.text() +
                                                   "\", which is not one of this key's locations");
}

Transfer insert_transfer(Transaction& transaction, const SalesOrder& order, Transfer asked) {
    asked.number = order.number;
    asked.source = order.location;
    asked.destination = order.destination.value();
    asked.created_by = transaction.actor().name;
    asked.created_at = transaction.now();
    asked.status = status_before_dispatch(order.status);
    insert_row(transaction.session(), asked);
    asked.lines.resize(order.lines.size());
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        auto& line = asked.lines[i];
        line.line = order.lines[i].line;
        line.sku = order.lines[i].sku;
        line.owed = Quantity(order.lines[i].waiting) + order.lines[i].reserved;
        insert_row(transaction.session(), line,
                   {{"transfer", asked.number}, {"location", asked.destination}});
    }
    load_terms(transaction, asked);
    return asked;
}

void follow_order(Transaction& transaction, const DocumentNumber& number) {
    auto transfer = find_transfer(transaction, number);
    if (!transfer) return;
    TransferChange change(transaction, std::move(*transfer));
    for (const auto& line : change.transfer().lines) change.change(line.line);
    change.save();
}

TransferChange::TransferChange(Transaction& transaction, Transfer transfer)
    : transaction_(transaction),
      transfer_(std::move(transfer)),
      status_before_(transfer_.status),
      differences_stored_(transfer_.differences.size()),
      excess_stored_(transfer_.excess.size()) {}

TransferChange::TransferChange(Transaction& transaction, const DocumentNumber& number)
    : TransferChange(transaction, load_transfer(transaction, number)) {
    transaction.check_version(transfer_.version);
}

const TransferLine& TransferChange::line(std::int32_t number, const std::string& pointer) const {
    const auto index = static_cast<std::size_t>(number) - 1;
    if (number < 1 || index >= transfer_.lines.size()) {
        throw Refusal::invalid(pointer, "unknown_line",
                               transfer_.number.text() + " has no line " + std::to_string(number));
    }
    return transfer_.lines[index];
}

TransferLine& TransferChange::change(std::int32_t number) {
    lines_.insert(number);
    return transfer_.lines.at(static_cast<std::size_t>(number) - 1);
}

TransferDifference& TransferChange::add_difference(TransferDifference difference) {
    difference.difference = static_cast<std::int32_t>(transfer_.differences.size()) + 1;
    differences_.insert(transfer_.differences.size());
    return transfer_.differences.emplace_back(std::move(difference));
}

TransferDifference& TransferChange::change_difference(std::size_t index) {
    differences_.insert(index);
    return transfer_.differences.at(index);
}

TransferExcess& TransferChange::add_excess(TransferExcess excess) {
    excess.excess = static_cast<std::int32_t>(transfer_.excess.size()) + 1;
    excess_.insert(transfer_.excess.size());
    return transfer_.excess.emplace_back(std::move(excess));
}

TransferExcess& TransferChange::change_excess(std::size_t index) {
    excess_.insert(index);
    return transfer_.excess.at(index);
}

void TransferChange::pegs_changed() {
    load_pegs(transaction_, transfer_);
}

void TransferChange::settle() {
    for (const auto number : lines_) {
        auto& line = change(number);
        line.in_transit = Quantity(line.dispatched) - line.received - line.returned - line.lost;
        line.owed = Quantity(line.waiting) + line.reserved + line.in_transit - line.difference;
    }
    transfer_.status = transfer_.dispatched_at
                           ? status_after_dispatch(transfer_)
                           : status_before_dispatch(order_status(transaction_, transfer_.number));
    const bool over = transfer_.status == TransferStatus::received ||
                      transfer_.status == TransferStatus::cancelled;
    if (over && !transfer_.completed_at) transfer_.completed_at = transaction_.now();
}

bool TransferChange::save() {
    settle();
    ++transfer_.version;
    auto& session = transaction_.session();
    update_row(session, transfer_);
    for (const auto number : lines_) {
        auto& line = change(number);
        update_row(session, line,
                   {{"transfer", transfer_.number}, {"location", transfer_.destination}});
        if (line.pegged <= line.owed) continue;
        shrink_supply_pegs(transaction_, supply_of(transfer_, number), line.owed);
        line.pegged = line.owed;
    }
    for (const auto index : differences_) {
        const auto& difference = transfer_.differences[index];
        if (index < differences_stored_) {
            update_row(session, difference, {{"transfer", transfer_.number}});
        } else {
            insert_row(session, difference, {{"transfer", transfer_.number}});
        }
    }
    for (const auto index : excess_) {
        const auto& excess = transfer_.excess[index];
        if (index < excess_stored_) {
            update_row(session, excess, {{"transfer", transfer_.number}});
        } else {
            insert_row(session, excess, {{"transfer", transfer_.number}});
        }
    }
    lines_.clear();
    differences_.clear();
    excess_.clear();
    differences_stored_ = transfer_.differences.size();
    excess_stored_ = transfer_.excess.size();
    const bool completed =
        transfer_.status == TransferStatus::received && status_before_ != TransferStatus::received;
    status_before_ = transfer_.status;
    return completed;
}

}  // namespace wharf::domain

// Reading sales orders: one, and pages by number.
#include "host/domain/order_store.hpp"
#include "host/domain/pages.hpp"
#include "host/domain/sales_operations.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kWaits =
    "EXISTS (SELECT 1 FROM sales_order_line l WHERE l.order_number = sales_order.number "
    "AND l.waiting > 0)";

// The conditions that were asked for, as one statement; there are few combinations.
class OrderQuery {
public:
    explicit OrderQuery(const sales::ListOrders& request, const std::string& after) {
        sql_ = select_from<SalesOrder>() + " WHERE number > :after";
        parameters_.emplace_back("after", after);
        equal("status", request.status);
        equal("location", request.location);
        equal("customer", request.customer);
        if (request.reference) {
            sql_ +=
                " AND number IN (SELECT d.number FROM document_reference d "
                "WHERE d.reference = :reference)";
            parameters_.emplace_back("reference", *request.reference);
        }
        if (request.waiting) waiting(*request.waiting);
        sql_ += " ORDER BY number";
    }
    storage::Cursor run(storage::Session& session) const {
        return session.select(sql_, std::span<const storage::Parameter>(parameters_));
    }

private:
    template <class T>
    void equal(std::string_view column, const std::optional<T>& value) {
        if (!value) return;
        sql_ += " AND " + std::string(column) + " = :" + std::string(column);
        parameters_.emplace_back(column, *value);
    }
    void waiting(bool wanted) {
        sql_ += wanted ? " AND " : " AND NOT ";
        sql_ += kWaits;
    }

    std::string sql_;
    std::vector<storage::Parameter> parameters_;
};

// An order of another location may still have a line at one of the actor's.
bool has_line_seen(Transaction& transaction, const SalesOrder& order) {
    if (transaction.actor().sees(order.location)) return true;
    if (order.destination && transaction.actor().sees(*order.destination)) return true;
    auto rows = transaction.session().select(
        "SELECT location FROM sales_order_line WHERE order_number = :order_number",
        {{"order_number", order.number}});
    while (rows.next()) {
        if (transaction.actor().sees(rows.get<LocationCode>(0))) return true;
    }
    return false;
}

}  // namespace

SalesOrder get_order(Transaction& transaction, const sales::GetOrder& request) {
    return get_order(transaction, request.number);
}

Page<SalesOrder> list_orders(Transaction& transaction, const sales::ListOrders& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_cursor(request.after, 1).front();
    const OrderQuery query(request, after);
    auto rows = query.run(transaction.session());
    auto next = [&]() -> std::optional<SalesOrder> {
        while (rows.next()) {
            auto order = read_row<SalesOrder>(rows);
            if (has_line_seen(transaction, order)) return order;
        }
        return std::nullopt;
    };
    auto page = collect_page<SalesOrder>(
        limit, next, [](const SalesOrder& last) { return encode_cursor({last.number.view()}); });
    for (auto& order : page.items) load_lines(transaction, order);
    return page;
}

}  // namespace wharf::domain

#include "host/domain/return_store.hpp"

#include "host/domain/pages.hpp"
#include "host/domain/sales_operations.hpp"

namespace wharf::domain {
namespace {

void load_lines(Transaction& transaction, CustomerReturn& goods) {
    static const std::string sql =
        select_from<ReturnLine>() + " WHERE return_number = :return_number ORDER BY line";
    auto rows = transaction.session().select(sql, {{"return_number", goods.number}});
    while (rows.next()) goods.lines.push_back(read_row<ReturnLine>(rows));
}

}  // namespace

void insert_return(Transaction& transaction, const CustomerReturn& goods) {
    insert_row(transaction.session(), goods);
    for (const auto& line : goods.lines) {
        insert_row(transaction.session(), line, {{"return_number", goods.number}});
    }
}

void update_return(Transaction& transaction, const CustomerReturn& goods) {
    update_row(transaction.session(), goods);
    for (const auto& line : goods.lines) {
        update_row(transaction.session(), line, {{"return_number", goods.number}});
    }
}

CustomerReturn get_return(Transaction& transaction, const DocumentNumber& number) {
    auto goods = find_row<CustomerReturn>(transaction.session(), {{"number", number}});
    if (!goods || !transaction.actor().sees(goods->location)) {
        throw Refusal::not_found("return", number.view());
    }
    load_lines(transaction, *goods);
    return std::move(*goods);
}

CustomerReturn get_return(Transaction& transaction, const sales::GetReturn& request) {
    return get_return(transaction, request.number);
}

Page<CustomerReturn> list_returns(Transaction& transaction, const sales::ListReturns& request) {
    static const std::string all =
        select_from<CustomerReturn>() + " WHERE number > :after ORDER BY number";
    static const std::string of_order =
        select_from<CustomerReturn>() +
        " WHERE order_number = :order_number AND number > :after ORDER BY number";
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_cursor(request.after, 1).front();
    auto rows = request.order ? transaction.session().select(
                                    of_order, {{"order_number", *request.order}, {"after", after}})
                              : transaction.session().select(all, {{"after", after}});
    auto next = [&]() -> std::optional<CustomerReturn> {
        while (rows.next()) {
            auto goods = read_row<CustomerReturn>(rows);
            if (transaction.actor().sees(goods.location)) return goods;
        }
        return std::nullopt;
    };
    auto page = collect_page<CustomerReturn>(limit, next, [](const CustomerReturn& last) {
        return encode_cursor({last.number.view()});
    });
    for (auto& goods : page.items) load_lines(transaction, goods);
    return page;
}

}  // namespace wharf::domain

#include "bench/bare_orders.hpp"

namespace wharf::bench {
namespace {

std::int64_t value_of(sqlite3* database, const std::string& sql) {
    BareStatement statement(database, sql);
    return statement.next() ? statement.integer(0) : 0;
}

std::string number_text(std::int64_t number) {
    const auto digits = std::to_string(number);
    return "SO-" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

}  // namespace

BareOrders::BareOrders(const std::string& file)
    : database_(open_bare(file)),
      number_(value_of(database_.get(), "SELECT value FROM counter WHERE name = 'SO'")),
      event_(value_of(database_.get(), "SELECT value FROM counter WHERE name = 'event'")),
      journal_(value_of(database_.get(), "SELECT max(seq) FROM journal")),
      order_(database_.get(), "sales_order", "number = 'SO-000001'", {"number", "reference"}),
      line_(database_.get(), "sales_order_line", "order_number = 'SO-000001'",
            {"order_number", "line", "sku"}),
      reservation_(database_.get(), "reservation", "order_number = 'SO-000001'",
                   {"order_number", "line", "sku"}),
      reference_(database_.get(), "document_reference", "number = 'SO-000001'",
                 {"reference", "number"}),
      event_row_(database_.get(), "event", "document = 'SO-000001'", {"sequence", "document"}),
      journal_row_(database_.get(), "journal", "operation = 'sales.place_order'", {"seq"}),
      reserve_(database_.get(),
               "UPDATE stock SET reserved = reserved + 1 WHERE location = 'BLR' AND sku = ? "
               "AND lot = '' AND sellable - reserved >= 1"),
      count_(database_.get(), "UPDATE counter SET value = ? WHERE name = ?") {}

std::string_view BareOrders::place(const BareOrder& order) {
    text_ = number_text(++number_);
    order_.set(0, text_).set(1, order.reference).insert();
    for (int line = 0; line < 3; ++line) write_line(line + 1, order.skus[line]);
    write_records(order);
    return text_;
}

void BareOrders::write_line(int line, std::string_view sku) {
    reserve_.bind(1, sku);
    reserve_.run();
    line_.set(0, text_).set(1, line).set(2, sku).insert();
    reservation_.set(0, text_).set(1, line).set(2, sku).insert();
}

void BareOrders::write_records(const BareOrder& order) {
    reference_.set(0, order.reference).set(1, text_).insert();
    event_row_.set(0, ++event_).set(1, text_).insert();
    journal_row_.set(0, ++journal_).insert();
    count_.bind(1, number_);
    count_.bind(2, std::string_view("SO"));
    count_.run();
    count_.bind(1, event_);
    count_.bind(2, std::string_view("event"));
    count_.run();
}

}  // namespace wharf::bench

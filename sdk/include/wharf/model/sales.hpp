// Sales orders and returns from customers.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/model/inventory.hpp"
#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

enum class OrderKind { consumer, business, transfer, unknown };
BOOST_DESCRIBE_ENUM(OrderKind, consumer, business, transfer, unknown)

// unapproved: holds nothing, is no demand. open: holds stock, is demand, may ship. held: keeps what
// it has, gets nothing.
enum class OrderStatus { unapproved, open, held, completed, cancelled, unknown };
BOOST_DESCRIBE_ENUM(OrderStatus, unapproved, open, held, completed, cancelled, unknown)

// quantity = cancelled + shipped + reserved + waiting; returned <= shipped. All in base units.
struct SalesOrderLine {
    std::int32_t line = 0;
    Sku sku;
    LocationCode location;
    Quantity quantity;
    std::optional<UnitCode> unit;  // as it was ordered, with how many of it
    std::optional<Quantity> unit_quantity;
    Money unit_price;
    Money discount;
    Percent tax_rate;
    Money amount;  // quantity x unit_price - discount, rounded to the minor unit
    Count cancelled;
    Count reserved;
    Count shipped;
    Count returned;
    Count waiting;
    std::optional<RawJson> explanation;  // how it was last served of what it waited for
};
BOOST_DESCRIBE_STRUCT(SalesOrderLine, (),
                      (line, sku, location, quantity, unit, unit_quantity, unit_price, discount,
                       tax_rate, amount, cancelled, reserved, shipped, returned, waiting,
                       explanation))

// Something the caller should know although the request was taken.
struct Warning {
    std::string code;  // `short`
    std::optional<std::int32_t> line;
    std::optional<Count> quantity;
    std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(Warning, (), (code, line, quantity, detail))

struct SalesOrder {
    DocumentNumber number;
    std::optional<Reference> reference;
    OrderKind kind = OrderKind::consumer;
    std::optional<ChannelCode> channel;
    std::optional<CustomerCode> customer;
    LocationCode location;
    std::optional<LocationCode> destination;  // transfers only
    std::optional<std::int32_t> priority;     // the lower goes first
    Instant ordered_at;
    std::optional<Instant> promised_for;
    OrderStatus status = OrderStatus::open;
    bool prices_include_tax = true;
    Money amount;  // the sum of the lines' amounts
    std::vector<SalesOrderLine> lines;
    std::vector<Warning> warnings;
    std::optional<RawJson> explanation;  // which lots it was given when it was placed
    std::int64_t version = 1;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(SalesOrder, (),
                      (number, reference, kind, channel, customer, location, destination, priority,
                       ordered_at, promised_for, status, prices_include_tax, amount, lines,
                       warnings, explanation, version, created_at))

enum class ReturnStatus { expected, partly_received, received, cancelled, unknown };
BOOST_DESCRIBE_ENUM(ReturnStatus, expected, partly_received, received, cancelled, unknown)

struct ReturnLine {
    std::int32_t line = 0;        // of the return
    std::int32_t order_line = 0;  // of the order
    Sku sku;
    Quantity quantity;  // announced
    Count received;
};
BOOST_DESCRIBE_STRUCT(ReturnLine, (), (line, order_line, sku, quantity, received))

struct CustomerReturn {
    DocumentNumber number;
    std::optional<Reference> reference;
    DocumentNumber order;
    LocationCode location;
    std::optional<Date> expected_on;
    ReturnStatus status = ReturnStatus::expected;
    std::vector<ReturnLine> lines;
    std::int64_t version = 1;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(CustomerReturn, (),
                      (number, reference, order, location, expected_on, status, lines, version,
                       created_at))

}  // namespace wharf

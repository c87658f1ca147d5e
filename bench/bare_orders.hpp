// Every row that one order of three reserved lines leaves in an account, written barely.
#pragma once

#include <optional>
#include <string_view>

#include "bench/bare_rows.hpp"

namespace wharf::bench {

struct BareOrder {
    std::string_view reference;
    std::string_view skus[3];
};

// On a copy of a file in which the host has placed at least one such order. One thread at a time.
class BareOrders {
public:
    explicit BareOrders(const std::string& file);

    void begin() { run_sql(database_.get(), "BEGIN IMMEDIATE"); }
    void commit() { run_sql(database_.get(), "COMMIT"); }
    // Inside a transaction. Gives the order's number, valid until the next one.
    std::string_view place(const BareOrder& order);

private:
    void write_line(int line, std::string_view sku);
    void write_records(const BareOrder& order);

    BareDatabase database_;
    std::int64_t number_;
    std::int64_t event_;
    std::int64_t journal_;
    std::string text_;
    RowCopier order_;
    RowCopier line_;
    RowCopier reservation_;
    RowCopier reference_;
    RowCopier event_row_;
    RowCopier journal_row_;
    BareStatement reserve_;
    BareStatement count_;
};

}  // namespace wharf::bench

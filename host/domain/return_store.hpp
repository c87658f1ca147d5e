// Customer returns in the database.
#pragma once

#include "host/domain/rows.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/sales.hpp"

namespace wharf::domain {

template <>
struct Stored<CustomerReturn> : StoredIn<"customer_return", "number"> {
    static constexpr std::array<std::string_view, 1> kElsewhere{"lines"};
};
template <>
struct Stored<ReturnLine> : StoredIn<"customer_return_line", "return_number", "line"> {};

void insert_return(Transaction& transaction, const CustomerReturn& goods);
void update_return(Transaction& transaction, const CustomerReturn& goods);
// Refuses not_found what is not there or at a location that the actor may not see.
CustomerReturn get_return(Transaction& transaction, const DocumentNumber& number);

}  // namespace wharf::domain

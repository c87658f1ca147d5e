// From which value on a consignment needs an e-way bill.
#pragma once

#include <optional>
#include <string_view>

#include "wharf/model/documents.hpp"

namespace wharf::domain {

struct EWayLimit {
    Money value;             // needed past it
    std::string_view basis;  // of the figure
};

// Within a state, or between two (`inter_state`).
EWayLimit e_way_limit(std::optional<std::string_view> state, bool inter_state);

// What the document's consignment needs. `policy` is the account's own limit within a state.
EWayBillNeed e_way_bill_need(const IssuedDocument& document, std::optional<Money> policy);

// Where the goods leave and where they go.
const Party& place_of_dispatch(const IssuedDocument& document);
const Party& place_of_delivery(const IssuedDocument& document);

}  // namespace wharf::domain

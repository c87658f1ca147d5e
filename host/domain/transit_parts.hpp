// What is in transit of a transfer line, part by part as it left: one lot and cost each, one unit
// each for serials. Units come out of transit at the cost they went in with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/domain/ledger.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/transfers.hpp"

namespace wharf::domain {

struct TransitPart {
    std::int32_t part = 0;
    std::string lot;     // empty: none
    std::string serial;  // empty: none
    Quantity quantity;
    Money value;
};

void put_in_transit(Transaction& transaction, const DocumentNumber& transfer,
                    const TransferLine& line, const TransitPart& part);

// Which units of a line are meant: any, of one lot, or these serials.
struct Meant {
    const TransferLine& line;
    Quantity quantity;
    const std::optional<LotCode>& lot;
    const std::vector<Serial>& serials;
    std::string pointer;  // of the request's object that names them
};

// Takes the units out of transit and moves them to `to`; gives the parts taken with their value.
// Refuses at `<pointer>/serials`, `/lot` or `/quantity` what is not in transit for this line.
std::vector<TransitPart> move_out_of_transit(Transaction& transaction,
                                             const DocumentNumber& transfer, const Meant& meant,
                                             const End& to, const std::string& reason);

Money value_of(const std::vector<TransitPart>& parts);

}  // namespace wharf::domain

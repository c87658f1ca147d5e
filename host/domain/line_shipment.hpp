// One order line on its way out of the stock that it holds: to the customer, or in transit. Which
// bins it is picked from is decided here.
#pragma once

#include <string>
#include <vector>

#include "host/domain/reservations.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/sales.hpp"

namespace wharf::domain {

class LineShipment {
public:
    // The line's reserved and shipped are counted on; saving it is the caller's.
    LineShipment(Transaction& transaction, const SalesOrder& order, SalesOrderLine& line,
                 Tracking tracking);

    // What the line holds, in the order of its lots.
    void ship(Quantity quantity);
    // Of one lot that the line holds.
    void ship_lot(const std::string& lot, Quantity quantity);
    // Refuses (conflict, at the pointer) a unit that is not there, is kept for another order, or is
    // of a lot that is not held.
    void ship_serials(const std::vector<Serial>& serials, const std::string& pointer);

private:
    [[nodiscard]] PoolKey pool(const std::string& lot) const {
        return {line_.location, line_.sku, lot};
    }
    void take_lot(const LotPart& lot);
    void take_serial(const Serial& serial, std::vector<LotPart>& held, const std::string& pointer);
    void leave(const std::string& lot, const BinCode& bin, Quantity quantity,
               const std::optional<Serial>& serial);
    void count(Quantity quantity);

    Transaction& transaction_;
    const SalesOrder& order_;
    SalesOrderLine& line_;
    Tracking tracking_;
    OrderLineKey key_;
    std::int32_t part_;
};

}  // namespace wharf::domain

// Serials at receipt, by the account's serial mode: 1 announced with the order, 2 scanned, 3 made
// after the order, 4 made now, 5 bound from the pool of printed codes. And that pool.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "host/domain/faults.hpp"
#include "host/domain/receipt_store.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// Checks the serials of one receipt, line by line; a serial may be on one line only.
class ReceivedSerials {
public:
    // Fills in `rejected_serials` when all are. `order_line`: null without an order.
    void check(Transaction& transaction, const Product& product,
               const PurchaseOrderLine* order_line, ReceiptLine& line, const std::string& pointer,
               Faults& faults);

private:
    std::unordered_set<std::string> seen_;
};

// Mode 4: as many serials as there are units, in the shape of `GRN-000012-1-0001`; the last ones
// are the rejected ones.
void make_receipt_serials(const Transaction& transaction, const Product& product,
                          const Receipt& receipt, ReceiptLine& line);

// Mode 5: the line's serials now belong to its product, for good; `release` lets the same product
// bring them again.
void bind_pool_serials(Transaction& transaction, const Receipt& receipt, const ReceiptLine& line);
void release_pool_serials(Transaction& transaction, const Receipt& receipt);

}  // namespace wharf::domain

// Goods receipts in their tables, with what the model does not show.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// What became of one serial of a receipt.
enum class SerialFate { accepted, waiting, excess, rejected, passed, failed };
BOOST_DESCRIBE_ENUM(SerialFate, accepted, waiting, excess, rejected, passed, failed)

struct ReceiptLineFacts {
    bool replace = true;            // rejected units stay owed
    Count cancelled;                // of the order line, by rejecting without replacement
    Count waiting;                  // in quality check, or to be sent on
    std::vector<SerialFate> fates;  // by index of the line's serials
};

struct StoredReceipt {
    Receipt receipt;
    std::vector<ReceiptLineFacts> facts;  // by index of the line
    std::int64_t id = 0;

    [[nodiscard]] std::optional<std::size_t> index_of(std::int32_t line) const;
};

// Refuses not_found when there is none or the actor may not see it.
StoredReceipt load_receipt(Transaction& transaction, const DocumentNumber& number);

// Writes a receipt whose number and id were given out by `number_receipt`.
void number_receipt(Transaction& transaction, StoredReceipt& stored);
void insert_receipt(Transaction& transaction, const StoredReceipt& stored);

// Raises the version and writes the header.
void save_receipt_header(Transaction& transaction, StoredReceipt& stored);
// Writes the line's balance; serials stay as they are.
void save_receipt_line(Transaction& transaction, const StoredReceipt& stored, std::size_t index);
void save_serial_fate(Transaction& transaction, const StoredReceipt& stored, std::size_t index,
                      std::size_t position);
// Writes all lines and serials anew, for a receipt that was not posted before.
void replace_receipt_lines(Transaction& transaction, const StoredReceipt& stored);

// The line as supply while it is in quality check or on the dock.
SupplyLine supply_of(const Receipt& receipt, const ReceiptLine& line);

}  // namespace wharf::domain

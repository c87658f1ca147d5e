// Transfers in the database: what is kept beside their order, loaded whole, changed in memory and
// saved by changed line.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/domain/order_store.hpp"
#include "host/domain/rows.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/purchasing.hpp"
#include "wharf/model/transfers.hpp"

namespace wharf::domain {

template <>
struct Stored<Transfer> : StoredIn<"transfer", "number"> {
    static constexpr std::array<std::string_view, 3> kElsewhere{"lines", "differences", "excess"};
};
// What the order line says is read from there.
template <>
struct Stored<TransferLine> : StoredIn<"transfer_line", "transfer", "location", "line"> {
    static constexpr std::array<std::string_view, 7> kElsewhere{
        "quantity", "cancelled", "waiting", "reserved", "pegged", "unit", "unit_quantity"};
};
template <>
struct Stored<TransferDifference> : StoredIn<"transfer_difference", "transfer", "difference"> {};
template <>
struct Stored<TransferExcess> : StoredIn<"transfer_excess", "transfer", "excess"> {};

// A transfer line as supply of its destination.
SupplyLine supply_of(const Transfer& transfer, std::int32_t line);

// Nothing when there is none.
std::optional<Transfer> find_transfer(Transaction& transaction, const DocumentNumber& number);
// As the actor may see it: one end is at one of its locations. Refuses not_found.
Transfer load_transfer(Transaction& transaction, const DocumentNumber& number);
bool sees_transfer(const Transaction& transaction, const Transfer& transfer);

// Refuses (forbidden, other_location) a key that is not of the location where the step is done.
void need_location(const Transaction& transaction, const LocationCode& location,
                   std::string_view step);

// Makes what is kept beside a new order of the kind `transfer`. The asked-for lots and serials are
// those of `asked`, which has as many lines as the order.
Transfer insert_transfer(Transaction& transaction, const SalesOrder& order, Transfer asked);

// The order of a transfer changed: what is owed and the status follow it. Called by
// OrderChange::save().
void follow_order(Transaction& transaction, const DocumentNumber& number);

// A transfer being changed. Nothing is stored before save().
class TransferChange {
public:
    // Refuses not_found and stale.
    TransferChange(Transaction& transaction, const DocumentNumber& number);
    // As a consequence of something else.
    TransferChange(Transaction& transaction, Transfer transfer);

    [[nodiscard]] const Transfer& transfer() const { return transfer_; }
    [[nodiscard]] Transfer& header() { return transfer_; }
    // Refuses (invalid at the pointer, unknown_line).
    [[nodiscard]] const TransferLine& line(std::int32_t number, const std::string& pointer) const;
    TransferLine& change(std::int32_t number);

    TransferDifference& add_difference(TransferDifference difference);
    TransferDifference& change_difference(std::size_t index);
    TransferExcess& add_excess(TransferExcess excess);
    TransferExcess& change_excess(std::size_t index);

    // Pegs on its lines were served or moved meanwhile: reads them again.
    void pegs_changed();

    // Works out what is in transit, owed, and the status; stores all, and cuts the pegs on its
    // lines back to what they owe. Gives whether the transfer is received by this.
    bool save();

private:
    void settle();

    Transaction& transaction_;
    Transfer transfer_;
    TransferStatus status_before_;
    std::set<std::int32_t> lines_;
    std::set<std::size_t> differences_;
    std::set<std::size_t> excess_;
    std::size_t differences_stored_;
    std::size_t excess_stored_;
};

}  // namespace wharf::domain

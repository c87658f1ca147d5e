// Purchase orders in their tables: loaded into the model struct, changed there, and only the
// changed lines written back.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// An order being worked on, with what the model does not show.
struct StoredPurchaseOrder {
    PurchaseOrder order;
    std::vector<bool> priced_by_rule;  // by index of the line: from the vendor item, not typed
    std::string changed_by;            // who last changed what it is worth
    // The vendor whose tax the order bears; nothing before it was taxed for the first time.
    std::optional<VendorCode> taxed_for;
    std::int64_t id = 0;
    std::set<std::size_t> changed;          // indexes of lines to write
    std::set<std::size_t> serials_changed;  // indexes of lines whose serials to write
    bool header_changed = false;
    bool is_parent = false;      // lines and amount are sums of its legs; it is never saved itself
    bool is_leg = false;         // of `order.parent`
    bool parent_follows = true;  // saving tells the parent; off where many legs change at once

    // The line for writing.
    PurchaseOrderLine& edit(std::size_t index) {
        changed.insert(index);
        return order.lines[index];
    }
    PurchaseOrderLine& add_line(PurchaseOrderLine line, bool by_rule);
    [[nodiscard]] std::optional<std::size_t> index_of(std::int32_t line) const;
    [[nodiscard]] bool anything_changed() const { return header_changed || !changed.empty(); }
};

// Refuses not_found when there is none or the actor may not see it.
StoredPurchaseOrder load_purchase_order(Transaction& transaction, const DocumentNumber& number);
std::optional<StoredPurchaseOrder> find_purchase_order(Transaction& transaction,
                                                       const DocumentNumber& number);
// Whoever asks: for what the host itself keeps in step.
std::optional<StoredPurchaseOrder> read_purchase_order(Transaction& transaction,
                                                       const DocumentNumber& number);

// Gives the order its number and id and writes it.
void insert_purchase_order(Transaction& transaction, StoredPurchaseOrder& stored);
// Raises the version and writes the header and the changed lines; the parent of a leg follows.
void save_purchase_order(Transaction& transaction, StoredPurchaseOrder& stored);

// Takes the line away, from the tables and from the stored order. Precondition: nothing is marked
// as changed.
void delete_purchase_order_line(Transaction& transaction, StoredPurchaseOrder& stored,
                                std::size_t index);

// The whole document with what is pegged now: what events carry.
PurchaseOrder document_of(Transaction& transaction, PurchaseOrder order);
// The same as the actor may see it: a vendor sees its order, not what it is for.
PurchaseOrder shown(Transaction& transaction, PurchaseOrder order);

// Records the event and gives what the caller is shown.
template <class Event>
PurchaseOrder recorded(Transaction& transaction, const StoredPurchaseOrder& stored) {
    const auto document = document_of(transaction, stored.order);
    transaction.record<Event>(document.number, document);
    return shown(transaction, document);
}

// The order as a supply line.
SupplyLine supply_of(const PurchaseOrder& order, const PurchaseOrderLine& line);

}  // namespace wharf::domain

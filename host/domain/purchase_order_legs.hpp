// Parents and legs in their tables: what a parent shows of its legs, and how it follows them.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

// A line of a parent: what was ordered, wherever it goes.
struct ParentLine {
    std::int32_t line = 0;
    Sku sku;
    Quantity quantity;
    Money unit_price;
    Percent tax_rate;
    SetBy quantity_set_by = SetBy::person;
    std::optional<RawJson> explanation;
};

// Fills in what a loaded order is in its family: a parent's lines and legs, a leg's destination and
// parent lines. An order on its own stays as it is.
void load_family(Transaction& transaction, StoredPurchaseOrder& stored);

void insert_parent(Transaction& transaction, const DocumentNumber& number, LegApproval approval);
std::optional<LegApproval> leg_approval_of(Transaction& transaction, const DocumentNumber& parent);
std::vector<ParentLine> parent_lines(Transaction& transaction, const DocumentNumber& parent);
// Adds the line, or writes it anew.
void write_parent_line(Transaction& transaction, const DocumentNumber& parent,
                       const ParentLine& line);

// Keeps that the stored order is the next leg of its parent, and which parent line each of its
// lines belongs to.
void insert_leg(Transaction& transaction, const StoredPurchaseOrder& leg);
void write_leg_lines(Transaction& transaction, const StoredPurchaseOrder& leg);
// In the order of making; whoever asks.
std::vector<StoredPurchaseOrder> load_legs(Transaction& transaction, const DocumentNumber& parent);

// The same as their parent shows them.
std::vector<PurchaseOrderLeg> legs_shown(Transaction& transaction, const DocumentNumber& parent);

// What the legs of a parent are worth together.
Money legs_worth(Transaction& transaction, const DocumentNumber& parent);

// After legs changed: the parent gets the status that they call for, a new version, and an event if
// its status is another one. An approved parent never goes back to waiting.
void follow_legs(Transaction& transaction, const DocumentNumber& parent);
// After lines of legs were added or changed by the plugin that made them: what the parent ordered
// is what its legs order.
void follow_leg_lines(Transaction& transaction, const DocumentNumber& parent);

// Refuses (conflict `leg_of_split`) a step that is the parent's to take.
void refuse_leg_step(const StoredPurchaseOrder& stored, std::string_view step);

}  // namespace wharf::domain

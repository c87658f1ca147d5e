// One draft of the book becomes a purchase order, or joins the one that is there.
#pragma once

#include <wharf/plugin.hpp>

#include <optional>
#include <string>
#include <vector>

#include "drafts.hpp"

namespace backorder_po {

// A line that cannot be bought, and why.
struct LeftOut {
    Sku sku;
    std::string code;
    std::string reason;
};

struct WrittenDraft {
    std::optional<wharf::PurchaseOrder> order;  // nothing: no line of it can be bought
    std::vector<LeftOut> left_out;
};

// Lines that the host refuses by name are left out and the rest is written; a refusal of the order
// as such leaves all of them out. What was refused leaves nothing behind.
WrittenDraft write_draft(wharf::Context& context, const Settings& settings, const DraftKey& key,
                         const Draft& draft);

}  // namespace backorder_po

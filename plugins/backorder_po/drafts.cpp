#include "drafts.hpp"

#include <algorithm>
#include <utility>

namespace backorder_po {

Bought& Bought::operator+=(const Bought& other) {
    value += other.value;  // first: the one that may pass what can be kept
    quantity += other.quantity;
    lines += other.lines;
    return *this;
}

Bought& Bought::operator-=(const Bought& other) {
    lines -= other.lines;
    quantity -= other.quantity;
    value -= other.value;
    return *this;
}

void Drafts::take(const DraftKey& key, Draft draft) {
    drafts_[key].push_back(std::move(draft));
}

const DraftLine* Drafts::find(const DraftKey& key, const Sku& sku) const {
    const auto drafts = drafts_.find(key);
    if (drafts == drafts_.end()) return nullptr;
    for (const auto& draft : drafts->second) {
        const auto line = draft.lines.find(sku);
        if (line != draft.lines.end()) return &line->second;
    }
    return nullptr;
}

Draft& Drafts::draft_for(const DraftKey& key, const Sku& sku, wharf::Date expected_on) {
    auto& drafts = drafts_[key];
    auto found = std::find_if(drafts.begin(), drafts.end(),
                              [&](const Draft& draft) { return draft.lines.contains(sku); });
    if (found == drafts.end()) {
        found = std::find_if(drafts.begin(), drafts.end(),
                             [](const Draft& draft) { return draft.line_count < kLinesMax; });
    }
    if (found != drafts.end()) return *found;
    auto& fresh = drafts.emplace_back();
    fresh.expected_on = expected_on;
    return fresh;
}

DraftLine& Drafts::line_for(const DraftKey& key, const Sku& sku, wharf::Date expected_on) {
    auto& draft = draft_for(key, sku, expected_on);
    const auto [line, fresh] = draft.lines.try_emplace(sku);
    if (fresh) ++draft.line_count;
    draft.changed = true;
    line->second.changed = true;
    return line->second;
}

}  // namespace backorder_po

// The drafts that a run fills, before anything is written: which of them a product belongs on.
#pragma once

#include <wharf/plugin.hpp>

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model.hpp"

namespace backorder_po {

// What the host takes of one document; a further product begins the next draft.
inline constexpr std::size_t kLinesMax = 10'000;

// What purchases come to.
struct Bought {
    std::int32_t lines = 0;
    Quantity quantity;
    Money value;

    Bought& operator+=(const Bought& other);
    Bought& operator-=(const Bought& other);
};

struct DraftLine {
    std::optional<std::int32_t> number;   // of a line that is joined
    std::optional<wharf::RawJson> stood;  // the explanation of that line
    Quantity quantity;                    // the whole line
    Money unit_price;
    std::optional<LineExplanation> explanation;
    std::vector<wharf::planning::Cover> covers;  // their supply is known once the line is written
    Bought bought;
    bool changed = false;
};

struct Draft {
    std::optional<DocumentNumber> number;
    wharf::Date expected_on;
    std::map<Sku, DraftLine> lines;  // those that may be joined
    std::size_t line_count = 0;      // of the whole document
    bool changed = false;
};

// What shares a draft.
struct DraftKey {
    VendorCode vendor;
    LocationCode ship_to;
    std::int64_t window = 0;
    std::string order;  // with consolidation by order

    auto operator<=>(const DraftKey&) const = default;
};

class Drafts {
public:
    // A draft that is there; older ones come first.
    void take(const DraftKey& key, Draft draft);

    // The line that a purchase of the product would join, or nothing.
    [[nodiscard]] const DraftLine* find(const DraftKey& key, const Sku& sku) const;

    // The same, or a new one: on the first draft with room, else on one that is begun for this day.
    DraftLine& line_for(const DraftKey& key, const Sku& sku, wharf::Date expected_on);

    std::map<DraftKey, std::vector<Draft>>& all() { return drafts_; }
    [[nodiscard]] const std::map<DraftKey, std::vector<Draft>>& all() const { return drafts_; }

private:
    Draft& draft_for(const DraftKey& key, const Sku& sku, wharf::Date expected_on);

    std::map<DraftKey, std::vector<Draft>> drafts_;
};

}  // namespace backorder_po

#include "shares.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace stn {
namespace {

using wharf::DocumentLine;
using wharf::documents::NewLine;

bool lists(const DocumentLine& line, const wharf::Serial& serial) {
    return std::find(line.serials.begin(), line.serials.end(), serial) != line.serials.end();
}

bool is_meant(const DocumentLine& line, const Correction& correction) {
    if (line.source_line != correction.line) return false;
    if (correction.lot && line.lot != correction.lot) return false;
    return correction.serials.empty() ||
           std::any_of(correction.serials.begin(), correction.serials.end(),
                       [&](const wharf::Serial& serial) { return lists(line, serial); });
}

Quantity position_of(const Suggestion& stock) {
    return Quantity(stock.available) + stock.coming - stock.waiting;
}

// A note that is being put together: one line for each of the invoice's.
class NoteLines {
public:
    void take(const DocumentLine& line, Quantity quantity, std::vector<wharf::Serial> serials) {
        auto& note = lines_[line.line];
        note.original_line = line.line;
        note.source_line = line.source_line;
        note.quantity = note.quantity.value_or(Quantity()) + quantity;
        for (auto& serial : serials) note.serials->push_back(std::move(serial));
    }
    [[nodiscard]] Quantity left(const DocumentLine& line) const {
        const auto known = lines_.find(line.line);
        const auto taken = known == lines_.end() ? Quantity() : known->second.quantity.value();
        return Quantity(line.quantity) - line.credited_quantity - taken;
    }
    std::vector<NewLine> list() && {
        std::vector<NewLine> all;
        for (auto& [number, line] : lines_) all.push_back(std::move(line));
        return all;
    }

private:
    std::map<std::int32_t, NewLine> lines_;
};

}  // namespace

Money unit_price(Money value, Quantity quantity) {
    const auto raw = wharf::divide_half_away(value.raw(), quantity.raw());
    return Money::from_raw(wharf::checked_narrow(raw));
}

Money share_of_mrp(Money mrp, wharf::Percent percent) {
    const auto raw =
        wharf::divide_half_away(wharf::Int128{mrp.raw()} * percent.raw(), wharf::Percent::kHundred);
    return Money::from_raw(wharf::checked_narrow(raw));
}

std::vector<NewLine> lines_of_note(const wharf::IssuedDocument& invoice,
                                   const std::vector<Correction>& corrections) {
    NoteLines note;
    for (const auto& correction : corrections) {
        Quantity rest = correction.quantity;
        for (const auto& line : invoice.lines) {
            if (!rest.positive()) break;
            if (!is_meant(line, correction)) continue;
            std::vector<wharf::Serial> serials;
            std::copy_if(correction.serials.begin(), correction.serials.end(),
                         std::back_inserter(serials),
                         [&](const wharf::Serial& serial) { return lists(line, serial); });
            auto some = std::min(rest, note.left(line));
            if (!serials.empty()) {
                some = std::min(some, Quantity(static_cast<std::int64_t>(serials.size())));
            }
            if (!some.positive()) continue;
            note.take(line, some, std::move(serials));
            rest -= some;
        }
    }
    return std::move(note).list();
}

Quantity wanted(const Suggestion& stock) {
    const auto position = position_of(stock);
    if (position >= stock.minimum) return Quantity();
    return std::max(Quantity(stock.maximum) - position, Quantity());
}

Quantity missing(const Suggestion& stock) {
    const auto lacking = Quantity(stock.minimum) - position_of(stock);
    return std::clamp(lacking, Quantity(), wanted(stock));
}

bool more_urgent(const Suggestion& first, const Suggestion& second) {
    // position / minimum, compared without dividing.
    const auto left = wharf::Int128{position_of(first).raw()} * second.minimum.raw();
    const auto right = wharf::Int128{position_of(second).raw()} * first.minimum.raw();
    if (left != right) return left < right;
    const auto lacks = missing(first);
    const auto other = missing(second);
    if (lacks != other) return lacks > other;
    return std::tie(first.destination, first.sku) < std::tie(second.destination, second.sku);
}

}  // namespace stn

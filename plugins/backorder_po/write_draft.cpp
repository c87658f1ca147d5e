#include "write_draft.hpp"

#include <charconv>
#include <map>
#include <string_view>
#include <utility>

#include "refused.hpp"

namespace backorder_po {

namespace {

using Lines = std::vector<std::pair<Sku, const DraftLine*>>;

template <class T>
wharf::RawJson raw(const T& value) {
    return {wharf::to_json(value)};
}

Lines changed_lines(const Draft& draft) {
    Lines lines;
    for (const auto& [sku, line] : draft.lines) {
        if (line.changed) lines.emplace_back(sku, &line);
    }
    return lines;
}

wharf::PurchaseOrder amend(wharf::Context& context, const DocumentNumber& number,
                           const Lines& lines) {
    wharf::purchasing::AmendOrder amend;
    amend.number = number;
    for (const auto& [sku, line] : lines) {
        wharf::purchasing::AmendLine change;
        change.line = line->number;
        if (!line->number) change.sku = sku;
        change.quantity = line->quantity;
        change.unit_price = line->unit_price;
        change.explanation = raw(*line->explanation);
        (*amend.lines).push_back(std::move(change));
    }
    return context.call(amend);
}

wharf::PurchaseOrder create(wharf::Context& context, const Settings& settings, const DraftKey& key,
                            wharf::Date expected_on, const Lines& lines) {
    wharf::purchasing::CreateOrder create;
    create.vendor = key.vendor;
    create.ship_to = key.ship_to;
    create.expected_on = expected_on;
    create.explanation =
        raw(OrderExplanation{key.order.empty() ? "need" : key.order,
                             boost::describe::enum_to_string(*settings.consolidate, "unknown")});
    for (const auto& [sku, line] : lines) {
        wharf::purchasing::NewLine fresh;
        fresh.sku = sku;
        fresh.quantity = line->quantity;
        fresh.unit_price = line->unit_price;
        fresh.explanation = raw(*line->explanation);
        create.lines.push_back(std::move(fresh));
    }
    return context.call(create);
}

// The index in `/lines/3/sku`.
std::optional<std::size_t> line_in(std::string_view pointer) {
    constexpr std::string_view kLines = "/lines/";
    if (!pointer.starts_with(kLines)) return std::nullopt;
    pointer.remove_prefix(kLines.size());
    std::size_t index = 0;
    const auto read = std::from_chars(pointer.data(), pointer.data() + pointer.size(), index);
    return read.ec == std::errc() ? std::optional(index) : std::nullopt;
}

// The first fault of each line that the refusal names, by index.
std::map<std::size_t, wharf::Fault> faulty_lines(const wharf::Refusal& refusal, std::size_t count) {
    std::map<std::size_t, wharf::Fault> faulty;
    for (const auto& fault : refusal.faults()) {
        const auto index = line_in(fault.pointer);
        if (index && *index < count) faulty.try_emplace(*index, fault);
    }
    return faulty;
}

// Takes the lines at fault out of `lines`: at least one.
void leave_out(const wharf::Refusal& refusal, Lines& lines, std::vector<LeftOut>& left_out) {
    const auto faulty = faulty_lines(refusal, lines.size());
    const auto general = refusal.faults().empty()
                             ? wharf::Fault{{}, refusal.code(), refusal.detail()}
                             : refusal.faults().front();
    Lines others;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto own = faulty.find(i);
        if (!faulty.empty() && own == faulty.end()) {
            others.push_back(std::move(lines[i]));
            continue;
        }
        const auto& fault = own == faulty.end() ? general : own->second;
        left_out.push_back({lines[i].first, fault.code, fault.detail});
    }
    lines = std::move(others);
}

}  // namespace

WrittenDraft write_draft(wharf::Context& context, const Settings& settings, const DraftKey& key,
                         const Draft& draft) {
    WrittenDraft written;
    auto lines = changed_lines(draft);
    while (!lines.empty()) {
        try {
            written.order = draft.number ? amend(context, *draft.number, lines)
                                         : create(context, settings, key, draft.expected_on, lines);
            return written;
        } catch (const wharf::Refusal& refusal) {
            if (!concerns_one(refusal)) throw;
            leave_out(refusal, lines, written.left_out);
        }
    }
    return written;
}

}  // namespace backorder_po

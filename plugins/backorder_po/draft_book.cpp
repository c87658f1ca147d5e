#include "draft_book.hpp"

#include <algorithm>

#include "consolidation.hpp"
#include "explanation.hpp"

namespace backorder_po {

namespace {

std::string made_for(const wharf::PurchaseOrder& order) {
    if (!order.explanation) return {};
    const auto explanation =
        wharf::from_json<OrderExplanation>(wharf::Door::parse(order.explanation->text));
    return explanation.made_for == "need" ? std::string() : explanation.made_for;
}

// The line of this number; without one, the line that was added last for the product.
const wharf::PurchaseOrderLine* line_of(const wharf::PurchaseOrder& order,
                                        const std::optional<std::int32_t>& number, const Sku& sku) {
    const auto found = std::find_if(
        order.lines.rbegin(), order.lines.rend(),
        [&](const auto& line) { return number ? line.line == *number : line.sku == sku; });
    return found == order.lines.rend() ? nullptr : &*found;
}

Draft draft_of(const wharf::PurchaseOrder& order) {
    Draft draft;
    draft.number = order.number;
    draft.expected_on = *order.expected_on;
    draft.line_count = order.lines.size();
    for (const auto& line : order.lines) {
        // What a person typed stays until that person changes it.
        if (line.quantity_set_by == wharf::SetBy::person || !line.outstanding.positive()) continue;
        DraftLine joined;
        joined.number = line.line;
        joined.stood = line.explanation;
        joined.quantity = line.quantity;
        joined.unit_price = line.unit_price;
        draft.lines.try_emplace(line.sku, std::move(joined));
    }
    return draft;
}

void explain(DraftLine& line, const LineExplanation& purchase) {
    if (!line.explanation && line.stood) {
        line.explanation = wharf::from_json<LineExplanation>(wharf::Door::parse(line.stood->text));
    }
    line.explanation = line.explanation ? joined(std::move(*line.explanation), purchase) : purchase;
}

// The order lines that the purchase is for; where none is named, the host finds them.
void cover(DraftLine& line, const Decided& decided,
           const std::optional<wharf::Instant>& due_before) {
    auto rest = decided.purchase.covers;
    if (decided.share.lines.empty()) line.covers.push_back({{}, rest, {}, {}, due_before});
    for (const auto& wanted : decided.share.lines) {
        const auto part = std::min(rest, wanted.quantity);
        if (!part.positive()) continue;
        rest -= part;
        line.covers.push_back({{}, part, wanted.order, wanted.line, {}});
    }
}

// The covers of what was written, now that their supply is known.
void take_covers(Draft& draft, const wharf::PurchaseOrder& order,
                 wharf::planning::PegSupply& pegs) {
    for (auto& [sku, line] : draft.lines) {
        if (!line.changed) continue;
        const auto* written = line_of(order, line.number, sku);
        if (written == nullptr) continue;
        for (auto& cover : line.covers) {
            cover.supply = {wharf::SupplyKind::purchase_order, order.number, written->line};
            pegs.covers.push_back(std::move(cover));
        }
    }
}

}  // namespace

DraftKey DraftBook::key(const VendorCode& vendor, const LocationCode& ship_to,
                        wharf::Date expected_on, const std::optional<DocumentNumber>& order) const {
    return {vendor, ship_to, delivery_window(settings_, expected_on),
            order ? order->text() : std::string()};
}

void DraftBook::load(const VendorCode& vendor, const LocationCode& ship_to) {
    if (!loaded_.emplace(vendor, ship_to).second) return;
    wharf::purchasing::ListOrders query;
    query.status = wharf::PurchaseOrderStatus::draft;
    query.vendor = vendor;
    query.ship_to = ship_to;
    query.source = wharf::Name("backorder_po");
    context_.each(query, [&](const wharf::PurchaseOrder& order) {
        if (!order.expected_on || !order.legs.empty()) return;  // a parent's legs are joined
        const auto purpose = made_for(order);
        const auto sales_order =
            purpose.empty() ? std::nullopt : std::optional(DocumentNumber(purpose));
        drafts_.take(key(vendor, ship_to, *order.expected_on, sales_order), draft_of(order));
    });
}

Quantity DraftBook::on_draft(const VendorCode& vendor, const LocationCode& ship_to,
                             wharf::Date expected_on, const std::optional<DocumentNumber>& order,
                             const Sku& sku) {
    load(vendor, ship_to);
    const auto* line = drafts_.find(key(vendor, ship_to, expected_on, order), sku);
    return line == nullptr ? Quantity() : line->quantity;
}

void DraftBook::add(const Decided& decided) {
    const auto& purchase = decided.purchase;
    const Bought bought{1, purchase.quantity,
                        wharf::line_amount(purchase.quantity, purchase.unit_price)};
    static_cast<void>(wharf::line_amount(purchase.line_quantity, purchase.unit_price));
    total_ += bought;
    auto& line = drafts_.line_for(
        key(purchase.item.vendor, decided.ship_to, decided.expected_on, decided.share.order),
        decided.sku, decided.expected_on);
    line.quantity = purchase.line_quantity;
    line.unit_price = purchase.unit_price;
    line.bought += bought;
    explain(line, decided.explanation);
    cover(line, decided, horizon(context_, settings_));
}

std::int32_t DraftBook::drafts() const {
    std::int32_t count = 0;
    for (const auto& [key, drafts] : drafts_.all()) {
        for (const auto& draft : drafts) count += draft.changed ? 1 : 0;
    }
    return count;
}

std::int32_t DraftBook::vendors() const {
    std::set<VendorCode> vendors;
    for (const auto& [key, drafts] : drafts_.all()) {
        for (const auto& draft : drafts) {
            if (draft.changed) vendors.insert(key.vendor);
        }
    }
    return static_cast<std::int32_t>(vendors.size());
}

void DraftBook::leave_out(const DraftKey& key, Draft& draft, const LeftOut& refused) {
    auto& line = draft.lines.at(refused.sku);
    line.changed = false;
    total_ -= line.bought;
    Quantity needed;
    for (const auto& cover : line.covers) needed += cover.quantity;
    left_out_.push_back(
        {refused.code, refused.sku, key.ship_to, needed, refused.reason, {}, context_.now()});
}

std::vector<DocumentNumber> DraftBook::write() {
    std::vector<DocumentNumber> numbers;
    std::vector<wharf::PurchaseOrder> fresh;
    wharf::planning::PegSupply pegs;
    for (auto& [key, drafts] : drafts_.all()) {
        for (auto& draft : drafts) {
            if (!draft.changed) continue;
            const auto written = write_draft(context_, settings_, key, draft);
            for (const auto& refused : written.left_out) leave_out(key, draft, refused);
            if (!written.order) continue;
            numbers.push_back(written.order->number);
            take_covers(draft, *written.order, pegs);
            if (!draft.number) fresh.push_back(*written.order);
        }
    }
    if (!pegs.covers.empty()) context_.call(pegs);
    finish_all(fresh, numbers);
    return numbers;
}

// What was put under a parent is handed in and approved with it.
void DraftBook::finish_all(const std::vector<wharf::PurchaseOrder>& fresh,
                           std::vector<DocumentNumber>& numbers) {
    std::set<VendorCode> vendors;
    for (const auto& order : fresh) vendors.insert(order.vendor);
    const auto consolidated = consolidate(context_, settings_, vendors);
    for (const auto& order : fresh) {
        if (!consolidated.legs.contains(order.number)) finish(order);
    }
    for (const auto& parent : consolidated.parents) {
        numbers.push_back(parent.number);
        finish(parent);
    }
}

void DraftBook::finish(const wharf::PurchaseOrder& order) {
    if (settings_.initial_status == InitialStatus::draft) return;
    try {
        wharf::purchasing::SubmitOrder submit;
        submit.number = order.number;
        context_.call(submit);
        if (settings_.initial_status != InitialStatus::approved || !within_ceiling(order.amount))
            return;
        wharf::purchasing::ApproveOrder approve;
        approve.number = order.number;
        context_.call(approve);
    } catch (const wharf::Refusal& refusal) {
        if (refusal.retryable()) throw;
        // Past the account's approval limit a person decides; the order waits for that person.
        context_.log(wharf::LogLevel::info,
                     order.number.text() + " waits for a person: " + refusal.detail());
    }
}

bool DraftBook::within_ceiling(Money amount) {
    if (!settings_.daily_value_ceiling) return true;
    const auto days = context_.collection<ApprovedValue>("approved_values");
    const auto id = context_.today().text();
    const auto stored = days.get(id);
    const auto sum = (stored ? stored->document.value : Money()) + amount;
    if (sum > *settings_.daily_value_ceiling) return false;
    days.put({context_.today(), sum}, id);
    return true;
}

}  // namespace backorder_po

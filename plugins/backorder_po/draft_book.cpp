#include "draft_book.hpp"

#include <algorithm>
#include <iterator>

#include "consolidation.hpp"

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

template <class T>
wharf::RawJson raw(const T& value) {
    return {wharf::to_json(value)};
}

}  // namespace

DraftBook::Key DraftBook::key(const VendorCode& vendor, const LocationCode& ship_to,
                              wharf::Date expected_on,
                              const std::optional<DocumentNumber>& order) const {
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
        auto [place, fresh] =
            drafts_.try_emplace(key(vendor, ship_to, *order.expected_on, sales_order));
        if (!fresh) return;  // the older draft of the same window is the one to join
        place->second.number = order.number;
        place->second.expected_on = *order.expected_on;
        for (const auto& line : order.lines) {
            // What a person typed stays until that person changes it.
            if (line.quantity_set_by == wharf::SetBy::person || !line.outstanding.positive())
                continue;
            Line joined;
            joined.number = line.line;
            joined.quantity = line.quantity;
            joined.unit_price = line.unit_price;
            place->second.lines.try_emplace(line.sku, std::move(joined));
        }
    });
}

Quantity DraftBook::on_draft(const VendorCode& vendor, const LocationCode& ship_to,
                             wharf::Date expected_on, const std::optional<DocumentNumber>& order,
                             const Sku& sku) {
    load(vendor, ship_to);
    const auto draft = drafts_.find(key(vendor, ship_to, expected_on, order));
    if (draft == drafts_.end()) return {};
    const auto line = draft->second.lines.find(sku);
    return line == draft->second.lines.end() ? Quantity() : line->second.quantity;
}

void DraftBook::add(const Decided& decided) {
    const auto& purchase = decided.purchase;
    auto& draft = drafts_[key(purchase.item.vendor, decided.ship_to, decided.expected_on,
                              decided.share.order)];
    if (!draft.number && !draft.changed) draft.expected_on = decided.expected_on;
    draft.changed = true;
    auto& line = draft.lines[decided.sku];
    line.quantity = purchase.line_quantity;
    line.unit_price = purchase.unit_price;
    line.explanation = decided.explanation;
    line.changed = true;
    const auto due_before = horizon(context_, settings_);
    auto rest = purchase.covers;
    if (decided.share.lines.empty()) {
        line.covers.push_back({{}, rest, {}, {}, due_before});
    }
    for (const auto& wanted : decided.share.lines) {
        const auto part = std::min(rest, wanted.quantity);
        if (!part.positive()) continue;
        rest -= part;
        line.covers.push_back({{}, part, wanted.order, wanted.line, {}});
    }
    ++lines_;
    quantity_ += purchase.quantity;
    value_ += wharf::line_amount(purchase.quantity, purchase.unit_price);
}

std::int32_t DraftBook::drafts() const {
    return static_cast<std::int32_t>(std::count_if(
        drafts_.begin(), drafts_.end(), [](const auto& entry) { return entry.second.changed; }));
}

std::int32_t DraftBook::vendors() const {
    std::set<VendorCode> vendors;
    for (const auto& [key, draft] : drafts_) {
        if (draft.changed) vendors.insert(std::get<0>(key));
    }
    return static_cast<std::int32_t>(vendors.size());
}

wharf::PurchaseOrder DraftBook::write_draft(const Key& key, Draft& draft) {
    if (draft.number) {
        wharf::purchasing::AmendOrder amend;
        amend.number = *draft.number;
        for (const auto& [sku, line] : draft.lines) {
            if (!line.changed) continue;
            wharf::purchasing::AmendLine change;
            change.line = line.number;
            if (!line.number) change.sku = sku;
            change.quantity = line.quantity;
            change.unit_price = line.unit_price;
            change.explanation = raw(line.explanation);
            (*amend.lines).push_back(std::move(change));
        }
        return context_.call(amend);
    }
    wharf::purchasing::CreateOrder create;
    create.vendor = std::get<0>(key);
    create.ship_to = std::get<1>(key);
    create.expected_on = draft.expected_on;
    const auto& sales_order = std::get<3>(key);
    create.explanation =
        raw(OrderExplanation{sales_order.empty() ? "need" : sales_order,
                             boost::describe::enum_to_string(*settings_.consolidate, "unknown")});
    for (const auto& [sku, line] : draft.lines) {
        wharf::purchasing::NewLine fresh;
        fresh.sku = sku;
        fresh.quantity = line.quantity;
        fresh.unit_price = line.unit_price;
        fresh.explanation = raw(line.explanation);
        create.lines.push_back(std::move(fresh));
    }
    return context_.call(create);
}

std::vector<DocumentNumber> DraftBook::write() {
    std::vector<DocumentNumber> numbers;
    std::vector<wharf::PurchaseOrder> fresh;
    wharf::planning::PegSupply pegs;
    for (auto& [key, draft] : drafts_) {
        if (!draft.changed) continue;
        const bool joined = draft.number.has_value();
        const auto order = write_draft(key, draft);
        numbers.push_back(order.number);
        for (auto& [sku, line] : draft.lines) {
            if (!line.changed) continue;
            const auto* written = line_of(order, line.number, sku);
            if (written == nullptr) continue;
            for (auto& cover : line.covers) {
                cover.supply = {wharf::SupplyKind::purchase_order, order.number, written->line};
                pegs.covers.push_back(std::move(cover));
            }
        }
        if (!joined) fresh.push_back(order);
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
    wharf::purchasing::SubmitOrder submit;
    submit.number = order.number;
    context_.call(submit);
    if (settings_.initial_status != InitialStatus::approved || !within_ceiling(order.amount))
        return;
    try {
        wharf::purchasing::ApproveOrder approve;
        approve.number = order.number;
        context_.call(approve);
    } catch (const wharf::Refusal& refusal) {
        // Past the account's approval limit a person decides; the order waits for that person.
        context_.log(wharf::LogLevel::info,
                     order.number.text() + " waits for approval: " + refusal.detail());
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

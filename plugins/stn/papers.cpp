#include "papers.hpp"

#include <map>
#include <utility>

namespace stn {
namespace {

using wharf::DocumentKind;
using wharf::DocumentPurpose;
using wharf::Refusal;
using wharf::documents::NewLine;

constexpr std::string_view kSource = "transfer";

DocumentPurpose purpose_of(Purpose purpose) {
    return purpose == Purpose::job_work ? DocumentPurpose::job_work : DocumentPurpose::transfer;
}

wharf::PartyReference place(const LocationCode& location) {
    wharf::PartyReference party;
    party.location = location;
    return party;
}

NoteDocument noted(const wharf::IssuedDocument& issued, Role role) {
    NoteDocument document;
    document.role = role;
    document.kind = issued.kind;
    document.number = issued.number;
    document.id = issued.id;
    document.issued_on = issued.issued_on;
    document.total = issued.total;
    document.e_way_bill_required = issued.e_way_bill.required;
    return document;
}

const NoteDocument* invoice_of(const Kept& kept) {
    for (const auto& document : kept.documents) {
        if (document.role == Role::dispatch && document.kind == DocumentKind::tax_invoice) {
            return &document;
        }
    }
    return nullptr;
}

wharf::Reason reason_of(Role role, const std::optional<wharf::Reason>& reason) {
    std::string text = role == Role::reversal_note ? "reversal note: lost in transit"
                                                   : "returned to the source of the transfer";
    if (reason) text += ": " + reason->text();
    return wharf::Reason(text.substr(0, wharf::Reason::kLengthMax));
}

// What the units stand for in the books of their source now, before they have left.
Money value_at_source(wharf::Context& context, const LocationCode& source, const Sku& sku,
                      Quantity quantity) {
    wharf::inventory::Levels levels;
    levels.sku = sku;
    levels.location = source;
    Quantity on_hand;
    Money value;
    context.each(levels, [&](const wharf::StockItem& item) {
        on_hand += item.on_hand;
        value += item.value;
    });
    return on_hand.positive() ? unit_price(value, on_hand) * quantity : Money();
}

}  // namespace

wharf::tax::TransferDocument Papers::document_for(const LocationCode& source,
                                                  const LocationCode& destination,
                                                  Purpose purpose) const {
    wharf::tax::ForTransfer request;
    request.from = source;
    request.to = destination;
    request.purpose = purpose_of(purpose);
    return context_.tax().for_transfer(request);
}

Money Papers::price_of(const Sku& sku, Money value, Quantity quantity) const {
    if (settings_.taxable_value == TaxableValue::price_list) {
        const auto found = context_.collection<Price>("prices").get(sku.text());
        if (found) return found->document.price;
        throw Refusal::conflict("stn.no_price",
                                "the transfer price list has no \"" + sku.text() + "\"",
                                "set its price: PUT prices/" + sku.text());
    }
    if (settings_.taxable_value == TaxableValue::percent_of_mrp) {
        const auto product = context_.catalog().get_product({sku});
        if (product.mrp) return share_of_mrp(*product.mrp, settings_.mrp_percent);
        throw Refusal::conflict("stn.no_mrp", "\"" + sku.text() + "\" has no MRP",
                                "set the product's mrp");
    }
    return quantity.positive() ? unit_price(value, quantity) : Money();
}

Derivation Papers::derive(const wharf::Transfer& transfer, Purpose purpose) const {
    const auto document = document_for(transfer.source, transfer.destination, purpose);
    Derivation derivation;
    derivation.kind = document.kind;
    derivation.inter_state = document.inter_state;
    derivation.reasons = document.reasons;
    derivation.taxable_value = settings_.taxable_value;
    for (const auto& line : transfer.lines) {
        ValuedLine valued;
        valued.line = line.line;
        valued.sku = line.sku;
        const bool left = transfer.dispatched_at.has_value();
        valued.quantity = left ? line.dispatched : Count(line.quantity - line.cancelled);
        const auto cost =
            left ? line.value
                 : value_at_source(context_, transfer.source, line.sku, valued.quantity);
        valued.unit_price = price_of(line.sku, cost, valued.quantity);
        valued.value = valued.unit_price * valued.quantity;
        derivation.lines.push_back(std::move(valued));
    }
    return derivation;
}

// One line for each line and lot of the transfer.
std::vector<NewLine> Papers::dispatched_lines(const DocumentNumber& transfer) const {
    struct Group {
        NewLine line;
        Money value;
    };
    std::map<std::pair<std::int32_t, std::string>, Group> groups;
    wharf::transfers::Parts parts;
    parts.number = transfer;
    context_.each(parts, [&](const wharf::TransferPart& part) {
        auto& group = groups[{part.line, part.lot ? part.lot->text() : ""}];
        group.line.source_line = part.line;
        group.line.sku = part.sku;
        group.line.lot = part.lot;
        group.line.quantity = group.line.quantity.value_or(Quantity()) + part.quantity;
        if (part.serial) group.line.serials->push_back(*part.serial);
        group.value += part.value;
    });
    std::vector<NewLine> lines;
    for (auto& [key, group] : groups) {
        group.line.unit_price = price_of(*group.line.sku, group.value, *group.line.quantity);
        lines.push_back(std::move(group.line));
    }
    return lines;
}

void Papers::issue(const wharf::Transfer& transfer, Kept& kept,
                   const std::optional<wharf::Transport>& transport) const {
    const auto derived = document_for(transfer.source, transfer.destination, kept.purpose);
    wharf::documents::Issue request;
    request.kind = derived.kind;
    request.purpose = purpose_of(kept.purpose);
    request.source = {wharf::Name(kSource), transfer.number};
    request.supplier = place(transfer.source);
    request.recipient = place(transfer.destination);
    request.round_to_rupee = *settings_.round_to_rupee && derived.kind == DocumentKind::tax_invoice;
    request.lines = dispatched_lines(transfer.number);
    request.transport = transport;
    request.note = transfer.note;
    Derivation derivation;
    derivation.kind = derived.kind;
    derivation.inter_state = derived.inter_state;
    derivation.reasons = derived.reasons;
    derivation.taxable_value = settings_.taxable_value;
    request.explanation = wharf::RawJson{wharf::to_json(derivation)};
    kept.documents.push_back(noted(context_.documents().issue(request), Role::dispatch));
}

void Papers::correct(Kept& kept, Role role, const std::vector<Correction>& corrections,
                     const std::optional<wharf::Reason>& reason) const {
    const auto* invoice = invoice_of(kept);
    if (invoice == nullptr || corrections.empty()) return;
    const auto issued = context_.documents().get({invoice->id});
    wharf::documents::Issue request;
    request.kind = DocumentKind::credit_note;
    request.purpose = purpose_of(kept.purpose);
    request.source = {wharf::Name(kSource), kept.number};
    request.original = invoice->id;
    request.lines = lines_of_note(issued, corrections);
    request.reason = reason_of(role, reason);
    if (request.lines.empty()) return;
    kept.documents.push_back(noted(context_.documents().issue(request), role));
}

}  // namespace stn

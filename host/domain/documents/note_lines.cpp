#include "host/domain/documents/note_lines.hpp"

#include <algorithm>
#include <map>

#include "host/domain/documents/document_store.hpp"
#include "host/domain/gst/share_out.hpp"
#include "host/domain/gst/tax_figures.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/stored_json.hpp"

namespace wharf::domain {
namespace {

// `whole` x part / all, rounded half away from zero to the minor unit.
Money proportion(Money whole, std::int64_t part, std::int64_t all, std::int64_t step) {
    if (all == 0) return {};
    return Money::from_raw(
        checked_narrow(divide_half_away(Int128{whole.raw()} * part, Int128{all} * step) * step));
}

DocumentLine* find_line(IssuedDocument& document, std::optional<std::int32_t> line) {
    const auto found =
        std::find_if(document.lines.begin(), document.lines.end(),
                     [&](const DocumentLine& candidate) { return candidate.line == line; });
    return found == document.lines.end() ? nullptr : &*found;
}

// Quantity of a line by value: it credits money, no goods.
bool by_value(const documents::NewLine& request) {
    return request.taxable.has_value();
}

class CreditNote {
public:
    CreditNote(IssuedDocument& original, std::map<std::int32_t, Credited> before, Faults& faults)
        : original_(original),
          before_(std::move(before)),
          faults_(faults),
          step_(minor_step(minor_digits(original.currency.view()))) {}

    std::optional<DocumentLine> line(const documents::NewLine& request,
                                     const std::string& pointer) {
        auto* invoiced = find_line(original_, request.original_line);
        if (invoiced == nullptr) {
            faults_.add(pointer + "/original_line", "unknown_line",
                        original_.number.text() + " has no such line");
            return std::nullopt;
        }
        auto& before = before_[invoiced->line];
        if (!measured(request, *invoiced, before, pointer)) return std::nullopt;
        auto line = *invoiced;
        line.original_line = invoiced->line;
        line.source_line = request.source_line;
        line.serials = *request.serials;
        line.discount = line.charges = Money();
        line.credited_quantity = Count(0);
        line.credited_taxable = Money();
        by_value(request) ? take_value(line, *invoiced, before, *request.taxable)
                          : take_quantity(line, *invoiced, before, *request.quantity);
        line.amount = line.taxable;
        line.total = line.taxable;
        if (original_.tax.charged) line.total += tax_of(line.tax);
        invoiced->credited_quantity = before.quantity;
        invoiced->credited_taxable = before.taxable;
        return line;
    }

private:
    bool measured(const documents::NewLine& request, const DocumentLine& invoiced,
                  const Credited& before, const std::string& pointer) {
        if (by_value(request) == request.quantity.has_value()) {
            faults_.add(pointer, "quantity_or_value", "name a quantity or a taxable value");
            return false;
        }
        if (!before.taxable.raw() || by_value(request) == !before.quantity.positive()) {
            return within(request, invoiced, before, pointer);
        }
        faults_.conflict_if(true, pointer, "other_measure",
                            "the line was credited by " +
                                std::string(by_value(request) ? "quantity" : "value") + " before");
        return false;
    }

    bool within(const documents::NewLine& request, const DocumentLine& invoiced,
                const Credited& before, const std::string& pointer) {
        const bool over = by_value(request)
                              ? before.taxable + *request.taxable > invoiced.taxable
                              : before.quantity + *request.quantity > invoiced.quantity;
        faults_.conflict_if(over, pointer + (by_value(request) ? "/taxable" : "/quantity"),
                            "over_credited", "that is more than is left of what was invoiced");
        const bool nothing = by_value(request) && *request.taxable <= Money();
        faults_.add_if(nothing, pointer + "/taxable", "not_positive", "a credit is positive");
        return !over && !nothing;
    }

    void take_quantity(DocumentLine& line, const DocumentLine& invoiced, Credited& before,
                       Quantity quantity) const {
        line.quantity = quantity;
        before.quantity += quantity;
        const auto part = before.quantity.raw();
        const auto whole = invoiced.quantity.raw();
        line.taxable = proportion(invoiced.taxable, part, whole, step_) - before.taxable;
        before.taxable += line.taxable;
        take_tax(line, before, part, whole);
    }

    void take_value(DocumentLine& line, const DocumentLine& invoiced, Credited& before,
                    Money value) const {
        line.quantity = Quantity(0);
        line.unit_price = Money();
        line.taxable = value;
        before.taxable += value;
        take_tax(line, before, before.taxable.raw(), invoiced.taxable.raw());
    }

    void take_tax(DocumentLine& line, Credited& before, std::int64_t part,
                  std::int64_t whole) const {
        for (auto& share : line.tax) {
            auto& given = before.tax[{share.kind, share.rate}];
            share.amount = proportion(share.amount, part, whole, step_) - given;
            given += share.amount;
        }
    }

    IssuedDocument& original_;
    std::map<std::int32_t, Credited> before_;
    Faults& faults_;
    std::int64_t step_;
};

}  // namespace

std::map<std::int32_t, Credited> credited_by_notes(Transaction& transaction,
                                                   const DocumentNumber& original) {
    std::map<std::int32_t, Credited> all;
    auto row = transaction.session().select(
        "SELECT l.body FROM issued_document d JOIN issued_document_line l "
        "ON l.document = d.number WHERE d.original = :original AND d.kind = 'credit_note' "
        "AND d.status = 'issued' ORDER BY d.id, l.line",
        {{"original", original}});
    while (row.next()) {
        const auto line = from_stored<DocumentLine>(row.text(0));
        auto& credited = all[line.original_line.value_or(0)];
        credited.quantity += line.quantity;
        credited.taxable += line.taxable;
        for (const auto& share : line.tax) credited.tax[{share.kind, share.rate}] += share.amount;
    }
    return all;
}

std::vector<DocumentLine> credit_lines(Transaction& transaction, IssuedDocument& original,
                                       const std::vector<documents::NewLine>& requests,
                                       Faults& faults) {
    CreditNote note(original, credited_by_notes(transaction, original.number), faults);
    std::vector<DocumentLine> lines;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto line = note.line(requests[i], pointer_at("/lines", i));
        if (!line) continue;
        line->line = static_cast<std::int32_t>(lines.size() + 1);
        lines.push_back(std::move(*line));
    }
    return lines;
}

void take_credit_back(Transaction& transaction, const IssuedDocument& note) {
    auto original = load_document(transaction, *note.original);
    const auto standing = credited_by_notes(transaction, original.number);
    for (auto& line : original.lines) {
        const auto found = standing.find(line.line);
        const auto now = found == standing.end() ? Credited{} : found->second;
        line.credited_quantity = now.quantity;
        line.credited_taxable = now.taxable;
        save_credited(transaction, original.number, line);
    }
}

}  // namespace wharf::domain

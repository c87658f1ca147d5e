// Issuing: what the document says is worked out, then it is numbered and kept.
#include <algorithm>

#include "host/domain/catalog.hpp"
#include "host/domain/documents/document_store.hpp"
#include "host/domain/documents/documents.hpp"
#include "host/domain/documents/note_lines.hpp"
#include "host/domain/documents/series.hpp"
#include "host/domain/documents/transport.hpp"
#include "host/domain/gst/e_way_limits.hpp"
#include "host/domain/gst/parties.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/references.hpp"
#include "host/domain/retail_price.hpp"
#include "wharf/document_events.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kReferenceScope = "issued_document";
constexpr Money kAddressedFrom = Money::from_raw(50'000'000'000);  // 50,000 rupees in millionths

bool is_note(DocumentKind kind) {
    return kind == DocumentKind::credit_note || kind == DocumentKind::debit_note;
}

// One document on its way.
class Issuing {
public:
    Issuing(Transaction& transaction, const documents::Issue& request)
        : transaction_(transaction), request_(request) {}

    IssuedDocument run() {
        check_header();
        document_.currency = transaction_.account().currency;
        digits_ = minor_digits(document_.currency.view());
        check_line_count(request_.lines.size(), faults_);
        check_charges(request_.charges, digits_, faults_);
        is_note(request_.kind) ? correct_original() : describe_supply();
        faults_.refuse_if_any();
        complete();
        return std::move(document_);
    }

private:
    void check_header() {
        document_.kind = request_.kind;
        document_.purpose = request_.purpose;
        document_.reference = request_.reference;
        document_.source = request_.source;
        document_.issued_on = request_.issued_on.value_or(transaction_.today());
        document_.prices_include_tax = request_.prices_include_tax;
        document_.note = request_.note;
        document_.reason = request_.reason;
        document_.explanation = request_.explanation;
        document_.transport = request_.transport;
        faults_.add_if(document_.issued_on > transaction_.today(), "/issued_on", "in_the_future",
                       "a document is issued today or before");
        faults_.add_if(request_.kind == DocumentKind::unknown, "/kind", "unknown_kind",
                       "there is no such kind of document");
        check_explanation(set_by(transaction_), request_.explanation, "/explanation", faults_);
        if (request_.transport) check_transport(*request_.transport, faults_);
    }

    // ---- challans, invoices, bills ----

    void describe_supply() {
        faults_.add_if(request_.original.has_value(), "/original", "no_note",
                       "only credit and debit notes correct another document");
        faults_.add_if(!request_.supplier, "/supplier", "missing", "is required");
        faults_.add_if(!request_.recipient, "/recipient", "missing", "is required");
        faults_.add_if(request_.reverse_charge && request_.prices_include_tax,
                       "/prices_include_tax", "reverse_charge",
                       "under reverse charge no price includes the tax");
        for (std::size_t i = 0; i < request_.lines.size(); ++i) {
            collect(faults_, [&] { add_line(request_.lines[i], pointer_at("/lines", i)); });
        }
        if (request_.supplier && request_.recipient) name_parties();
        faults_.refuse_if_any();
        tax_supply();
    }

    void name_parties() {
        parties_ = supply_parties(transaction_, *request_.supplier, *request_.recipient,
                                  request_.ship_to, request_.ship_to_third_party, faults_);
        document_.supplier = parties_.supplier;
        document_.recipient = parties_.recipient;
        document_.ship_to = parties_.ship_to;
        if (request_.dispatch_from) {
            document_.dispatch_from =
                resolve_party(transaction_, *request_.dispatch_from, "/dispatch_from", faults_);
        }
        if (request_.kind != DocumentKind::delivery_challan) {
            check_two_persons(parties_.supplier, parties_.recipient, faults_);
        }
    }

    void add_line(const documents::NewLine& request, const std::string& pointer) {
        faults_.add_if(request.original_line || request.taxable, pointer, "no_note",
                       "only notes name a line of an original or a taxable value");
        faults_.add_if(!request.sku, pointer + "/sku", "missing", "is required");
        faults_.add_if(!request.quantity, pointer + "/quantity", "missing", "is required");
        faults_.add_if(!request.unit_price, pointer + "/unit_price", "missing", "is required");
        if (!request.sku || !request.quantity || !request.unit_price) return;
        const auto product = usable_product(transaction_, *request.sku, pointer + "/sku");
        DocumentLine line;
        line.line = static_cast<std::int32_t>(document_.lines.size() + 1);
        line.source_line = request.source_line;
        line.sku = product.sku;
        line.description = request.description.value_or(product.name);
        line.hsn = product.hsn;
        line.quantity = *request.quantity;
        line.unit = product.base_unit;
        line.lot = request.lot;
        line.serials = *request.serials;
        line.unit_price = *request.unit_price;
        line.discount = request.discount;
        line.taxability = request.taxability.value_or(product.taxability);
        line.tax_rate = request.tax_rate.value_or(product.tax_rate);
        line.cess = request.cess.value_or(product.cess);
        check_price(request.unit_price, pointer + "/unit_price", faults_);
        faults_.add_if(line.discount < Money(), pointer + "/discount", "negative",
                       "a discount is not negative");
        line.amount = line_amount(line.quantity, line.unit_price, line.discount, digits_);
        if (request_.purpose == DocumentPurpose::consumer &&
            request_.kind != DocumentKind::delivery_challan) {
            check_retail_price(
                {line.unit_price, request_.prices_include_tax, line.tax_rate, line.cess}, product,
                pointer + "/unit_price", faults_);
        }
        faults_.add_if(line.amount < Money(), pointer + "/discount", "beyond_value",
                       "the discount is more than the line is worth");
        document_.lines.push_back(std::move(line));
    }

    void tax_supply() {
        const bool challan = request_.kind == DocumentKind::delivery_challan;
        SupplyFacts facts;
        facts.under_gst = under_gst();
        facts.supplier = &parties_.supplier;
        facts.recipient = &parties_.recipient;
        facts.ship_to = parties_.ship_to ? &*parties_.ship_to : nullptr;
        facts.ship_to_third_party = parties_.third_party;
        facts.place_of_supply = request_.place_of_supply;
        facts.supply_type = request_.supply_type;
        facts.reverse_charge = request_.reverse_charge;
        auto rule =
            supply_rule(facts, challan ? MissingState::assumed : MissingState::refused, faults_);
        if (challan) {
            rule.kinds.clear();
            rule.charged = false;
            rule.reasons = {{"no_supply", "goods travel without being supplied by this document",
                             "CGST Rule 55(1)"}};
        }
        auto lines = taxed_lines();
        if (!challan) settle_kind(rule, lines);
        faults_.refuse_if_any();
        take(tax_figures(rule, lines, request_.charges, options()), lines);
        document_.charges = *request_.charges;
        check_address();
    }

    // CGST Rule 46(e): whom a tax invoice of so much goes to is told apart by an address, where no
    // GSTIN does.
    void check_address() {
        const auto& recipient = document_.recipient;
        const bool asked = under_gst() && document_.kind == DocumentKind::tax_invoice &&
                           !recipient.gstin && document_.tax.taxable >= kAddressedFrom;
        faults_.add_if(asked && !recipient.address, "/recipient/address", "missing",
                       "is required of a recipient without a GSTIN for goods worth 50,000 or more "
                       "(CGST Rule 46(e))");
        faults_.refuse_if_any();
    }

    void settle_kind(SupplyRule& rule, const std::vector<TaxedLine>& lines) {
        const auto lawful = invoice_kind(rule, lines);
        if (lawful == document_.kind) return;
        if (lawful == DocumentKind::tax_invoice) {
            faults_.add("/kind", "taxable_goods",
                        "a regular taxpayer issues a tax invoice for taxable goods");
            return;
        }
        document_.kind = lawful;
        rule.reasons.push_back(
            {"bill_of_supply",
             rule.taxpayer ? "no line is taxable" : "the supplier may not collect tax",
             "CGST Act s.31(3)(c); CGST Rule 49"});
    }

    // ---- notes ----

    void correct_original() {
        if (!request_.original) {
            faults_.add("/original", "missing", "a note corrects an invoice: name it");
            return;
        }
        const auto found = find_document(transaction_, *request_.original);
        if (!found) {
            faults_.add("/original", "unknown_document",
                        "there is no document \"" + request_.original->text() + "\"");
            return;
        }
        original_ = *found;
        refuse_uncorrectable();
        document_.original = original_.number;
        document_.original_date = original_.issued_on;
        document_.purpose = original_.purpose;
        document_.currency = original_.currency;
        document_.supplier = original_.supplier;
        document_.recipient = original_.recipient;
        document_.ship_to = original_.ship_to;
        auto rule = rule_of(original_.tax, under_gst());
        const bool credit = request_.kind == DocumentKind::credit_note;
        rule.reasons = {
            {credit ? "credit_note" : "debit_note",
             "corrects " + original_.number.text() + " of " + original_.issued_on.text(),
             credit ? "CGST Act s.34(1)" : "CGST Act s.34(3)"}};
        credit ? credit_original(rule) : debit_original(rule);
    }

    void refuse_uncorrectable() const {
        if (original_.status == DocumentStatus::voided) {
            throw Refusal::conflict("original_void", original_.number.text() + " is void");
        }
        if (is_note(original_.kind) || original_.kind == DocumentKind::delivery_challan) {
            throw Refusal::conflict("no_invoice",
                                    original_.number.text() + " is no invoice to be corrected",
                                    "name the invoice or bill of supply itself");
        }
    }

    void credit_original(const SupplyRule& rule) {
        document_.lines = credit_lines(transaction_, original_, request_.lines, faults_);
        auto lines = taxed_lines();
        for (std::size_t i = 0; i < lines.size(); ++i) {
            lines[i].taxable = document_.lines[i].taxable;
            lines[i].tax = document_.lines[i].tax;
        }
        take(added_up(rule, lines, options()), lines);
    }

    // More is owed on the lines of the invoice, at their rates.
    void debit_original(const SupplyRule& rule) {
        for (std::size_t i = 0; i < request_.lines.size(); ++i) {
            const auto& request = request_.lines[i];
            const auto pointer = pointer_at("/lines", i);
            const auto invoiced = std::find_if(
                original_.lines.begin(), original_.lines.end(),
                [&](const DocumentLine& line) { return line.line == request.original_line; });
            if (invoiced == original_.lines.end()) {
                faults_.add(pointer + "/original_line", "unknown_line",
                            original_.number.text() + " has no such line");
                continue;
            }
            if (!request.taxable || *request.taxable <= Money()) {
                faults_.add(pointer + "/taxable", "not_positive",
                            "a debit names how much more the line is worth");
                continue;
            }
            auto line = *invoiced;
            line.line = static_cast<std::int32_t>(document_.lines.size() + 1);
            line.original_line = invoiced->line;
            line.source_line = request.source_line;
            line.quantity = Count(0);
            line.unit_price = line.discount = Money();
            line.amount = request.taxable->rounded(digits_);
            line.serials.clear();
            line.credited_quantity = Count(0);
            line.credited_taxable = Money();
            document_.lines.push_back(std::move(line));
        }
        faults_.refuse_if_any();
        auto lines = taxed_lines();
        take(tax_figures(rule, lines, {}, options()), lines);
    }

    // ---- all ----

    bool under_gst() const { return transaction_.account().country.view() == "IN"; }

    std::vector<TaxedLine> taxed_lines() const {
        std::vector<TaxedLine> lines;
        for (const auto& line : document_.lines) {
            lines.push_back({line.amount, line.tax_rate, line.cess, line.taxability});
        }
        return lines;
    }

    FigureOptions options() const {
        return {request_.prices_include_tax, request_.round_to_rupee, digits_};
    }

    void take(const TaxFigures& figures, const std::vector<TaxedLine>& lines) {
        document_.tax = figures.summary;
        document_.charges_after_tax = figures.charges_after_tax;
        document_.round_off = figures.round_off;
        document_.total = figures.total;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            auto& line = document_.lines[i];
            line.charges = lines[i].charges;
            line.taxable = lines[i].taxable;
            line.tax = lines[i].tax;
            line.total = lines[i].total;
            document_.amount += line.amount;
        }
    }

    void complete() {
        if (!sees_document(transaction_, document_)) {
            throw Refusal::forbidden("not_your_location",
                                     "the document concerns none of the locations of this key");
        }
        document_.fiscal_year = fiscal_year_of(transaction_, document_.issued_on);
        document_.number = next_document_number(
            transaction_,
            {document_.supplier, document_.kind, document_.purpose, document_.issued_on});
        document_.id = path_id(document_.number);
        document_.e_way_bill =
            e_way_bill_need(document_, document_settings(transaction_).e_way_bill_limit);
        document_.created_by = transaction_.actor().name;
        document_.created_at = transaction_.now();
        if (request_.kind != DocumentKind::credit_note) return;
        for (const auto& line : original_.lines) {
            save_credited(transaction_, original_.number, line);
        }
    }

    Transaction& transaction_;
    const documents::Issue& request_;
    Faults faults_;
    IssuedDocument document_;
    IssuedDocument original_;
    SupplyParties parties_;
    int digits_ = 2;
};

// A plugin may explain the same document in other words: explanations are no content.
ContentHash content_of(documents::Issue request) {
    request.explanation.reset();
    return content_hash(request);
}

}  // namespace

IssuedDocument issue_document(Transaction& transaction, const documents::Issue& request) {
    const auto hash = request.reference ? content_of(request) : ContentHash();
    if (request.reference) {
        if (const auto number =
                find_by_reference(transaction, kReferenceScope, *request.reference, hash)) {
            transaction.note_existing();
            return load_document(transaction, *number);
        }
    }
    auto document = Issuing(transaction, request).run();
    insert_document(transaction, document);
    if (request.reference) {
        keep_reference(transaction, kReferenceScope, *request.reference, document.number, hash);
    }
    transaction.record<event::DocumentIssued>(document.number, document);
    return document;
}

}  // namespace wharf::domain

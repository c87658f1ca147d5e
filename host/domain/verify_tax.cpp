// M1: the tax of purchase orders and of issued documents adds up.
#include <boost/json/parse.hpp>

#include <map>
#include <string>
#include <utility>

#include "host/domain/documents/document_store.hpp"
#include "host/domain/documents/note_lines.hpp"
#include "host/domain/gst/tax_figures.hpp"
#include "host/domain/purchase_order_store.hpp"
#include "host/domain/purchase_order_tax.hpp"
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

// One taxed document's figures, told apart from what they belong to.
class TaxCheck {
public:
    TaxCheck(Findings& findings, std::string what) : findings_(findings), what_(std::move(what)) {}

    void add_line(Money taxable, const std::vector<TaxShare>& shares) {
        taxable_ += taxable;
        for (const auto& share : shares) {
            by_component_[{share.kind, share.rate}] += share.amount;
            tax_ += share.amount;
        }
    }

    void compare(const TaxSummary& summary, Money charges_after, Money round_off, Money total) {
        expect("taxable value", summary.taxable, taxable_);
        for (const auto& component : summary.components) {
            auto& shares = by_component_[{component.kind, component.rate}];
            expect("component of " + component.rate.text() + " %", component.amount, shares);
            shares = Money();
        }
        for (const auto& [key, amount] : by_component_) {
            expect("shares of no component", Money(), amount);
        }
        expect("tax", summary.tax, summary.charged ? tax_ : Money());
        expect("reverse charge", summary.reverse_charge_tax, summary.charged ? Money() : tax_);
        expect("total", total, summary.taxable + summary.tax + charges_after + round_off);
    }

    void expect(const std::string& figure, Money stands, Money should) {
        if (stands == should) return;
        findings_.add("M1", what_ + ": " + figure + " " + stands.text() + ", not " + should.text());
    }

private:
    Findings& findings_;
    std::string what_;
    Money taxable_;
    Money tax_;
    TaxByComponent by_component_;
};

std::vector<DocumentNumber> numbers(Transaction& transaction, std::string_view sql) {
    std::vector<DocumentNumber> list;
    auto row = transaction.session().select(sql);
    while (row.next()) list.push_back(row.get<DocumentNumber>(0));
    return list;
}

// Orders that were made before there was tax bear none until they are saved again.
void check_purchase_orders(Transaction& transaction, Findings& findings) {
    for (const auto& number :
         numbers(transaction,
                 "SELECT number FROM purchase_order WHERE tax IS NOT NULL ORDER BY number")) {
        const auto stored = find_purchase_order(transaction, number);
        if (!stored) continue;
        const auto& order = stored->order;
        TaxCheck check(findings, "purchase order \"" + number.text() + '"');
        for (const auto& line : order.lines) {
            check.add_line(line.amount + line.charges, line.tax);
        }
        check.compare(order.tax, charges_after_tax(order), order.round_off, order.total);
    }
}

// A line of an invoice says what its standing notes took back, which is no more than it.
class CreditCheck {
public:
    CreditCheck(Findings& findings, const IssuedDocument& document, const DocumentLine& line)
        : findings_(findings), document_(document), line_(line) {}

    void compare(const Credited& credited) {
        unless(line_.credited_quantity == credited.quantity,
               "its quantity is not that of its notes");
        unless(line_.credited_taxable == credited.taxable, "its value is not that of its notes");
        unless(credited.quantity <= line_.quantity && credited.taxable <= line_.taxable,
               "it is more than was invoiced");
        TaxByComponent invoiced;
        for (const auto& share : line_.tax) invoiced[{share.kind, share.rate}] += share.amount;
        for (const auto& [component, amount] : credited.tax) {
            unless(amount <= invoiced[component], "its tax is more than was invoiced");
        }
    }

private:
    void unless(bool right, const std::string& fault) {
        if (right) return;
        findings_.add("M1", "document \"" + document_.number.text() + "\" line " +
                                std::to_string(line_.line) + ", what was credited: " + fault);
    }

    Findings& findings_;
    const IssuedDocument& document_;
    const DocumentLine& line_;
};

void check_credits(Findings& findings, const IssuedDocument& document,
                   std::map<std::int32_t, Credited> credited) {
    for (const auto& line : document.lines) {
        CreditCheck(findings, document, line).compare(credited[line.line]);
        credited.erase(line.line);
    }
    for (const auto& [line, beyond] : credited) {
        findings.add("M1", "document \"" + document.number.text() + "\": notes credit its line " +
                               std::to_string(line) + ", which is not there");
    }
}

void check_documents(Transaction& transaction, Findings& findings) {
    for (const auto& number :
         numbers(transaction, "SELECT number FROM issued_document ORDER BY id")) {
        const auto document = find_document(transaction, number);
        if (!document) continue;
        TaxCheck check(findings, "document \"" + number.text() + '"');
        Money amount;
        for (const auto& line : document->lines) {
            check.add_line(line.taxable, line.tax);
            amount += line.amount;
        }
        check.compare(document->tax, document->charges_after_tax, document->round_off,
                      document->total);
        check.expect("amount", document->amount, amount);
        check_credits(findings, *document, credited_by_notes(transaction, number));
    }
}

}  // namespace

void verify_tax(Transaction& transaction, Findings& findings) {
    check_purchase_orders(transaction, findings);
    check_documents(transaction, findings);
}

}  // namespace wharf::domain

// M1: the tax of purchase orders and of issued documents adds up.
#include <boost/json/parse.hpp>

#include <map>
#include <string>
#include <utility>

#include "host/domain/documents/document_store.hpp"
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
    std::map<std::pair<TaxKind, Percent>, Money> by_component_;
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
    }
}

// What an invoice's line says was credited is what standing notes credit, and no more than it.
void check_credits(Transaction& transaction, Findings& findings) {
    findings.add_rows(
        "M1", "credited more than invoiced, or not by notes",
        transaction.session().select(
            "SELECT l.document, l.line, l.credited_quantity, l.credited_taxable "
            "FROM issued_document_line l WHERE l.credited_taxable < 0 OR l.credited_quantity < 0 "
            "OR (l.credited_taxable > 0 AND NOT EXISTS (SELECT 1 FROM issued_document d "
            "WHERE d.original = l.document AND d.kind = 'credit_note' AND d.status = 'issued')) "
            "ORDER BY l.document, l.line"),
        1, 3);
}

}  // namespace

void verify_tax(Transaction& transaction, Findings& findings) {
    check_purchase_orders(transaction, findings);
    check_documents(transaction, findings);
    check_credits(transaction, findings);
}

}  // namespace wharf::domain

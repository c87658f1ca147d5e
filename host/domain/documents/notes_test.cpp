// Correcting issued documents: credit and debit notes, voiding.
#include "host/domain/documents/documents.hpp"

#include <gtest/gtest.h>

#include "host/domain/testing/documents_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::fault_of;
using testing::money;
using testing::Shop;

TEST(Documents, ACreditNoteGivesTaxBackInPartsThatAddUp) {
    Shop shop;
    auto request = Shop::invoice();
    request.lines = {Shop::line("TEA", 3, "33.37")};  // 100.11, IGST 5.01
    const auto invoice = shop.issue(request);
    EXPECT_EQ(invoice.lines[0].tax[0].amount.text(), "5.01");
    Money taxable;
    Money tax;
    const char* expected[] = {"1.67", "1.67", "1.67"};
    for (int i = 0; i < 3; ++i) {
        auto credit = Shop::note(DocumentKind::credit_note, invoice);
        auto& line = credit.lines.emplace_back();
        line.original_line = 1;
        line.quantity = Quantity(1);
        const auto note = shop.issue(credit);
        EXPECT_EQ(note.number.text(), "RKA1/2627/00000" + std::to_string(i + 1));
        EXPECT_EQ(note.tax.tax.text(), expected[i]);
        taxable += note.tax.taxable;
        tax += note.tax.tax;
    }
    EXPECT_EQ(taxable, invoice.tax.taxable);
    EXPECT_EQ(tax, invoice.tax.tax);
    EXPECT_EQ(shop.read(invoice.id).lines[0].credited_quantity.raw(), 3);
    auto more = Shop::note(DocumentKind::credit_note, invoice);
    auto& line = more.lines.emplace_back();
    line.original_line = 1;
    line.quantity = Quantity(1);
    EXPECT_EQ(shop.refused(more).code(), "over_credited");
    shop.expect_sound();
}

TEST(Documents, ALineIsCreditedByValueOrByQuantity) {
    Shop shop;
    const auto invoice = shop.issue(Shop::invoice());
    auto credit = Shop::note(DocumentKind::credit_note, invoice);
    auto& line = credit.lines.emplace_back();
    line.original_line = 1;
    line.taxable = money("100.01");
    const auto note = shop.issue(credit);
    EXPECT_EQ(note.tax.tax.text(), "5.00");
    EXPECT_EQ(note.total.text(), "105.01");
    line.taxable.reset();
    line.quantity = Quantity(1);
    EXPECT_EQ(shop.refused(credit).code(), "other_measure");
    line.quantity.reset();
    EXPECT_EQ(fault_of(shop.refused(credit)), "/lines/0 quantity_or_value");
    line.taxable = money("900.00");
    EXPECT_EQ(shop.refused(credit).code(), "over_credited");
    shop.expect_sound();
}

std::string first_violation(Shop& shop) {
    const auto found = shop.verification().violations;
    return found.empty() ? std::string() : found.front().invariant + ' ' + found.front().detail;
}

TEST(Documents, CreditBeyondTheInvoiceOrTheNotesIsFound) {
    Shop shop;
    const auto invoice = shop.issue(Shop::invoice());
    auto credit = Shop::note(DocumentKind::credit_note, invoice);
    auto& line = credit.lines.emplace_back();
    line.original_line = 1;
    line.quantity = Quantity(4);
    const auto note = shop.issue(credit);
    const auto tamper = [&](const std::string& change, const DocumentNumber& document) {
        shop.session().execute("UPDATE issued_document_line SET " + change +
                                   " WHERE document = :document AND line = 1",
                               {{"document", document}});
    };
    EXPECT_EQ(first_violation(shop), "");
    tamper("credited_quantity = 5", invoice.number);
    EXPECT_NE(first_violation(shop).find("quantity is not that of its notes"), std::string::npos);
    tamper("credited_quantity = 4, credited_taxable = credited_taxable + 1", invoice.number);
    EXPECT_NE(first_violation(shop).find("value is not that of its notes"), std::string::npos);
    tamper("credited_taxable = credited_taxable - 1", invoice.number);
    EXPECT_EQ(first_violation(shop), "");

    // The invoice's line says what the note says, and both are too much.
    auto beyond = shop.read(note.id).lines.at(0);
    beyond.quantity = Count(11);
    const auto body = to_json(beyond);
    shop.session().execute(
        "UPDATE issued_document_line SET body = :body WHERE document = :document",
        {{"body", body}, {"document", note.number}});
    tamper("credited_quantity = 11", invoice.number);
    EXPECT_NE(first_violation(shop).find("more than was invoiced"), std::string::npos);
}

TEST(Documents, CreditedTaxBeyondTheInvoiceIsFound) {
    Shop shop;
    const auto invoice = shop.issue(Shop::invoice());
    auto credit = Shop::note(DocumentKind::credit_note, invoice);
    credit.lines.emplace_back().original_line = 1;
    credit.lines[0].quantity = Quantity(10);
    const auto note = shop.issue(credit);
    auto beyond = shop.read(note.id).lines.at(0);
    beyond.tax.at(0).amount += money("0.01");
    const auto body = to_json(beyond);
    shop.session().execute(
        "UPDATE issued_document_line SET body = :body WHERE document = :document",
        {{"body", body}, {"document", note.number}});
    bool found = false;
    for (const auto& violation : shop.verification().violations) {
        found =
            found || violation.detail.find("tax is more than was invoiced") != std::string::npos;
    }
    EXPECT_TRUE(found);
}

TEST(Documents, ADebitNoteAsksForMoreAtTheInvoicesRates) {
    Shop shop;
    const auto invoice = shop.issue(Shop::invoice());
    auto debit = Shop::note(DocumentKind::debit_note, invoice);
    auto& line = debit.lines.emplace_back();
    line.original_line = 1;
    line.taxable = money("200.00");
    const auto note = shop.issue(debit);
    EXPECT_EQ(note.number.text(), "NKA1/2627/000001");
    EXPECT_EQ(note.tax.tax.text(), "10.00");
    EXPECT_EQ(note.original_date, invoice.issued_on);
    shop.expect_sound();
}

TEST(Documents, VoidingKeepsTheNumberAndGivesCreditBack) {
    Shop shop;
    const auto invoice = shop.issue(Shop::invoice());
    auto credit = Shop::note(DocumentKind::credit_note, invoice);
    auto& line = credit.lines.emplace_back();
    line.original_line = 1;
    line.quantity = Quantity(10);
    const auto note = shop.issue(credit);
    EXPECT_EQ(shop.refusal([&](Transaction& t) {
                      return void_document(t, {invoice.id, Reason("x")});
                  })
                  .code(),
              "has_notes");
    EXPECT_EQ(shop.voided(note.id).status, DocumentStatus::voided);
    EXPECT_TRUE(shop.read(invoice.id).lines[0].credited_quantity.zero());
    EXPECT_EQ(shop.voided(invoice.id).version, 2);
    EXPECT_EQ(shop.refusal([&](Transaction& t) {
                      return void_document(t, {invoice.id, Reason("x")});
                  })
                  .code(),
              "document_void");
    EXPECT_EQ(shop.refused(credit).code(), "original_void");
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA1/2627/000002");
    shop.expect_sound();
}

TEST(Documents, AReportedInvoiceIsCorrectedNotVoided) {
    Shop shop;
    const auto invoice = shop.issue(Shop::invoice());
    const auto challan = shop.issue(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"));
    shop.pass_days(31);
    EXPECT_EQ(shop.refusal([&](Transaction& t) {
                      return void_document(t, {invoice.id, Reason("x")});
                  })
                  .code(),
              "reported");
    EXPECT_EQ(shop.voided(challan.id).status, DocumentStatus::voided);
}

}  // namespace
}  // namespace wharf::domain

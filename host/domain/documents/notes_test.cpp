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

// Issued documents on a real database: numbers, kinds, notes, voiding, who may see them.
#include "host/domain/documents/documents.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "host/domain/documents/series.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/domain/testing/documents_fixture.hpp"
#include "host/limits.hpp"

namespace wharf::domain {
namespace {

using testing::fault_of;
using testing::gstin;
using testing::money;
using testing::Shop;

TEST(Documents, AChallanBearsNoTaxAndHasASeriesOfItsOwn) {
    Shop shop;
    const auto challan = shop.issue(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"));
    EXPECT_EQ(challan.number.text(), "DKA1/2627/000001");
    EXPECT_EQ(challan.id.text(), "DKA1_2627_000001");
    EXPECT_EQ(challan.total.text(), "1000.00");
    EXPECT_TRUE(challan.tax.components.empty());
    EXPECT_FALSE(challan.tax.charged);
    const auto invoice = shop.issue(Shop::request(DocumentKind::tax_invoice, "BLR", "BOM"));
    EXPECT_EQ(invoice.number.text(), "SKA1/2627/000001");
    const auto business = shop.issue(Shop::invoice());
    EXPECT_EQ(business.number.text(), "BKA1/2627/000001");
    shop.expect_sound();
}

TEST(Documents, ATransferBetweenStatesBearsIntegratedTax) {
    Shop shop;
    auto request = Shop::request(DocumentKind::tax_invoice, "BLR", "BOM");
    request.lines.push_back(Shop::line("SOAP", 3, "33.333333"));
    const auto invoice = shop.issue(request);
    EXPECT_EQ(invoice.lines[1].amount.text(), "100.00");
    ASSERT_EQ(invoice.tax.components.size(), 2U);
    EXPECT_EQ(invoice.tax.components[0].kind, TaxKind::igst);
    EXPECT_EQ(invoice.tax.tax.text(), "68.00");
    EXPECT_EQ(invoice.total.text(), "1168.00");
    EXPECT_EQ(invoice.tax.place_of_supply, StateCode("27"));
    EXPECT_EQ(to_json(shop.read(invoice.id)), to_json(invoice));
    EXPECT_EQ(to_json(shop.read(invoice.number)), to_json(invoice));
}

TEST(Documents, ThePartiesOfAnInvoiceHaveDifferentNumbers) {
    Shop shop;
    const auto refusal = shop.refused(Shop::request(DocumentKind::tax_invoice, "BLR", "BLR2"));
    EXPECT_EQ(fault_of(refusal), "/recipient same_gstin");
    EXPECT_EQ(shop.run([](Transaction& t) { return list_documents(t, {}).items.size(); }), 0U);
}

TEST(Documents, WhoMayNotCollectTaxIssuesABillOfSupply) {
    Shop shop;
    auto request = Shop::invoice();
    request.supplier = PartyReference{};
    request.supplier->party = NewParty{};
    request.supplier->party->legal_name = Name("Small Shop");
    request.supplier->party->gstin = Gstin(gstin("29", "ABCDE1234F"));
    request.supplier->party->tax_status = TaxStatus::composition;
    const auto bill = shop.issue(request);
    EXPECT_EQ(bill.kind, DocumentKind::bill_of_supply);
    EXPECT_EQ(bill.tax.tax.text(), "0.00");
    EXPECT_EQ(bill.number.text(), "LKA1/2627/000001");
    request = Shop::invoice();
    request.lines[0].taxability = Taxability::exempt;
    EXPECT_EQ(shop.issue(request).kind, DocumentKind::bill_of_supply);
    request = Shop::invoice();
    request.kind = DocumentKind::bill_of_supply;
    EXPECT_EQ(fault_of(shop.refused(request)), "/kind taxable_goods");
}

TEST(Documents, TwoIssuersOfAStateHaveSeriesThatCannotMeet) {
    Shop shop;
    const auto ours = shop.issue(Shop::invoice());
    auto theirs = Shop::invoice();
    theirs.supplier = PartyReference{};
    theirs.supplier->party = NewParty{};
    theirs.supplier->party->legal_name = Name("Another");
    theirs.supplier->party->gstin = Gstin(gstin("29", "ABCDE1234F"));
    theirs.supplier->party->tax_status = TaxStatus::regular;
    EXPECT_EQ(ours.number.text(), "BKA1/2627/000001");
    EXPECT_EQ(shop.issue(theirs).number.text(), "BKA2/2627/000001");
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA1/2627/000002");
}

TEST(Documents, NumbersBeginAnewWithTheFiscalYearAndFollowTheDays) {
    Shop shop;
    shop.now = *Instant::parse("2027-03-31T10:00:00Z");
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA1/2627/000001");
    shop.pass_days(1);
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA1/2728/000001");
    auto earlier = Shop::invoice();
    earlier.issued_on = Date::parse("2027-03-30");
    EXPECT_EQ(fault_of(shop.refused(earlier)), "/issued_on out_of_order");
    earlier.issued_on = Date::parse("2027-03-31");
    EXPECT_EQ(shop.issue(earlier).number.text(), "BKA1/2627/000002");
    auto later = Shop::invoice();
    later.issued_on = Date::parse("2027-04-02");
    EXPECT_EQ(fault_of(shop.refused(later)), "/issued_on in_the_future");
}

TEST(Documents, TheAccountSetsItsOwnSeries) {
    Shop shop;
    documents::PutSeries series;
    series.gstin = Gstin(gstin("29"));
    series.kind = DocumentKind::tax_invoice;
    series.pattern = Text<1, 40>("INV-{year}/{number}");
    shop.run([&](Transaction& t) { return put_document_series(t, series); });
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "INV-2627/000001");
    series.purpose = DocumentPurpose::transfer;
    series.pattern = Text<1, 40>("T{year}-{number}");
    shop.run([&](Transaction& t) { return put_document_series(t, series); });
    EXPECT_EQ(shop.issue(Shop::request(DocumentKind::tax_invoice, "BLR", "BOM")).number.text(),
              "T2627-000001");
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "INV-2627/000002");
    const auto page = shop.run([](Transaction& t) { return list_document_series(t, {}); });
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[1].purpose, DocumentPurpose::transfer);
}

TEST(Documents, ASeriesThatIsFullGivesNoNumberUntilAnotherIsSet) {
    Shop shop;
    shop.issue(Shop::invoice());
    shop.run([](Transaction& t) {
        return t.session().execute("UPDATE document_series_year SET last_number = 999998");
    });
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA1/2627/999999");
    EXPECT_EQ(shop.refused(Shop::invoice()).code(), "series_full");
    EXPECT_EQ(shop.run([](Transaction& t) { return list_documents(t, {}).items.size(); }), 2U);
    documents::PutSeries series;
    series.gstin = Gstin(gstin("29"));
    series.kind = DocumentKind::tax_invoice;
    series.pattern = Text<1, 40>("BKA2/{year}/{number}");
    shop.run([&](Transaction& t) { return put_document_series(t, series); });
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA2/2627/000001");
}

TEST(Documents, SeriesThatTheRuleForbidsAreRefused) {
    Shop shop;
    for (const char* pattern :
         {"INV/{number}", "INV/{year}", "inv{year}/{number}", "0{year}/{number}",
          "/{year}/{number}", "-{year}/{number}", "{number}/{year}", "INVOICES/{year}/{number}",
          "A {year}{number}"}) {
        documents::PutSeries series;
        series.gstin = Gstin(gstin("29"));
        series.pattern = Text<1, 40>(pattern);
        const auto refusal =
            shop.refusal([&](Transaction& t) { return put_document_series(t, series); });
        EXPECT_EQ(fault_of(refusal), "/pattern bad_pattern") << pattern;
    }
    documents::PutSeries taken;
    taken.gstin = Gstin(gstin("29"));
    taken.kind = DocumentKind::credit_note;
    taken.pattern = Text<1, 40>("D{state}{series}/{year}/{number}");
    EXPECT_EQ(shop.refusal([&](Transaction& t) { return put_document_series(t, taken); }).code(),
              "series_taken");
}

TEST(Documents, TheSameReferenceGivesTheSameDocument) {
    Shop shop;
    auto request = Shop::invoice();
    request.reference = Reference("R-1");
    const auto first = shop.issue(request);
    EXPECT_EQ(shop.issue(request).number, first.number);
    request.lines[0].quantity = Quantity(11);
    EXPECT_EQ(shop.refused(request).code(), "reference_taken");
}

TEST(Documents, ARefusalLeavesNoHoleInTheSeries) {
    Shop shop;
    shop.issue(Shop::invoice());
    auto bad = Shop::invoice();
    bad.lines[0].discount = money("5000.00");
    EXPECT_EQ(fault_of(shop.refused(bad)), "/lines/0/discount beyond_value");
    EXPECT_EQ(shop.issue(Shop::invoice()).number.text(), "BKA1/2627/000002");
}

TEST(Documents, ABoundKeySeesTheDocumentsOfItsLocations) {
    Shop shop;
    const auto invoice = shop.issue(Shop::request(DocumentKind::tax_invoice, "BLR", "BOM"));
    shop.issue(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"));
    shop.actor.locations = {LocationCode("BOM")};
    EXPECT_EQ(shop.read(invoice.id).number, invoice.number);
    const auto page = shop.run([](Transaction& t) { return list_documents(t, {}); });
    EXPECT_EQ(page.items.size(), 1U);
    EXPECT_EQ(shop.refusal([](Transaction& t) {
                      return get_document(t, {DocumentNumber("DKA1_2627_000001")});
                  })
                  .kind(),
              RefusalKind::not_found);
    EXPECT_EQ(fault_of(shop.refused(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"))),
              "/supplier/location unknown_location");
    // A plugin that acts for the key names both ends; the document must concern the key's place.
    shop.actor.plugin = "stn";
    EXPECT_EQ(shop.issue(Shop::request(DocumentKind::tax_invoice, "BLR", "BOM")).number.text(),
              "SKA1/2627/000002");
    EXPECT_EQ(shop.refused(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2")).code(),
              "not_your_location");
}

TEST(Documents, EWayBillsAreNeededByValueStateAndPurpose) {
    struct Case {
        const char* what;
        DocumentKind kind;
        const char* from;
        const char* to;
        const char* price;  // of ten
        DocumentPurpose purpose;
        bool required;
    };
    using enum DocumentKind;
    constexpr auto kTransfer = DocumentPurpose::transfer;
    for (const auto& each :
         {Case{"50,000 with tax between states", tax_invoice, "BLR", "BOM", "4761.90", kTransfer,
               false},
          {"a paisa beyond", tax_invoice, "BLR", "BOM", "4761.91", kTransfer, true},
          {"within Karnataka", delivery_challan, "BLR", "BLR2", "5000.00", kTransfer, false},
          {"beyond within Karnataka", delivery_challan, "BLR", "BLR2", "5000.01", kTransfer, true},
          {"job work in another state", delivery_challan, "BLR", "BOM", "1.00",
           DocumentPurpose::job_work, true}}) {
        Shop shop;
        auto request = Shop::request(each.kind, each.from, each.to);
        request.purpose = each.purpose;
        request.lines = {Shop::line("TEA", 10, each.price)};
        EXPECT_EQ(shop.issue(request).e_way_bill.required, each.required) << each.what;
    }
}

TEST(Documents, TheTransferRuleChoosesTheDocument) {
    Shop shop;
    auto ask = [&](const char* from, const char* to, DocumentPurpose purpose) {
        tax::ForTransfer request{LocationCode(from), LocationCode(to), purpose};
        return shop.run([&](Transaction& t) { return document_for_transfer(t, request); });
    };
    auto refused = [&](const char* from, const char* to) {
        tax::ForTransfer request{LocationCode(from), LocationCode(to), DocumentPurpose::transfer};
        return shop.refusal([&](Transaction& t) { return document_for_transfer(t, request); });
    };
    constexpr auto kTransfer = DocumentPurpose::transfer;
    EXPECT_EQ(ask("BLR", "BLR2", kTransfer).kind, DocumentKind::delivery_challan);
    EXPECT_EQ(ask("BARN", "SHED", kTransfer).kind, DocumentKind::delivery_challan);
    EXPECT_EQ(ask("BLR", "BOM", kTransfer).kind, DocumentKind::tax_invoice);
    EXPECT_TRUE(ask("BLR", "BOM", kTransfer).inter_state);
    EXPECT_EQ(ask("BLR", "BOM", DocumentPurpose::job_work).kind, DocumentKind::delivery_challan);
    EXPECT_EQ(refused("BLR", "BARN").code(), "one_side_registered");
    EXPECT_EQ(fault_of(refused("BLR", "BLR")), "/to same_location");
    shop.location("ALIEN");
    catalog::PutLocation alien;
    alien.code = LocationCode("ALIEN");
    alien.name = Name("Of another firm");
    alien.gstin = Gstin(gstin("29", "ABCDE1234F"));
    shop.run([&](Transaction& t) { return put_location(t, alien); });
    EXPECT_EQ(refused("BLR", "ALIEN").code(), "other_pan");
}

TEST(Documents, EveryFaultIsNamedAtOnce) {
    Shop shop;
    auto request = Shop::invoice();
    request.recipient->location = LocationCode("BOM");
    request.lines = {Shop::line("NOPE", 1, "1.00"), Shop::line("TEA", 1, "-1.00")};
    request.lines[1].discount = money("-1.00");
    request.transport = Transport{};
    request.transport->distance_km = 5000;
    request.transport->vehicle_number = Text<4, 15>("12 ab");
    const auto refusal = shop.refused(request);
    std::vector<std::string> pointers;
    for (const auto& fault : refusal.faults()) pointers.push_back(fault.pointer);
    for (const char* pointer :
         {"/recipient", "/lines/0/sku", "/lines/1/unit_price", "/lines/1/discount",
          "/transport/distance_km", "/transport/vehicle_number"}) {
        EXPECT_NE(std::find(pointers.begin(), pointers.end(), pointer), pointers.end()) << pointer;
    }
}

// Random invoices with random credits and voids: verify stays clean.
TEST(Documents, RandomInvoicesAndNotesStaySound) {
    Shop shop;
    std::mt19937 random(42);
    auto below = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    };
    for (int i = 0; i < 60; ++i) {
        auto request = Shop::invoice();
        request.prices_include_tax = below(2) == 0;
        request.round_to_rupee = below(2) == 0;
        request.lines.clear();
        for (auto n = 1 + below(5); n > 0; --n) {
            auto line = Shop::line(below(2) == 0 ? "TEA" : "SOAP", 1 + below(20), "1.00");
            line.unit_price = Money::from_raw(1 + below(500'000'000));
            request.lines.push_back(line);
        }
        const auto invoice = shop.issue(request);
        auto left = invoice.lines[0].quantity.raw();
        std::vector<DocumentNumber> notes;
        while (left > 0 && below(5) > 0) {
            const auto part = 1 + below(left);
            auto credit = Shop::note(DocumentKind::credit_note, invoice);
            credit.lines.emplace_back();
            credit.lines[0].original_line = 1;
            credit.lines[0].quantity = Quantity(part);
            notes.push_back(shop.issue(credit).id);
            left -= part;
            if (below(4) == 0) {
                shop.voided(notes.back());
                left += part;
            }
        }
    }
    shop.expect_sound();
}

TEST(Documents, APageEndsBeforeItsDocumentsHaveTooManyLinesTogether) {
    Shop shop;
    auto large = Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2");
    large.lines.assign(limits::kDocumentLinesMax / 2, Shop::line("TEA", 1, "1.00"));
    for (int i = 0; i < 3; ++i) shop.issue(large);
    shop.issue(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"));
    const auto page = [&](const std::optional<std::string>& after, bool lines) {
        documents::List query;
        query.after = after;
        query.lines = lines;
        return shop.run([&](Transaction& t) { return list_documents(t, query); });
    };
    const auto first = page({}, true);
    ASSERT_EQ(first.items.size(), 2U);
    ASSERT_TRUE(first.next);
    const auto second = page(first.next, true);
    ASSERT_EQ(second.items.size(), 2U);
    EXPECT_EQ(second.items[1].number.text(), "DKA1/2627/000004");
    EXPECT_FALSE(second.next);
    const auto headers = page({}, false);
    ASSERT_EQ(headers.items.size(), 4U);
    EXPECT_TRUE(headers.items[0].lines.empty());
    EXPECT_EQ(headers.items[0].total, first.items[0].total);
}

TEST(Documents, AnInvoiceOfMuchToSomebodyUnregisteredNamesAnAddress) {
    Shop shop;
    auto request = Shop::invoice();
    request.purpose = DocumentPurpose::consumer;
    request.recipient = PartyReference{};
    request.recipient->party = NewParty{};
    request.recipient->party->legal_name = Name("Asha Rao");
    request.place_of_supply = StateCode("29");
    request.lines = {Shop::line("TEA", 1, "49999.99")};
    EXPECT_EQ(shop.issue(request).kind, DocumentKind::tax_invoice);
    request.lines = {Shop::line("TEA", 1, "50000.00")};
    EXPECT_EQ(fault_of(shop.refused(request)), "/recipient/address missing");
    request.recipient->party->address = testing::address_in("29");
    EXPECT_EQ(shop.issue(request).total.text(), "52500.00");
    shop.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

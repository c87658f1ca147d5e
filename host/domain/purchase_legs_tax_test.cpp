// Tax and charges of an order over several places: each leg is taxed where it goes, and the parent
// is their sum to the paisa.
#include <gmock/gmock.h>

#include <algorithm>

#include "host/domain/testing/splitter_fixture.hpp"

namespace wharf::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Splitter;

// `igst 5 of 600.00: 30.00`
std::vector<std::string> components(const PurchaseOrder& order) {
    std::vector<std::string> texts;
    for (const auto& component : order.tax.components) {
        texts.push_back(std::string(boost::describe::enum_to_string(component.kind, "")) + " " +
                        component.rate.text() + " of " + component.taxable.text() + ": " +
                        component.amount.text());
    }
    return texts;
}

std::vector<std::string> charges(const PurchaseOrder& order) {
    std::vector<std::string> texts;
    for (const auto& charge : order.charges) {
        texts.push_back(charge.name.text() + " " + charge.amount.text());
    }
    return texts;
}

bool gives_reason(const PurchaseOrder& order, std::string_view code) {
    return std::any_of(order.tax.reasons.begin(), order.tax.reasons.end(),
                       [&](const TaxReason& reason) { return reason.code == code; });
}

PurchaseOrder tea(Splitter& account, std::int64_t quantity, std::vector<Charge> charges = {}) {
    auto request = Splitter::buying({{"TEA", quantity}});
    request.charges = std::move(charges);
    return account.create(request);
}

TEST(TaxOfLegs, IsOfTheStateThatEachGoesTo) {
    Splitter account;
    account.under_gst();
    const auto parent = account.split(tea(account, 10), {{"BLR", 4}, {"BOM", 6}});
    EXPECT_THAT(components(account.leg(parent, "BLR")),
                ElementsAre("cgst 2.5 of 400.00: 10.00", "sgst 2.5 of 400.00: 10.00"));
    EXPECT_THAT(components(account.leg(parent, "BOM")), ElementsAre("igst 5 of 600.00: 30.00"));
    EXPECT_THAT(components(parent),
                ElementsAre("cgst 2.5 of 400.00: 10.00", "sgst 2.5 of 400.00: 10.00",
                            "igst 5 of 600.00: 30.00"));
    EXPECT_EQ(parent.lines[0].tax.size(), 3U);
    EXPECT_EQ(parent.tax.tax.text(), "50.00");
    EXPECT_EQ(parent.total.text(), "1050.00");
    EXPECT_FALSE(parent.tax.place_of_supply.has_value());
    EXPECT_TRUE(gives_reason(parent, "legs_differ"));
    account.expect_sound();
}

TEST(TaxOfLegs, KeepsThePlaceOfSupplyWhereAllAreSuppliedAlike) {
    Splitter account;
    account.under_gst();
    const auto parent = account.split(tea(account, 10), {{"BLR", 4}, {"MYS", 6}});
    EXPECT_EQ(parent.tax.place_of_supply, StateCode("29"));
    EXPECT_FALSE(gives_reason(parent, "legs_differ"));
    EXPECT_THAT(components(parent),
                ElementsAre("cgst 2.5 of 1000.00: 25.00", "sgst 2.5 of 1000.00: 25.00"));
    account.expect_sound();
}

// 22.80 at 18 % is 4.10; three times 7.60 is 1.37 each: a parent has no rounding of its own.
TEST(TaxOfLegs, IsRoundedOnEachLegAndOnlySummedOnTheParent) {
    Splitter account;
    account.under_gst();
    const auto order = account.create(Splitter::buying({{"SOAP", 3}}, "V1", "BOM"));
    EXPECT_EQ(order.tax.tax.text(), "4.10");
    const auto three = account.distribute(
        order,
        {Splitter::new_leg("BOM", 1), Splitter::new_leg("BOM", 1), Splitter::new_leg("BOM", 1)});
    EXPECT_EQ(three.tax.tax.text(), "4.11");
    EXPECT_EQ(three.total.text(), "26.91");
    account.expect_sound();
}

TEST(TaxOfLegs, OfAVendorThatMayNotCollectIsNone) {
    Splitter account;
    account.under_gst();
    account.vendor("V2").sells("V2", "TEA", "90.00");
    const auto order = account.create(Splitter::buying({{"TEA", 10}}, "V2"));
    const auto parent = account.split(order, {{"BLR", 4}, {"BOM", 6}});
    EXPECT_FALSE(parent.tax.charged);
    EXPECT_THAT(components(parent), IsEmpty());
    EXPECT_EQ(parent.total.text(), "900.00");
    account.expect_sound();
}

TEST(TaxOfLegs, UnderReverseChargeIsTheBuyersOnEveryLegOldAndNew) {
    Splitter account;
    account.under_gst();
    auto request = Splitter::buying({{"TEA", 10}});
    request.reverse_charge = true;
    auto parent = account.split(account.create(request), {{"BLR", 4}, {"BOM", 6}});
    parent = account.distribute(
        parent, {Splitter::same_leg(account.leg(parent, "BLR"), 2), Splitter::new_leg("MYS", 2)});
    EXPECT_EQ(parent.tax.reverse_charge_tax.text(), "50.00");
    EXPECT_EQ(parent.total.text(), "1000.00");
    EXPECT_EQ(account.leg(parent, "MYS").tax.reverse_charge_tax.text(), "10.00");
    account.expect_sound();
}

// The vendor and the product change after the order was approved; its legs are what was approved.
TEST(TaxOfLegs, OfAnApprovedOrderIsWhatTheOrderStated) {
    Splitter account;
    account.under_gst();
    account.good("CIGAR", "28", "100.00", "12");
    const auto order = account.approve(
        account.submit(account.create(Splitter::buying({{"TEA", 10}, {"CIGAR", 2}}))));
    EXPECT_THAT(components(order),
                ElementsAre("cgst 2.5 of 1000.00: 25.00", "cgst 14 of 200.00: 28.00",
                            "sgst 2.5 of 1000.00: 25.00", "sgst 14 of 200.00: 28.00",
                            "cess 12 of 200.00: 24.00"));
    account.vendor("V1");                // unregistered from now on
    account.good("CIGAR", "5", "1.00");  // and without cess
    auto near = Splitter::new_leg("MYS", 4);
    near.lines.push_back({2, Count(2), std::nullopt});
    const auto parent = account.distribute(order, {near, Splitter::new_leg("BOM", 6)});
    EXPECT_THAT(components(account.leg(parent, "MYS")),
                ElementsAre("cgst 2.5 of 400.00: 10.00", "cgst 14 of 200.00: 28.00",
                            "sgst 2.5 of 400.00: 10.00", "sgst 14 of 200.00: 28.00",
                            "cess 12 of 200.00: 24.00"));
    EXPECT_THAT(components(account.leg(parent, "BOM")), ElementsAre("igst 5 of 600.00: 30.00"));
    // A leg that is made later too.
    const auto anew = account.distribute(
        parent, {Splitter::same_leg(account.leg(parent, "BOM"), 1), Splitter::new_leg("BLR", 5)});
    EXPECT_THAT(components(account.leg(anew, "BLR")),
                ElementsAre("cgst 2.5 of 500.00: 12.50", "sgst 2.5 of 500.00: 12.50"));
    account.expect_sound();
}

TEST(TaxOfLegs, OfAnApprovedOrderThatBoreNoneIsNone) {
    Splitter account;
    account.under_gst();
    account.vendor("V2").sells("V2", "TEA", "90.00");
    const auto order =
        account.approve(account.submit(account.create(Splitter::buying({{"TEA", 10}}, "V2"))));
    EXPECT_FALSE(order.tax.charged);
    account.regular("V2", "29");
    const auto parent = account.split(order, {{"BLR", 4}, {"BOM", 6}});
    EXPECT_THAT(components(parent), IsEmpty());
    EXPECT_EQ(parent.total.text(), "900.00");
    EXPECT_TRUE(gives_reason(account.leg(parent, "BOM"), "supplier_unregistered"));
    account.expect_sound();
}

// A draft or an order that waits is taxed by the catalog, split or not: it is still to be approved.
TEST(TaxOfLegs, OfAnOrderThatWaitsIsByTheCatalog) {
    Splitter account;
    account.under_gst();
    const auto order = account.submit(account.create(Splitter::buying({{"TEA", 10}})));
    account.vendor("V1");
    const auto parent = account.split(order, {{"BLR", 4}, {"BOM", 6}});
    EXPECT_FALSE(parent.tax.charged);
    EXPECT_THAT(components(parent), IsEmpty());
    account.expect_sound();
}

TEST(ChargesOfLegs, AreSharedByWorthWithoutARemainder) {
    Splitter account;
    account.under_gst();
    const auto order =
        tea(account, 3,
            {Splitter::charge("Freight", "100.00"), Splitter::charge("Insurance", "10.00", false)});
    const auto parent = account.split(order, {{"BLR", 1}, {"MYS", 1}, {"BOM", 1}});
    EXPECT_THAT(charges(account.leg(parent, "BLR")),
                ElementsAre("Freight 33.34", "Insurance 3.34"));
    EXPECT_THAT(charges(account.leg(parent, "BOM")),
                ElementsAre("Freight 33.33", "Insurance 3.33"));
    EXPECT_THAT(charges(parent), ElementsAre("Freight 100.00", "Insurance 10.00"));
    EXPECT_EQ(parent.lines[0].charges.text(), "100.00");
    EXPECT_EQ(parent.tax.taxable.text(), "400.00");
    EXPECT_EQ(parent.total.text(), "429.99");  // each leg rounds its own tax
    account.expect_sound();
}

TEST(ChargesOfLegs, OfAnOrderWithoutPricesAreSharedByUnits) {
    Splitter account;
    account.under_gst().good("SAMPLE", "5", "0.00");
    auto request = Splitter::buying({{"SAMPLE", 4}});
    request.charges = std::vector{Splitter::charge("Freight", "10.00")};
    const auto parent = account.split(account.create(request), {{"BLR", 1}, {"BOM", 3}});
    EXPECT_THAT(charges(account.leg(parent, "BLR")), ElementsAre("Freight 2.50"));
    EXPECT_THAT(charges(account.leg(parent, "BOM")), ElementsAre("Freight 7.50"));
    account.expect_sound();
}

TEST(ChargesOfLegs, GoWithTheGoodsWhenTheyAreDistributedAnewAndLeaveOtherLegsAlone) {
    Splitter account;
    account.under_gst();
    auto parent = account.split(tea(account, 10, {Splitter::charge("Freight", "100.00")}),
                                {{"BLR", 4}, {"BOM", 6}});
    const auto version = account.leg(parent, "BLR").version;
    parent = account.distribute(
        parent, {Splitter::same_leg(account.leg(parent, "BOM"), 1), Splitter::new_leg("MYS", 5)});
    EXPECT_THAT(charges(account.leg(parent, "BLR")), ElementsAre("Freight 40.00"));
    EXPECT_EQ(account.leg(parent, "BLR").version, version);
    EXPECT_THAT(charges(account.leg(parent, "BOM")), ElementsAre("Freight 10.00"));
    EXPECT_THAT(charges(account.leg(parent, "MYS")), ElementsAre("Freight 50.00"));
    EXPECT_THAT(charges(parent), ElementsAre("Freight 100.00"));
    account.expect_sound();
}

TEST(ChargesOfLegs, OfALegThatEndsGoToThoseThatTakeItsGoods) {
    Splitter account;
    account.under_gst();
    auto parent = account.split(tea(account, 10, {Splitter::charge("Freight", "100.00")}),
                                {{"BLR", 4}, {"BOM", 6}});
    parent = account.distribute(parent, {Splitter::same_leg(account.leg(parent, "BOM"), 0),
                                         Splitter::same_leg(account.leg(parent, "BLR"), 10)});
    EXPECT_THAT(charges(account.leg(parent, "BLR")), ElementsAre("Freight 100.00"));
    EXPECT_THAT(charges(account.leg(parent, "BOM")), IsEmpty());
    EXPECT_EQ(parent.total.text(), "1155.00");
    account.expect_sound();
}

TEST(ChargesOfLegs, OfACancelledLegAreOwedNoMore) {
    Splitter account;
    account.under_gst();
    auto parent = account.approve(account.submit(account.split(
        tea(account, 10,
            {Splitter::charge("Freight", "100.00"), Splitter::charge("Toll", "10.00", false)}),
        {{"BLR", 4}, {"BOM", 6}})));
    account.cancel_order(account.leg(parent, "BOM"));
    parent = account.read(parent);
    EXPECT_THAT(charges(parent), ElementsAre("Freight 40.00", "Toll 4.00"));
    EXPECT_EQ(parent.tax.place_of_supply, StateCode("29"));
    EXPECT_EQ(parent.total.text(), "466.00");
    EXPECT_EQ(parent.total, account.leg(parent, "BLR").total);
    account.expect_sound();
}

TEST(ChargesOfLegs, WhereGoodsCameGoOnlyWithWhatIsStillToCome) {
    Splitter account;
    account.under_gst();
    auto parent = account.approve(account.submit(account.split(
        tea(account, 10, {Splitter::charge("Freight", "100.00")}), {{"BLR", 4}, {"BOM", 6}})));
    account.receive(account.leg(parent, "BOM"), 6);
    account.receive(account.leg(parent, "BLR"), 1);
    parent = account.distribute(
        parent, {Splitter::same_leg(account.leg(parent, "BLR"), 1), Splitter::new_leg("MYS", 3)});
    EXPECT_THAT(charges(account.leg(parent, "BOM")), ElementsAre("Freight 60.00"));
    EXPECT_THAT(charges(account.leg(parent, "BLR")), ElementsAre("Freight 10.00"));
    EXPECT_THAT(charges(account.leg(parent, "MYS")), ElementsAre("Freight 30.00"));
    account.expect_sound();
}

TEST(TaxOfLegs, ThatDoesNotAddUpIsFoundOnTheLegAndOnItsParent) {
    Splitter account;
    account.under_gst();
    const auto parent = account.split(tea(account, 10), {{"BLR", 4}, {"BOM", 6}});
    account.session().execute("UPDATE purchase_order SET total = total + 10000 WHERE number = :n",
                              {{"n", parent.legs[1].number}});
    std::vector<std::string> found;
    for (const auto& violation : account.verification().violations) {
        found.push_back(violation.invariant + " " + violation.detail);
    }
    EXPECT_THAT(found, ElementsAre("M1 purchase order \"PO-000001\": total 1050.01, not 1050.00",
                                   "M1 purchase order \"PO-000003\": total 630.01, not 630.00"));
}

}  // namespace
}  // namespace wharf::domain

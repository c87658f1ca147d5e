// The vendor rule: minimum, multiple, price break, maximum, ties.
#include "vendor_choice.hpp"

#include <gtest/gtest.h>

namespace backorder_po {
namespace {

using wharf::Count;
using wharf::Money;
using wharf::Quantity;

Candidate candidate(const char* vendor, const char* price, std::int64_t minimum = 0,
                    std::int64_t multiple = 1) {
    Candidate made;
    made.item.vendor = wharf::VendorCode(vendor);
    made.item.sku = wharf::Sku("TEA");
    made.item.price = *Money::parse(price);
    made.item.minimum_quantity = Count(minimum);
    made.item.multiple = Quantity(multiple);
    return made;
}

Choice choose_by(VendorRule rule, std::vector<Candidate> candidates, std::int64_t need) {
    return choose(std::move(candidates), Quantity(need), rule, BelowMinimum::raise);
}

TEST(VendorChoice, RaisesToTheMinimumThenUpToTheMultiple) {
    const auto choice = choose_by(VendorRule::priority, {candidate("V1", "100", 12, 5)}, 3);
    ASSERT_EQ(choice.purchases.size(), 1U);
    EXPECT_EQ(choice.purchases[0].quantity, Quantity(15));
    EXPECT_EQ(choice.purchases[0].covers, Quantity(3));
    EXPECT_TRUE(choice.purchases[0].raised_to_minimum);
    EXPECT_TRUE(choice.purchases[0].raised_to_multiple);
}

TEST(VendorChoice, TakesThePriceBreakOfTheResultingLine) {
    auto made = candidate("V1", "100", 0, 50);
    made.item.price_breaks = {{Quantity(100), *Money::parse("95")},
                              {Quantity(500), *Money::parse("90")}};
    EXPECT_EQ(choose_by(VendorRule::priority, {made}, 60).purchases[0].unit_price.text(), "95.00");
    EXPECT_EQ(choose_by(VendorRule::priority, {made}, 50).purchases[0].unit_price.text(), "100.00");
}

TEST(VendorChoice, ReadsTheBreakAgainWhenALineIsJoined) {
    auto made = candidate("V1", "100");
    made.item.price_breaks = {{Quantity(100), *Money::parse("95")}};
    made.on_draft = Quantity(90);
    const auto choice = choose_by(VendorRule::priority, {made}, 10);
    EXPECT_EQ(choice.purchases[0].quantity, Quantity(10));
    EXPECT_EQ(choice.purchases[0].line_quantity, Quantity(100));
    EXPECT_EQ(choice.purchases[0].unit_price.text(), "95.00");
}

TEST(VendorChoice, AJoinedLineIsPastItsMinimumAlready) {
    auto made = candidate("V1", "100", 10);
    made.on_draft = Quantity(10);
    EXPECT_EQ(choose_by(VendorRule::priority, {made}, 3).purchases[0].quantity, Quantity(3));
}

TEST(VendorChoice, GivesTheRestPastAMaximumToTheNextVendor) {
    auto first = candidate("V1", "100", 0, 4);
    first.item.maximum_quantity = Quantity(10);
    first.item.priority = 1;
    const auto choice = choose_by(VendorRule::priority, {candidate("V2", "120"), first}, 30);
    ASSERT_EQ(choice.purchases.size(), 2U);
    EXPECT_EQ(choice.purchases[0].item.vendor.text(), "V1");
    EXPECT_EQ(choice.purchases[0].quantity, Quantity(8));
    EXPECT_TRUE(choice.purchases[0].cut_to_maximum);
    EXPECT_EQ(choice.purchases[1].quantity, Quantity(22));
    EXPECT_TRUE(choice.lost.empty());
}

TEST(VendorChoice, LeavesUncoveredWhatNobodyTakes) {
    auto only = candidate("V1", "100");
    only.item.maximum_quantity = Quantity(10);
    EXPECT_EQ(choose_by(VendorRule::priority, {only}, 30).uncovered, Quantity(20));
    EXPECT_EQ(choose_by(VendorRule::priority, {}, 30).uncovered, Quantity(30));
}

TEST(VendorChoice, TellsAMaximumFromAMinimum) {
    auto only = candidate("V1", "100");
    only.item.maximum_quantity = Quantity(10);
    EXPECT_TRUE(choose_by(VendorRule::priority, {only}, 30).maximum_reached);
    EXPECT_FALSE(choose_by(VendorRule::priority, {only}, 10).maximum_reached);
    only.on_draft = Quantity(10);
    const auto full = choose_by(VendorRule::priority, {only}, 20);
    EXPECT_TRUE(full.purchases.empty());
    EXPECT_TRUE(full.maximum_reached);
    EXPECT_FALSE(choose({candidate("V1", "100", 10)}, Quantity(3), VendorRule::priority,
                        BelowMinimum::pass_over)
                     .maximum_reached);
}

TEST(VendorChoice, CheapestCountsTheSurplusThatHasToBePaid) {
    // 3 needed: ten at 100 cost 1000, three at 200 cost 600.
    const auto choice =
        choose_by(VendorRule::cheapest, {candidate("V1", "100", 10), candidate("V2", "200")}, 3);
    EXPECT_EQ(choice.purchases[0].item.vendor.text(), "V2");
    ASSERT_EQ(choice.lost.size(), 1U);
    EXPECT_EQ(choice.lost[0].reason, "dearer");
    EXPECT_EQ(choice.lost[0].total->text(), "1000.00");
}

TEST(VendorChoice, FastestLooksAtTheLeadTime) {
    auto slow = candidate("V1", "1");
    slow.lead_time_days = 9;
    auto fast = candidate("V2", "100");
    fast.lead_time_days = 2;
    const auto choice = choose_by(VendorRule::fastest, {slow, fast}, 1);
    EXPECT_EQ(choice.purchases[0].item.vendor.text(), "V2");
    EXPECT_EQ(choice.lost[0].reason, "slower");
}

TEST(VendorChoice, TiesGoByPriorityThenCode) {
    auto second = candidate("A", "100");
    second.item.priority = 2;
    auto first = candidate("Z", "100");
    first.item.priority = 1;
    EXPECT_EQ(choose_by(VendorRule::cheapest, {second, first}, 1).purchases[0].item.vendor.text(),
              "Z");
    first.item.priority = 2;
    EXPECT_EQ(choose_by(VendorRule::cheapest, {first, second}, 1).purchases[0].item.vendor.text(),
              "A");
}

TEST(VendorChoice, PassesOverAVendorWhoseMinimumIsTooLargeWhenToldTo) {
    const auto choice = choose({candidate("V1", "100", 10)}, Quantity(3), VendorRule::priority,
                               BelowMinimum::pass_over);
    EXPECT_TRUE(choice.purchases.empty());
    EXPECT_EQ(choice.uncovered, Quantity(3));
    EXPECT_EQ(choice.lost[0].reason, "cannot_supply");
}

}  // namespace
}  // namespace backorder_po

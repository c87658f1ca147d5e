// What a line says of the purchases that made it.
#include "explanation.hpp"

#include <gtest/gtest.h>

namespace backorder_po {
namespace {

LineExplanation purchase(std::int64_t need) {
    LineExplanation made;
    made.rule = "priority";
    made.net_need = Count(need);
    made.covers = Count(need);
    return made;
}

TEST(Explanation, KeepsTheTermsOfEachPurchaseOldestFirst) {
    const auto line = joined(joined(purchase(3), purchase(6)), purchase(90));
    EXPECT_EQ(line.net_need, Count(90));
    ASSERT_EQ(line.earlier.size(), 2U);
    EXPECT_EQ(line.earlier[0].net_need, Count(3));
    EXPECT_EQ(line.earlier[1].net_need, Count(6));
    EXPECT_EQ(line.earlier_left_out, 0);
}

TEST(Explanation, KeepsTheLastOnesAndCountsTheOthers) {
    auto line = purchase(1);
    for (std::int64_t need = 2; need <= 14; ++need) line = joined(line, purchase(need));
    EXPECT_EQ(line.net_need, Count(14));
    ASSERT_EQ(line.earlier.size(), kEarlierMax);
    EXPECT_EQ(line.earlier.front().net_need, Count(4));
    EXPECT_EQ(line.earlier.back().net_need, Count(13));
    EXPECT_EQ(line.earlier_left_out, 3);
}

}  // namespace
}  // namespace backorder_po

// Which draft a product belongs on.
#include "drafts.hpp"

#include <gtest/gtest.h>

namespace backorder_po {
namespace {

constexpr wharf::Date kDay = wharf::Date::from_raw(20'000);

DraftKey key() {
    return {VendorCode("V1"), LocationCode("BLR"), 7, {}};
}

Sku product(std::size_t number) {
    return Sku("P" + std::to_string(number));
}

TEST(Drafts, BeginASecondOneWhereTheFirstIsFull) {
    Drafts drafts;
    for (std::size_t i = 0; i < kLinesMax; ++i) drafts.line_for(key(), product(i), kDay);
    ASSERT_EQ(drafts.all().at(key()).size(), 1U);
    drafts.line_for(key(), product(kLinesMax), kDay);
    ASSERT_EQ(drafts.all().at(key()).size(), 2U);
    EXPECT_EQ(drafts.all().at(key())[1].lines.size(), 1U);
    // What stands on the full one still joins its line.
    drafts.line_for(key(), product(3), kDay).quantity = Quantity(5);
    EXPECT_EQ(drafts.all().at(key())[0].lines.size(), kLinesMax);
    EXPECT_EQ(drafts.find(key(), product(3))->quantity, Quantity(5));
}

TEST(Drafts, CountTheLinesThatCannotBeJoinedToo) {
    Drafts drafts;
    Draft full;
    full.line_count = kLinesMax;
    drafts.take(key(), full);
    drafts.line_for(key(), product(1), kDay);
    ASSERT_EQ(drafts.all().at(key()).size(), 2U);
    EXPECT_FALSE(drafts.all().at(key())[0].changed);
    EXPECT_TRUE(drafts.all().at(key())[1].changed);
    EXPECT_EQ(drafts.all().at(key())[1].expected_on, kDay);
}

TEST(Drafts, JoinTheOldestThatHasTheProduct) {
    Drafts drafts;
    Draft first;
    first.number = DocumentNumber("PO-000001");
    Draft second;
    second.number = DocumentNumber("PO-000002");
    second.lines[product(1)].quantity = Quantity(4);
    drafts.take(key(), first);
    drafts.take(key(), second);
    EXPECT_EQ(drafts.find(key(), product(1))->quantity, Quantity(4));
    EXPECT_EQ(drafts.find(key(), product(2)), nullptr);
    drafts.line_for(key(), product(1), kDay);
    drafts.line_for(key(), product(2), kDay);
    EXPECT_EQ(drafts.all().at(key())[0].lines.count(product(2)), 1U);
    EXPECT_TRUE(drafts.all().at(key())[1].changed);
}

}  // namespace
}  // namespace backorder_po

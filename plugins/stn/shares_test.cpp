#include "shares.hpp"

#include <gtest/gtest.h>

namespace stn {
namespace {

using wharf::DocumentLine;
using wharf::Percent;

Money money(const char* text) {
    return Money::parse(text).value();
}

DocumentLine invoiced(std::int32_t line, std::int32_t source_line, std::int64_t quantity) {
    DocumentLine invoiced;
    invoiced.line = line;
    invoiced.source_line = source_line;
    invoiced.quantity = Count(quantity);
    return invoiced;
}

TEST(Shares, AUnitIsWorthItsShareToSixDecimals) {
    EXPECT_EQ(unit_price(money("100.00"), Quantity(3)).text(), "33.333333");
    EXPECT_EQ(unit_price(money("200.00"), Quantity(3)).text(), "66.666667");
    EXPECT_EQ(unit_price(money("0.00"), Quantity(3)), Money());
}

TEST(Shares, APercentOfTheMrpIsRoundedHalfUp) {
    EXPECT_EQ(share_of_mrp(money("250.00"), Percent::whole(60)).text(), "150.00");
    EXPECT_EQ(share_of_mrp(money("0.000001"), Percent::whole(50)).text(), "0.000001");
    EXPECT_EQ(share_of_mrp(money("99.99"), *Percent::parse("33.3333")).text(), "33.329967");
}

TEST(Shares, LowStockAsksUpToTheMaximum) {
    Suggestion stock;
    stock.minimum = Count(5);
    stock.maximum = Count(12);
    stock.available = Count(5);
    EXPECT_EQ(wanted(stock).raw(), 0);
    stock.available = Count(4);
    EXPECT_EQ(wanted(stock).raw(), 8);
    stock.coming = Count(1);
    EXPECT_EQ(wanted(stock).raw(), 0);
    stock.waiting = Count(10);
    EXPECT_EQ(wanted(stock).raw(), 17);
}

TEST(Shares, ANoteTakesFromTheLinesInOrderAndNoMoreThanIsLeft) {
    wharf::IssuedDocument invoice;
    invoice.lines = {invoiced(1, 1, 4), invoiced(2, 1, 5), invoiced(3, 2, 9)};
    invoice.lines[0].credited_quantity = Count(1);
    const auto lines = lines_of_note(invoice, {{1, Quantity(6), std::nullopt, {}}});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].original_line, 1);
    EXPECT_EQ(lines[0].quantity->raw(), 3);
    EXPECT_EQ(lines[1].original_line, 2);
    EXPECT_EQ(lines[1].quantity->raw(), 3);
}

TEST(Shares, SeveralCorrectionsOfOneLineAddUp) {
    wharf::IssuedDocument invoice;
    invoice.lines = {invoiced(1, 1, 4)};
    const auto lines = lines_of_note(
        invoice, {{1, Quantity(3), std::nullopt, {}}, {1, Quantity(3), std::nullopt, {}}});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].quantity->raw(), 4);
}

TEST(Shares, NamedUnitsAreTakenFromTheLineThatListsThem) {
    wharf::IssuedDocument invoice;
    invoice.lines = {invoiced(1, 1, 2), invoiced(2, 1, 2)};
    invoice.lines[0].serials = {wharf::Serial("P1"), wharf::Serial("P2")};
    invoice.lines[1].serials = {wharf::Serial("P3"), wharf::Serial("P4")};
    const auto lines =
        lines_of_note(invoice, {{1, Quantity(1), std::nullopt, {wharf::Serial("P4")}}});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].original_line, 2);
    EXPECT_EQ(lines[0].serials->front(), wharf::Serial("P4"));
}

TEST(Shares, ALotIsTakenFromItsOwnLine) {
    wharf::IssuedDocument invoice;
    invoice.lines = {invoiced(1, 1, 2), invoiced(2, 1, 2)};
    invoice.lines[0].lot = wharf::LotCode("A");
    invoice.lines[1].lot = wharf::LotCode("B");
    const auto lines = lines_of_note(invoice, {{1, Quantity(1), wharf::LotCode("B"), {}}});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].original_line, 2);
}

}  // namespace
}  // namespace stn

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

Suggestion stock_at(const char* destination, std::int64_t minimum, std::int64_t available,
                    std::int64_t waiting = 0) {
    Suggestion stock;
    stock.sku = Sku("TEA");
    stock.destination = LocationCode(destination);
    stock.minimum = Count(minimum);
    stock.maximum = Count(2 * minimum);
    stock.available = Count(available);
    stock.waiting = Count(waiting);
    return stock;
}

TEST(Shares, WhoHasLeastOfItsMinimumIsMostUrgent) {
    const auto half = stock_at("A", 10, 5);
    const auto third = stock_at("B", 300, 100);
    const auto owing = stock_at("C", 1000, 0, 1);
    const auto no_minimum = stock_at("D", 0, 0, 1);
    EXPECT_TRUE(more_urgent(third, half));
    EXPECT_FALSE(more_urgent(half, third));
    EXPECT_TRUE(more_urgent(owing, third));
    EXPECT_TRUE(more_urgent(no_minimum, owing));
    EXPECT_FALSE(more_urgent(owing, no_minimum));
    EXPECT_FALSE(more_urgent(half, half));
}

TEST(Shares, OfEquallyUrgentPlacesWhoLacksMoreComesFirstThenTheCode) {
    EXPECT_TRUE(more_urgent(stock_at("B", 20, 10), stock_at("A", 10, 5)));
    EXPECT_TRUE(more_urgent(stock_at("A", 10, 5), stock_at("B", 10, 5)));
    EXPECT_FALSE(more_urgent(stock_at("B", 10, 5), stock_at("A", 10, 5)));
    // Sums of what is waiting and what the shares compare do not overflow.
    EXPECT_TRUE(more_urgent(stock_at("B", wharf::kQuantityMax, 0),
                            stock_at("A", wharf::kQuantityMax, wharf::kQuantityMax - 1)));
}

TEST(Shares, WhatIsMissingReachesToTheMinimumAndNeverBeyondTheMaximum) {
    auto stock = stock_at("A", 10, 4);
    EXPECT_EQ(missing(stock).raw(), 6);
    stock.maximum = Count(8);
    EXPECT_EQ(missing(stock).raw(), 4);
    stock.available = Count(10);
    EXPECT_EQ(missing(stock).raw(), 0);
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

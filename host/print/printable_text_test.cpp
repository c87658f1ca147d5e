#include "host/print/printable_text.hpp"

#include <gtest/gtest.h>

namespace wharf::print {
namespace {

Money money(const char* text) {
    return *Money::parse(text);
}

TEST(PrintableText, FiguresAreGroupedAsTheirReadersGroupThem) {
    EXPECT_EQ(grouped(money("0.00"), "INR"), "0.00");
    EXPECT_EQ(grouped(money("999.50"), "INR"), "999.50");
    EXPECT_EQ(grouped(money("1234567.50"), "INR"), "12,34,567.50");
    EXPECT_EQ(grouped(money("1234567.50"), "EUR"), "1,234,567.50");
    EXPECT_EQ(grouped(money("-123456.125"), "INR"), "-1,23,456.125");
    EXPECT_EQ(grouped(money("-123.00"), "INR"), "-123.00");
    EXPECT_EQ(grouped(1'000, "INR"), "1,000");
    EXPECT_EQ(grouped(100'000, "INR"), "1,00,000");
}

TEST(PrintableText, RupeesAreWrittenOut) {
    EXPECT_EQ(in_words(money("0.00"), "INR"), "Rupees zero only");
    EXPECT_EQ(in_words(money("17.02"), "INR"), "Rupees seventeen and paise two only");
    EXPECT_EQ(in_words(money("100.00"), "INR"), "Rupees one hundred only");
    EXPECT_EQ(in_words(money("56742.90"), "INR"),
              "Rupees fifty-six thousand seven hundred forty-two and paise ninety only");
    EXPECT_EQ(in_words(money("12300000.00"), "INR"), "Rupees one crore twenty-three lakh only");
    EXPECT_EQ(in_words(money("9000000000000.00"), "INR"), "Rupees nine lakh crore only");
    EXPECT_EQ(in_words(money("1.00"), "USD"), "");
}

TEST(PrintableText, WhatNobodySeesIsLeftOut) {
    EXPECT_EQ(printable("a\tb\r\nc\x01\x7F"), "a b\nc");
    EXPECT_EQ(printable("x\xC2\x85y"), "xy");  // C1
    EXPECT_EQ(printable("1\xE2\x80\xAE"
                        "23\xE2\x81\xA9"),
              "123");  // turned direction
    EXPECT_EQ(printable("चाय é 😀"), "चाय é 😀");
}

TEST(PrintableText, BytesThatAreNoTextAreShownAsSuch) {
    EXPECT_EQ(printable("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(printable("\xC3"), "\xEF\xBF\xBD");
    EXPECT_EQ(printable("\xED\xA0\x80").find("\xED\xA0"), std::string::npos);  // half a pair
    EXPECT_EQ(printable("\xC0\xAF").find('\xC0'), std::string::npos);          // overlong
}

TEST(PrintableText, DaysCannotBeReadTheOtherWayRound) {
    EXPECT_EQ(day_text(*Date::parse("2026-03-04")), "04 Mar 2026");
}

}  // namespace
}  // namespace wharf::print

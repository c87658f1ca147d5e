#include "host/domain/tolerance.hpp"

#include <gtest/gtest.h>

namespace wharf::domain {
namespace {

Tolerance rule(std::int64_t percent, std::int64_t absolute) {
    Tolerance tolerance;
    tolerance.percent = Percent::whole(percent);
    tolerance.absolute = Count(absolute);
    return tolerance;
}

Policies policies(std::vector<Tolerance> rules) {
    Policies result;
    result.tolerances = std::move(rules);
    return result;
}

Tolerance found(const Policies& from, const char* vendor, const char* sku, const char* location) {
    const std::optional<VendorCode> code{VendorCode(vendor)};
    return tolerance_for(from, {code, Sku(sku), LocationCode(location)});
}

TEST(Tolerance, WithoutARuleNothingMoreIsTaken) {
    const auto tolerance = found(policies({}), "V1", "TEA", "BLR");
    EXPECT_EQ(receivable(tolerance, Quantity(100), Money()), Quantity(100));
    EXPECT_EQ(*tolerance.beyond, BeyondTolerance::refuse);
}

TEST(Tolerance, FivePerCentOfAHundredTakesAHundredAndFive) {
    EXPECT_EQ(receivable(rule(5, 0), Quantity(100), Money()), Quantity(105));
}

TEST(Tolerance, FivePerCentOfThirtyIsRoundedDown) {
    EXPECT_EQ(receivable(rule(5, 0), Quantity(30), Money()), Quantity(31));
}

TEST(Tolerance, TheLargerOfPercentAndAbsoluteCounts) {
    EXPECT_EQ(receivable(rule(5, 3), Quantity(30), Money()), Quantity(33));
    EXPECT_EQ(receivable(rule(50, 3), Quantity(30), Money()), Quantity(45));
}

TEST(Tolerance, AValueLimitMustHoldAsWell) {
    auto tolerance = rule(50, 0);
    tolerance.value = Money::parse("25.00");
    EXPECT_EQ(receivable(tolerance, Quantity(30), *Money::parse("10.00")), Quantity(32));
    EXPECT_EQ(receivable(tolerance, Quantity(30), Money()), Quantity(45));
}

TEST(Tolerance, SkuWinsOverVendorAndVendorOverLocation) {
    auto by_location = rule(1, 0);
    by_location.location = LocationCode("BLR");
    auto by_vendor = rule(2, 0);
    by_vendor.vendor = VendorCode("V1");
    auto by_sku = rule(3, 0);
    by_sku.sku = Sku("TEA");
    const auto all = policies({rule(9, 0), by_location, by_vendor, by_sku});
    EXPECT_EQ(*found(all, "V1", "TEA", "BLR").percent, Percent::whole(3));
    EXPECT_EQ(*found(all, "V1", "RICE", "BLR").percent, Percent::whole(2));
    EXPECT_EQ(*found(all, "V2", "RICE", "BLR").percent, Percent::whole(1));
    EXPECT_EQ(*found(all, "V2", "RICE", "DEL").percent, Percent::whole(9));
}

}  // namespace
}  // namespace wharf::domain

#include "apportion.hpp"

#include <gmock/gmock.h>

#include <numeric>
#include <random>

namespace split_delivery {
namespace {

using ::testing::ElementsAre;
using wharf::LocationCode;

std::vector<Claim> claims(const std::vector<std::pair<const char*, std::int64_t>>& weights) {
    std::vector<Claim> made;
    for (const auto& [code, weight] : weights) made.push_back({LocationCode(code), weight});
    return made;
}

TEST(Apportion, GivesEvenSharesAndTheRestByCode) {
    EXPECT_THAT(apportion(10, claims({{"DEL", 1}, {"BLR", 1}, {"MUM", 1}})), ElementsAre(3, 4, 3));
}

TEST(Apportion, GivesTheRestToTheLargestRemainder) {
    // 10 x 1/7 = 1.43, x 2/7 = 2.86, x 4/7 = 5.71
    EXPECT_THAT(apportion(10, claims({{"A", 1}, {"B", 2}, {"C", 4}})), ElementsAre(1, 3, 6));
}

TEST(Apportion, GivesNothingToNoWeight) {
    EXPECT_THAT(apportion(3, claims({{"A", 0}, {"B", 5}})), ElementsAre(0, 3));
}

TEST(Apportion, OfTheLargestQuantityDoesNotOverflow) {
    const auto parts = apportion(wharf::kQuantityMax, claims({{"A", INT64_MAX}, {"B", INT64_MAX}}));
    EXPECT_EQ(parts[0] + parts[1], wharf::kQuantityMax);
}

// Whatever the weights: exact in sum, none further than one from its exact share, and nobody with
// the larger weight gets less.
TEST(Apportion, IsExactAndFairForRandomWeights) {
    std::mt19937 random(7);
    for (int round = 0; round < 5000; ++round) {
        const auto total = std::uniform_int_distribution<std::int64_t>(0, 1'000'000)(random);
        std::vector<Claim> made;
        std::int64_t weights = 0;
        const auto count = std::uniform_int_distribution<std::size_t>(1, 12)(random);
        for (std::size_t i = 0; i < count; ++i) {
            const auto weight = std::uniform_int_distribution<std::int64_t>(0, 1'000'000)(random);
            weights += weight;
            made.push_back({LocationCode("L" + std::to_string(i)), weight});
        }
        if (weights == 0) continue;
        const auto parts = apportion(total, made);
        EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), total);
        for (std::size_t i = 0; i < count; ++i) {
            const auto exact =
                static_cast<std::int64_t>(wharf::Int128{total} * made[i].weight / weights);
            EXPECT_GE(parts[i], exact);
            EXPECT_LE(parts[i], exact + 1);
            for (std::size_t j = 0; j < count; ++j) {
                if (made[i].weight > made[j].weight) {
                    EXPECT_GE(parts[i], parts[j]);
                }
            }
        }
    }
}

}  // namespace
}  // namespace split_delivery

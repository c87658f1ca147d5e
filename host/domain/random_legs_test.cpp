// Thousands of splits of random orders: per product and to the last six-decimal price exact,
// whatever is split, how often, and over how many places.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "host/domain/purchase_price.hpp"
#include "host/domain/testing/splitter_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Splitter;

class RandomSplitter {
public:
    explicit RandomSplitter(unsigned seed) : random_(seed) {
        for (const char* sku : {"MILK", "RICE", "SALT"}) account_.product(sku);
    }

    void run(int orders) {
        for (int i = 0; i < orders; ++i) {
            auto parent = split(create());
            expect_exact(parent);
            for (int again = 0; again < 3; ++again) {
                parent = split(parent);
                expect_exact(parent);
            }
            if (::testing::Test::HasFailure()) FAIL() << "order " << i;
        }
        account_.expect_sound();
    }

private:
    std::int64_t from_to(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }

    PurchaseOrder create() {
        auto request = Splitter::buying({});
        ordered_.clear();
        for (const char* sku : {"TEA", "MILK", "RICE", "SALT", "TEA"}) {
            if (from_to(0, 2) == 0 && !request.lines.empty()) continue;
            auto& line = request.lines.emplace_back();
            line.sku = Sku(sku);
            line.quantity = Quantity(from_to(1, 100'000));
            line.unit_price = Money::from_raw(from_to(0, 5'000'000'000));
            ordered_[line.sku] += line.quantity;
        }
        return account_.create(request);
    }

    // Each line over the legs that are there and some new ones, by random weights.
    PurchaseOrder split(const PurchaseOrder& order) {
        std::vector<purchasing::Leg> legs;
        for (const auto& leg : order.legs) {
            if (leg.status == PurchaseOrderStatus::draft)
                legs.push_back({leg.number, {}, {}, {}, {}});
        }
        const auto places = std::vector<std::string>{"BLR", "DEL", "MUM"};
        for (auto i = from_to(order.legs.empty() ? 1 : 0, 2); i > 0; --i) {
            purchasing::Leg leg;
            leg.location = LocationCode(places[static_cast<std::size_t>(from_to(0, 2))]);
            legs.push_back(std::move(leg));
        }
        for (const auto& line : order.lines) {
            auto left = line.quantity;
            for (std::size_t i = 0; i < legs.size(); ++i) {
                const bool last = i + 1 == legs.size();
                const auto part = last ? left : Quantity(from_to(0, left.raw()));
                left -= part;
                if (part.positive() || legs[i].number) {
                    legs[i].lines.push_back({line.line, Count(part), {}});
                }
            }
        }
        std::erase_if(legs, [](const auto& leg) { return leg.lines.empty(); });
        return account_.distribute(order, std::move(legs));
    }

    void expect_exact(const PurchaseOrder& parent) {
        std::map<Sku, Quantity> carried;
        Money amount;
        for (const auto& leg : parent.legs) {
            const auto child = account_.read_number(leg.number);
            for (const auto& line : child.lines) {
                carried[line.sku] += line.quantity;
                amount += line.amount;
                EXPECT_EQ(line.amount, line_amount(line.quantity, line.unit_price, Money(), 2));
                const auto index = static_cast<std::size_t>(*line.parent_line - 1);
                EXPECT_EQ(line.unit_price, parent.lines[index].unit_price);
            }
        }
        EXPECT_EQ(carried, ordered_);
        EXPECT_EQ(parent.amount, amount);
        Money of_lines;
        for (const auto& line : parent.lines) of_lines += line.amount;
        EXPECT_EQ(of_lines, amount);
    }

    Splitter account_;
    std::mt19937 random_;
    std::map<Sku, Quantity> ordered_;
};

class RandomLegs : public ::testing::TestWithParam<unsigned> {};

// Four seeds of 300 orders, each split once and three times anew: 4,800 distributions.
TEST_P(RandomLegs, AddUpToTheirOrderExactly) {
    RandomSplitter(GetParam()).run(300);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLegs, ::testing::Range(1U, 5U));

}  // namespace
}  // namespace wharf::domain

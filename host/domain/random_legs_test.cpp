// Thousands of splits of random orders (WHARF_SPLITS says how many; script/prove --splits asks for
// ten thousand): whatever is split, over how many places, how often, and while goods come in and
// legs are called off, units are exact per product and money is the sum of the legs, to the paisa.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_price.hpp"
#include "host/domain/testing/splitter_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Splitter;

constexpr int kSeeds = 4;

int splits_wanted() {
    const char* wanted = std::getenv("WHARF_SPLITS");
    return wanted == nullptr ? 1200 : std::max(kSeeds, std::atoi(wanted));
}

class RandomSplitter {
public:
    explicit RandomSplitter(unsigned seed) : random_(seed) {
        account_.under_gst();
        for (const char* sku : {"MILK", "RICE", "SALT"}) account_.good(sku, "12", "1.00");
    }

    void run(int splits) {
        for (int orders = 0; splits_ < splits; ++orders) {
            auto parent = split(create());
            expect_exact(parent);
            for (int again = 0; again < 3; ++again) {
                parent = go_on(parent);
                if (!is_live(parent.status)) break;
                parent = split(parent);
                expect_exact(parent);
            }
            if (orders % 50 == 0) account_.expect_sound();
            if (::testing::Test::HasFailure()) FAIL() << "order " << orders;
        }
        account_.expect_sound();
        EXPECT_GT(received_, splits / 20) << "too little arrived to mean anything";
        EXPECT_GT(called_off_, splits / 50) << "too little was called off to mean anything";
        std::cout << "proof: splits: " << splits_ << " distributions, " << received_
                  << " receipts and " << called_off_ << " cancelled legs between them\n";
    }

private:
    std::int64_t from_to(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    bool once_in(std::int64_t times) { return from_to(1, times) == 1; }

    PurchaseOrder create() {
        auto request = Splitter::buying({});
        ordered_.clear();
        prices_.clear();
        charges_ = Money();
        for (const char* sku : {"TEA", "MILK", "RICE", "SALT", "TEA"}) {
            if (once_in(3) && !request.lines.empty()) continue;
            auto& line = request.lines.emplace_back();
            line.sku = Sku(sku);
            line.quantity = Quantity(from_to(1, once_in(2) ? 10 : 100'000));
            line.unit_price = Money::from_raw(once_in(9) ? 0 : from_to(0, 5'000'000'000));
            ordered_[line.sku] += line.quantity;
            prices_.push_back(*line.unit_price);
        }
        for (const bool before_tax : {true, false}) {
            if (once_in(2)) continue;
            const auto amount = Money::from_raw(from_to(0, 1'000'000) * 10'000);  // paise
            request.charges->push_back({Name("Freight"), amount, before_tax});
            charges_ += amount;
        }
        return account_.create(request);
    }

    // Approval, goods and cancellations come between two distributions.
    PurchaseOrder go_on(const PurchaseOrder& parent) {
        if (parent.status == PurchaseOrderStatus::draft) {
            if (once_in(2)) account_.approve(account_.submit(parent));
            return account_.read(parent);
        }
        for (const auto& shown : parent.legs) {
            const auto leg = account_.read_number(shown.number);
            if (!is_live(leg.status) || nothing_outstanding(leg)) continue;
            if (once_in(8) && !something_received(leg)) {
                account_.cancel_order(leg);
                charges_ = Money::from_raw(-1);  // of what was called off nothing is owed
                ++called_off_;
            } else if (once_in(2)) {
                receive_some(leg);
            }
        }
        return account_.read(parent);
    }

    void receive_some(const PurchaseOrder& leg) {
        receiving::PostReceipt request;
        request.purchase_order = leg.number;
        request.location = leg.ship_to;
        for (const auto& line : leg.lines) {
            if (!line.outstanding.positive() || (once_in(3) && !request.lines.empty())) continue;
            auto& got = request.lines.emplace_back();
            got.purchase_order_line = line.line;
            got.sku = line.sku;
            got.quantity = Quantity(from_to(1, line.outstanding.raw()));
        }
        account_.post(request);
        ++received_;
    }

    // Each line over the legs that are there and some new ones, by random weights; what came stays.
    PurchaseOrder split(const PurchaseOrder& order) {
        std::vector<purchasing::Leg> legs;
        std::vector<PurchaseOrder> present;
        for (const auto& leg : order.legs) {
            present.push_back(account_.read_number(leg.number));
            if (may_change(present.back())) legs.push_back({leg.number, {}, {}, {}, {}});
        }
        const auto places = std::vector<std::string>{"BLR", "MYS", "BOM", "DEL"};
        for (auto i = from_to(legs.empty() ? 1 : 0, 2); i > 0; --i) {
            purchasing::Leg leg;
            leg.location = LocationCode(places[static_cast<std::size_t>(from_to(0, 3))]);
            legs.push_back(std::move(leg));
        }
        for (const auto& line : order.lines) deal(line, present, legs);
        std::erase_if(legs, [](const auto& leg) { return leg.lines.empty(); });
        ++splits_;
        return account_.distribute(order, std::move(legs));
    }

    static bool may_change(const PurchaseOrder& leg) {
        return is_live(leg.status) || (leg.status == PurchaseOrderStatus::completed && !leg.closed);
    }

    void deal(const PurchaseOrderLine& line, const std::vector<PurchaseOrder>& present,
              std::vector<purchasing::Leg>& legs) {
        std::map<DocumentNumber, Quantity> fixed;
        Quantity left = line.quantity;
        for (const auto& leg : present) {
            for (const auto& own : leg.lines) {
                if (own.parent_line != line.line) continue;
                const auto stays =
                    may_change(leg) ? own.quantity - own.outstanding : Quantity(own.quantity);
                fixed[leg.number] = stays;
                left -= stays;
            }
        }
        for (std::size_t i = 0; i < legs.size(); ++i) {
            const bool last = i + 1 == legs.size();
            auto part = last ? left : Quantity(from_to(0, left.raw()));
            left -= part;
            if (legs[i].number) part += fixed[*legs[i].number];
            if (part.positive() || legs[i].number) {
                legs[i].lines.push_back({line.line, Count(part), {}});
            }
        }
    }

    void expect_exact(const PurchaseOrder& parent) {
        std::map<Sku, Quantity> carried;
        Money amount;
        Money tax;
        Money total;
        for (const auto& leg : parent.legs) {
            const auto child = account_.read_number(leg.number);
            for (const auto& line : child.lines) {
                carried[line.sku] += line.quantity;
                EXPECT_EQ(line.amount,
                          line_amount(still_ordered(line), line.unit_price, Money(), 2));
                EXPECT_EQ(line.unit_price,
                          prices_[static_cast<std::size_t>(*line.parent_line - 1)]);
            }
            amount += child.amount;
            tax += child.tax.tax;
            total += child.total;
        }
        EXPECT_EQ(carried, ordered_);
        EXPECT_EQ(parent.amount, amount);
        EXPECT_EQ(parent.tax.tax, tax);
        EXPECT_EQ(parent.total, total);
        expect_lines(parent);
        if (charges_.raw() >= 0) {
            EXPECT_EQ(sum_of_charges(parent), charges_);
        }
    }

    static void expect_lines(const PurchaseOrder& parent) {
        Money amount;
        Money tax;
        for (const auto& line : parent.lines) {
            amount += line.amount;
            for (const auto& share : line.tax) tax += share.amount;
        }
        EXPECT_EQ(amount, parent.amount);
        EXPECT_EQ(tax, parent.tax.tax);
    }

    static Money sum_of_charges(const PurchaseOrder& parent) {
        Money sum;
        for (const auto& charge : parent.charges) sum += charge.amount;
        return sum;
    }

    Splitter account_;
    std::mt19937 random_;
    std::map<Sku, Quantity> ordered_;
    std::vector<Money> prices_;  // by line
    Money charges_;              // of the order; negative: some were called off
    int splits_ = 0;
    int received_ = 0;
    int called_off_ = 0;
};

class RandomLegs : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomLegs, AddUpToTheirOrderExactly) {
    RandomSplitter(GetParam()).run(splits_wanted() / kSeeds);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLegs, ::testing::Range(1U, 1U + kSeeds));

}  // namespace
}  // namespace wharf::domain

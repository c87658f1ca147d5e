// The plugin's own tests: against the real host, with the bundle as it is installed.
#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <wharf/operations/sales.hpp>
#include <wharf/testing.hpp>

namespace {

struct Hold {
    wharf::Sku sku;
    wharf::LocationCode location;
    wharf::Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Hold, (), (sku, location, quantity))

struct HoldPlaced {
    std::string id;
};
BOOST_DESCRIBE_STRUCT(HoldPlaced, (), (id))

struct SafetyHold : testing::Test {
    SafetyHold() : account(host.account()) {
        account.location("BLR").product("TEA").stock("TEA", "BLR", 10).switch_on("safety_hold");
    }
    std::string hold(std::int64_t quantity) {
        return account
            .call<HoldPlaced>(
                "safety_hold.place",
                Hold{wharf::Sku("TEA"), wharf::LocationCode("BLR"), wharf::Quantity(quantity)})
            .id;
    }
    void order(std::int64_t quantity) {
        wharf::sales::PlaceOrder order;
        order.reference = wharf::Reference("W-" + std::to_string(++orders));
        order.location = wharf::LocationCode("BLR");
        auto& line = order.lines.emplace_back();
        line.sku = wharf::Sku("TEA");
        line.quantity = wharf::Quantity(quantity);
        account.call(order);
    }
    std::string refusal_of_order(std::int64_t quantity) {
        try {
            order(quantity);
            return "taken";
        } catch (const wharf::Refusal& refusal) {
            return refusal.code();
        }
    }

    wharf::testing::Host host;
    wharf::testing::Account account;
    int orders = 0;
};

TEST_F(SafetyHold, KeepsWhatIsHeldOutOfSale) {
    hold(4);
    EXPECT_EQ(refusal_of_order(7), "safety_hold.held_back");
    EXPECT_EQ(refusal_of_order(6), "taken");
    account.verify();
}

TEST_F(SafetyHold, LetsGoWhenItIsSwitchedOff) {
    hold(4);
    account.switch_off("safety_hold");
    EXPECT_EQ(refusal_of_order(7), "taken");
}

TEST_F(SafetyHold, RefusesWhatIsNoQuantityBeforeItIsEntered) {
    try {
        account.call<HoldPlaced>("safety_hold.place",
                                 Hold{wharf::Sku("TEA"), wharf::LocationCode("BLR"), {}});
        FAIL() << "taken";
    } catch (const wharf::Refusal& refusal) {
        ASSERT_EQ(refusal.faults().size(), 1U);
        EXPECT_EQ(refusal.faults()[0].pointer, "/quantity");
    }
}

TEST_F(SafetyHold, IsTheSameWhenItsAccountIsReplayed) {
    hold(4);
    order(3);
    account.expect_same_when_replayed().verify();
}

TEST_F(SafetyHold, RemembersAcrossARestart) {
    hold(4);
    host.restart();
    EXPECT_EQ(refusal_of_order(7), "safety_hold.held_back");
}

}  // namespace

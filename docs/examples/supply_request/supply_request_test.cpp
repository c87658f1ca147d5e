// Two accounts of one host, with the bundle as it is installed.
#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <wharf/operations/messages.hpp>
#include <wharf/testing.hpp>

namespace {

using wharf::AccountCode;

struct NewRequest {
    AccountCode supplier;
    wharf::Sku sku;
    wharf::Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(NewRequest, (), (supplier, sku, quantity))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct SupplyRequest : testing::Test {
    SupplyRequest() : shop(host.account("shop")), mill(host.account("mill")) {
        shop.switch_on("supply_request");
        mill.location("BLR").product("TEA").stock("TEA", "BLR", 10).switch_on("supply_request");
    }
    void both_agree() {
        shop.call(wharf::partners::Agree{AccountCode("mill"), wharf::Reason("our supplier")});
        mill.call(wharf::partners::Agree{AccountCode("shop"), wharf::Reason("our customer")});
    }
    void ask(const std::string& sku) {
        shop.call<boost::json::value>(
            "supply_request.ask",
            NewRequest{AccountCode("mill"), wharf::Sku(sku), wharf::Quantity(4)});
    }
    // The last request, as the shop sees it.
    boost::json::value request() {
        const auto page = shop.call<boost::json::value>("supply_request.list", Nothing{});
        return page.at("items").as_array().back().at("document");
    }

    wharf::testing::Host host;
    wharf::testing::Account shop;
    wharf::testing::Account mill;
};

TEST_F(SupplyRequest, IsAnsweredByTheOtherAccount) {
    both_agree();
    ask("TEA");
    EXPECT_TRUE(request().at("available").is_null());
    host.settle();
    EXPECT_EQ(request().at("available"), 10);
    shop.expect_same_when_replayed().verify();
    mill.expect_same_when_replayed().verify();
}

TEST_F(SupplyRequest, WaitsUntilTheOtherAccountAgrees) {
    shop.call(wharf::partners::Agree{AccountCode("mill"), wharf::Reason("our supplier")});
    ask("TEA");
    host.settle();
    EXPECT_TRUE(request().at("available").is_null());
    both_agree();
    host.settle();
    EXPECT_EQ(request().at("available"), 10);
}

TEST_F(SupplyRequest, SurvivesTheEndOfTheHostOnItsWay) {
    both_agree();
    ask("TEA");
    host.restart().pass(std::chrono::seconds(1));
    EXPECT_EQ(request().at("available"), 10);
}

TEST_F(SupplyRequest, ForAProductThatIsNotThereIsParkedWhereItFailed) {
    both_agree();
    ask("CAKE");
    for (int i = 0; i < 8; ++i) host.pass(std::chrono::minutes(11));
    wharf::messages::ListReceived parked;
    parked.status = wharf::messages::ReceivedStatus::parked;
    ASSERT_EQ(mill.call(parked).items.size(), 1U);
    mill.product("CAKE").stock("CAKE", "BLR", 3);
    mill.call(wharf::messages::RetryReceived{mill.call(parked).items[0].number});
    host.settle();
    EXPECT_EQ(request().at("available"), 3);
}

}  // namespace

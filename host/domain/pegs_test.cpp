// Pegs: made in allocation order, shrinking with demand and with supply.
#include "host/domain/pegs.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using Texts = std::vector<std::string>;

TEST(Pegs, AreMadeInAllocationOrder) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    account.pass_days(1);
    account.order("SO-2", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 7}});
    EXPECT_EQ(account.peg_to(account.supply(order), 100), 7);
    EXPECT_EQ(account.pegs(),
              (Texts{"SO-000001/1 <- PO-000001/1: 5", "SO-000002/1 <- PO-000001/1: 2"}));
    EXPECT_EQ(account.read(order).lines[0].pegged, Count(7));
    EXPECT_EQ(account.peg_to(account.supply(order), 1), 0);
    account.expect_sound();
}

TEST(Pegs, OfTheSameTwoLinesAreOne) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 7}});
    account.peg_to(account.supply(order), 2);
    account.peg_to(account.supply(order), 2);
    EXPECT_EQ(account.pegs(), (Texts{"SO-000001/1 <- PO-000001/1: 4"}));
}

TEST(Pegs, WhenDemandShrinksDraftsLoseFirstThenWaitingThenApproved) {
    Buyer account;
    const auto sold = account.order("SO-1", {{"TEA", 9}});
    const auto approved = account.approved({{"TEA", 3}});
    account.peg_to(account.supply(approved), 3);
    const auto waiting = account.submit(account.draft({{"TEA", 3}}));
    account.peg_to(account.supply(waiting), 3);
    const auto draft = account.draft({{"TEA", 3}});
    account.peg_to(account.supply(draft), 3);
    account.amend(sold, 1, 5);
    EXPECT_EQ(account.pegs(),
              (Texts{"SO-000001/1 <- PO-000001/1: 3", "SO-000001/1 <- PO-000002/1: 2"}));
    account.amend(sold, 1, 2);
    EXPECT_EQ(account.pegs(), (Texts{"SO-000001/1 <- PO-000001/1: 2"}));
    account.cancel(sold);
    EXPECT_TRUE(account.pegs().empty());
    account.expect_sound();
}

TEST(Pegs, AmongDraftsTheLastMadeLosesFirst) {
    Buyer account;
    const auto sold = account.order("SO-1", {{"TEA", 6}});
    const auto first = account.draft({{"TEA", 3}});
    const auto second = account.draft({{"TEA", 3}});
    account.peg_to(account.supply(second), 3);
    account.peg_to(account.supply(first), 3);
    account.amend(sold, 1, 4);
    EXPECT_EQ(account.pegs(),
              (Texts{"SO-000001/1 <- PO-000002/1: 3", "SO-000001/1 <- PO-000001/1: 1"}));
}

TEST(Pegs, WhenSupplyShrinksTheLastInAllocationOrderIsNeedAgain) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    account.pass_days(1);
    account.order("SO-2", {{"TEA", 5}});
    const auto order = account.approved({{"TEA", 10}});
    account.peg_to(account.supply(order), 10);
    account.amend_order(order, 1, 6);
    EXPECT_EQ(account.pegs(),
              (Texts{"SO-000001/1 <- PO-000001/1: 5", "SO-000002/1 <- PO-000001/1: 1"}));
    EXPECT_EQ(account.need().pegged, Count(6));
    account.cancel_order(order);
    EXPECT_TRUE(account.pegs().empty());
    account.expect_sound();
}

TEST(Pegs, OfRejectedAndClosedOrdersGo) {
    Buyer account;
    account.order("SO-1", {{"TEA", 9}});
    const auto turned_down = account.submit(account.draft({{"TEA", 3}}));
    const auto cut_short = account.approved({{"TEA", 6}});
    account.peg_to(account.supply(turned_down), 3);
    account.peg_to(account.supply(cut_short), 6);
    account.reject(turned_down);
    account.receive(cut_short, 2);
    account.close(cut_short);
    EXPECT_TRUE(account.pegs().empty());
    EXPECT_EQ(account.need().waiting, Count(7));
    account.expect_sound();
}

TEST(Pegs, SurviveAnotherVendor) {
    Buyer account;
    account.vendor("V2").sells("V2", "TEA", "90.00");
    account.order("SO-1", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 5}});
    account.peg_to(account.supply(order), 5);
    purchasing::AmendOrder request;
    request.number = order.number;
    request.vendor = VendorCode("V2");
    account.amend_order(request);
    EXPECT_EQ(account.pegs().size(), 1U);
    account.expect_sound();
}

TEST(Pegs, GoodsThatArriveServeTheirOwnDemandFirst) {
    Buyer account;
    const auto early = account.order("SO-1", {{"TEA", 5}});
    account.pass_days(1);
    const auto late = account.order("SO-2", {{"TEA", 5}});
    const auto order = account.approved({{"TEA", 7}});
    planning::PegSupply request;
    request.covers.push_back({account.supply(order), Quantity(5), late.number, {}, {}});
    account.run([&](Transaction& t) { return peg_supply(t, request); });
    account.receive(order, 4);
    EXPECT_EQ(account.read(late).lines[0].reserved, Count(4));
    EXPECT_EQ(account.pegs(), (Texts{"SO-000002/1 <- PO-000001/1: 1"}));
    account.receive(order, 3);
    EXPECT_EQ(account.read(late).lines[0].waiting, Count(0));
    EXPECT_EQ(account.read(early).lines[0].reserved, Count(2));
    account.expect_sound();
}

TEST(Pegs, EachLineSaysWhetherItsPegOrItsTurnServedIt) {
    Buyer account;
    account.product("RICE");
    const auto sold = account.order("SO-1", {{"TEA", 5}, {"RICE", 5}});
    const auto order = account.approved({{"TEA", 5}});
    account.peg_to(account.supply(order), 5);
    account.stock("RICE", "BLR", 3);
    account.receive(order, 5);
    account.stock("RICE", "BLR", 2);
    const auto lines = account.read(sold).lines;
    ASSERT_TRUE(lines[0].explanation && lines[1].explanation);
    EXPECT_NE(lines[0].explanation->text.find("\"by\":\"peg\""), std::string::npos);
    const auto& turn = lines[1].explanation->text;
    EXPECT_NE(turn.find("\"by\":\"allocation_order\""), std::string::npos);
    EXPECT_NE(turn.find("\"waited\":2"), std::string::npos) << turn;
}

TEST(Pegs, ADemandServedOtherwiseLosesThem) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 5}});
    account.peg_to(account.supply(order), 5);
    account.stock("TEA", "BLR", 3);
    EXPECT_EQ(account.pegs(), (Texts{"SO-000001/1 <- PO-000001/1: 2"}));
    EXPECT_EQ(account.need().open_purchase_orders, Count(3));
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

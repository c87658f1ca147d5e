// Planning: needs with every term, waiting lines and supply in their orders, covering.
#include "host/domain/planning.hpp"

#include "host/domain/released_pegs.hpp"
#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using Texts = std::vector<std::string>;

std::string text_of(const planning::Covered& covered) {
    return covered.supply.number.text() + ": " + std::to_string(covered.quantity.raw()) + " in " +
           std::to_string(covered.lines);
}

Texts texts_of(const planning::CoverReply& reply) {
    Texts texts;
    for (const auto& covered : reply.covered) texts.push_back(text_of(covered));
    return texts;
}

TEST(Needs, ShowsEachTermOfAProductAndLocation) {
    Buyer account;
    account.order("SO-1", {{"TEA", 50}});
    account.pass_days(1);
    const auto order = account.approved({{"TEA", 20}});
    account.draft({{"TEA", 4}});
    account.peg_to(account.supply(order), 12);
    const auto need = account.need();
    EXPECT_EQ(need.waiting, Count(50));
    EXPECT_EQ(need.pegged, Count(12));
    EXPECT_EQ(need.sellable, Count(0));
    EXPECT_EQ(need.open_purchase_orders, Count(12));
    EXPECT_FALSE(need.discontinued);
}

TEST(Needs, CountsNoUnapprovedHeldOrCancelledDemand) {
    Buyer account;
    auto request = account.placing({{"TEA", 5}});
    request.approved = false;
    account.place(request);
    const auto held = account.order("SO-2", {{"TEA", 5}});
    account.hold(held);
    account.cancel(account.order("SO-3", {{"TEA", 5}}));
    EXPECT_EQ(account.need().waiting, Count(0));
    account.release(held);
    EXPECT_EQ(account.need().waiting, Count(5));
}

TEST(Needs, PegsOfAHeldOrderCoverNobodyElse) {
    Buyer account;
    const auto held = account.order("SO-1", {{"TEA", 5}});
    account.order("SO-2", {{"TEA", 3}});
    const auto order = account.draft({{"TEA", 8}});
    account.peg_to(account.supply(order), 5);
    account.hold(held);
    EXPECT_EQ(account.need().waiting, Count(3));
    EXPECT_EQ(account.need().pegged, Count(0));
    EXPECT_EQ(account.need().open_purchase_orders, Count(3));
}

TEST(Needs, LockedAndExpiredLotsAreNoSupply) {
    Buyer account;
    account.product("MILK", Tracking::lot);
    account.lot("MILK", "BLR", "L1", 3, "2026-11-05");
    account.lot("MILK", "BLR", "L2", 4);
    account.run([](Transaction& t) {
        return lock_lot(t, catalog::LockLot{Sku("MILK"), LotCode("L2"), std::nullopt});
    });
    account.order("SO-1", {{"MILK", 10}});
    EXPECT_EQ(account.need("MILK").sellable, Count(0));
    EXPECT_EQ(account.need("MILK").waiting, Count(7));
}

TEST(Needs, AProductThatIsNotBoughtAnyMoreIsDiscontinuedOrInactive) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    EXPECT_FALSE(account.need().discontinued);
    catalog::PutProduct product;
    product.sku = Sku("TEA");
    product.name = Name("Tea");
    product.active = false;
    account.run([&](Transaction& t) { return put_product(t, product); });
    EXPECT_TRUE(account.need().discontinued);
    product.active = true;
    product.discontinued = true;
    account.run([&](Transaction& t) { return put_product(t, product); });
    EXPECT_TRUE(account.need().discontinued);
}

TEST(Needs, ExpectedReturnsAreCountedWhole) {
    Buyer account;
    account.stock("TEA", "BLR", 5);
    const auto sold = account.ship(account.order("SO-1", {{"TEA", 5}}));
    sales::ExpectReturn request;
    request.order = sold.number;
    request.lines.push_back({1, Quantity(3)});
    account.run([&](Transaction& t) { return expect_return(t, request); });
    account.order("SO-2", {{"TEA", 9}});
    EXPECT_EQ(account.need().expected_returns, Count(3));
}

TEST(Needs, AHorizonLeavesLaterPromisesOut) {
    Buyer account;
    auto soon = account.placing({{"TEA", 2}});
    soon.promised_for = Instant::parse("2026-11-05T00:00:00Z");
    account.place(soon);
    auto later = account.placing({{"TEA", 3}});
    later.promised_for = Instant::parse("2026-12-05T00:00:00Z");
    account.place(later);
    account.order("SO-3", {{"TEA", 4}});
    const auto order = account.draft({{"TEA", 9}});
    account.peg_to(account.supply(order), 9);
    planning::Needs request;
    request.due_before = Instant::parse("2026-11-30T00:00:00Z");
    const auto page = account.run([&](Transaction& t) { return needs(t, request); });
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].waiting, Count(6));
    EXPECT_EQ(page.items[0].pegged, Count(6));
}

TEST(Needs, ComesPageByPageByLocationAndSku) {
    Buyer account;
    account.location("DEL").product("RICE").product("SALT");
    account.order("SO-1", {{"TEA", 1}, {"RICE", 1}, {"SALT", 1}, {"TEA", 1, "10.00", "DEL"}});
    const auto order = account.draft({{"TEA", 5}});
    account.peg_to(account.supply(order), 1);
    planning::Needs request;
    request.limit = 1;
    request.unpegged_only = true;
    Texts seen;
    do {
        const auto page = account.run([&](Transaction& t) { return needs(t, request); });
        for (const auto& need : page.items) {
            seen.push_back(need.location.text() + " " + need.sku.text());
        }
        request.after = page.next;
    } while (request.after);
    EXPECT_EQ(seen, (Texts{"BLR RICE", "BLR SALT", "DEL TEA"}));
}

TEST(WaitingLines, ComeInTheAccountsAllocationOrder) {
    Buyer account;
    account.account.policies.allocation_order = AllocationOrder::priority;
    auto low = account.placing({{"TEA", 1}});
    low.priority = 9;
    account.place(low);
    account.place(account.placing({{"TEA", 1}}));
    auto high = account.placing({{"TEA", 1}, {"TEA", 2}});
    high.priority = 1;
    account.place(high);
    planning::WaitingLines request;
    request.limit = 1;
    Texts seen;
    do {
        const auto page = account.run([&](Transaction& t) { return waiting_lines(t, request); });
        for (const auto& line : page.items) {
            seen.push_back(line.order.text() + "/" + std::to_string(line.line));
        }
        request.after = page.next;
    } while (request.after);
    EXPECT_EQ(seen, (Texts{"SO-000003/1", "SO-000003/2", "SO-000001/1", "SO-000002/1"}));
}

TEST(WaitingLines, LeaveOutWhatIsPeggedUnlessAsked) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 5}});
    account.peg_to(account.supply(order), 5);
    planning::WaitingLines request;
    EXPECT_TRUE(
        account.run([&](Transaction& t) { return waiting_lines(t, request); }).items.empty());
    request.unpegged_only = false;
    const auto page = account.run([&](Transaction& t) { return waiting_lines(t, request); });
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].pegged, Count(5));
    EXPECT_FALSE(page.items[0].priority);
}

TEST(SupplyLines, ComeEarliestFirstWithoutADayLast) {
    Buyer account;
    const auto dated = [&](const char* day) {
        auto request = account.buying({{"TEA", 5}});
        if (day != nullptr) request.expected_on = Date::parse(day);
        account.create(request);
    };
    dated(nullptr);
    dated("2026-12-02");
    dated("2026-12-01");
    account.account.policies.quality_check_required = true;
    account.receive(account.approved({{"TEA", 2}}), 2);
    planning::SupplyLines request;
    request.limit = 1;
    Texts seen;
    do {
        const auto page = account.run([&](Transaction& t) { return supply_lines(t, request); });
        for (const auto& supply : page.items) {
            seen.push_back(supply.supply.number.text() + " " + std::to_string(supply.owed.raw()));
        }
        request.after = page.next;
    } while (request.after);
    EXPECT_EQ(seen, (Texts{"GRN-000001 2", "PO-000003 5", "PO-000002 5", "PO-000001 5"}));
}

TEST(Covering, SharesOneWalkThroughTheDemand) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    account.pass_days(1);
    account.order("SO-2", {{"TEA", 5}});
    const auto first = account.draft({{"TEA", 3}});
    const auto second = account.draft({{"TEA", 9}});
    planning::PegSupply request;
    request.covers.push_back({account.supply(first), Quantity(3), {}, {}, {}});
    request.covers.push_back({account.supply(second), Quantity(9), {}, {}, {}});
    const auto reply = account.run([&](Transaction& t) { return peg_supply(t, request); });
    EXPECT_EQ(texts_of(reply), (Texts{"PO-000001: 3 in 1", "PO-000002: 7 in 2"}));
    account.expect_sound();
}

TEST(Covering, NeverTiesMoreThanTheSupplyOwes) {
    Buyer account;
    account.order("SO-1", {{"TEA", 50}});
    const auto order = account.draft({{"TEA", 3}});
    planning::PegSupply request;
    request.covers.push_back({account.supply(order), Quantity(2), {}, {}, {}});
    request.covers.push_back({account.supply(order), Quantity(2), {}, {}, {}});
    const auto reply = account.run([&](Transaction& t) { return peg_supply(t, request); });
    EXPECT_EQ(texts_of(reply), (Texts{"PO-000001: 2 in 1", "PO-000001: 1 in 1"}));
    account.expect_sound();
}

TEST(Covering, OneSupplyLineIsSharedByCoversWithAndWithoutAnOrder) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    account.order("SO-2", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 8}});
    planning::PegSupply request;
    request.covers.push_back({account.supply(order), Quantity(9), {}, {}, {}});
    request.covers.push_back(
        {account.supply(order), Quantity(2), DocumentNumber("SO-000002"), 1, {}});
    const auto reply = account.run([&](Transaction& t) { return peg_supply(t, request); });
    EXPECT_EQ(texts_of(reply), (Texts{"PO-000001: 6 in 2", "PO-000001: 2 in 1"}));
    EXPECT_EQ(account.pegs(),
              (Texts{"SO-000002/1 <- PO-000001/1: 3", "SO-000001/1 <- PO-000001/1: 5"}));
    account.expect_sound();
}

TEST(Covering, RefusesSupplyThatIsNotComing) {
    Buyer account;
    const auto order = account.cancel_order(account.draft({{"TEA", 3}}));
    planning::PegSupply request;
    request.covers.push_back({account.supply(order), Quantity(2), {}, {}, {}});
    const auto refusal = account.refusal([&](Transaction& t) { return peg_supply(t, request); });
    EXPECT_EQ(refusal.faults().front().pointer, "/covers/0/supply");
    EXPECT_EQ(refusal.faults().front().code, "unknown_supply");
}

TEST(FreeSupply, IsTiedEarliestExpectedFirst) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    auto late = account.buying({{"TEA", 4}});
    late.expected_on = Date::parse("2026-12-09");
    account.create(late);
    auto early = account.buying({{"TEA", 4}});
    early.expected_on = Date::parse("2026-12-01");
    account.create(early);
    const auto reply =
        account.run([](Transaction& t) { return peg_free_supply(t, planning::PegFreeSupply{}); });
    EXPECT_EQ(texts_of(reply), (Texts{"PO-000002: 4 in 1", "PO-000001: 1 in 1"}));
    const auto again =
        account.run([](Transaction& t) { return peg_free_supply(t, planning::PegFreeSupply{}); });
    EXPECT_TRUE(again.covered.empty());
    account.expect_sound();
}

TEST(FreeSupply, KindsCanBeLeftOut) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    account.draft({{"TEA", 4}});
    planning::PegFreeSupply request;
    request.purchase_orders = false;
    EXPECT_TRUE(
        account.run([&](Transaction& t) { return peg_free_supply(t, request); }).covered.empty());
}

TEST(Unpegging, TakesTheLastInAllocationOrderFirst) {
    Buyer account;
    account.order("SO-1", {{"TEA", 5}});
    account.pass_days(1);
    account.order("SO-2", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 10}});
    account.peg_to(account.supply(order), 10);
    planning::UnpegSupply request{account.supply(order), Quantity(6)};
    const auto reply = account.run([&](Transaction& t) { return unpeg_supply(t, request); });
    EXPECT_EQ(texts_of(reply), (Texts{"PO-000001: 6 in 2"}));
    EXPECT_EQ(account.pegs(), (Texts{"SO-000001/1 <- PO-000001/1: 4"}));
    request.quantity.reset();
    account.run([&](Transaction& t) { return unpeg_supply(t, request); });
    EXPECT_TRUE(account.pegs().empty());
}

TEST(ReleasedPegs, AreSeenByKeysOfTheirLocationAndByNoVendor) {
    Buyer account;
    account.location("DEL");
    account.place(account.placing({{"TEA", 5}}, "DEL"));
    const auto order =
        account.approve(account.submit(account.create(account.buying({{"TEA", 5}}, "V1", "DEL"))));
    account.peg_to(account.supply(order), 5);
    account.cancel_order(order);
    planning::ReleasedPegs request;
    request.supply = order.number;
    const auto seen = [&] {
        return account.run([&](Transaction& t) { return released_pegs(t, request); }).items.size();
    };
    EXPECT_EQ(seen(), 1U);
    account.actor.locations = {LocationCode("DEL")};
    EXPECT_EQ(seen(), 1U);
    account.actor.locations = {LocationCode("BLR")};
    EXPECT_EQ(seen(), 0U);
    account.as_vendor("V1");
    EXPECT_EQ(account.refusal([&](Transaction& t) { return released_pegs(t, request); }).code(),
              "not_for_vendors");
}

}  // namespace
}  // namespace wharf::domain

#include <gmock/gmock.h>

#include "host/domain/testing/splitter_fixture.hpp"
#include "host/limits.hpp"

namespace wharf::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Splitter;

std::vector<std::string> event_names(Splitter& account) {
    std::vector<std::string> names;
    for (const auto& event : events_after(account.session(), 0, 1000)) {
        names.push_back(event.name + " " + (event.document ? event.document->text() : ""));
    }
    return names;
}

TEST(SplitOrder, BecomesAParentWithOneLegPerPlace) {
    Splitter account;
    const auto order = account.submit(account.draft({{"TEA", 10}}));
    const auto parent = account.split(order, {{"BLR", 4}, {"DEL", 6}});
    EXPECT_EQ(parent.number, order.number);
    EXPECT_EQ(parent.status, PurchaseOrderStatus::waiting_for_approval);
    ASSERT_EQ(parent.legs.size(), 2U);
    EXPECT_EQ(parent.legs[0].location.view(), "BLR");
    EXPECT_EQ(parent.legs[1].quantity.raw(), 6);
    ASSERT_EQ(parent.lines.size(), 1U);
    EXPECT_EQ(parent.lines[0].quantity.raw(), 10);
    EXPECT_EQ(parent.lines[0].outstanding.raw(), 10);
    EXPECT_EQ(parent.amount.text(), "1000.00");
    const auto leg = account.leg(parent, "DEL");
    EXPECT_EQ(leg.parent, parent.number);
    EXPECT_EQ(leg.ship_to.view(), "DEL");
    EXPECT_EQ(leg.lines[0].parent_line, 1);
    EXPECT_EQ(leg.amount.text(), "600.00");
    account.expect_sound();
}

// The parent is no supply: only its legs are, each at its place.
TEST(SplitOrder, CountsAsSupplyWhereItsLegsGo) {
    Splitter account;
    account.order("SO-1", {{"TEA", 5}});
    account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
    EXPECT_EQ(account.need("TEA", "BLR").open_purchase_orders.raw(), 4);
    account.expect_sound();
}

TEST(SplitOrder, PegsStayWithTheGoodsForTheirPlaceAndTheRestIsNeedAgain) {
    Splitter account;
    account.order("SO-1", {{"TEA", 5}});
    account.order("SO-2", {{"TEA", 5}});
    const auto order = account.draft({{"TEA", 10}});
    account.peg_to(Splitter::supply(order), 10);
    account.split(order, {{"BLR", 7}, {"DEL", 3}});
    EXPECT_THAT(account.pegs(),
                ElementsAre("SO-000001/1 <- PO-000002/1: 5", "SO-000002/1 <- PO-000002/1: 2"));
    EXPECT_EQ(account.need().pegged.raw(), 7);
    account.expect_sound();
}

TEST(SplitOrder, IsApprovedWithItsParent) {
    Splitter account;
    account.as_person("ann");
    const auto order = account.submit(account.draft({{"TEA", 10}}));
    account.as_plugin("split_delivery");
    const auto parent = account.split(order, {{"BLR", 4}, {"DEL", 6}});
    account.as_person("ann");
    const auto leg = account.leg(parent, "DEL");
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { approve_purchase_order(t, {leg.number}); }).code(),
        "leg_of_split");
    EXPECT_EQ(account.approve(parent).status, PurchaseOrderStatus::approved);
    EXPECT_EQ(account.leg(parent, "DEL").status, PurchaseOrderStatus::approved);
    account.expect_sound();
}

TEST(SplitOrder, MayHaveEachLegApprovedOnItsOwn) {
    Splitter account;
    auto request =
        Splitter::distributing(account.submit(account.draft({{"TEA", 10}})),
                               {Splitter::new_leg("BLR", 4), Splitter::new_leg("DEL", 6)});
    request.approval = LegApproval::separately;
    const auto parent = account.distribute(request);
    account.as_person("ben");
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { approve_purchase_order(t, {parent.number}); }).code(),
        "approved_by_leg");
    account.approve(account.leg(parent, "DEL"));
    EXPECT_EQ(account.read(parent).status, PurchaseOrderStatus::approved);
    account.reject(account.leg(parent, "BLR"));
    const auto after = account.read(parent);
    EXPECT_EQ(after.status, PurchaseOrderStatus::approved);
    EXPECT_EQ(after.lines[0].cancelled.raw(), 4);
    account.expect_sound();
}

// Two halves of an order past the limit are not below it.
TEST(SplitOrder, IsNoWayAroundTheApprovalLimit) {
    Splitter account;
    account.account.policies.purchase_approval_limit = Money::parse("600.00");
    account.as_person("ann");
    const auto order = account.submit(account.draft({{"TEA", 10}}));
    account.as_plugin("split_delivery");
    auto request =
        Splitter::distributing(order, {Splitter::new_leg("BLR", 5), Splitter::new_leg("DEL", 5)});
    request.approval = LegApproval::separately;
    const auto parent = account.distribute(request);
    account.as_person("ann");
    const auto leg = account.leg(parent, "DEL");
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { approve_purchase_order(t, {leg.number}); }).code(),
        "second_person_needed");
    account.as_person("ben");
    account.approve(leg);
    account.expect_sound();
}

TEST(SplitOrder, IsReceivedByItsLegsAndShowsProgressOverAll) {
    Splitter account;
    auto parent =
        account.split(account.submit(account.draft({{"TEA", 10}})), {{"BLR", 4}, {"DEL", 6}});
    parent = account.approve(parent);
    auto whole = Splitter::receiving_of(parent, 4);
    const auto refused = account.refusal([&](Transaction& t) { post_receipt(t, whole); });
    EXPECT_EQ(refused.code(), "split_order");
    EXPECT_EQ(refused.hint(), "receive PO-000002");
    account.receive(account.leg(parent, "BLR"), 4);
    auto shown = account.read(parent);
    EXPECT_EQ(shown.status, PurchaseOrderStatus::approved);
    EXPECT_EQ(shown.lines[0].received.raw(), 4);
    EXPECT_EQ(shown.lines[0].outstanding.raw(), 6);
    const auto receipt = account.receive(account.leg(parent, "DEL"), 6);
    EXPECT_EQ(account.read(parent).status, PurchaseOrderStatus::completed);
    account.reverse(receipt);
    EXPECT_EQ(account.read(parent).status, PurchaseOrderStatus::approved);
    account.expect_sound();
}

TEST(SplitOrder, OfABoundKeyIsItsOwnLegOnly) {
    Splitter account;
    const auto parent =
        account.split(account.submit(account.draft({{"TEA", 10}})), {{"BLR", 4}, {"DEL", 6}});
    account.as_person("del");
    account.actor.locations = {LocationCode("DEL")};
    const auto list = account.run([](Transaction& t) { return list_purchase_orders(t, {}); });
    ASSERT_EQ(list.items.size(), 1U);
    EXPECT_EQ(list.items[0].ship_to.view(), "DEL");
    account.actor.locations = {LocationCode("BLR")};
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { get_purchase_order(t, {parent.number}); }).kind(),
        RefusalKind::not_found);
    account.actor.locations.clear();
    account.expect_sound();
}

TEST(SplitOrder, IsAmendedByDistributingItAnew) {
    Splitter account;
    const auto parent = account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
    account.as_person("ann");
    const auto leg = account.leg(parent, "DEL");
    EXPECT_EQ(account
                  .refusal([&](Transaction& t) {
                      amend_purchase_order(t, Splitter::amending(leg, 1, 7));
                  })
                  .code(),
              "leg_of_split");
    EXPECT_EQ(account
                  .refusal([&](Transaction& t) {
                      amend_purchase_order(t, Splitter::amending(parent, 1, 11));
                  })
                  .code(),
              "split_order");
    account.as_plugin("split_delivery");
    const auto after =
        account.distribute(parent, {Splitter::same_leg(account.leg(parent, "BLR"), 1),
                                    Splitter::same_leg(leg, 5), Splitter::new_leg("MUM", 4)});
    ASSERT_EQ(after.legs.size(), 3U);
    EXPECT_EQ(after.lines[0].quantity.raw(), 10);
    EXPECT_EQ(account.leg(parent, "MUM").lines[0].unit_price.text(), "100.00");
    account.expect_sound();
}

// Its source keeps its quantities in step with what they are for; the parent follows.
TEST(SplitOrder, OfAPluginIsAmendedByThatPlugin) {
    Splitter account;
    account.as_plugin("backorder_po");
    const auto parent = account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
    account.amend_order(account.leg(parent, "DEL"), 1, 8);
    EXPECT_EQ(account.read(parent).lines[0].quantity.raw(), 12);
    account.expect_sound();
}

TEST(SplitOrder, AfterAPartWasReceivedKeepsItWhereItIs) {
    Splitter account;
    auto parent = account.approve(
        account.split(account.submit(account.draft({{"TEA", 10}})), {{"BLR", 4}, {"DEL", 6}}));
    account.receive(account.leg(parent, "DEL"), 2);
    const auto del = account.leg(parent, "DEL");
    const auto refused = account.refused(Splitter::distributing(
        parent, {Splitter::same_leg(del, 1), Splitter::same_leg(account.leg(parent, "BLR"), 9)}));
    EXPECT_EQ(refused.kind(), RefusalKind::conflict);
    EXPECT_EQ(refused.code(), "below_received");
    parent = account.distribute(
        parent, {Splitter::same_leg(del, 2), Splitter::same_leg(account.leg(parent, "BLR"), 5),
                 Splitter::new_leg("MUM", 3)});
    EXPECT_EQ(account.leg(parent, "DEL").status, PurchaseOrderStatus::completed);
    EXPECT_EQ(account.leg(parent, "MUM").status, PurchaseOrderStatus::approved);
    EXPECT_EQ(parent.status, PurchaseOrderStatus::approved);
    account.expect_sound();
}

TEST(SplitOrder, WithoutAnythingForAPlaceEndsThatLeg) {
    Splitter account;
    const auto parent = account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
    const auto after =
        account.distribute(parent, {Splitter::same_leg(account.leg(parent, "BLR"), 0),
                                    Splitter::same_leg(account.leg(parent, "DEL"), 10)});
    EXPECT_EQ(after.legs[0].status, PurchaseOrderStatus::cancelled);
    EXPECT_EQ(after.status, PurchaseOrderStatus::draft);
    EXPECT_EQ(account.leg(parent, "DEL").lines[0].quantity.raw(), 10);
    account.expect_sound();
}

TEST(SplitOrder, RefusesAllFaultsAtOnce) {
    Splitter account;
    const auto order = account.draft({{"TEA", 10}});
    auto nowhere = Splitter::new_leg("GOA", 4);
    auto no_line = Splitter::new_leg("DEL", 4, 7);
    auto early = Splitter::new_leg("BLR", 3);
    early.expected_on = *Date::parse("2020-01-01");
    const auto refused = account.refused(Splitter::distributing(order, {nowhere, no_line, early}));
    EXPECT_EQ(refused.kind(), RefusalKind::invalid);
    std::vector<std::string> codes;
    for (const auto& fault : refused.faults()) codes.push_back(fault.pointer + " " + fault.code);
    EXPECT_THAT(codes, ElementsAre("/legs/0/location unknown_location",
                                   "/legs/1/lines/0/line unknown_line", "/legs/1/lines no_lines",
                                   "/legs/2/expected_on in_the_past", "/legs total_differs"));
    EXPECT_THAT(account.read(order).legs, IsEmpty());
    account.expect_sound();
}

TEST(SplitOrder, KeepsItsLegsWhereTheyGoAndKnowsNoOthers) {
    Splitter account;
    const auto parent = account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
    auto moved = Splitter::same_leg(account.leg(parent, "BLR"), 4);
    moved.location = LocationCode("MUM");
    auto stranger = Splitter::same_leg(account.draft({{"TEA", 1}}), 1);
    const auto refused = account.refused(Splitter::distributing(parent, {moved, stranger}));
    std::vector<std::string> codes;
    for (const auto& fault : refused.faults()) codes.push_back(fault.pointer + " " + fault.code);
    EXPECT_THAT(codes,
                ElementsAre("/legs/0/location leg_keeps_its_place", "/legs/1/number unknown_leg"));
    EXPECT_EQ(account.refused(Splitter::distributing(account.draft({{"TEA", 1}}), {}))
                  .faults()
                  .front()
                  .code,
              "no_legs");
    account.expect_sound();
}

TEST(SplitOrder, HasABoundedNumberOfLegsOverItsLife) {
    Splitter account;
    constexpr auto kMost = static_cast<std::int64_t>(limits::kPurchaseOrderLegsMax);
    const auto order = account.draft({{"TEA", kMost + 1}});
    std::vector<testing::Share> shares(static_cast<std::size_t>(kMost), {"DEL", 1});
    shares.push_back({"BLR", 1});
    const auto code_of = [&](const PurchaseOrder& of, std::vector<purchasing::Leg> legs) {
        return account.refused(Splitter::distributing(of, std::move(legs))).faults().front().code;
    };
    std::vector<purchasing::Leg> legs;
    for (const auto& share : shares) legs.push_back(Splitter::new_leg(share.location, 1));
    EXPECT_EQ(code_of(order, legs), "too_many_legs");
    shares.pop_back();
    shares.front().quantity = 2;
    const auto parent = account.split(order, shares);
    EXPECT_EQ(code_of(parent, {Splitter::same_leg(account.leg(parent, "DEL"), 1),
                               Splitter::new_leg("MUM", 1)}),
              "too_many_legs");
    account.expect_sound();
}

TEST(SplitOrder, IsRefusedOnAnOldLook) {
    Splitter account;
    const auto order = account.draft({{"TEA", 10}});
    const auto parent = account.split(order, {{"BLR", 4}, {"DEL", 6}});
    auto request =
        Splitter::distributing(parent, {Splitter::same_leg(account.leg(parent, "BLR"), 5),
                                        Splitter::same_leg(account.leg(parent, "DEL"), 5)});
    request.version = order.version;
    const auto refused = account.refused(request);
    EXPECT_EQ(refused.kind(), RefusalKind::conflict);
    EXPECT_EQ(refused.code(), "distribution_changed");
    request.version = parent.version;
    account.distribute(request);
    account.expect_sound();
}

TEST(SplitOrder, OnceGoodsCameToTheUnsplitOrderIsRefused) {
    Splitter account;
    const auto order = account.approved({{"TEA", 10}});
    account.receive(order, 1);
    EXPECT_EQ(account.refused(Splitter::distributing(order, {Splitter::new_leg("DEL", 10)})).code(),
              "already_received");
}

TEST(SplitOrder, TakesStepsAsAWhole) {
    Splitter account;
    auto parent = account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
    EXPECT_EQ(account.submit(parent).status, PurchaseOrderStatus::waiting_for_approval);
    account.approve(parent);
    account.receive(account.leg(parent, "BLR"), 1);
    EXPECT_EQ(account
                  .refusal([&](Transaction& t) {
                      cancel_purchase_order(t, {parent.number, std::nullopt});
                  })
                  .code(),
              "already_received");
    parent = account.close(parent);
    EXPECT_EQ(parent.status, PurchaseOrderStatus::completed);
    EXPECT_TRUE(parent.closed);
    EXPECT_EQ(account.leg(parent, "DEL").status, PurchaseOrderStatus::cancelled);
    EXPECT_EQ(parent.lines[0].cancelled.raw(), 9);
    account.expect_sound();
}

TEST(SplitOrder, TellsOfEveryLegAndThenOfItself) {
    Splitter account;
    const auto order = account.submit(account.draft({{"TEA", 10}}));
    account.approve(account.split(order, {{"BLR", 4}, {"DEL", 6}}));
    EXPECT_THAT(
        event_names(account),
        ElementsAre("purchase_order.created PO-000001", "purchase_order.submitted PO-000001",
                    "purchase_order.created PO-000002", "purchase_order.created PO-000003",
                    "purchase_order.amended PO-000001", "purchase_order.approved PO-000002",
                    "purchase_order.approved PO-000003", "purchase_order.approved PO-000001"));
}

TEST(SplitOrder, DealsAnnouncedSerialsInOrderOrAsNamed) {
    Splitter account;
    account.account.inventory_type = InventoryType::serialized;
    account.account.serial_mode = 1;
    account.product("PHONE", Tracking::serial).sells("V1", "PHONE", "100.00");
    auto request = Splitter::buying({{"PHONE", 4}});
    request.lines[0].serials = std::vector{Serial("A"), Serial("B"), Serial("C"), Serial("D")};
    const auto order = account.create(request);
    auto blr = Splitter::new_leg("BLR", 2);
    auto del = Splitter::new_leg("DEL", 2);
    del.lines[0].serials = std::vector{Serial("B"), Serial("X")};
    EXPECT_EQ(account.refused(Splitter::distributing(order, {blr, del})).faults().front().code,
              "serial_not_free");
    del.lines[0].serials = std::vector{Serial("B"), Serial("A")};
    auto parent = account.distribute(order, {blr, del});
    EXPECT_THAT(account.leg(parent, "BLR").lines[0].serials, ElementsAre(Serial("C"), Serial("D")));
    EXPECT_THAT(account.leg(parent, "DEL").lines[0].serials, ElementsAre(Serial("B"), Serial("A")));
    parent = account.distribute(parent, {Splitter::same_leg(account.leg(parent, "BLR"), 3),
                                         Splitter::same_leg(account.leg(parent, "DEL"), 1)});
    EXPECT_THAT(account.leg(parent, "BLR").lines[0].serials,
                ElementsAre(Serial("C"), Serial("D"), Serial("A")));
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

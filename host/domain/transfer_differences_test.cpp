#include <gmock/gmock.h>

#include "host/domain/testing/transfer_fixture.hpp"

namespace wharf::domain::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TransferDifferenceTest : public ::testing::Test {
protected:
    void TearDown() override { account.expect_sound(); }

    // Five left, three came.
    Transfer two_missing() {
        account.stock("TEA", "BLR", 5);
        return account.receive(account.dispatched({{"TEA", 5}}), 1, 3, 0, 2);
    }
    Refusal refused(const transfers::Resolve& request) {
        return account.refusal([&](Transaction& t) { return resolve_difference(t, request); });
    }
    Refusal refused(const transfers::Receive& request) {
        return account.refusal([&](Transaction& t) { return receive_transfer(t, request); });
    }
    Refusal refused(const transfers::Cancel& request) {
        return account.refusal([&](Transaction& t) { return cancel_transfer(t, request); });
    }
    static transfers::Disposition at(std::int64_t quantity, DifferenceOutcome outcome) {
        transfers::Disposition disposition;
        disposition.line = 1;
        disposition.quantity = Quantity(quantity);
        disposition.outcome = outcome;
        return disposition;
    }

    Mover account;
};

TEST_F(TransferDifferenceTest, WhatDoesNotComeStaysInTransitWithAnOwnerAndADay) {
    const auto transfer = two_missing();
    EXPECT_EQ(transfer.status, TransferStatus::partly_received);
    ASSERT_EQ(transfer.differences.size(), 1U);
    EXPECT_EQ(transfer.differences[0].open.raw(), 2);
    EXPECT_EQ(transfer.differences[0].owner.text(), "dispatch desk");
    EXPECT_EQ(transfer.differences[0].due_on, Date::parse("2026-12-01"));
    EXPECT_EQ(account.outside("@transit").on_hand.raw(), 2);
}

TEST_F(TransferDifferenceTest, AnOwnerAndADayAreAskedFor) {
    account.stock("TEA", "BLR", 5);
    auto request = Mover::receiving(account.dispatched({{"TEA", 5}}), 1, 3, 0, 2);
    request.difference_owner.reset();
    request.difference_due_on = Date::parse("2020-01-01");
    const auto refusal = refused(request);
    ASSERT_EQ(refusal.faults().size(), 2U);
    EXPECT_EQ(refusal.faults()[0].pointer, "/difference_owner");
    EXPECT_EQ(refusal.faults()[1].code, "in_the_past");
}

TEST_F(TransferDifferenceTest, CompleteReportsAllThatIsStillOnTheWay) {
    account.stock("TEA", "BLR", 5);
    auto request = Mover::receiving(account.dispatched({{"TEA", 5}}), 1, 4);
    request.complete = true;
    const auto transfer = account.receive(request);
    EXPECT_EQ(transfer.lines[0].difference.raw(), 1);
    EXPECT_EQ(transfer.differences[0].quantity.raw(), 1);
}

TEST_F(TransferDifferenceTest, ReturnedUnitsAreSellableAtTheSourceAgainAtTheirCost) {
    const auto transfer = two_missing();
    const auto after =
        account.resolve(Mover::found(transfer, DifferenceOutcome::returned_to_source));
    EXPECT_EQ(after.status, TransferStatus::received);
    EXPECT_EQ(after.lines[0].returned.raw(), 2);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 2);
    EXPECT_EQ(account.level("TEA", "BLR").value.text(), "180.00");
    EXPECT_EQ(account.level("TEA", "DEL").value.text(), "270.00");
}

TEST_F(TransferDifferenceTest, ALossIsBookedWithItsReason) {
    const auto transfer = two_missing();
    auto request = Mover::found(transfer, DifferenceOutcome::lost, 1);
    request.reason.reset();
    EXPECT_EQ(refused(request).faults()[0].pointer, "/reason");
    request.reason = Reason("fell off the truck");
    const auto after = account.resolve(request);
    EXPECT_EQ(after.status, TransferStatus::partly_received);
    EXPECT_EQ(after.lines[0].lost.raw(), 1);
    EXPECT_EQ(account.outside("@loss").value.text(), "90.00");
    inventory::Movements query;
    query.document = transfer.number;
    const auto moved = account.run([&](Transaction& t) { return movements(t, query); });
    EXPECT_EQ(moved.items.back().reason.text(), "lost in transit: fell off the truck");
}

TEST_F(TransferDifferenceTest, WhatComesLateServesWhoWaits) {
    const auto transfer = two_missing();
    const auto order = account.place(TestAccount::placing({{"TEA", 5}}, "DEL"));
    EXPECT_EQ(order.lines[0].waiting.raw(), 2);
    account.resolve(Mover::found(transfer, DifferenceOutcome::received_late));
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 5);
}

TEST_F(TransferDifferenceTest, ADifferenceIsResolvedOnceAndNoFurtherThanItGoes) {
    const auto transfer = two_missing();
    EXPECT_EQ(refused(Mover::found(transfer, DifferenceOutcome::lost, 3)).code(),
              "exceeds_difference");
    account.resolve(Mover::found(transfer, DifferenceOutcome::lost));
    EXPECT_EQ(refused(Mover::found(transfer, DifferenceOutcome::lost)).code(), "already_resolved");
    auto unknown = Mover::found(transfer, DifferenceOutcome::lost);
    unknown.difference = 7;
    EXPECT_EQ(refused(unknown).code(), "unknown_difference");
}

TEST_F(TransferDifferenceTest, WhatWasReportedMissingIsNotSimplyReceived) {
    const auto transfer = two_missing();
    EXPECT_EQ(refused(Mover::receiving(transfer, 1, 1)).code(), "nothing_in_transit");
}

TEST_F(TransferDifferenceTest, ASerialThatIsMissingIsResolvedByName) {
    account.serials("PHONE", "BLR", {"P1", "P2"});
    const auto transfer = account.approved({{"PHONE", 2}});
    transfers::DispatchLine wanted;
    wanted.line = 1;
    wanted.quantity = Quantity(2);
    wanted.serials = std::vector{Serial("P1"), Serial("P2")};
    account.dispatch(transfer, {wanted});
    auto request = Mover::receiving(transfer, 1, 1, 0, 1);
    request.lines->front().serials = std::vector{Serial("P1")};
    account.receive(request);
    auto lost = Mover::found(transfer, DifferenceOutcome::lost);
    EXPECT_EQ(refused(lost).code(), "serial_count");
    lost.serials = std::vector{Serial("P1")};
    EXPECT_EQ(refused(lost).code(), "not_in_transit");
    lost.serials = std::vector{Serial("P2")};
    account.resolve(lost);
    const auto state = account.run([](Transaction& t) { return get_serial(t, {Serial("P2")}); });
    EXPECT_EQ(state.place.location.text(), "@loss");
}

TEST_F(TransferDifferenceTest, CancellingBeforeDispatchGivesBackWhatWasHeld) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.approved({{"TEA", 5}});
    transfers::Cancel request;
    request.number = transfer.number;
    EXPECT_EQ(account.cancel(request).status, TransferStatus::cancelled);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 5);
    EXPECT_EQ(refused(request).code(), "wrong_status");
}

TEST_F(TransferDifferenceTest, CancellingAfterDispatchSaysWhereEveryUnitIs) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.dispatched({{"TEA", 5}});
    transfers::Cancel request;
    request.number = transfer.number;
    request.reason = Reason("sent by mistake");
    EXPECT_EQ(refused(request).code(), "invalid");
    request.dispositions->push_back(at(4, DifferenceOutcome::returned_to_source));
    EXPECT_EQ(refused(request).faults()[0].code, "disposition_required");
    request.dispositions->push_back(at(1, DifferenceOutcome::lost));
    const auto after = account.cancel(request);
    EXPECT_EQ(after.status, TransferStatus::cancelled);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 4);
    EXPECT_EQ(account.outside("@loss").on_hand.raw(), 1);
    EXPECT_EQ(account.outside("@transit").on_hand.raw(), 0);
}

TEST_F(TransferDifferenceTest, CancellingThePartThatDidNotComeLeavesTheTransferReceived) {
    const auto transfer = two_missing();
    transfers::Cancel request;
    request.number = transfer.number;
    request.reason = Reason("the truck went back");
    request.dispositions->push_back(at(2, DifferenceOutcome::returned_to_source));
    const auto after = account.cancel(request);
    EXPECT_EQ(after.status, TransferStatus::received);
    EXPECT_EQ(after.differences[0].open.raw(), 0);
    ASSERT_EQ(after.differences[0].resolutions.size(), 1U);
}

TEST_F(TransferDifferenceTest, ExcessEntersTheStockOnlyWhenItIsApproved) {
    account.stock("TEA", "BLR", 5);
    auto request = Mover::receiving(account.dispatched({{"TEA", 5}}), 1, 5);
    transfers::ExcessLine more;
    more.sku = Sku("TEA");
    more.quantity = Quantity(2);
    request.excess->push_back(more);
    const auto transfer = account.receive(request);
    EXPECT_EQ(transfer.status, TransferStatus::partly_received);
    EXPECT_EQ(account.level("TEA", "DEL").on_hand.raw(), 5);
    const auto after = account.run([&](Transaction& t) {
        return approve_excess(t, {transfer.number, 1});
    });
    EXPECT_EQ(after.status, TransferStatus::received);
    EXPECT_EQ(account.level("TEA", "DEL").on_hand.raw(), 7);
    EXPECT_EQ(account.level("TEA", "DEL").value.text(), "630.00");
    EXPECT_EQ(account
                  .refusal([&](Transaction& t) {
                      return reject_excess(t, {transfer.number, 1, std::nullopt});
                  })
                  .code(),
              "already_decided");
}

TEST_F(TransferDifferenceTest, ExcessThatIsRejectedChangesNoStock) {
    account.stock("TEA", "BLR", 5);
    auto request = Mover::receiving(account.dispatched({{"TEA", 5}}), 1, 5);
    transfers::ExcessLine more;
    more.sku = Sku("TEA");
    more.quantity = Quantity(2);
    request.excess->push_back(more);
    const auto transfer = account.receive(request);
    const auto after = account.run([&](Transaction& t) {
        return reject_excess(t, {transfer.number, 1, Reason("it is another parcel")});
    });
    EXPECT_EQ(after.status, TransferStatus::received);
    EXPECT_EQ(account.level("TEA", "DEL").on_hand.raw(), 5);
}

// Three transfers on which something is missing, due on three days of which the last is to come.
struct OpenDifferenceTest : TransferDifferenceTest {
    OpenDifferenceTest() {
        account.stock("TEA", "BLR", 30);
        account.location("MUM");
        missing("asha", today().plus_days(3), "DEL", 1);
        missing("ravi", today().plus_days(1), "DEL", 2);
        missing("asha", today().plus_days(9), "MUM", 3);
        account.pass_days(4);
    }
    Date today() {
        return account.run([](Transaction& t) { return t.today(); });
    }
    void missing(const char* owner, Date due_on, const char* destination, std::int64_t quantity) {
        auto request = Mover::moving({{"TEA", 5}});
        request.destination = LocationCode(destination);
        const auto transfer = account.dispatch(account.approve(account.create(request)));
        auto receiving = Mover::receiving(transfer, 1, 5 - quantity, 0, quantity);
        receiving.difference_owner = Name(owner);
        receiving.difference_due_on = due_on;
        account.receive(receiving);
    }
    // `STN-000001 asha 2: 1 day overdue` of each, and a plus when there are more.
    std::vector<std::string> list(const transfers::ListDifferences& query) {
        const auto page = account.run([&](Transaction& t) { return list_differences(t, query); });
        std::vector<std::string> texts;
        for (const auto& one : page.items) {
            texts.push_back(one.transfer.text() + " " + one.owner.text() + " " +
                            std::to_string(one.open.raw()) + ": " +
                            std::to_string(one.days_overdue));
        }
        next = page.next;
        return texts;
    }
    std::optional<std::string> next;
};

TEST_F(OpenDifferenceTest, AreListedTheLongestOverdueFirst) {
    EXPECT_THAT(list({}), ElementsAre("STN-000002 ravi 2: 3", "STN-000001 asha 1: 1",
                                      "STN-000003 asha 3: 0"));
    transfers::ListDifferences query;
    query.overdue = true;
    EXPECT_THAT(list(query), ElementsAre("STN-000002 ravi 2: 3", "STN-000001 asha 1: 1"));
    query.owner = Name("asha");
    EXPECT_THAT(list(query), ElementsAre("STN-000001 asha 1: 1"));
    query.overdue = false;
    EXPECT_THAT(list(query), ElementsAre("STN-000003 asha 3: 0"));
    query = {};
    query.location = LocationCode("MUM");
    EXPECT_THAT(list(query), ElementsAre("STN-000003 asha 3: 0"));
    query = {};
    query.sku = Sku("MILK");
    EXPECT_THAT(list(query), IsEmpty());
}

TEST_F(OpenDifferenceTest, ComeInPagesWithoutHolesOrRepetition) {
    transfers::ListDifferences query;
    query.limit = 1;
    std::vector<std::string> all;
    do {
        for (auto& one : list(query)) all.push_back(std::move(one));
        query.after = next;
    } while (next);
    EXPECT_THAT(
        all, ElementsAre("STN-000002 ravi 2: 3", "STN-000001 asha 1: 1", "STN-000003 asha 3: 0"));
}

TEST_F(OpenDifferenceTest, AreNotListedOnceTheyAreResolvedNorToWhoIsAtNeitherEnd) {
    auto resolve = Mover::found(
        account.run([](Transaction& t) { return get_transfer(t, {DocumentNumber("STN-000002")}); }),
        DifferenceOutcome::received_late, 1);
    account.resolve(resolve);
    EXPECT_THAT(list({}), ElementsAre("STN-000002 ravi 1: 3", "STN-000001 asha 1: 1",
                                      "STN-000003 asha 3: 0"));
    resolve.quantity.reset();
    account.resolve(resolve);
    account.actor.locations = {LocationCode("MUM")};
    EXPECT_THAT(list({}), ElementsAre("STN-000003 asha 3: 0"));
    account.actor.locations = {LocationCode("BLR")};
    EXPECT_THAT(list({}), ElementsAre("STN-000001 asha 1: 1", "STN-000003 asha 3: 0"));
    account.actor.locations.clear();
}

}  // namespace
}  // namespace wharf::domain::testing

// What low stock asks for is drafted when its time comes, and what is overdue is told, once:
// against the real host with the real bundle, whose clock the test moves.
#include <gtest/gtest.h>

#include <algorithm>

#include <wharf/operations/events.hpp>
#include <wharf/operations/transfers.hpp>
#include <wharf/testing.hpp>

#include "model.hpp"

namespace stn {
namespace {

namespace transfers = wharf::transfers;
using std::chrono::hours;
using std::chrono::minutes;

Settings every_hour() {
    Settings settings;
    settings.low_stock = LowStock::request;
    settings.low_stock_at = wharf::Schedule{};
    settings.low_stock_at->every_minutes = 60;
    return settings;
}

struct LowStockSchedule : testing::Test {
    LowStockSchedule() : account(host.account()) {
        account.location("BLR").location("HSR").product("TEA").stock("TEA", "BLR", 20);
        wharf::catalog::PutStockLevel level;
        level.location = LocationCode("HSR");
        level.sku = Sku("TEA");
        level.minimum = Count(5);
        level.maximum = Count(12);
        account.call(level);
    }
    std::vector<wharf::Transfer> made() { return account.call(transfers::List{}).items; }

    wharf::testing::Host host;
    wharf::testing::Account account;
};

TEST_F(LowStockSchedule, DraftsOnceWhenItsTimeComes) {
    account.switch_on("stn", every_hour());
    EXPECT_TRUE(made().empty());
    host.pass(minutes(61));
    ASSERT_EQ(made().size(), 1U);
    const auto draft = made().front();
    EXPECT_EQ(draft.status, wharf::TransferStatus::draft);
    EXPECT_EQ(draft.created_by, "plugin:stn");
    EXPECT_EQ(draft.lines.front().quantity.raw(), 12);
    // What is drafted is coming: the next runs ask for nothing more.
    host.pass(minutes(60)).pass(minutes(60));
    EXPECT_EQ(made().size(), 1U);
    account.verify().expect_same_when_replayed();
}

TEST_F(LowStockSchedule, OnlySuggestsUnlessItIsAskedToDraft) {
    auto settings = every_hour();
    settings.low_stock = LowStock::suggest_only;
    account.switch_on("stn", settings);
    host.pass(minutes(61));
    EXPECT_TRUE(made().empty());
    EXPECT_EQ(account.call<Suggestions>("stn.suggestions", SuggestionsQuery{}).items.size(), 1U);
}

TEST_F(LowStockSchedule, DraftsNothingOnceItIsOff) {
    account.switch_on("stn", every_hour()).switch_off("stn");
    host.pass(minutes(61));
    EXPECT_TRUE(made().empty());
}

// Ten left, eight came; whoever answers for the two has until tomorrow.
struct Overdue : testing::Test {
    Overdue() : account(host.account()) {
        account.location("BLR").location("HSR").product("TEA").stock("TEA", "BLR", 20);
        Settings settings;
        settings.difference_owner = wharf::Name("Asha");
        settings.difference_due_days = std::uint16_t{1};
        account.switch_on("stn", settings);
        CreateNote note;
        note.source = LocationCode("BLR");
        note.destination = LocationCode("HSR");
        note.lines.push_back({Sku("TEA"), Quantity(10), {}, {}, {}});
        number = step("stn.create", note).number;
        step("stn.approve", NoteNumber{number});
        step("stn.dispatch", NoteNumber{number});
        transfers::Receive receive;
        receive.number = number;
        receive.lines->emplace_back().line = 1;
        receive.lines->front().quantity = Count(8);
        receive.complete = true;
        step("stn.receive", receive);
    }
    template <class Request>
    TransferNote step(const char* operation, const Request& request) {
        return account.call<TransferNote>(operation, request);
    }
    std::int64_t told() {
        wharf::events::ListEvents query;
        query.limit = 200;
        const auto page = account.call(query);
        return std::count_if(page.items.begin(), page.items.end(), [](const auto& event) {
            return event.name == "stn.difference_overdue";
        });
    }
    std::vector<wharf::OpenDifference> listed(bool overdue) {
        transfers::ListDifferences query;
        query.overdue = overdue;
        return account.call(query).items;
    }
    void resolve() {
        transfers::Resolve found;
        found.number = number;
        found.difference = 1;
        found.outcome = wharf::DifferenceOutcome::received_late;
        step("stn.resolve", found);
    }

    wharf::testing::Host host;
    wharf::testing::Account account;
    DocumentNumber number;
};

TEST_F(Overdue, ADifferenceIsToldOnceWhenItsDayHasPassed) {
    host.pass(hours(24));
    EXPECT_EQ(told(), 0);
    ASSERT_EQ(listed(false).size(), 1U);
    EXPECT_EQ(listed(false).front().days_overdue, 0);
    host.pass(hours(48));
    EXPECT_EQ(told(), 1);
    ASSERT_EQ(listed(true).size(), 1U);
    const auto difference = listed(true).front();
    EXPECT_EQ(difference.transfer, number);
    EXPECT_EQ(difference.owner.text(), "Asha");
    EXPECT_EQ(difference.open.raw(), 2);
    EXPECT_EQ(difference.days_overdue, 2);
    EXPECT_TRUE(listed(false).empty());
    host.pass(hours(48));
    EXPECT_EQ(told(), 1);
    account.verify().expect_same_when_replayed();
}

TEST_F(Overdue, WhatWasResolvedInTimeIsNotTold) {
    resolve();
    host.pass(hours(72));
    EXPECT_EQ(told(), 0);
    EXPECT_TRUE(listed(true).empty());
}

}  // namespace
}  // namespace stn

// What low stock asks for is drafted when its time comes, once: against the real host with the real
// bundle, whose clock the test moves.
#include <gtest/gtest.h>

#include <wharf/operations/transfers.hpp>
#include <wharf/testing.hpp>

#include "model.hpp"

namespace stn {
namespace {

namespace transfers = wharf::transfers;
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

}  // namespace
}  // namespace stn

// Legs that are received at one place for another.
#include <gmock/gmock.h>

#include "host/domain/testing/splitter_fixture.hpp"

namespace wharf::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Splitter;

TEST(SplitOrder, ThroughAHubCountsAtItsDestinationOnly) {
    Splitter account;
    account.order("SO-1", {{"TEA", 5, "10.00", "DEL"}});
    auto leg = Splitter::new_leg("DEL", 6);
    leg.via = LocationCode("MUM");
    const auto parent =
        account.distribute(account.draft({{"TEA", 10}}), {leg, Splitter::new_leg("BLR", 4)});
    const auto hub = account.leg(parent, "DEL");
    EXPECT_EQ(hub.ship_to.view(), "MUM");
    EXPECT_EQ(hub.destination, LocationCode("DEL"));
    EXPECT_EQ(account.need("TEA", "DEL").open_purchase_orders.raw(), 6);
    EXPECT_EQ(account.peg_to(Splitter::supply(hub), 6), 5);
    account.expect_sound();
}

// Goods at the hub are for their destination: nobody at the hub is served with them.
TEST(SplitOrder, ThroughAHubIsHeldThereForItsDestinationUntilItIsSentOn) {
    Splitter account;
    account.order("SO-1", {{"TEA", 5, "10.00", "DEL"}});
    const auto other = account.order("SO-2", {{"TEA", 5, "10.00", "MUM"}});
    auto leg = Splitter::new_leg("DEL", 6);
    leg.via = LocationCode("MUM");
    auto parent = account.distribute(account.submit(account.draft({{"TEA", 10}})),
                                     {leg, Splitter::new_leg("BLR", 4)});
    account.peg_to(Splitter::supply(account.leg(parent, "DEL")), 6);
    account.approve(parent);
    const auto receipt = account.receive(account.leg(parent, "DEL"), 6);
    EXPECT_EQ(receipt.destination, LocationCode("DEL"));
    EXPECT_EQ(receipt.lines[0].onward.raw(), 6);
    EXPECT_THAT(account.pegs(), ElementsAre("SO-000001/1 <- GRN-000001/1: 5"));
    EXPECT_EQ(account.need("TEA", "DEL").quality_check.raw(), 1);
    EXPECT_EQ(account.need("TEA", "MUM").waiting.raw(), 5);
    account.expect_sound();

    receiving::SendOn keep;
    keep.number = receipt.number;
    keep.line = 1;
    account.run([&](Transaction& t) { return send_on(t, keep); });
    EXPECT_THAT(account.pegs(), IsEmpty());
    EXPECT_EQ(account.need("TEA", "DEL").pegged.raw(), 0);
    EXPECT_EQ(account.TestAccount::read(other).lines[0].reserved.raw(), 5);
    EXPECT_EQ(account.refusal([&](Transaction& t) { send_on(t, keep); }).code(),
              "nothing_to_send_on");
    account.expect_sound();
}

TEST(SplitOrder, ThroughAHubWithInspectionIsSentOnOnceItPassed) {
    Splitter account;
    account.account.policies.quality_check_required = true;
    auto leg = Splitter::new_leg("DEL", 6);
    leg.via = LocationCode("MUM");
    auto parent =
        account.approve(account.distribute(account.submit(account.draft({{"TEA", 6}})), {leg}));
    const auto receipt = account.receive(account.leg(parent, "DEL"), 6);
    EXPECT_EQ(receipt.lines[0].onward.raw(), 0);
    EXPECT_EQ(account.inspect(receipt, 4, 1).lines[0].onward.raw(), 4);
    EXPECT_EQ(account
                  .refusal([&](Transaction& t) {
                      inspect_receipt(t, Splitter::inspecting(receipt, 2, 0));
                  })
                  .faults()
                  .front()
                  .code,
              "out_of_range");
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

// Drafts of one vendor under one parent.
#include <gmock/gmock.h>

#include "host/domain/testing/splitter_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Splitter;

TEST(Grouping, PutsDraftsOfOneVendorUnderOneParent) {
    Splitter account;
    account.as_plugin("backorder_po");
    const auto blr = account.draft({{"TEA", 4}});
    const auto del = account.create(Splitter::buying({{"TEA", 6}}, "V1", "DEL"));
    purchasing::GroupOrders request;
    request.orders = {blr.number, del.number};
    auto parent = account.run([&](Transaction& t) { return group_orders(t, request); });
    EXPECT_EQ(parent.lines[0].quantity.raw(), 10);
    EXPECT_EQ(parent.amount.text(), "1000.00");
    const auto mum = account.create(Splitter::buying({{"TEA", 5}}, "V1", "MUM"));
    request.parent = parent.number;
    request.orders = {mum.number};
    parent = account.run([&](Transaction& t) { return group_orders(t, request); });
    EXPECT_EQ(parent.legs.size(), 3U);
    EXPECT_EQ(parent.lines[0].quantity.raw(), 15);
    account.vendor("V2").sells("V2", "TEA", "90.00");
    request.orders = {account.create(Splitter::buying({{"TEA", 5}}, "V2", "MUM")).number};
    EXPECT_EQ(account.refusal([&](Transaction& t) { group_orders(t, request); }).code(),
              "another_vendor");
    account.expect_sound();
}

// Two lines of one leg are two lines of its parent, so that each can go elsewhere.
TEST(Grouping, KeepLinesOfOneProductApartWithinALeg) {
    Splitter account;
    const auto draft = account.create(Splitter::buying({{"TEA", 4}, {"TEA", 3}}, "V1", "BLR"));
    purchasing::GroupOrders request;
    request.orders = {draft.number};
    const auto parent = account.run([&](Transaction& t) { return group_orders(t, request); });
    ASSERT_EQ(parent.lines.size(), 2U);
    EXPECT_EQ(parent.lines[0].quantity.raw() + parent.lines[1].quantity.raw(), 7);
    const auto after = account.distribute(
        parent, {Splitter::same_leg(account.leg(parent, "BLR"), 1), Splitter::new_leg("DEL", 3)});
    EXPECT_EQ(after.lines[0].quantity.raw(), 4);
    EXPECT_EQ(after.lines[1].quantity.raw(), 3);
    account.expect_sound();
}

TEST(Grouping, JoinsDraftParentsOnly) {
    Splitter account;
    account.as_plugin("backorder_po");
    const auto blr = account.draft({{"TEA", 4}});
    const auto del = account.create(Splitter::buying({{"TEA", 6}}, "V1", "DEL"));
    const auto mum = account.create(Splitter::buying({{"TEA", 6}}, "V1", "MUM"));
    purchasing::GroupOrders request;
    request.orders = {blr.number, del.number};
    const auto parent = account.run([&](Transaction& t) { return group_orders(t, request); });
    const auto code = [&] {
        return account.refusal([&](Transaction& t) { group_orders(t, request); }).code();
    };
    request.parent = mum.number;
    EXPECT_EQ(code(), "no_open_parent");
    request.parent.reset();
    EXPECT_EQ(code(), "split_order");
    account.submit(parent);
    request.parent = parent.number;
    request.orders = {mum.number};
    EXPECT_EQ(code(), "no_open_parent");
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

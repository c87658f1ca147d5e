// What a plugin is asked, and what it asks for: guards, hooks, nested calls, the breaker.
#include <gmock/gmock.h>

#include "host/operations/kept_fixture.hpp"

namespace wharf::operations {
namespace {

TEST(Guards, MayRefuse) {
    Kept host;
    host.product("NO");
    host.on();
    EXPECT_EQ(host.refusal("catalog.put_product", R"({"sku":"NO","name":"x"})"), "keeper.no");
    host.product("YES");
}

TEST(Guards, MayNotWrite) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("catalog.put_product", R"({"sku":"WRITE","name":"x"})"), "reads_only");
}

TEST(Guards, ABrokenOneFailsClosed) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("catalog.put_product", R"({"sku":"BREAK","name":"x"})"),
              "guard_unavailable");
    EXPECT_EQ(host.refusal("catalog.get_product", R"({"sku":"BREAK"})"), "not_found");
}

TEST(Within, CommitsOrFallsWithTheOperation) {
    Kept host;
    host.on();
    host.call("catalog.put_vendor", R"({"code":"V1","name":"V"})");
    EXPECT_EQ(host.text_of("VENDOR"), "V1");
    EXPECT_EQ(host.refusal("catalog.put_vendor", R"({"code":"NO","name":"V"})"), "keeper.no");
    EXPECT_EQ(host.refusal("catalog.get_vendor", R"({"code":"NO"})"), "not_found");
    EXPECT_EQ(host.notes(R"({"sku":"VENDOR"})").size(), 1U);
}

TEST(Within, ABrokenOneFailsClosed) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("catalog.put_vendor", R"({"code":"BREAK","name":"V"})"),
              "guard_unavailable");
    EXPECT_EQ(host.refusal("catalog.get_vendor", R"({"code":"BREAK"})"), "not_found");
    EXPECT_EQ(host.notes().size(), 1U) << "only that it was switched on";
}

TEST(Within, ThatLeadsBackToItselfEnds) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("catalog.put_vendor", R"({"code":"AGAIN","name":"V"})"),
              "calls_without_end");
    EXPECT_EQ(host.refusal("catalog.get_vendor", R"({"code":"AGAIN"})"), "not_found");
}

TEST(Guards, HaveTheirSayInWhatPluginsAskForToo) {
    Kept host;
    host.on();
    auto call = Host::make("keeper.stock", R"({"sku":"NO","name":"x"})");
    try {
        host.answer(call);
        FAIL() << "the guard was not asked";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code(), "keeper.no");
        EXPECT_EQ(refusal.caused_by(), "catalog.put_product");
    }
}

constexpr const char* kMove = R"({"reference":"T-1","source":"BLR","destination":"DEL",)"
                              R"("lines":[{"sku":"TEA","quantity":2}]})";

TEST(NestedCalls, ACaughtRefusalLeavesNothingAndNamesItsOrigin) {
    Kept host;
    host.on();
    host.call("keeper.catches", R"({"sku":"TEA","text":"first"})");
    const auto notes = host.notes(R"({"sku":"TEA"})");
    ASSERT_EQ(notes.size(), 2U) << "the nested write that succeeded stays";
    EXPECT_EQ(host.text_of("TEA"), "first");
    EXPECT_EQ(notes[1].at("document").at("text").as_string(), "catalog.get_product");
}

TEST(NestedCalls, WhoAskedIsWhoDidItAndThePluginIsItsSource) {
    Kept host;
    host.on().location("BLR").location("DEL").product();
    const auto made = host.call("keeper.move", kMove);
    EXPECT_EQ(made.at("created_by").as_string(), "k-platform");
    EXPECT_EQ(made.at("made_by").as_string(), "keeper");
}

TEST(NestedCalls, ADocumentThatIsOnlyFoundAgainIsNotMade) {
    Kept host;
    host.on().location("BLR").location("DEL").product();
    EXPECT_EQ(host.answer(Host::make("keeper.move", kMove)).status, 201);
    const auto again = host.answer(Host::make("keeper.move", kMove));
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(again.existing);
}

TEST(NestedCalls, WhatIsNotDeclaredIsForbidden) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("keeper.undeclared", "{}"), "undeclared_use");
}

TEST(NestedCalls, WithoutEndEnds) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("keeper.endless", "{}"), "calls_without_end");
}

TEST(NestedCalls, ATokenOfNobodyIsRefused) {
    Kept host;
    plugins::MessageBuffer reply;
    const auto& functions = plugins::host_functions();
    EXPECT_EQ(functions.call(42, plugins::as_bytes("catalog.get_product"), plugins::as_bytes("{}"),
                             reply.writer()),
              WHARF_REFUSED);
    EXPECT_THAT(reply.text(), testing::HasSubstr("unknown_token"));
}

TEST(Breaker, KeepsTheHostOutOfAPluginThatKeepsBreaking) {
    Kept host;
    host.on();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(host.refusal("keeper.break", "{}"), "plugin_fault");
    EXPECT_EQ(host.refusal("keeper.break", "{}"), "plugin_failing");
    EXPECT_EQ(host.operations().breaker().kept_out(), std::vector<std::string>{"keeper"});
    host.pass(std::chrono::minutes(1));
    host.write("TEA", "a");
    EXPECT_TRUE(host.operations().breaker().kept_out().empty());
}

}  // namespace
}  // namespace wharf::operations

#include <gmock/gmock.h>

#include <thread>

#include "host/operations/kept_fixture.hpp"

namespace wharf::operations {
namespace {

TEST(Toggle, WhatIsOffIsNotThereAndSaysHowToHaveIt) {
    Kept host;
    EXPECT_EQ(host.refusal("keeper.write", R"({"sku":"TEA"})"), "plugin_off");
    EXPECT_EQ(host.refusal("keeper.list", "{}"), "plugin_off");
    EXPECT_EQ(host.refusal("keeper.write", R"({"nonsense":1})"), "plugin_off");
}

TEST(Toggle, OnceOnItRunsAndOnceOffNoLonger) {
    Kept host;
    host.on().write("TEA", "a");
    EXPECT_EQ(host.notes(R"({"sku":"TEA"})").size(), 1U);
    EXPECT_EQ(host.off().at("state").as_string(), "off");
    EXPECT_EQ(host.refusal("keeper.write", R"({"sku":"TEA"})"), "plugin_off");
    host.on();
    EXPECT_EQ(host.notes(R"({"sku":"TEA"})").size(), 1U) << "switching off deletes nothing";
}

TEST(Toggle, SettingsAreHeldAgainstTheirShapeAndDefaultsFilledIn) {
    Kept host;
    EXPECT_EQ(host.refusal("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"t",)"
                                             R"("config":{"echo":"loud"}})"),
              "invalid");
    host.on(R"({"echo":true})");
    const auto state = host.call("plugins.get", R"({"plugin":"keeper"})");
    EXPECT_TRUE(state.at("config").at("echo").as_bool());
    EXPECT_FALSE(state.at("config").at("reaction_fails").as_bool());
}

TEST(Toggle, EligibilityIsOverriddenWithAReasonOnly) {
    Kept host;
    host.on();
    const std::string request =
        R"({"plugin":"clerk","enabled":true,"reason":"asked for","override":)";
    EXPECT_EQ(host.refusal("plugins.switch", request + "false}"), "not_eligible");
    const auto state = host.call("plugins.switch", request + "true}");
    EXPECT_TRUE(state.at("override_used").as_bool());
    EXPECT_FALSE(state.at("eligible").as_bool());
}

TEST(Toggle, PluginsThatNeedEachOtherStandAndFallTogether) {
    Kept host;
    host.call("accounts.update", R"({"plan":"enterprise"})");
    const std::string clerk_on = R"({"plugin":"clerk","enabled":true,"reason":"t"})";
    EXPECT_EQ(host.refusal("plugins.switch", clerk_on), "needs_plugins");
    host.on();
    host.call("plugins.switch", clerk_on);
    EXPECT_EQ(host.refusal("plugins.switch", R"({"plugin":"keeper","enabled":false,"reason":"t"})"),
              "needed_by_plugins");
    host.call("clerk.note", R"({"sku":"TEA","text":"by the clerk"})");
    EXPECT_EQ(host.text_of("TEA"), "by the clerk");
}

TEST(Toggle, UntilEndsIt) {
    Kept host;
    host.call("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"trial",)"
                                R"("until":"2026-11-01T10:00:00.000Z"})");
    host.write("TEA", "a");
    host.pass(std::chrono::hours(1));
    EXPECT_EQ(host.refusal("keeper.write", R"({"sku":"TEA"})"), "plugin_off");
    host.operations().look_at_the_clock();
    const auto state = host.call("plugins.get", R"({"plugin":"keeper"})");
    EXPECT_EQ(state.at("changed_by").as_string(), "host");
    EXPECT_EQ(state.at("reason").as_string(), "its time was over");
}

TEST(Toggle, APreviewChangesNothingAndTellsWhatWouldComeFirst) {
    Kept host;
    const auto preview =
        host.preview("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"t"})");
    EXPECT_TRUE(preview.at("dry_run").as_bool());
    EXPECT_EQ(preview.at("preview").at("says").as_string(), "there are 0 notes");
    EXPECT_EQ(host.call("plugins.get", R"({"plugin":"keeper"})").at("state").as_string(), "off");
}

TEST(Toggle, EveryChangeIsAnEventAndInTheAudit) {
    Kept host;
    host.on();
    const auto events = host.call("events.list", "{}").at("items").as_array();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events[0].at("name").as_string(), "plugin.switched_on");
    const auto audit = host.call("audit.list", R"({"operation":"plugins.switch"})");
    EXPECT_EQ(audit.at("items").as_array()[0].at("input").at("reason").as_string(), "test");
}

TEST(Toggle, ANewEndIsAnEventToo) {
    Kept host;
    host.on();
    const auto events = [&] {
        return host.call("events.list", "{}").at("items").as_array().size();
    };
    const auto before = events();
    host.call("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"longer",)"
                                R"("until":"2026-12-01T00:00:00Z"})");
    EXPECT_EQ(events(), before + 1);
}

TEST(Toggle, WhoSwitchedIsToldByTheNameOfTheKey) {
    Kept host;
    const auto made =
        host.call("keys.create_platform", R"({"name":"Asha of support","role":"support"})", "");
    accounts::Principal principal;
    principal.key_id = made.at("id").as_string().c_str();
    principal.name = "Asha of support";
    principal.role = accounts::Role::support;
    auto call = Host::make("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"t"})");
    call.principal = std::make_shared<const accounts::Principal>(principal);
    const auto state = parse_json(host.answer(call).body).value;
    EXPECT_EQ(state.at("changed_by").as_string(), made.at("id").as_string());
    EXPECT_EQ(state.at("changed_by_name").as_string(), "Asha of support");
    const auto audit = host.call("audit.list", R"({"operation":"plugins.switch"})").at("items");
    EXPECT_EQ(audit.at(0).at("actor_name").as_string(), "Asha of support");
}

TEST(PluginLists, ComeInPages) {
    Kept host;
    const auto first = host.call("plugins.list_for_account", R"({"limit":1})");
    ASSERT_EQ(first.at("items").as_array().size(), 1U);
    EXPECT_EQ(first.at("items").at(0).at("plugin").as_string(), "keeper");
    const auto rest = host.call("plugins.list_for_account", R"({"limit":1,"after":"keeper"})");
    EXPECT_EQ(rest.at("items").at(0).at("plugin").as_string(), "clerk");
    EXPECT_TRUE(rest.at("next").is_null());
    EXPECT_EQ(host.refusal("plugins.list_for_account", R"({"after":"nobody"})"), "bad_cursor");
}

TEST(PluginLists, OfPluginsTakeNoLargerPagesThanTheHosts) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("keeper.list", R"({"limit":200})"), "");
    EXPECT_EQ(host.refusal("keeper.list", R"({"limit":201})"), "out_of_range");
}

TEST(Reactions, RunInTheSameUnitAndOnce) {
    Kept host;
    host.on().write("TEA", "a");
    EXPECT_EQ(host.text_of("SEEN"), "seen 1");
    host.restart();
    host.write("TEA", "b");
    EXPECT_EQ(host.text_of("SEEN"), "seen 2");
}

// What nobody listens to is not read one by one; 300 are more than are passed over in a row.
TEST(Reactions, HearAtOnceWhatComesAfterMuchThatIsNotForThem) {
    Kept host;
    host.location().product();
    host.on().write("TEA", "a");
    auto move_stock = [&](int times) {
        for (int i = 0; i < times; ++i) {
            host.call("inventory.adjust", R"({"location":"BLR","reason":"opening","lines":[)"
                                          R"({"sku":"TEA","quantity":1,"unit_cost":"1.00"}]})");
        }
    };
    move_stock(1);
    host.write("TEA", "b");
    EXPECT_EQ(host.text_of("SEEN"), "seen 2");
    move_stock(300);
    host.preview("keeper.write", R"({"sku":"TEA","text":"c"})");
    EXPECT_EQ(host.refusal("keeper.write", R"({"sku":"TEA","text":"b"})"), "duplicate");
    move_stock(1);
    host.write("TEA", "c");
    EXPECT_EQ(host.text_of("SEEN"), "seen 3");
    move_stock(2);
    host.restart();
    move_stock(1);
    host.write("TEA", "d");
    EXPECT_EQ(host.text_of("SEEN"), "seen 4");
}

// A plugin hears from its switch on, also when the units before it had nobody to hear them.
TEST(Reactions, BeginWithTheSwitchWhoeverListenedBefore) {
    Kept host;
    host.call("accounts.update", R"({"plan":"enterprise"})");
    host.on().write("TEA", "a").off();
    host.on().write("TEA", "b");
    EXPECT_EQ(host.text_of("SEEN"), "seen 2");
    host.call("plugins.switch", R"({"plugin":"clerk","enabled":true,"reason":"t"})");
    host.call("clerk.note", R"({"sku":"TEA","text":"c"})");
    EXPECT_EQ(host.text_of("SEEN"), "seen 3");
}

TEST(Reactions, SwitchingOnLetsThePluginCatchUp) {
    Kept host;
    host.on();
    EXPECT_EQ(host.text_of("SWITCHED"), "on");
}

TEST(Reactions, WhatFailsNeverFailsTheWriteAndIsParkedInTheEnd) {
    Kept host;
    host.on(R"({"reaction_fails":true})").write("TEA", "a");
    EXPECT_EQ(host.notes(R"({"sku":"TEA"})").size(), 1U);
    EXPECT_EQ(host.text_of("SEEN"), "");
    for (int i = 0; i < 6; ++i) {
        host.pass(std::chrono::minutes(20));
        host.operations().look_at_the_clock();
    }
    EXPECT_EQ(host.text_of("HALF"), "") << "what it wrote before it failed is gone";
    const auto parked =
        host.call("plugins.parked", R"({"plugin":"keeper"})").at("items").as_array();
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked[0].at("code").as_string(), "keeper.sulks");
    const std::string retry =
        R"({"plugin":"keeper","event":)" + std::to_string(parked[0].at("event").as_int64()) + '}';
    EXPECT_EQ(host.refusal("plugins.retry_parked", retry), "keeper.sulks");
    host.on(R"({"reaction_fails":false})");
    host.call("plugins.retry_parked", retry);
    EXPECT_EQ(host.text_of("SEEN"), "seen 1");
    EXPECT_EQ(host.call("plugins.get", R"({"plugin":"keeper"})").at("parked").as_int64(), 0);
}

TEST(Reactions, ACircleOfReactionsIsParked) {
    Kept host;
    host.on(R"({"echo":true})").write("TEA", "a");
    const auto parked =
        host.call("plugins.parked", R"({"plugin":"keeper"})").at("items").as_array();
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked[0].at("code").as_string(), "chain_too_long");
}

TEST(Reactions, ADryRunShowsWhatTheyWouldDo) {
    Kept host;
    host.on();
    const auto preview = host.preview("keeper.write", R"({"sku":"TEA","text":"a"})");
    EXPECT_EQ(preview.at("effects").as_array().size(), 1U);
    EXPECT_EQ(host.notes(R"({"sku":"TEA"})").size(), 0U);
    EXPECT_EQ(host.text_of("SEEN"), "");
}

TEST(Reactions, ADryRunNamesThoseThatWouldNotRun) {
    Kept host;
    host.on(R"({"reaction_fails":true})");
    const auto preview = host.preview("keeper.write", R"({"sku":"TEA","text":"a"})");
    ASSERT_EQ(preview.at("not_run").as_array().size(), 1U);
    EXPECT_EQ(preview.at("not_run").at(0).at("plugin").as_string(), "keeper");
    EXPECT_EQ(preview.at("not_run").at(0).at("reason").as_string(), "keeper.sulks: not today");
}

TEST(Jobs, OneThatIsCancelledDoesNotGoOn) {
    Kept host;
    host.on();
    host.call("keeper.count", R"({"to":1000000})");
    const auto job = [&] { return host.call("jobs.list", "{}").at("items").at(0); };
    while (job().at("progress").at("done").to_number<int>() == 0) std::this_thread::yield();
    const std::string id = job().at("id").as_string().c_str();
    host.call("jobs.cancel", R"({"id":")" + id + "\"}");
    const auto steps = host.count("collection_document");
    EXPECT_EQ(job().at("status").as_string(), "cancelled");
    host.write("TEA", "a unit after it");
    EXPECT_LE(host.count("collection_document"), steps + 2) << "the note, and that it was seen";
    EXPECT_EQ(job().at("status").as_string(), "cancelled");
}

TEST(Jobs, OfAPluginAreStartedOnceByTheSameKeyAndMayBeWaitedFor) {
    Kept host;
    host.on();
    auto call =
        Host::make("plugins.start_job", R"({"plugin":"keeper","job":"count","request":{"to":3}})");
    call.idempotency_key = "k-1";
    EXPECT_EQ(host.answer(call).status, 202);
    EXPECT_TRUE(host.answer(call).replayed);
    EXPECT_EQ(host.call("jobs.list", "{}").at("items").as_array().size(), 1U);
    host.account("other");
    host.call("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"t"})", "other");
    const auto done = host.answer(
        Host::make("plugins.start_job",
                   R"({"plugin":"keeper","job":"count","request":{"to":2},"wait":10})", "other"));
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(done.body, "2");
    EXPECT_EQ(host.preview("plugins.start_job", R"({"plugin":"keeper","job":"count",)"
                                                R"("request":{"to":2}})")
                  .at("status")
                  .as_string(),
              "waiting");
    EXPECT_EQ(host.refusal("plugins.start_job", R"({"plugin":"keeper","job":"dream"})"),
              "undeclared_job");
    host.off();
    EXPECT_EQ(host.refusal("plugins.start_job",
                           R"({"plugin":"keeper","job":"count","request":{"to":2}})"),
              "plugin_off");
}

TEST(Collections, FindByIndexInOrderPageByPage) {
    Kept host;
    host.on();
    for (const auto* price : {"10.00", "9.00", "100.00"}) {
        host.call("keeper.write", std::string(R"({"sku":"TEA","text":")") + price +
                                      R"(","price":")" + price + "\"}");
    }
    const auto all = host.notes(R"({"sku":"TEA"})");
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].at("document").at("price").as_string(), "9.00");
    EXPECT_EQ(all[2].at("document").at("price").as_string(), "100.00");
    const auto page = host.call("keeper.list", R"({"sku":"TEA","limit":2})");
    const auto rest =
        host.notes(R"({"sku":"TEA","after":)" + boost::json::serialize(page.at("next")) + '}');
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].at("document").at("price").as_string(), "100.00");
}

TEST(Collections, AUniqueValueIsThereOnce) {
    Kept host;
    host.on().write("TEA", "same");
    EXPECT_EQ(host.refusal("keeper.write", R"({"sku":"COFFEE","text":"same"})"), "duplicate");
}

TEST(Collections, AreForPluginsOnly) {
    Kept host;
    host.on();
    EXPECT_EQ(host.refusal("collections.put", R"({"collection":"notes","document":{}})"),
              "not_found");
}

TEST(Schedules, RunOnceAndMissedRunsCollapse) {
    Kept host;
    host.on();
    host.operations().look_at_the_clock();
    EXPECT_EQ(host.notes(R"({"sku":"NIGHT"})").size(), 0U);
    host.pass(std::chrono::hours(24 * 3));
    // What is due again at once would be looked at after a second.
    for (int i = 0; i < 4; ++i) {
        host.operations().look_at_the_clock();
        host.pass(std::chrono::seconds(2));
    }
    EXPECT_EQ(host.notes(R"({"sku":"NIGHT"})").size(), 1U);
    host.pass(std::chrono::hours(24));
    host.operations().look_at_the_clock();
    EXPECT_EQ(host.notes(R"({"sku":"NIGHT"})").size(), 2U);
}

TEST(Schedules, FollowTheSettings) {
    Kept host;
    EXPECT_EQ(host.refusal("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"t",)"
                                             R"("config":{"sweep":{"every_minutes":0}}})"),
              "out_of_range");
    host.on(R"({"sweep":{"every_minutes":10}})");
    for (int i = 0; i < 3; ++i) {
        host.pass(std::chrono::minutes(10));
        host.operations().look_at_the_clock();
    }
    EXPECT_EQ(host.notes(R"({"sku":"NIGHT"})").size(), 3U);
}

TEST(Schedules, AreGoneWithThePlugin) {
    Kept host;
    host.on();
    const auto with_its_own = host.count("schedule");
    host.off();
    EXPECT_LT(host.count("schedule"), with_its_own) << "nobody is woken in vain";
    host.pass(std::chrono::hours(48));
    host.operations().look_at_the_clock();
    host.on();
    EXPECT_EQ(host.notes(R"({"sku":"NIGHT"})").size(), 0U);
}

TEST(Jobs, APluginsJobRunsStepByStepToItsEnd) {
    Kept host;
    host.on();
    host.call("keeper.count", R"({"to":5})");
    host.operations().jobs().wait(AccountCode("acme"), "J000000001", std::chrono::seconds(20));
    const auto job = host.call("jobs.get", R"({"id":"J000000001"})");
    EXPECT_EQ(job.at("status").as_string(), "done") << boost::json::serialize(job);
    EXPECT_EQ(job.at("progress").at("done").as_int64(), 5);
    EXPECT_EQ(job.at("result").as_int64(), 5);
    EXPECT_EQ(host.notes(R"({"sku":"COUNT"})").size(), 5U);
}

TEST(Rollout, SwitchesManyAndTellsWhoCouldNot) {
    Kept host;
    host.account("two");
    const std::string request =
        R"({"plugin":"keeper","enabled":true,"reason":"launch","plans":["growth"],)"
        R"("accounts":["nobody"]})";
    auto preview = Host::make("plugins.rollout", request, "");
    preview.dry_run = true;
    EXPECT_EQ(parse_json(host.answer(preview).body).value.at("switched").as_int64(), 2);
    EXPECT_EQ(host.call("plugins.get", R"({"plugin":"keeper"})").at("state").as_string(), "off");
    const auto report = host.call("plugins.rollout", request, "");
    EXPECT_EQ(report.at("switched").as_int64(), 2);
    EXPECT_EQ(report.at("refused").as_int64(), 1);
    EXPECT_EQ(host.call("plugins.get", R"({"plugin":"keeper"})", "two").at("state").as_string(),
              "on");
}

}  // namespace
}  // namespace wharf::operations

#include "host/operations/dispatcher.hpp"

#include <gmock/gmock.h>

#include "host/accounts/run.hpp"
#include "host/operations/host_fixture.hpp"
#include "host/operations/journal.hpp"

namespace wharf::operations {
namespace {

using testing::HasSubstr;

TEST(Dispatcher, WhatIsWrittenIsRead) {
    Host host;
    host.account().location("BLR");
    const auto location = host.call("catalog.get_location", R"({"code":"BLR"})");
    EXPECT_EQ(location.at("name").as_string(), "Bengaluru");
    EXPECT_EQ(location.at("version").as_int64(), 1);
}

TEST(Dispatcher, AnUnknownOperationIsNotFound) {
    Host host;
    host.account();
    EXPECT_EQ(host.refusal("catalog.put_dragon", "{}"), "not_found");
}

TEST(Dispatcher, OneAccountDoesNotSeeAnother) {
    Host host;
    host.account("acme").account("other");
    host.location();
    auto call = Host::make("catalog.get_location", R"({"code":"BLR"})", "acme");
    call.principal = Host::member(accounts::Role::admin, "other");
    EXPECT_EQ(host.refusal(call), "not_found");
    EXPECT_EQ(host.refusal(Host::make("catalog.get_location", R"({"code":"BLR"})", "other")),
              "not_found");
}

TEST(Dispatcher, ARoleMayOnlyWhatItsPermissionsSay) {
    Host host;
    host.account();
    auto call = Host::make("catalog.put_location", R"({"code":"X","name":"X","kind":"store"})");
    call.principal = Host::member(accounts::Role::warehouse);
    EXPECT_EQ(host.refusal(call), "missing_permission");
}

TEST(Dispatcher, TheKeyOfAnAccountListsThatAccountWhereverItStands) {
    Host host;
    host.account("acme").account("other").account("zz");
    auto call = Host::make("accounts.list", R"({"limit":1})", "");
    call.principal = Host::member(accounts::Role::admin, "zz");
    const auto page = parse_json(host.answer(call).body).value;
    ASSERT_EQ(page.at("items").as_array().size(), 1U);
    EXPECT_EQ(page.at("items").at(0).at("code").as_string(), "zz");
    EXPECT_TRUE(page.at("next").is_null());
}

TEST(Dispatcher, ACursorThatIsNoneIsRefusedByEveryList) {
    Host host;
    host.account();
    for (const char* list : {"accounts.list", "keys.list_platform"}) {
        EXPECT_EQ(host.refusal(list, R"({"after":"nonsense"})", ""), "bad_cursor") << list;
    }
    for (const char* list : {"keys.list", "jobs.list", "partners.list", "events.list", "audit.list",
                             "sales.list_orders", "plugins.list_for_account"}) {
        EXPECT_EQ(host.refusal(list, R"({"after":"nonsense"})"), "bad_cursor") << list;
    }
}

TEST(Dispatcher, ADryRunShowsNothingAsMade) {
    Host host;
    auto call =
        Host::make("accounts.create",
                   R"({"code":"shop","name":"Shop","plan":"growth","account_type":"seller",)"
                   R"("inventory_type":"non_serialized","currency":"INR",)"
                   R"("time_zone":"Asia/Kolkata","country":"IN"})",
                   "");
    call.dry_run = true;
    const auto answer = host.answer(call);
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.location.has_value());
    EXPECT_FALSE(answer.version.has_value());
    EXPECT_TRUE(parse_json(answer.body).value.at("dry_run").as_bool());
}

TEST(Keys, SupportMakesAnAccountsFirstAdminAndNoneThatMayMoreThanItself) {
    Host host;
    host.account();
    accounts::Principal support;
    support.key_id = "k-support";
    support.role = accounts::Role::support;
    const auto make = [&](const char* request) {
        auto call = Host::make("keys.create", request);
        call.principal = std::make_shared<const accounts::Principal>(support);
        return call;
    };
    EXPECT_EQ(host.refusal(make(R"({"name":"w","role":"warehouse"})")), "beyond_own_permissions");
    EXPECT_EQ(host.refusal(make(R"({"name":"a","role":"admin"})")), "");
    EXPECT_EQ(host.refusal(make(R"({"name":"a","role":"admin"})")), "beyond_own_permissions");
    EXPECT_EQ(host.refusal(
                  make(R"({"name":"i","role":"integration","permissions":["inventory.write"]})")),
              "beyond_own_permissions");
    EXPECT_EQ(
        host.refusal(make(R"({"name":"i","role":"integration","permissions":["inventory.read"]})")),
        "");
}

TEST(Dispatcher, AllFaultsAreToldAtOnce) {
    Host host;
    host.account();
    auto call = Host::make("catalog.put_location", R"({"name":7,"kind":"castle","colour":"red"})");
    call.faults.push_back({"/code", "duplicate_key", "stands twice"});
    try {
        host.answer(call);
        FAIL();
    } catch (const Refusal& refusal) {
        std::vector<std::string> pointers;
        for (const auto& fault : refusal.faults()) pointers.push_back(fault.pointer);
        EXPECT_THAT(pointers,
                    testing::UnorderedElementsAre("/code", "/code", "/name", "/kind", "/colour"));
    }
}

TEST(Dispatcher, AStaleIfMatchIsRefused) {
    Host host;
    host.account();
    auto call = Host::make("accounts.update", R"({"name":"New name"})");
    call.if_match = 4;
    EXPECT_EQ(host.refusal(call), "stale");
    call.if_match = 1;
    EXPECT_EQ(host.answer(call).version, 2);
}

TEST(Idempotency, TheSameKeyGivesTheFirstReplyAgain) {
    Host host;
    host.account();
    auto call = Host::make("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    call.idempotency_key = "abc";
    const auto first = host.answer(call);
    EXPECT_FALSE(first.replayed);
    host.call("catalog.put_product", R"({"sku":"TEA","name":"Green tea"})");
    call.request = parse_json(R"({"name":"Tea","sku":"TEA"})").value;
    const auto second = host.answer(call);
    EXPECT_TRUE(second.replayed);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(host.call("catalog.get_product", R"({"sku":"TEA"})").at("name").as_string(),
              "Green tea");
}

TEST(Idempotency, AnotherRequestUnderTheKeyIsRefused) {
    Host host;
    host.account();
    auto call = Host::make("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    call.idempotency_key = "abc";
    host.answer(call);
    call.request = parse_json(R"({"sku":"TEA","name":"Coffee"})").value;
    EXPECT_EQ(host.refusal(call), "idempotency_key_reused");
}

TEST(Idempotency, WhoeverHasAnotherApiKeyMayUseTheSameWord) {
    Host host;
    host.account();
    auto call = Host::make("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    call.idempotency_key = "abc";
    host.answer(call);
    call.principal = Host::member(accounts::Role::admin);
    EXPECT_FALSE(host.answer(call).replayed);
    call.request = parse_json(R"({"sku":"TEA","name":"Coffee"})").value;
    EXPECT_EQ(host.refusal(call), "idempotency_key_reused");
}

TEST(Idempotency, ARefusalIsNotRecorded) {
    Host host;
    host.account();
    auto call =
        Host::make("catalog.put_vendor_item", R"({"vendor":"V1","sku":"TEA","price":"5.00"})");
    call.idempotency_key = "abc";
    EXPECT_NE(host.refusal(call), "");
    host.product();
    host.call("catalog.put_vendor", R"({"code":"V1","name":"V"})");
    EXPECT_EQ(host.refusal(call), "");
}

TEST(Idempotency, AKeyThatWasShownOnceIsNotShownAgain) {
    Host host;
    host.account();
    auto call = Host::make("keys.create", R"({"name":"ops","role":"admin"})");
    call.idempotency_key = "abc";
    const auto answer = host.answer(call);
    EXPECT_EQ(answer.status, 201);
    EXPECT_THAT(answer.body, HasSubstr("\"key\":\"wharf_"));
    EXPECT_EQ(host.refusal(call), "already_issued");
}

TEST(DryRun, StoresNothingAndShowsTheReply) {
    Host host;
    host.account();
    const auto reply = host.preview("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    EXPECT_TRUE(reply.at("dry_run").as_bool());
    EXPECT_EQ(reply.at("sku").as_string(), "TEA");
    EXPECT_TRUE(reply.at("effects").is_array());
    EXPECT_EQ(host.refusal("catalog.get_product", R"({"sku":"TEA"})"), "not_found");
}

TEST(DryRun, IsSaidOnceAlsoByOperationsOutsideOfTheStrand) {
    Host host;
    host.account();
    for (const auto& [operation, request] :
         {std::pair{"keys.create", R"({"name":"ops","role":"admin"})"},
          std::pair{"imports.run", R"({"kind":"products","csv":"sku,name\nTEA,Tea\n"})"}}) {
        auto call = Host::make(operation, request);
        call.dry_run = true;
        const auto body = host.answer(call).body;
        EXPECT_THAT(body, testing::StartsWith(R"({"dry_run":true,)"));
        EXPECT_EQ(body.find("\"dry_run\"", 5), std::string::npos) << body;
        EXPECT_THAT(body, HasSubstr("\"effects\":[]"));
    }
    EXPECT_EQ(host.refusal("catalog.get_product", R"({"sku":"TEA"})"), "not_found");
}

TEST(Audit, EveryWriteLeavesAnEntryInTheChain) {
    Host host;
    host.account().location().product();
    EXPECT_EQ(host.refusal("catalog.put_product", R"({"sku":"","name":"Tea"})"), "invalid");
    const auto entries = host.call("audit.list", "{}").at("items").as_array();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].at("operation").as_string(), "accounts.create");
    EXPECT_EQ(entries[1].at("operation").as_string(), "catalog.put_location");
    EXPECT_EQ(entries[2].at("input").at("sku").as_string(), "TEA");
    EXPECT_EQ(entries[2].at("actor").as_string(), "k-platform");
    auto snapshot = host.operations().accounts().open(AccountCode("acme"))->snapshot();
    EXPECT_TRUE(check_journal(snapshot->session()).empty());
}

TEST(Audit, AChangedEntryBreaksTheChain) {
    Host host;
    host.account().location().product();
    auto account = host.operations().accounts().open(AccountCode("acme"));
    accounts::run(*account, [](storage::Session& session) {
        session.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 1");
    });
    auto snapshot = account->snapshot();
    const auto broken = check_journal(snapshot->session());
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_EQ(broken[0].seq, 1);
}

// Whoever makes an entry anew, hash and all, has to make every later one anew as well.
TEST(Audit, AnotherHashBreaksTheEntryBehindItToo) {
    Host host;
    host.account().location().product();
    auto account = host.operations().accounts().open(AccountCode("acme"));
    accounts::run(*account, [](storage::Session& session) {
        session.execute("UPDATE journal SET hash = 'made anew' WHERE seq = 1");
    });
    auto snapshot = account->snapshot();
    const auto broken = check_journal(snapshot->session());
    ASSERT_EQ(broken.size(), 2U);
    EXPECT_EQ(broken[1].seq, 2);
}

TEST(Audit, TheChainGoesOnAfterARestart) {
    Host host;
    host.account().location();
    host.restart().product();
    auto snapshot = host.operations().accounts().open(AccountCode("acme"))->snapshot();
    EXPECT_TRUE(check_journal(snapshot->session()).empty());
    EXPECT_EQ(host.call("audit.list", "{}").at("items").as_array().size(), 3U);
}

TEST(Accounts, AnAccountIsMadeOnce) {
    Host host;
    host.account();
    EXPECT_EQ(
        host.refusal(Host::make("accounts.create",
                                R"({"code":"acme","name":"Other","plan":"growth",)"
                                R"("account_type":"seller","inventory_type":"serialized",)"
                                R"("currency":"INR","time_zone":"Asia/Kolkata","country":"IN"})",
                                "")),
        "account_exists");
}

TEST(Accounts, SettingsThatCannotBeAreRefusedTogether) {
    Host host;
    auto call =
        Host::make("accounts.create",
                   R"({"code":"acme","name":"Acme","plan":"growth","account_type":"seller",)"
                   R"("inventory_type":"non_serialized","serial_mode":2,"currency":"inr",)"
                   R"("time_zone":"Moon/Base","country":"IN"})",
                   "");
    try {
        host.answer(call);
        FAIL();
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.faults().size(), 3U);
    }
}

TEST(Accounts, AChangeOfPolicyHoldsAtOnceForReadsAndWrites) {
    Host host;
    host.account();
    host.call("accounts.update", R"({"policies":{"putaway_required":true}})");
    const auto account = host.call("accounts.get", "{}");
    EXPECT_TRUE(account.at("policies").at("putaway_required").as_bool());
    EXPECT_TRUE(account.at("policies").at("orders_beyond_stock_allowed").as_bool());
    EXPECT_EQ(account.at("version").as_int64(), 2);
}

TEST(Accounts, AMemberSeesItsOwnAccountInTheList) {
    Host host;
    host.account("acme").account("other");
    auto call = Host::make("accounts.list", "{}", "");
    EXPECT_EQ(parse_json(host.answer(call).body).value.at("items").as_array().size(), 2U);
    call.principal = Host::member(accounts::Role::admin, "other");
    EXPECT_EQ(parse_json(host.answer(call).body).value.at("items").as_array().size(), 1U);
}

TEST(Keys, AKeyBoundToNothingThereIsRefused) {
    Host host;
    host.account();
    EXPECT_EQ(host.refusal("keys.create", R"({"name":"v","role":"vendor","vendor":"V9"})"),
              "invalid");
}

TEST(Keys, ARevokedKeyIsListedAsSuch) {
    Host host;
    host.account();
    const auto made = host.call("keys.create", R"({"name":"ops","role":"admin"})");
    const std::string id = made.at("id").as_string().c_str();
    host.call("keys.revoke", R"({"id":")" + id + R"("})");
    const auto listed = host.call("keys.list", "{}").at("items").as_array();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_TRUE(listed[0].at("revoked_at").is_string());
}

}  // namespace
}  // namespace wharf::operations

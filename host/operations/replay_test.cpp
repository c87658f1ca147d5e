// The journal of an account, run again on an empty account, gives the same bytes.
#include <gmock/gmock.h>

#include "host/accounts/run.hpp"
#include "host/operations/host_fixture.hpp"
#include "host/operations/keeper_fixture.hpp"
#include "host/operations/replay.hpp"

namespace wharf::operations {
namespace {

struct Lived : Host {
    explicit Lived(std::vector<const plugins::Plugin*> plugins = {keeper::plugin(),
                                                                  keeper::clerk()})
        : Host(std::move(plugins)) {
        account().location().product();
    }
    Lived& on(const std::string& config = "{}") {
        call("plugins.switch",
             R"({"plugin":"keeper","enabled":true,"reason":"test","config":)" + config + '}');
        return *this;
    }
    Lived& stock(int quantity) {
        call("inventory.adjust",
             R"({"location":"BLR","reason":"opening","lines":[{"sku":"TEA","quantity":)" +
                 std::to_string(quantity) + R"(,"unit_cost":"90.00"}]})");
        return *this;
    }
    Lived& order(int quantity) {
        call("sales.place_order",
             R"({"reference":"W-)" + std::to_string(++orders_) +
                 R"(","location":"BLR","lines":[{"sku":"TEA","unit_price":"240.00","quantity":)" +
                 std::to_string(quantity) + "}]}");
        return *this;
    }

private:
    int orders_ = 0;
};

// Ends the host, keeps the account's database, and replays it in a host of its own.
ReplayReport replayed(Host& host, std::vector<const plugins::Plugin*> plugins = {keeper::plugin(),
                                                                                 keeper::clerk()}) {
    storage::sqlite::TestFolder folder;
    host.operations()
        .accounts()
        .open(AccountCode("acme"))
        ->backup_to((std::filesystem::path(folder.path()) / "account.db").string());
    host.end();
    auto kept = storage::sqlite::open_engine({folder.path()});
    auto schema = accounts::account_state_schema();
    const auto above = whole_account_schema();
    schema.insert(schema.end(), above.begin(), above.end());
    auto database = kept->open("account", schema);
    auto original = database->snapshot();
    storage::sqlite::TestFolder empty;
    auto engine = storage::sqlite::open_engine({empty.path()});
    OperationsSetup setup;
    setup.background = false;
    Operations fresh(*engine, plugins, std::move(setup));
    return replay(original->session(), fresh);
}

void expect_same(const ReplayReport& report) {
    EXPECT_TRUE(report.same) << to_json(report);
    EXPECT_GT(report.rows, 0);
}

TEST(Replay, OfAnAccountWithoutPlugins) {
    Lived host;
    host.stock(5).order(3).order(8);
    host.call("sales.ship", R"({"number":"SO-000001","lines":[{"line":1,"quantity":2}]})");
    host.call("accounts.update", R"({"policies":{"orders_beyond_stock_allowed":false}})");
    expect_same(replayed(host));
}

TEST(Replay, ARefusalADryRunAndAReplayedKeyLeaveNothingToReplay) {
    Lived host;
    host.stock(5).order(3);
    EXPECT_EQ(
        host.refusal("sales.ship", R"({"number":"SO-000001","lines":[{"line":1,"quantity":9}]})"),
        "exceeds_reserved");
    host.preview("sales.cancel_order", R"({"number":"SO-000001"})");
    auto call = Host::make("catalog.put_product", R"({"sku":"COFFEE","name":"Coffee"})");
    call.idempotency_key = "k-1";
    host.answer(call);
    host.answer(call);
    expect_same(replayed(host));
}

TEST(Replay, OfReactionsSchedulesJobsAndHooks) {
    Lived host;
    host.on(R"({"sweep":{"every_minutes":10}})").stock(5).order(3);
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    host.call("catalog.put_vendor", R"({"code":"V1","name":"V"})");
    host.call("keeper.count", R"({"to":3})");
    host.operations().jobs().wait(AccountCode("acme"), "J000000001", std::chrono::seconds(20));
    for (int i = 0; i < 3; ++i) {
        host.pass(std::chrono::hours(12));
        host.operations().look_at_the_clock();
    }
    host.call("keeper.count", R"({"to":1})");
    expect_same(replayed(host));
}

TEST(Replay, OfReactionsThatFailedWereParkedAndRunLater) {
    Lived host;
    host.on(R"({"reaction_fails":true})");
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    for (int i = 0; i < 3; ++i) {
        host.pass(std::chrono::minutes(20));
        host.operations().look_at_the_clock();
    }
    host.call("keeper.write", R"({"sku":"TEA","text":"b"})");
    for (int i = 0; i < 6; ++i) {
        host.pass(std::chrono::minutes(20));
        host.operations().look_at_the_clock();
    }
    host.on(R"({"reaction_fails":false})");
    const auto parked =
        host.call("plugins.parked", R"({"plugin":"keeper"})").at("items").as_array();
    ASSERT_FALSE(parked.empty());
    host.call("plugins.retry_parked", R"({"plugin":"keeper","event":)" +
                                          std::to_string(parked[0].at("event").as_int64()) + '}');
    expect_same(replayed(host));
}

TEST(Replay, OfSwitchesEndsAndWhatIsForgotten) {
    Lived host;
    host.call("accounts.update", R"({"policies":{"event_days_kept":2}})");
    host.call("plugins.switch", R"({"plugin":"keeper","enabled":true,"reason":"trial",)"
                                R"("until":"2026-11-05T10:00:00.000Z"})");
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    for (int i = 0; i < 9; ++i) {
        host.pass(std::chrono::hours(24));
        host.operations().look_at_the_clock();
    }
    host.restart();
    host.on().order(2);
    expect_same(replayed(host));
}

TEST(Replay, OfAnImport) {
    Lived host;
    auto call =
        Host::make("imports.run",
                   R"({"kind":"products","csv":"sku,name\nCOFFEE,Coffee\n,Nothing\nMILK,Milk\n"})");
    host.answer(call);
    host.order(1);
    expect_same(replayed(host));
}

TEST(Replay, OfWhatABoundKeyDidSeesWhatItSaw) {
    Lived host;
    host.on().stock(5).location("DEL");
    auto bound = Host::make("keeper.write", R"({"sku":"TEA","text":"bound"})");
    accounts::Principal principal;
    principal.key_id = "k-bound";
    principal.name = "picker";
    principal.role = accounts::Role::admin;
    principal.account = AccountCode("acme");
    principal.locations = {LocationCode("DEL")};
    bound.principal = std::make_shared<const accounts::Principal>(principal);
    host.answer(bound);
    expect_same(replayed(host));
}

TEST(Replay, TellsWhereTheBytesAreOthers) {
    Lived host;
    host.stock(5);
    accounts::run(
        *host.operations().accounts().open(AccountCode("acme")),
        [](storage::Session& session) { session.execute("UPDATE stock SET reserved = 1"); });
    const auto report = replayed(host);
    EXPECT_FALSE(report.same);
    ASSERT_EQ(report.differences.size(), 1U);
    EXPECT_EQ(report.differences[0].table, "stock");
    EXPECT_THAT(report.differences[0].original, testing::HasSubstr("\"reserved\":1"));
    EXPECT_THAT(report.differences[0].replayed, testing::HasSubstr("\"reserved\":0"));
}

TEST(Replay, TellsWhichRowCannotBeRunAgain) {
    Lived host;
    host.on();
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    const auto report = replayed(host, {});
    ASSERT_TRUE(report.stopped.has_value());
    EXPECT_EQ(report.stopped->operation, "plugins.switch");
    EXPECT_THAT(report.stopped->reason, testing::HasSubstr("keeper"));
}

TEST(Replay, OfABrokenChainDoesNotBegin) {
    Lived host;
    accounts::run(*host.operations().accounts().open(AccountCode("acme")),
                  [](storage::Session& session) {
                      session.execute("UPDATE journal SET input = '{}' WHERE seq = 2");
                  });
    const auto report = replayed(host);
    ASSERT_TRUE(report.stopped.has_value());
    EXPECT_EQ(report.stopped->seq, 2);
}

TEST(Replay, EveryTableThatIsNotComparedIsThereAndSaysWhy) {
    const auto tables = [] {
        auto schema = accounts::account_state_schema();
        const auto above = whole_account_schema();
        schema.insert(schema.end(), above.begin(), above.end());
        std::vector<std::string> names;
        for (const auto& migration : schema) {
            for (const auto& table : migration.create_tables) names.emplace_back(table.name);
        }
        return names;
    }();
    for (const auto& left_out : not_compared()) {
        EXPECT_THAT(tables, testing::Contains(std::string(left_out.table)));
        EXPECT_FALSE(left_out.because.empty());
    }
}

TEST(Audit, AChangedPrincipalBreaksTheChain) {
    Lived host;
    host.stock(5);
    accounts::run(*host.operations().accounts().open(AccountCode("acme")),
                  [](storage::Session& session) {
                      session.execute("UPDATE principal SET document = 'null'");
                  });
    EXPECT_FALSE(host.call("inventory.verify", "{}").at("ok").as_bool());
}

}  // namespace
}  // namespace wharf::operations

// Imports: each row is taken, found to be there already, or refused with its line and the reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/host_fixture.hpp"
#include "host/operations/jobs.hpp"

namespace wharf::operations {
namespace {

namespace json = boost::json;

json::object run(Host& host, const std::string& kind, const std::string& csv,
                 bool dry_run = false) {
    json::object request{{"kind", kind}, {"csv", csv}};
    auto call = Host::make("imports.run", json::serialize(request));
    call.dry_run = dry_run;
    return parse_json(host.answer(call).body).value.as_object();
}

std::string refusal_at(const json::object& report, std::size_t index) {
    const auto& refusal = report.at("refusals").at(index).as_object();
    return std::to_string(refusal.at("row").as_int64()) + " " +
           refusal.at("code").as_string().c_str();
}

TEST(Import, TakesGoodRowsAndNamesEachBadOne) {
    Host host;
    host.account();
    const auto report = run(host, "products",
                            "sku,name,tax_rate,active\n"
                            "TEA,Tea,5,true\n"
                            "BAD,,5,true\n"
                            "CUP,Cup,five,true\n"
                            "POT,Pot,5\n"
                            "JAR,Jar,5,yes\n"
                            "MUG,Mug,,\n");
    EXPECT_EQ(report.at("rows"), 6);
    EXPECT_EQ(report.at("taken"), 2);
    EXPECT_EQ(report.at("refused"), 4);
    EXPECT_EQ(refusal_at(report, 0), "3 missing");
    EXPECT_EQ(refusal_at(report, 1), "4 invalid_decimal");
    EXPECT_EQ(report.at("refusals").at(1).at("column"), "tax_rate");
    EXPECT_EQ(refusal_at(report, 2), "5 malformed_row");
    EXPECT_EQ(refusal_at(report, 3), "6 wrong_type");
    EXPECT_EQ(host.call("catalog.get_product", R"({"sku":"MUG"})").at("name"), "Mug");
}

TEST(Import, RowsOfOneReferenceAreOneOrder) {
    Host host;
    host.account().location().product("TEA").product("CUP");
    const std::string csv =
        "reference,location,kind,sku,quantity,unit_price\n"
        "W-1,BLR,consumer,TEA,2,10.00\n"
        "W-1,,,CUP,1,5.00\n"
        "W-2,BLR,consumer,TEA,0,10.00\n"
        "W-2,BLR,consumer,CUP,1,10.00\n"
        "W-3,BLR,consumer,TEA,1,10.00\n"
        "W-1,BLR,consumer,TEA,1,10.00\n"
        ",BLR,consumer,TEA,1,10.00\n";
    const auto report = run(host, "orders", csv);
    EXPECT_EQ(report.at("taken"), 3);
    EXPECT_EQ(report.at("documents"), 2);
    EXPECT_EQ(refusal_at(report, 0), "4 out_of_range");
    EXPECT_EQ(refusal_at(report, 1), "5 document_refused");
    EXPECT_EQ(refusal_at(report, 2), "7 reference_not_adjacent");
    EXPECT_EQ(refusal_at(report, 3), "8 missing_reference");

    const auto again = run(host, "orders", csv);
    EXPECT_EQ(again.at("taken"), 0);
    EXPECT_EQ(again.at("already_there"), 3);
    EXPECT_EQ(host.call("sales.list_orders", "{}").at("items").as_array().size(), 2U);
}

TEST(Import, TheSameStockFileTwiceTakesNothingTwice) {
    Host host;
    host.account().location().product("TEA");
    const std::string csv = "location,sku,quantity,unit_cost\nBLR,TEA,5,90.00\nBLR,NONE,5,90.00\n";
    EXPECT_EQ(run(host, "stock", csv).at("taken"), 1);
    EXPECT_EQ(run(host, "stock", csv).at("already_there"), 1);
    const auto levels = host.call("inventory.levels", R"({"sku":"TEA"})");
    EXPECT_EQ(levels.at("items").at(0).at("on_hand"), 5);
    EXPECT_TRUE(host.call("inventory.verify", "{}").at("ok").as_bool());
}

TEST(Import, TheSameKeyManyTimesAtOnceIsOneJob) {
    Host host;
    host.account();
    auto call = Host::make("imports.run", R"({"kind":"products","csv":"sku,name\nTEA,Tea\n"})");
    call.idempotency_key = "k-1";
    std::vector<std::string> bodies(16);
    std::atomic<int> replayed = 0;
    {
        std::vector<std::jthread> clients;
        for (auto& body : bodies) {
            clients.emplace_back([&host, &call, &body, &replayed] {
                const auto answer = host.answer(call);
                body = answer.body;
                replayed += answer.replayed ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(replayed, 15);
    EXPECT_EQ(std::count(bodies.begin(), bodies.end(), bodies[0]), 16);
    EXPECT_EQ(host.call("jobs.list", "{}").at("items").as_array().size(), 1U);
    call.request.as_object()["csv"] = "sku,name\nCUP,Cup\n";
    EXPECT_EQ(host.refusal(call), "idempotency_key_reused");
}

TEST(Import, WaitsForNoLongerThanARequestMay) {
    Host host;
    host.account();
    for (const char* wait : {"11", "-1"}) {
        EXPECT_EQ(host.refusal(
                      "imports.run",
                      std::string(R"({"kind":"products","csv":"sku,name\n","wait":)") + wait + '}'),
                  "out_of_range");
    }
    const auto begun = host.answer(
        Host::make("imports.run", R"({"kind":"products","csv":"sku,name\nTEA,Tea\n","wait":0})"));
    EXPECT_EQ(begun.status, 202);
    EXPECT_TRUE(begun.location.has_value());
}

TEST(Import, AnEntryThatIsThereWithTheSameContentIsNotTakenAgain) {
    Host host;
    host.account();
    EXPECT_EQ(run(host, "products", "sku,name\nTEA,Tea\nCUP,Cup\n").at("taken"), 2);
    const auto again = run(host, "products", "sku,name\nTEA,Tea\nCUP,Mug\n");
    EXPECT_EQ(again.at("taken"), 1);
    EXPECT_EQ(again.at("already_there"), 1);
}

TEST(Import, ADryRunTellsTheSameAndKeepsNothing) {
    Host host;
    host.account();
    EXPECT_EQ(run(host, "products", "sku,name\nTEA,Tea\n", true).at("taken"), 1);
    EXPECT_EQ(host.refusal("catalog.get_product", R"({"sku":"TEA"})"), "not_found");
}

TEST(Import, AWrongHeaderIsRefusedWithAllItsFaults) {
    Host host;
    host.account();
    try {
        run(host, "products", "sku,nmae,sku\nTEA,Tea,TEA\n");
        FAIL();
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.faults().size(), 3U);
    }
    EXPECT_EQ(host.refusal("imports.run", R"({"kind":"moons","csv":"a\n"})"), "unknown_kind");
    EXPECT_EQ(host.refusal("imports.run", R"({"kind":"products","csv":""})"), "empty_file");
}

TEST(Import, NeedsThePermissionOfTheOperationItself) {
    Host host;
    host.account();
    auto call = Host::make("imports.run", R"({"kind":"products","csv":"sku,name\nTEA,Tea\n"})");
    call.principal = Host::member(accounts::Role::sales);
    EXPECT_EQ(host.refusal(call), "missing_permission");
}

std::string many_products(int rows) {
    std::string csv = "sku,name\n";
    for (int i = 0; i < rows; ++i) {
        csv += i % 100 == 7 ? ",Nameless\n" : "P" + std::to_string(i) + ",Product\n";
    }
    return csv;
}

TEST(Import, ALongFileGoesThroughInChunksAndTellsEveryRefusalAsPagesOfItsJob) {
    Host host;
    host.account();
    const auto report = run(host, "products", many_products(1000));
    EXPECT_EQ(report.at("rows"), 1000);
    EXPECT_EQ(report.at("taken"), 990);
    EXPECT_EQ(report.at("refused"), 10);
    const std::string job = report.at("job").as_string().c_str();
    const auto errors =
        host.call("jobs.errors", R"({"id":")" + job + R"(","limit":4})").as_object();
    EXPECT_EQ(errors.at("items").as_array().size(), 4U);
    EXPECT_EQ(errors.at("items").at(0).at("row"), 9);
    EXPECT_TRUE(errors.at("next").is_string());
}

TEST(Import, WithoutWaitingTheAnswerIsAJobAndItsPlace) {
    Host host;
    host.account();
    auto call = Host::make("imports.run",
                           json::serialize(json::object{
                               {"kind", "products"}, {"csv", many_products(5000)}, {"wait", 0}}));
    const auto answer = host.answer(call);
    EXPECT_EQ(answer.status, 202);
    const auto job = parse_json(answer.body).value.as_object();
    const std::string id = job.at("id").as_string().c_str();
    EXPECT_EQ(answer.location, "/v1/accounts/acme/jobs/" + id);
    host.restart();
    host.operations().look_at_the_clock();
    host.operations().jobs().wait(AccountCode("acme"), id, std::chrono::seconds(30));
    const auto done = host.call("jobs.get", R"({"id":")" + id + "\"}").as_object();
    EXPECT_EQ(done.at("status"), "done") << json::serialize(done);
    EXPECT_EQ(done.at("result").at("taken"), 4950);
    EXPECT_EQ(done.at("result").at("already_there"), 0) << "no chunk was taken in twice";
}

// Of a file that is wrong throughout, no more is kept than can be read.
TEST(JobErrors, AreKeptUpToABoundAndAllCounted) {
    Host host;
    host.account();
    JobRecord record;
    record.job.id = "J000000001";
    record.job.errors = limits::kJobErrorsKept - 1;
    const auto account = host.operations().accounts().open(AccountCode("acme"));
    accounts::run(*account, [&](storage::Session& session) {
        for (int i = 0; i < 3; ++i) add_job_error(session, record, i, "missing", "is required");
    });
    EXPECT_EQ(record.job.errors, limits::kJobErrorsKept + 2);
    auto snapshot = account->snapshot();
    EXPECT_EQ(snapshot->session().value<std::int64_t>("SELECT COUNT(*) FROM job_error"), 1);
    EXPECT_EQ(snapshot->session().value<std::int64_t>("SELECT MAX(seq) FROM job_error"),
              limits::kJobErrorsKept);
}

}  // namespace
}  // namespace wharf::operations

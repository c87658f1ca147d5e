// What the host forgets every night, and what it must not forget.
#include <gmock/gmock.h>

#include "host/operations/host_fixture.hpp"
#include "host/operations/keeper_fixture.hpp"

namespace wharf::operations {
namespace {

constexpr auto kDay = std::chrono::hours(24);

struct Remembering : Host {
    Remembering() : Host({keeper::plugin()}) { account(); }
    Remembering& on(const std::string& config = "{}") {
        call("plugins.switch",
             R"({"plugin":"keeper","enabled":true,"reason":"test","config":)" + config + '}');
        return *this;
    }
    // Lets so many days go by; the nightly work is done on each of them.
    Remembering& days(int count) {
        for (int i = 0; i < count; ++i) {
            pass(kDay);
            operations().look_at_the_clock();
        }
        return *this;
    }
    boost::json::array events() { return call("events.list", "{}").at("items").as_array(); }
};

TEST(Retention, EventsGoAfterTheDaysThatTheAccountSays) {
    Remembering host;
    host.call("accounts.update", R"({"policies":{"event_days_kept":5}})");
    host.on();
    ASSERT_EQ(host.events().size(), 1U);
    host.days(5);
    EXPECT_EQ(host.events().size(), 1U);
    host.days(2);
    EXPECT_TRUE(host.events().empty());
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    ASSERT_EQ(host.events().size(), 1U);
    EXPECT_EQ(host.events()[0].at("sequence").as_int64(), 2) << "numbers do not begin again";
}

TEST(Retention, AnEventThatIsParkedStaysWhateverItsAge) {
    Remembering host;
    host.call("accounts.update", R"({"policies":{"event_days_kept":5}})");
    host.on(R"({"reaction_fails":true})");
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    host.days(12);
    const auto parked =
        host.call("plugins.parked", R"({"plugin":"keeper"})").at("items").as_array();
    ASSERT_EQ(parked.size(), 1U);
    const auto event = parked[0].at("event").as_int64();
    ASSERT_FALSE(host.events().empty());
    EXPECT_EQ(host.events().front().at("sequence").as_int64(), event);
    host.on(R"({"reaction_fails":false})");
    host.call("plugins.retry_parked",
              R"({"plugin":"keeper","event":)" + std::to_string(event) + '}');
    host.days(1);
    EXPECT_TRUE(host.events().empty() || host.events().front().at("sequence").as_int64() > event);
}

TEST(Retention, AnEventThatAPluginHasNotManagedYetStays) {
    Remembering host;
    host.call("accounts.update", R"({"policies":{"event_days_kept":1}})");
    host.on(R"({"reaction_fails":true})");
    host.call("keeper.write", R"({"sku":"TEA","text":"a"})");
    // The host was down for days: the reaction waits for its next try when the night's work comes.
    host.pass(kDay * 9);
    host.operations().look_at_the_clock();
    EXPECT_FALSE(host.events().empty());
}

TEST(Retention, AKeyOfARequestIsGoodForSevenDays) {
    Remembering host;
    auto call = Host::make("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    call.idempotency_key = "k-1";
    host.answer(call);
    host.days(6);
    EXPECT_TRUE(host.answer(call).replayed);
    host.days(2);
    EXPECT_EQ(host.count("idempotency"), 0);
    call.request = parse_json(R"({"sku":"TEA","name":"Black tea"})").value;
    EXPECT_FALSE(host.answer(call).replayed) << "the key is free for another request";
}

TEST(Retention, AKeyOfARequestToThePlatformIsGoodForSevenDaysToo) {
    Remembering host;
    auto call =
        Host::make("accounts.create",
                   R"({"code":"shop","name":"Shop","plan":"growth","account_type":"seller",)"
                   R"("inventory_type":"non_serialized","currency":"INR",)"
                   R"("time_zone":"Asia/Kolkata","country":"IN"})",
                   "");
    call.idempotency_key = "k-1";
    host.answer(call);
    const auto kept = [&] {
        const auto snapshot = host.operations().accounts().directory().snapshot();
        return snapshot->session()
            .value<std::int64_t>("SELECT COUNT(*) FROM idempotency")
            .value_or(0);
    };
    host.days(6);
    EXPECT_EQ(kept(), 1);
    EXPECT_TRUE(host.answer(call).replayed);
    host.days(2);
    EXPECT_EQ(kept(), 0);
}

TEST(Retention, RunsOfSchedulesAreKeptForThirtyDays) {
    Remembering host;
    host.days(40);
    // Two of the host's own a day.
    EXPECT_LE(host.count("schedule_run"), 2 * 31);
    EXPECT_GE(host.count("schedule_run"), 2 * 29);
}

TEST(Retention, JobsAtTheirEndGoAfterThirtyDaysAndTheirIdsDoNotComeAgain) {
    Remembering host;
    host.on();
    host.call("keeper.count", R"({"to":2})");
    host.operations().jobs().wait(AccountCode("acme"), "J000000001", std::chrono::seconds(20));
    host.days(29);
    EXPECT_EQ(host.count("job"), 1);
    host.days(3);
    EXPECT_EQ(host.count("job"), 0);
    EXPECT_EQ(host.refusal("jobs.get", R"({"id":"J000000001"})"), "not_found");
    host.call("keeper.count", R"({"to":1})");
    EXPECT_EQ(host.call("jobs.list", "{}").at("items").as_array()[0].at("id").as_string(),
              "J000000002");
}

TEST(Retention, TheJournalIsKeptForEver) {
    Remembering host;
    const auto before = host.count("journal");
    host.days(100);
    EXPECT_GT(host.count("journal"), before);
    EXPECT_TRUE(host.call("inventory.verify", "{}").at("ok").as_bool());
}

TEST(Verify, OfALargeAccountIsAJobWithTheSameReport) {
    Host host({}, [](OperationsSetup& setup) { setup.verified_at_once_max = 3; });
    host.account().location().product();
    const auto at_once = host.answer(Host::make("inventory.verify", "{}"));
    EXPECT_EQ(at_once.status, 200);
    host.call("inventory.adjust", R"({"location":"BLR","reason":"opening","lines":[)"
                                  R"({"sku":"TEA","quantity":5,"unit_cost":"90.00"}]})");
    host.call("inventory.adjust", R"({"location":"BLR","reason":"opening","lines":[)"
                                  R"({"sku":"TEA","quantity":5,"unit_cost":"90.00"}]})");
    const auto by_job = host.answer(Host::make("inventory.verify", "{}"));
    EXPECT_EQ(by_job.status, 200) << "it was done within the time that the caller waits";
    const auto jobs = host.call("jobs.list", "{}").at("items").as_array();
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].at("kind").as_string(), "verify");
    const auto report = parse_json(by_job.body).value;
    EXPECT_TRUE(report.at("ok").as_bool());
    EXPECT_EQ(jobs[0].at("result"), report);
}

TEST(Verify, AnswersWithItsJobWhenItTakesLonger) {
    Host host({}, [](OperationsSetup& setup) { setup.verified_at_once_max = 0; });
    host.account();
    // No thread takes it up: as if the account were too large for the time that a caller waits.
    host.operations().jobs().stop();
    const auto answer = host.answer(Host::make("inventory.verify", "{}"));
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(answer.location, "/v1/accounts/acme/jobs/J000000001");
    EXPECT_EQ(parse_json(answer.body).value.at("status").as_string(), "waiting");
    host.restart();
    host.operations().look_at_the_clock();
    host.operations().jobs().wait(AccountCode("acme"), "J000000001", std::chrono::seconds(20));
    const auto job = host.call("jobs.get", R"({"id":"J000000001"})");
    EXPECT_EQ(job.at("status").as_string(), "done");
    EXPECT_TRUE(job.at("result").at("ok").as_bool());
}

}  // namespace
}  // namespace wharf::operations

// A plugin that takes longer than it may: it is refused everything, leaves nothing, and is named.
#include <gmock/gmock.h>

#include <chrono>
#include <functional>
#include <wharf/operations/catalog.hpp>

#include "host/operations/breaker.hpp"
#include "host/operations/host_fixture.hpp"
#include "host/operations/plugin_fixture.hpp"
#include "host/operations/scheduler.hpp"

namespace wharf::operations {
namespace {

struct Nap {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Nap, (), (text))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

// What a handler does while time goes by.
std::function<void()> dally;

class Sleeper : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.write("doze", "POST /doze", &Sleeper::doze).permission("catalog.write");
        setup.write("oversleep", "POST /oversleep", &Sleeper::oversleep)
            .permission("catalog.write");
        setup.guard<catalog::PutProduct>(&Sleeper::may_put);
        setup.collection<Nap>("naps");
    }
    // Goes on as if nothing had happened.
    Nothing doze(Context& context, const Nothing&) const {
        auto naps = context.collection<Nap>("naps");
        naps.put({"before"});
        dally();
        naps.put({"after"});
        return {};
    }
    Nothing oversleep(Context& context, const Nothing&) const {
        context.collection<Nap>("naps").put({"before"});
        dally();
        return {};
    }
    void may_put(Context&, const catalog::PutProduct& request) const {
        if (request.sku == Sku("SLOW")) dally();
    }
};

struct Slow : Host {
    Slow() : Host({in_process<Sleeper>("sleeper")}) {
        account();
        call("plugins.switch", R"({"plugin":"sleeper","enabled":true,"reason":"test"})");
        dally = [this] { pass(std::chrono::seconds(11)); };
    }
    ~Slow() { dally = {}; }
    std::int64_t faults() { return operations().breaker().faults()["sleeper"]; }
};

TEST(SlowPlugin, IsRefusedWhateverItAsksAfterTheDeadlineAndLeavesNothing) {
    Slow host;
    EXPECT_EQ(host.refusal("sleeper.doze", "{}"), "deadline");
    EXPECT_EQ(host.count("collection_document"), 0);
    EXPECT_EQ(host.faults(), 1);
}

TEST(SlowPlugin, ThatComesBackTooLateHasDoneNothing) {
    Slow host;
    EXPECT_EQ(host.refusal("sleeper.oversleep", "{}"), "deadline");
    EXPECT_EQ(host.count("collection_document"), 0);
    EXPECT_EQ(host.faults(), 1);
}

TEST(SlowPlugin, AGuardThatTakesTooLongFailsClosed) {
    Slow host;
    EXPECT_EQ(host.refusal("catalog.put_product", R"({"sku":"SLOW","name":"x"})"),
              "guard_unavailable");
    EXPECT_EQ(host.refusal("catalog.get_product", R"({"sku":"SLOW"})"), "not_found");
    host.product("TEA");
}

TEST(SlowPlugin, IsLeftAloneAfterFiveTimesInARow) {
    Slow host;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(host.refusal("sleeper.doze", "{}"), "deadline");
    EXPECT_EQ(host.refusal("sleeper.doze", "{}"), "plugin_failing");
    EXPECT_THAT(host.operations().breaker().kept_out(), testing::ElementsAre("sleeper"));
}

TEST(SlowPlugin, IsNamedWhileItDoesNotComeBack) {
    Slow host;
    auto& breaker = host.operations().breaker();
    const auto now = [&] { return host.operations().services().clock(); };
    std::vector<Breaker::Stay> overdue;
    dally = [&] {
        EXPECT_TRUE(breaker.overdue(now()).empty());
        host.pass(std::chrono::seconds(11));
        overdue = breaker.newly_overdue(now());
        EXPECT_TRUE(breaker.newly_overdue(now()).empty()) << "each is told once";
        EXPECT_EQ(breaker.overdue(now()).size(), 1U) << "and is there as long as it stays";
    };
    EXPECT_EQ(host.refusal("sleeper.oversleep", "{}"), "deadline");
    ASSERT_EQ(overdue.size(), 1U);
    EXPECT_EQ(overdue[0].plugin, "sleeper");
    EXPECT_EQ(overdue[0].account, AccountCode("acme"));
    EXPECT_TRUE(breaker.overdue(now()).empty());
}

TEST(Deadline, ARequestThatWaitedTooLongForItsTurnIsNotBegun) {
    Slow host;
    auto call = Host::make("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    call.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    EXPECT_EQ(host.refusal(call), "deadline");
    EXPECT_EQ(host.refusal("catalog.get_product", R"({"sku":"TEA"})"), "not_found");
}

}  // namespace
}  // namespace wharf::operations

#include "host/plugins/plugin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "host/plugins/bundle_fixture.hpp"
#include "host/plugins/door.hpp"

namespace wharf::plugins {
namespace {

using testing::HasSubstr;

// A door that remembers what came through it and answers as it was told.
class RecordingDoor : public HostDoor {
public:
    RecordingDoor() { open_door(*this); }
    ~RecordingDoor() override { close_door(); }

    std::string call(std::uint64_t token, std::string_view operation,
                     std::string_view request) override {
        came = std::to_string(token) + " " + std::string(operation) + " " + std::string(request);
        if (refusal) throw *refusal;
        if (breaks) throw std::runtime_error("the storage is gone");
        return R"({"answer":1})";
    }
    void log(std::uint64_t token, LogLevel level, std::string_view text) override {
        logged = std::to_string(token) + " " + std::to_string(static_cast<int>(level)) + " " +
                 std::string(text);
    }

    std::string came;
    std::string logged;
    std::optional<Refusal> refusal;
    bool breaks = false;
};

const Plugin& loaded(const std::string& name, Entrance entrance) {
    PluginFolder folder;
    folder.install(name);
    const InstalledPlugins installed = folder.load(entrance);
    const Plugin* plugin = installed.find(name);
    if (plugin == nullptr) throw std::runtime_error(installed.all().at(0).blocked->reason);
    return *plugin;
}

std::string call(const Plugin& plugin, std::string_view operation, std::string_view input = "{}") {
    CallFrame frame;
    frame.token = 42;
    frame.name = operation;
    frame.input = input;
    return plugin.call(frame);
}

std::string fault_of(const Plugin& plugin, std::string_view operation) {
    try {
        return "answered " + call(plugin, operation);
    } catch (const PluginFault& fault) {
        return fault.what();
    }
}

// Everything below holds for both ways into a plugin: straight, and as bytes to another process.
class Entered : public testing::TestWithParam<Entrance> {
protected:
    static const Plugin& good() {
        static const Plugin& direct = loaded("good", Entrance::direct);
        static const Plugin& process = loaded("good", Entrance::process);
        return GetParam() == Entrance::direct ? direct : process;
    }
    // A plugin on the C++ SDK, as its build bundled it.
    static const Plugin& unruly() {
        static const InstalledPlugins direct(WHARF_FIXTURES "/bundles",
                                             ProbeOptions{WHARF_PROBE_PROGRAM});
        static const InstalledPlugins process(WHARF_FIXTURES "/bundles",
                                              ProbeOptions{WHARF_PROBE_PROGRAM}, Entrance::process);
        const auto& installed = GetParam() == Entrance::direct ? direct : process;
        const Plugin* plugin = installed.find("unruly");
        if (plugin == nullptr) throw std::runtime_error(installed.all().at(0).blocked->reason);
        return *plugin;
    }
    static std::string call_with_context(std::string_view operation,
                                         std::string_view input = "{}") {
        CallFrame frame;
        frame.name = operation;
        frame.context = R"({"plugin":"unruly","request_id":"r-1"})";
        frame.input = input;
        return unruly().call(frame);
    }
    static std::string unruly_fault(std::string_view operation) {
        try {
            return "answered " + call_with_context(operation);
        } catch (const PluginFault& fault) {
            return fault.what();
        }
    }
};

std::string name_of(const testing::TestParamInfo<Entrance>& entrance) {
    return entrance.param == Entrance::direct ? "Direct" : "Process";
}
INSTANTIATE_TEST_SUITE_P(Plugin, Entered, testing::Values(Entrance::direct, Entrance::process),
                         name_of);

TEST_P(Entered, TheReplyComesBackAsItWasWritten) {
    EXPECT_EQ(call(good(), "good.echo", R"({"quantity":3})"), R"({"quantity":3})");
    EXPECT_EQ(call(good(), "good.echo", ""), "");
}

TEST_P(Entered, ARefusalKeepsItsParts) {
    try {
        (void)call(good(), "good.refuse");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::conflict);
        EXPECT_EQ(refusal.code(), "good.taken");
        EXPECT_EQ(refusal.detail(), "it is taken");
        EXPECT_EQ(refusal.hint(), "take another");
        ASSERT_EQ(refusal.faults().size(), 1U);
        EXPECT_EQ(refusal.faults()[0].pointer, "/sku");
    }
}

TEST_P(Entered, ARefusalOfAnUnknownKindIsInternal) {
    try {
        (void)call(good(), "good.refuse_oddly");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::internal);
        EXPECT_EQ(refusal.code(), "internal");
        EXPECT_EQ(refusal.detail(), "no");
    }
}

TEST_P(Entered, AnUnreadableRefusalIsInternal) {
    try {
        (void)call(good(), "good.refuse_unreadably");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::internal);
        EXPECT_EQ(refusal.detail(), "a refusal came in no known form");
    }
}

TEST_P(Entered, AFaultNamesThePluginAndTheOperation) {
    EXPECT_EQ(fault_of(good(), "good.fault"),
              "plugin good: \"good.fault\" failed: a wheel came off");
}

TEST_P(Entered, AReplyPastTheLimitIsAFault) {
    EXPECT_EQ(fault_of(good(), "good.write_without_end"),
              "plugin good: \"good.write_without_end\" answered with more than 67108864 bytes");
}

TEST_P(Entered, AnIntThrownAcrossTheEdgeIsAFault) {
    EXPECT_EQ(fault_of(loaded("throws_int", GetParam()), "throws_int.anything"),
              "plugin throws_int: \"throws_int.anything\" let an exception out");
}

TEST_P(Entered, ARequestPastTheLimitIsRefusedBeforeThePluginIsEntered) {
    const std::string huge(WHARF_MESSAGE_BYTES_MAX + 1, ' ');
    EXPECT_THROW((void)call(good(), "good.echo", huge), Refusal);
}

TEST_P(Entered, CppABundleOfTheSdkIsLoadedAndAnswers) {
    EXPECT_EQ(call_with_context("unruly.echo", R"({"word":"tea"})"), R"({"word":"tea"})");
}

TEST_P(Entered, CppAnIntThrownByAHandlerIsAFault) {
    EXPECT_EQ(unruly_fault("unruly.throw_int"),
              "plugin unruly: \"unruly.throw_int\" failed: threw something that is no "
              "std::exception");
}

TEST_P(Entered, CppAnErrorThrownByAHandlerIsAFaultWithItsText) {
    EXPECT_EQ(unruly_fault("unruly.throw_error"),
              "plugin unruly: \"unruly.throw_error\" failed: a wheel came off");
}

TEST_P(Entered, CppARefusalThrownByAHandlerIsThatRefusal) {
    try {
        (void)call_with_context("unruly.refuse");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code(), "unruly.taken");
        EXPECT_EQ(refusal.hint(), "take another");
    }
}

TEST_P(Entered, CppAnOperationThatItDoesNotHaveIsAFault) {
    EXPECT_EQ(unruly_fault("unruly.nothing"),
              "plugin unruly: \"unruly.nothing\" failed: has no handler for unruly.nothing");
}

TEST_P(Entered, HostDoorACallCarriesTokenOperationAndRequest) {
    RecordingDoor door;
    EXPECT_EQ(call(good(), "good.pass_on", R"({"sku":"TEA"})"), R"({"answer":1})");
    EXPECT_EQ(door.came, R"(42 host.operation {"sku":"TEA"})");
}

TEST_P(Entered, HostDoorARefusalComesBackThroughThePlugin) {
    RecordingDoor door;
    door.refusal = Refusal::invalid("/a~1b", "too_small", "must be at least 1")
                       .with_caused_by("inventory.reserve");
    try {
        (void)call(good(), "good.pass_on");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::invalid);
        EXPECT_EQ(refusal.caused_by(), "inventory.reserve");
        ASSERT_EQ(refusal.faults().size(), 1U);
        EXPECT_EQ(refusal.faults()[0].pointer, "/a~1b");
    }
}

TEST_P(Entered, HostDoorABreakdownOfTheHostIsAFaultWithoutWords) {
    RecordingDoor door;
    door.breaks = true;
    EXPECT_THAT(fault_of(good(), "good.pass_on"), HasSubstr("failed: no reason given"));
}

TEST_P(Entered, HostDoorIsClosedBeforeItIsOpened) {
    try {
        (void)call(good(), "good.pass_on");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::unavailable);
    }
}

TEST_P(Entered, HostDoorALogLineCarriesLevelAndToken) {
    RecordingDoor door;
    (void)call(good(), "good.log", "half the shelf is empty");
    EXPECT_EQ(door.logged, "42 2 half the shelf is empty");
}

// The host answers a call of the plugin by entering the plugin again, a few times.
class NestingDoor : public HostDoor {
public:
    explicit NestingDoor(const Plugin& plugin) : plugin_(plugin) { open_door(*this); }
    ~NestingDoor() override { close_door(); }
    std::string call(std::uint64_t, std::string_view, std::string_view request) override {
        if (++depth == 5) return std::string(request);
        return wharf::plugins::call(plugin_, "good.pass_on", request);
    }
    void log(std::uint64_t, LogLevel, std::string_view) override {}
    int depth = 0;

private:
    const Plugin& plugin_;
};

TEST_P(Entered, HostDoorLeadsBackIntoThePlugin) {
    NestingDoor door(good());
    EXPECT_EQ(call(good(), "good.pass_on", R"({"sku":"TEA"})"), R"({"sku":"TEA"})");
    EXPECT_EQ(door.depth, 5);
}

TEST_P(Entered, CallsFromManyThreadsDoNotMix) {
    constexpr int kThreads = 24;
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            const auto& plugin = good();
            for (int n = 0; n < 20; ++n) {
                const auto text = std::to_string(i * 100 + n);
                if (call(plugin, "good.echo", text) != text) ++wrong;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong.load(), 0);
}

// Only a process of its own can die without taking the host along.
class Apart : public Entered {};
INSTANTIATE_TEST_SUITE_P(Plugin, Apart, testing::Values(Entrance::process), name_of);

TEST_P(Apart, APluginThatDiesIsAFaultAndTheNextCallIsServed) {
    EXPECT_EQ(unruly_fault("unruly.die"),
              "plugin unruly: \"unruly.die\" failed: its process ended with SIGABRT");
    EXPECT_EQ(call_with_context("unruly.echo", R"({"word":"tea"})"), R"({"word":"tea"})");
}

}  // namespace
}  // namespace wharf::plugins

#include "host/plugins/plugin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

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

const Plugin& loaded(const std::string& name) {
    PluginFolder folder;
    folder.install(name);
    const InstalledPlugins installed = folder.load();
    const Plugin* plugin = installed.find(name);
    if (plugin == nullptr) throw std::runtime_error(installed.all().at(0).blocked->reason);
    return *plugin;
}

const Plugin& good() {
    static const Plugin& plugin = loaded("good");
    return plugin;
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

TEST(Plugin, TheReplyComesBackAsItWasWritten) {
    EXPECT_EQ(call(good(), "good.echo", R"({"quantity":3})"), R"({"quantity":3})");
    EXPECT_EQ(call(good(), "good.echo", ""), "");
}

TEST(Plugin, ARefusalKeepsItsParts) {
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

TEST(Plugin, ARefusalOfAnUnknownKindIsInternal) {
    try {
        (void)call(good(), "good.refuse_oddly");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::internal);
        EXPECT_EQ(refusal.code(), "internal");
        EXPECT_EQ(refusal.detail(), "no");
    }
}

TEST(Plugin, AnUnreadableRefusalIsInternal) {
    try {
        (void)call(good(), "good.refuse_unreadably");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::internal);
        EXPECT_EQ(refusal.detail(), "a refusal came in no known form");
    }
}

TEST(Plugin, AFaultNamesThePluginAndTheOperation) {
    EXPECT_EQ(fault_of(good(), "good.fault"),
              "plugin good: \"good.fault\" failed: a wheel came off");
}

TEST(Plugin, AReplyPastTheLimitIsAFault) {
    EXPECT_EQ(fault_of(good(), "good.write_without_end"),
              "plugin good: \"good.write_without_end\" answered with more than 67108864 bytes");
}

TEST(Plugin, AnIntThrownAcrossTheEdgeIsAFault) {
    EXPECT_EQ(fault_of(loaded("throws_int"), "throws_int.anything"),
              "plugin throws_int: \"throws_int.anything\" let an exception out");
}

TEST(Plugin, ARequestPastTheLimitIsRefusedBeforeThePluginIsEntered) {
    const std::string huge(WHARF_MESSAGE_BYTES_MAX + 1, ' ');
    EXPECT_THROW((void)call(good(), "good.echo", huge), Refusal);
}

// A plugin on the C++ SDK, as its build bundled it.
const Plugin& unruly() {
    static const InstalledPlugins installed(WHARF_FIXTURES "/bundles",
                                            ProbeOptions{WHARF_PROBE_PROGRAM});
    const Plugin* plugin = installed.find("unruly");
    if (plugin == nullptr) throw std::runtime_error(installed.all().at(0).blocked->reason);
    return *plugin;
}

std::string call_with_context(std::string_view operation, std::string_view input = "{}") {
    CallFrame frame;
    frame.name = operation;
    frame.context = R"({"plugin":"unruly","request_id":"r-1"})";
    frame.input = input;
    return unruly().call(frame);
}

std::string unruly_fault(std::string_view operation) {
    try {
        return "answered " + call_with_context(operation);
    } catch (const PluginFault& fault) {
        return fault.what();
    }
}

TEST(CppPlugin, ABundleOfTheSdkIsLoadedAndAnswers) {
    EXPECT_EQ(call_with_context("unruly.echo", R"({"word":"tea"})"), R"({"word":"tea"})");
}

TEST(CppPlugin, AnIntThrownByAHandlerIsAFault) {
    EXPECT_EQ(unruly_fault("unruly.throw_int"),
              "plugin unruly: \"unruly.throw_int\" failed: threw something that is no "
              "std::exception");
}

TEST(CppPlugin, AnErrorThrownByAHandlerIsAFaultWithItsText) {
    EXPECT_EQ(unruly_fault("unruly.throw_error"),
              "plugin unruly: \"unruly.throw_error\" failed: a wheel came off");
}

TEST(CppPlugin, ARefusalThrownByAHandlerIsThatRefusal) {
    try {
        (void)call_with_context("unruly.refuse");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code(), "unruly.taken");
        EXPECT_EQ(refusal.hint(), "take another");
    }
}

TEST(CppPlugin, AnOperationThatItDoesNotHaveIsAFault) {
    EXPECT_EQ(unruly_fault("unruly.nothing"),
              "plugin unruly: \"unruly.nothing\" failed: has no handler for unruly.nothing");
}

TEST(HostDoor, ACallCarriesTokenOperationAndRequest) {
    RecordingDoor door;
    EXPECT_EQ(call(good(), "good.pass_on", R"({"sku":"TEA"})"), R"({"answer":1})");
    EXPECT_EQ(door.came, R"(42 host.operation {"sku":"TEA"})");
}

TEST(HostDoor, ARefusalComesBackThroughThePlugin) {
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

TEST(HostDoor, ABreakdownOfTheHostIsAFaultWithoutWords) {
    RecordingDoor door;
    door.breaks = true;
    EXPECT_THAT(fault_of(good(), "good.pass_on"), HasSubstr("failed: no reason given"));
}

TEST(HostDoor, IsClosedBeforeItIsOpened) {
    try {
        (void)call(good(), "good.pass_on");
        FAIL() << "answered";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::unavailable);
    }
}

TEST(HostDoor, ALogLineCarriesLevelAndToken) {
    RecordingDoor door;
    (void)call(good(), "good.log", "half the shelf is empty");
    EXPECT_EQ(door.logged, "42 2 half the shelf is empty");
}

}  // namespace
}  // namespace wharf::plugins

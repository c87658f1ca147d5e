#include "host/plugins/loader.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "host/plugins/bundle_fixture.hpp"
#include "host/plugins/elf.hpp"

namespace wharf::plugins {
namespace {

using testing::HasSubstr;

// The outcome of the only bundle of the folder: "loaded", or the step and the reason.
std::string outcome(const PluginFolder& folder) {
    const InstalledPlugins installed = folder.load();
    EXPECT_EQ(installed.all().size(), 1U);
    const InstalledPlugin& only = installed.all().at(0);
    EXPECT_NE(only.plugin != nullptr, only.blocked.has_value());
    if (only.plugin != nullptr) return "loaded";
    return std::string(step_name(only.blocked->step)) + ": " + only.blocked->reason;
}

std::string outcome_of(const std::string& fixture) {
    PluginFolder folder;
    folder.install(fixture);
    return outcome(folder);
}

TEST(Loader, ARightBundleIsLoaded) {
    EXPECT_EQ(outcome_of("good"), "loaded");
}

TEST(Loader, TheOthersAreLoadedWhenOneIsBlocked) {
    PluginFolder folder;
    folder.install("aborts").install("good").install("wrong_size").write("zzz/plugin.json", "{");
    const InstalledPlugins installed = folder.load();
    ASSERT_EQ(installed.all().size(), 4U);
    ASSERT_NE(installed.find("good"), nullptr);
    EXPECT_EQ(installed.find("good")->manifest().version, "1.0.0");
    EXPECT_EQ(installed.find("aborts"), nullptr);
    EXPECT_EQ(installed.find("nobody"), nullptr);
}

TEST(Loader, AChangedFileIsBlockedByItsHash) {
    PluginFolder folder;
    folder.install("good");
    const auto file = folder.shared_object("good", "good");
    std::string bytes = PluginFolder::text_of(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    folder.write("good/good.so", bytes);
    EXPECT_THAT(outcome(folder), HasSubstr("hash: the SHA-256 of good.so is "));
    EXPECT_THAT(outcome(folder), HasSubstr(", and the manifest says "));
}

TEST(Loader, ATruncatedFileIsBlockedByItsHash) {
    PluginFolder folder;
    folder.install("good");
    const auto file = folder.shared_object("good", "good");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    EXPECT_THAT(outcome(folder), HasSubstr("hash: the SHA-256 of good.so is "));
}

TEST(Loader, ATruncatedFileWithTheRightHashIsBlockedByItsForm) {
    PluginFolder folder;
    folder.install("good");
    const auto file = folder.shared_object("good", "good");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    folder.write_manifest("good", "good", PluginFolder::description("good"));
    EXPECT_EQ(outcome(folder), "elf: the file is cut off or damaged");
}

TEST(Loader, AFileThatIsNoSharedObjectIsBlocked) {
    PluginFolder folder;
    folder.write("good/good.so", "#!/bin/sh\n" + std::string(200, '#'));
    folder.write_manifest("good", "good", PluginFolder::description("good"));
    EXPECT_EQ(outcome(folder), "elf: the file is no shared object");
}

TEST(Loader, AMissingSharedObjectIsBlocked) {
    PluginFolder folder;
    folder.install("good");
    std::filesystem::remove(folder.shared_object("good", "good"));
    EXPECT_EQ(outcome(folder), "seal: good.so cannot be opened: No such file or directory");
}

TEST(Loader, ASymbolicLinkIsNotFollowed) {
    PluginFolder folder;
    folder.install("good");
    std::filesystem::remove(folder.shared_object("good", "good"));
    std::filesystem::create_symlink(WHARF_FIXTURES "/good.so",
                                    folder.shared_object("good", "good"));
    EXPECT_THAT(outcome(folder), HasSubstr("seal: good.so cannot be opened: "));
}

TEST(Loader, WithoutAnEntryItIsBlocked) {
    EXPECT_EQ(outcome_of("no_entry"), "elf: it does not export wharf_plugin_entry");
}

TEST(Loader, AnotherExportIsBlocked) {
    EXPECT_EQ(outcome_of("extra_export"),
              "elf: it exports \"something_else\"; only wharf_plugin_entry may be exported");
}

TEST(Loader, AForeignLibraryIsBlocked) {
    EXPECT_THAT(outcome_of("needs_library"), HasSubstr("elf: it needs \"libsodium.so."));
}

TEST(Loader, ASearchPathIsBlocked) {
    EXPECT_EQ(outcome_of("search_path"),
              "elf: it carries a library search path (RPATH or RUNPATH)");
}

TEST(Loader, AnEntryOfTheWrongSizeIsBlocked) {
    EXPECT_EQ(outcome_of("wrong_size"), "probe: its entry has the wrong size: 40 bytes, not 48");
}

TEST(Loader, ANewerLevelIsBlocked) {
    EXPECT_EQ(outcome_of("newer_level"), "probe: it needs SDK level 2, and this host has level 1");
}

TEST(Loader, AnEntryWithoutAFunctionIsBlocked) {
    EXPECT_EQ(outcome_of("missing_function"),
              "probe: its entry lacks a name, a version or a function");
}

TEST(Loader, AnUnresolvedSymbolIsBlocked) {
    EXPECT_EQ(outcome_of("unresolved"),
              "probe: it cannot be loaded: undefined symbol: wharf_fixture_nowhere");
}

TEST(Loader, ASetupThatThrowsIsBlocked) {
    EXPECT_EQ(outcome_of("describe_fails"),
              "probe: it failed to describe itself: setup threw: no such plan");
}

TEST(Loader, ASetupThatThrowsOnTheCppSdkIsBlocked) {
    EXPECT_EQ(outcome_of("setup_throws"), "probe: it failed to describe itself: no such plan");
}

TEST(Loader, ADescriptionThatIsNoJsonIsBlocked) {
    EXPECT_THAT(outcome_of("describe_garbage"),
                HasSubstr("identity: what it says about itself is wrong: is no JSON"));
}

TEST(Loader, AnAbortInTheProbeIsBlocked) {
    EXPECT_EQ(outcome_of("aborts"), "probe: loading it ended the probe with SIGABRT");
}

TEST(Loader, AnExitInTheProbeIsBlocked) {
    EXPECT_EQ(outcome_of("exits"), "probe: loading it ended the probe with exit code 0");
}

TEST(Loader, AHangInTheProbeIsBlocked) {
    PluginFolder folder;
    folder.install("hangs");
    ProbeOptions options{WHARF_PROBE_PROGRAM};
    options.timeout = std::chrono::milliseconds(100);
    const InstalledPlugins installed(folder.path(), options);
    ASSERT_TRUE(installed.all().at(0).blocked.has_value());
    EXPECT_EQ(installed.all()[0].blocked->reason, "it did not come to an end within 100 ms");
}

TEST(Loader, AProgramThatIsNoProbeIsBlocked) {
    PluginFolder folder;
    folder.install("good");
    const InstalledPlugins installed(folder.path(), ProbeOptions{"/nonexistent/program"});
    ASSERT_TRUE(installed.all().at(0).blocked.has_value());
    EXPECT_THAT(installed.all()[0].blocked->reason, HasSubstr("could not be started"));
}

// As after an upgrade of one of the two programs.
TEST(Loader, AProbeOfAnotherVersionIsBlocked) {
    PluginFolder folder;
    folder.install("good");
    folder.write("older", "#!/bin/sh\nexec " WHARF_PROBE_PROGRAM " \"$1\" 0.0.1 $3\n");
    const auto older = folder.path() / "older";
    std::filesystem::permissions(older, std::filesystem::perms::owner_all);
    const InstalledPlugins installed(folder.path(), ProbeOptions{older});
    ASSERT_TRUE(installed.all().at(0).blocked.has_value());
    EXPECT_EQ(installed.all()[0].blocked->step, Step::probe);
    EXPECT_THAT(installed.all()[0].blocked->reason, HasSubstr("install both together"));
}

TEST(Loader, AManifestThatDiffersFromTheCodeIsBlocked) {
    PluginFolder folder;
    folder.install("good",
                   R"({"sdk_level":1,"name":"good","version":"1.0.0","title":"A better fixture"})");
    EXPECT_EQ(outcome(folder), "identity: the code and plugin.json differ in \"title\"");
}

TEST(Loader, AnEntryThatDiffersFromTheManifestIsBlocked) {
    EXPECT_EQ(outcome_of("other_identity"),
              "identity: the code's name is \"somebody_else\", and plugin.json says "
              "\"other_identity\"");
}

TEST(Loader, ADescriptionThatChangesIsBlocked) {
    EXPECT_EQ(outcome_of("changes_its_mind"),
              "identity: the code and plugin.json differ in \"title\"");
}

TEST(Loader, AStartThatFailsIsBlocked) {
    EXPECT_EQ(outcome_of("start_fails"), "probe: it did not start: not today");
}

TEST(Loader, AStartThatFailsInTheHostAloneIsBlocked) {
    EXPECT_EQ(outcome_of("starts_once"), "start: it did not start: once was enough");
}

// The hash keeps damaged copies out. The steps between it and the loader hold all the same: what
// they read may be anything.
TEST(Loader, DamagedCopiesEndTheProbeAtMost) {
    const std::string whole = PluginFolder::text_of(WHARF_FIXTURES "/good.so");
    PluginFolder folder;
    std::minstd_rand random(20101201);
    int refused = 0;
    for (int round = 0; round < 100; ++round) {
        std::string bytes = whole;
        // The first kilobytes hold the headers, symbols and relocations: where damage hurts most.
        for (int i = 0; i < 3; ++i) {
            bytes[random() % std::min<std::size_t>(bytes.size(), 4096)] =
                static_cast<char>(random());
        }
        folder.write("good/good.so", bytes);
        const SealedFile copy(folder.shared_object("good", "good"));
        try {
            check_elf(copy.path());
            (void)run_probe(copy.fd(), ProbeOptions{WHARF_PROBE_PROGRAM});
        } catch (const Blocked&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, 0);
}

TEST(Loader, OverwritingTheFileLeavesTheLoadedOneWhole) {
    PluginFolder folder;
    folder.install("good");
    const InstalledPlugins installed = folder.load();
    const auto file = folder.shared_object("good", "good");
    folder.write("good/good.so", std::string(std::filesystem::file_size(file), '\0'));
    CallFrame frame;
    frame.name = "good.echo";
    frame.input = R"({"sku":"TEA"})";
    EXPECT_EQ(installed.find("good")->call(frame), R"({"sku":"TEA"})");
}

TEST(SealedFile, CannotBeWrittenAnyMore) {
    const SealedFile copy(WHARF_FIXTURES "/good.so");
    EXPECT_LT(::write(copy.fd(), "x", 1), 0);
    EXPECT_NE(::ftruncate(copy.fd(), 0), 0);
    EXPECT_EQ(copy.sha256(), file_sha256(WHARF_FIXTURES "/good.so"));
}

}  // namespace
}  // namespace wharf::plugins

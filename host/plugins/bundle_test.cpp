#include "host/plugins/bundle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/plugins/bundle_fixture.hpp"

namespace wharf::plugins {
namespace {

using testing::HasSubstr;

TEST(Bundles, AreListedByFolderWithoutRunningThem) {
    PluginFolder folder;
    folder.install("hangs").install("aborts").write(".hidden/plugin.json", "{}");
    const auto bundles = discover(folder.path());
    ASSERT_EQ(bundles.size(), 2U);
    EXPECT_EQ(bundles[0].name, "aborts");
    EXPECT_EQ(bundles[1].name, "hangs");
    EXPECT_FALSE(bundles[0].blocked.has_value());
}

TEST(Bundles, AFolderWithoutManifestIsListedAsBlocked) {
    PluginFolder folder;
    folder.write("empty/readme.txt", "nothing");
    const auto bundles = discover(folder.path());
    ASSERT_EQ(bundles.size(), 1U);
    EXPECT_EQ(bundles[0].name, "empty");
    ASSERT_TRUE(bundles[0].blocked.has_value());
    EXPECT_EQ(bundles[0].blocked->step, Step::manifest);
    EXPECT_THAT(bundles[0].blocked->reason, HasSubstr("plugin.json cannot be read"));
}

TEST(Bundles, TwoOfOneNameBlockEachOther) {
    PluginFolder folder;
    folder.install("good").install_in("good_too", "good", PluginFolder::description("good"));
    for (const Bundle& bundle : discover(folder.path())) {
        ASSERT_TRUE(bundle.blocked.has_value());
        EXPECT_EQ(bundle.blocked->reason,
                  "the name \"good\" is used by several bundles: good, good_too");
    }
}

TEST(Bundles, AFolderThatIsNotThereIsRefused) {
    EXPECT_THROW((void)discover("/nonexistent/plugins"), Refusal);
}

}  // namespace
}  // namespace wharf::plugins

// The data folder of the real program: made once, served by one, read by nobody else.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kInUse = 12;  // the exit code that docs/operations.md gives

TEST(DataFolder, HasOneHost) {
    Shop shop;
    std::string said;
    const int code = shop.host().run(
        {"serve", "--data", shop.host().data().string(), "--plugins",
         Installation::beside_this_program().plugins.string(), "--listen", "127.0.0.1:0"},
        said);
    EXPECT_EQ(code, kInUse);
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    shop.close();
}

TEST(DataFolder, IsMadeOnce) {
    Shop shop;
    std::string said;
    EXPECT_NE(shop.host().run({"init", "--data", shop.host().data().string()}, said), 0);
    EXPECT_EQ(said.find("platform_key"), std::string::npos);
    shop.close();
}

TEST(DataFolder, IsForTheHostsUserAlone) {
    Shop shop;
    shop.product("TEA", 1);
    using std::filesystem::perms;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shop.host().data())) {
        const auto others = entry.status().permissions() & (perms::group_all | perms::others_all);
        EXPECT_EQ(others, perms::none) << entry.path();
    }
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

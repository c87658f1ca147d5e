// Data folders that the host must not serve, each with the exit code that docs/operations.md gives
// and one line; and an account that has come back from a backup.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "host/storage/sqlite/testing/file_access.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

namespace fs = std::filesystem;
using storage::sqlite::run_on_file;

constexpr int kNewerSchema = 13;
constexpr int kDisk = 15;
constexpr const char* kNewerMigration =
    "INSERT INTO schema_migration (number, title, checksum) VALUES (99999, 'of tomorrow', 'x')";

void expect_refused(HostProcess& host, int code) {
    std::string said;
    EXPECT_EQ(host.run({"serve", "--data", host.data().string(), "--listen", "127.0.0.1:0"}, said),
              code)
        << said;
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
}

void damage(const fs::path& file) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream << std::string(4096, '#');
}

TEST(DataFolder, OfANewerProgramIsNotServed) {
    HostProcess host;
    run_on_file(host.data() / "directory.db", kNewerMigration);
    expect_refused(host, kNewerSchema);
}

TEST(DataFolder, ThatIsDamagedIsNotServed) {
    HostProcess host;
    damage(host.data() / "directory.db");
    expect_refused(host, kDisk);
}

TEST(DataFolder, ThatTakesNoWritesIsNotServed) {
    HostProcess host;
    fs::remove(host.data() / "lock");
    fs::create_directory(host.data() / "lock");
    expect_refused(host, kDisk);
}

// One account that cannot be opened is no reason to keep the others waiting.
TEST(Account, ThatCannotBeOpenedIsUnavailableAndTheOthersAreServed) {
    Shop shop;
    shop.another("newer");
    const auto newer = shop.admin().another();
    shop.another("damaged");
    const auto damaged = shop.admin().another();
    shop.another("whole").product("TEA", 1);
    shop.host().stop();
    run_on_file(shop.host().data() / "accounts" / "newer.db", kNewerMigration);
    damage(shop.host().data() / "accounts" / "damaged.db");
    shop.host().start();
    shop.reconnect();
    for (const auto* known : {&newer, &damaged}) {
        auto client = shop.client(known->account(), known->key());
        const auto reply = client.get("stock");
        EXPECT_EQ(reply.status, 503) << reply.body;
        EXPECT_EQ(plain_text(reply.json().at("code")), "storage_failing") << reply.body;
        EXPECT_EQ(client.put("products/X", R"({"name":"X"})").status, 503);
    }
    EXPECT_EQ(number_at(shop.admin().must_get("stock?sku=TEA"), ".items[0].on_hand"), 1);
    shop.close();
}

TEST(Account, ThatWasRestoredAnswersGoneToPositionsOfItsFormerLife) {
    Shop shop;
    shop.product("TEA", 5);
    shop.admin().must_post("orders", Shop::order("KEPT", "TEA", 1));
    const auto backup = plain_text(shop.platform_client().must_post("backups", "{}").at("file"));
    shop.admin().must_post("orders", Shop::order("AFTER", "TEA", 1));
    const auto position = plain_text(shop.admin().must_get("events").at("position"));
    EXPECT_EQ(shop.admin().get("events?after=" + position).status, 200);
    shop.host().stop();

    std::string said;
    ASSERT_EQ(shop.host().run({"restore", (shop.host().data() / backup).string(), "--data",
                               shop.host().data().string()},
                              said),
              0)
        << said;
    shop.host().start();
    shop.reconnect();
    const auto gone = shop.admin().get("events?after=" + position);
    EXPECT_EQ(gone.status, 410) << gone.body;
    EXPECT_EQ(plain_text(gone.json().at("code")), "other_incarnation");
    EXPECT_FALSE(gone.json().at("hint").as_string().empty());
    // Beginning again works, and its position holds.
    const auto again = shop.admin().must_get("events");
    const auto renewed = plain_text(again.at("position"));
    EXPECT_EQ(shop.admin().get("events?after=" + renewed).status, 200);
    EXPECT_EQ(shop.all("orders").size(), 1U);
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

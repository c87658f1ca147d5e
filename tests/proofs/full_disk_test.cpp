// The disk of the data folder fills up while clients write, and is freed again, on a real file
// system of a few megabytes. Needs the right to mount one; is skipped without.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "host/storage/sqlite/test_folder.hpp"
#include "tests/support/proof.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

namespace fs = std::filesystem;

constexpr int kDisk = 15;  // the exit code that docs/operations.md gives
constexpr int kClients = 8;
constexpr int kOrdersMax = 5'000;
constexpr std::uintmax_t kFreeAtFirst = 2'000'000;
constexpr int kRecoveryTries = 100;

// A file system in memory, mounted while this lives.
class SmallDisk {
public:
    explicit SmallDisk(fs::path path) : path_(std::move(path)) {
        fs::create_directories(path_);
        mounted_ = ::mount("wharf-proof", path_.c_str(), "tmpfs", 0, "size=8m,mode=0700") == 0;
        if (!mounted_) why_not_ = std::strerror(errno);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
    }

    [[nodiscard]] const std::string& why_not() const { return why_not_; }
    // Leaves no more than so many bytes free.
    void fill(std::uintmax_t leave) {
        std::ofstream file(path_ / "ballast", std::ios::binary | std::ios::app);
        const std::string block(4096, 'x');
        while (file && (leave == 0 || fs::space(path_).available > leave + block.size())) {
            file.write(block.data(), static_cast<std::streamsize>(block.size()));
            file.flush();
        }
    }
    void free() { fs::remove(path_ / "ballast"); }

private:
    fs::path path_;
    bool mounted_ = false;
    std::string why_not_;
};

void expect_full(const HttpReply& reply) {
    EXPECT_EQ(reply.status, 503) << reply.body;
    EXPECT_EQ(plain_text(reply.json().at("code")), "storage_full") << reply.body;
    EXPECT_EQ(reply.json().at("retryable"), true);
    EXPECT_FALSE(reply.header("retry-after").empty());
}

// The log may have room left for a small write: until that is used up as well.
template <class Send>
void until_full(const Send& send) {
    constexpr int kWritesMax = 2'000;
    for (int n = 0; n < kWritesMax; ++n) {
        const HttpReply reply = send(std::to_string(n));
        if (reply.status < 300) continue;
        expect_full(reply);
        return;
    }
    ADD_FAILURE() << "the disk was never full";
}

// What eight clients were told until the disk was full.
struct Told {
    std::set<std::string> numbers;
    std::vector<std::pair<std::string, std::string>> refused;  // key, body
};

Told order_until_full(const Client& like) {
    Told told;
    std::mutex mutex;
    together(kClients, [&](int i) {
        auto client = like.another();
        for (int n = 0; n < kOrdersMax; ++n) {
            const auto key = std::to_string(i) + '-' + std::to_string(n);
            const auto body = Shop::order("", "TEA", 1);
            const auto reply = client.post("orders", body, key);
            const std::lock_guard lock(mutex);
            if (reply.status == 201) {
                told.numbers.insert(plain_text(reply.json().at("number")));
                continue;
            }
            expect_full(reply);
            told.refused.emplace_back(key, body);
            return;
        }
    });
    return told;
}

void expect_reads_go_on(Client& client, const Told& told) {
    EXPECT_EQ(client.get("orders/" + *told.numbers.begin()).status, 200);
    EXPECT_EQ(client.get("stock?sku=TEA").status, 200);
    EXPECT_EQ(client.get("plugins/backorder_po/requirements").status, 200);
    EXPECT_EQ(client.get("/livez").status, 200);
    EXPECT_EQ(client.get("/readyz").status, 503);
    expect_verified(client);
}

// The first write may still meet what the full disk left; soon all is as before.
void expect_recovery(Client& client, const Told& told) {
    for (int i = 0; client.put("products/LATER", R"({"name":"Later"})").status != 200; ++i) {
        ASSERT_LT(i, kRecoveryTries) << "no write is taken although there is room";
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::set<std::string> numbers = told.numbers;
    for (const auto& [key, body] : told.refused) {
        const auto order = client.must_post("orders", body, key);
        EXPECT_TRUE(numbers.insert(plain_text(order.at("number"))).second);
    }
    expect_verified(client);
}

class FullDisk : public testing::Test {
protected:
    FullDisk() : disk_(folder_.path() / "data") {}
    void SetUp() override {
        if (!disk_.why_not().empty()) {
            GTEST_SKIP() << "SKIPPED: a full disk needs the right to mount one: "
                         << disk_.why_not();
        }
        host_.emplace(Installation::beside_this_program(), folder_.path(), Lifetime::with_us);
    }

    storage::sqlite::TestFolder folder_;
    SmallDisk disk_;
    std::optional<HostProcess> host_;
};

TEST_F(FullDisk, IsToldAndReadsGoOnAndWritesComeBackWithoutARestart) {
    host_->start();
    auto client = make_account(host_->url(), host_->platform_key(), "acme");
    client.must_put("locations/BLR", R"({"name":"Bengaluru","kind":"warehouse"})");
    client.must_put("products/TEA", R"({"name":"Tea"})");
    client.must_put("vendors/V1", R"({"name":"Nilgiri Estates","lead_time_days":7})");
    client.must_put("vendor-items/V1/TEA", R"({"price":"100.00"})");
    Client platform(host_->url(), "acme", host_->platform_key());
    platform.must_put("plugins/backorder_po",
                      R"({"enabled":true,"reason":"proof","config":{"mode":"immediate"}})");
    disk_.fill(kFreeAtFirst);

    const auto told = order_until_full(client);
    EXPECT_FALSE(told.numbers.empty());
    ASSERT_FALSE(told.refused.empty()) << "the disk was never full";
    disk_.fill(0);
    until_full([&](const std::string& n) {
        return client.put("products/CAKE-" + n, R"({"name":"Cake"})");
    });
    until_full([&](const std::string& n) {
        return platform.post("keys", R"({"name":"K)" + n + R"(","role":"admin"})");
    });
    until_full([&](const std::string& n) {
        return platform.put("plugins/backorder_po",
                            R"({"enabled":true,"reason":"proof )" + n + R"("})");
    });
    expect_reads_go_on(client, told);

    disk_.free();
    expect_recovery(client, told);
    std::set<std::string> found;
    for (const auto& number : told.numbers) {
        EXPECT_EQ(client.get("orders/" + number).status, 200) << number << " is lost";
    }
    host_->stop();
    report("full disk", std::to_string(told.numbers.size()) + " orders taken until it was full, " +
                            std::to_string(told.refused.size()) +
                            " refused and taken once there was room");
}

TEST_F(FullDisk, AtStartIsAnExitCodeAndOneLine) {
    host_->start();
    host_->stop();
    disk_.fill(0);
    std::string said;
    const int code =
        host_->run({"serve", "--data", host_->data().string(), "--listen", "127.0.0.1:0"}, said);
    EXPECT_EQ(code, kDisk) << said;
    EXPECT_NE(said.find("the disk of the data folder is full"), std::string::npos) << said;
    disk_.free();
    host_->start();
    host_->stop();
}

}  // namespace
}  // namespace wharf::tests

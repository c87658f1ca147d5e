// The host dies without a word under a mixed load, again and again. Nothing that was acknowledged
// may be lost, nothing done twice when clients send again, and what the account does by itself
// (reactions, schedules) happens exactly once.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <thread>

#include "host/storage/sqlite/testing/file_access.hpp"
#include "tests/proofs/buyer.hpp"
#include "tests/support/proof.hpp"

namespace wharf::tests {
namespace {

using storage::sqlite::run_on_file;
using Clock = std::chrono::steady_clock;

constexpr int kBuyers = 32;
// An account grows with every round, and so does the time to verify it: then a new one begins.
constexpr int kKillsPerAccount = 25;
// In every so many rounds the night has passed while the host was down.
constexpr int kRoundsPerNight = 5;
constexpr auto kLoadMax = std::chrono::milliseconds(120);
// The scheduler looks at the clock twice a second: the kill falls before, in and after the run.
constexpr auto kNightLoadMin = std::chrono::milliseconds(450);
// Promised are two seconds on a machine of its own; past this it hangs.
constexpr double kReadySecondsMax = 30;

struct Figures {
    int kills = 0;
    int acknowledged = 0;
    int nights = 0;
    double ready_seconds_max = 0;
};

std::string number_text(double value) {
    auto text = std::to_string(value);
    return text.substr(0, text.find('.') + 3);
}

class Rounds {
public:
    Rounds(Shop& shop, Figures& figures, std::uint32_t seed, const std::string& account)
        : shop_(shop), figures_(figures), random_(seed) {
        shop_.another(account);
        for (int i = 0; i < kMixedProducts; ++i) shop_.product(mixed_sku(i), 40);
        auto platform = shop_.platform_client();
        platform.must_put("plugins/backorder_po", kSwitchedOn);
        for (int i = 0; i < kBuyers; ++i) {
            buyers_.push_back(std::make_unique<Buyer>(i, seed, i == 0));
        }
    }

    void round(int n) {
        const bool night = n % kRoundsPerNight == 0;
        std::atomic<bool> stop{false};
        std::vector<std::thread> threads;
        for (auto& buyer : buyers_) {
            threads.emplace_back([&] { buyer->work(client(), platform(), stop); });
        }
        std::this_thread::sleep_for(length_of(night && n > 0));
        shop_.host().kill();
        stop = true;
        for (auto& thread : threads) thread.join();
        ++figures_.kills;
        ++rounds_;
        if ((n + 1) % kRoundsPerNight == 0) pass_night(n);
        start();
        shop_.reconnect();
        expect_verified(shop_.admin());
    }

    void finish() {
        const auto before = acknowledged();
        together(kBuyers, [&](int i) {
            auto& buyer = *buyers_[static_cast<std::size_t>(i)];
            buyer.finish(client(), platform());
            buyer.send_again(client());
        });
        EXPECT_GE(acknowledged(), before);
        wait_for_morning();
        figures_.acknowledged += acknowledged();
        for (const auto& buyer : buyers_) {
            for (const auto& text : buyer->wrong()) ADD_FAILURE() << text;
        }
        expect_orders();
        expect_purchases();
        expect_journal();
        expect_each_need_covered();
        expect_verified(shop_.admin());
    }

private:
    static constexpr const char* kSwitchedOn =
        R"({"enabled":true,"reason":"mixed load","config":{"mode":"immediate","run_at":{"daily_at":["02:00"]}}})";

    Client client() { return shop_.client(); }
    Client platform() { return shop_.platform_client(); }
    int acknowledged() const {
        int sum = 0;
        for (const auto& buyer : buyers_) sum += buyer->acknowledged();
        return sum;
    }

    std::chrono::microseconds length_of(bool night) {
        const auto max = std::chrono::microseconds(kLoadMax).count();
        const std::chrono::microseconds length(
            std::uniform_int_distribution<long long>(1'000, max)(random_));
        return night ? kNightLoadMin + length : length;
    }

    void start() {
        const auto begin = Clock::now();
        shop_.host().start();
        HttpClient probe(shop_.host().url());
        while (probe.send({"GET", "/readyz", {}, ""}).status != 200) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        EXPECT_LT(seconds, kReadySecondsMax);
        figures_.ready_seconds_max = std::max(figures_.ready_seconds_max, seconds);
    }

    std::filesystem::path file() {
        return shop_.host().data() / "accounts" / (shop_.admin().account() + ".db");
    }

    // Every schedule of the account is due since an instant that comes once.
    void pass_night(int n) {
        const auto due = std::to_string(1'700'000'000'000'000LL + n * 1'000'000LL);
        run_on_file(file(), "UPDATE schedule SET due_at = " + due + ", wake_at = " + due);
        run_on_file(shop_.host().data() / "directory.db",
                    "UPDATE account SET next_due_at = " + due + " WHERE code = '" +
                        shop_.admin().account() + "'");
        ++figures_.nights;
    }

    // What became due while the host was down is done within two looks at the clock.
    void wait_for_morning() {
        const auto due = "SELECT COUNT(*) FROM schedule WHERE wake_at < 1750000000000000";
        for (int i = 0; i < 200 && run_on_file(file(), due).front().front() != "0"; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }

    // Each order that somebody believes in is there as they believe, and no other.
    void expect_orders() {
        std::map<std::string, json::value> found;
        for (auto& order : shop_.all("orders")) {
            found.emplace(plain_text(order.at("number")), order);
        }
        std::size_t believed = 0;
        for (const auto& buyer : buyers_) {
            for (const auto& [number, order] : buyer->believed().orders) {
                ++believed;
                ASSERT_TRUE(found.contains(number)) << number << " is lost";
                const auto& is = found.at(number);
                EXPECT_EQ(plain_text(is.at("reference")), order.reference);
                const auto& line = is.at("lines").at(0);
                EXPECT_EQ(number_at(line, ".quantity") - number_at(line, ".cancelled"),
                          order.cancelled ? number_at(line, ".shipped") : order.quantity)
                    << json::serialize(is);
            }
        }
        EXPECT_EQ(found.size(), believed);
    }

    void expect_purchases() {
        std::map<std::string, std::int64_t> received;
        for (const auto& order : shop_.all("purchase-orders")) {
            if (plain_text(order.at("source")) != "manual") continue;
            received[plain_text(order.at("number"))] = number_at(order, ".lines[0].received");
        }
        std::map<std::string, std::int64_t> believed;
        for (const auto& buyer : buyers_) {
            for (const auto& [number, purchase] : buyer->believed().purchases) {
                believed[number] = purchase.received;
            }
        }
        EXPECT_EQ(received, believed);
    }

    // Every write with a key stands there as often as it was acknowledged, every event was reacted
    // to once, every run of a schedule was made once.
    void expect_journal() {
        std::map<std::string, int> writes;
        for (const auto& buyer : buyers_) {
            for (const auto& [operation, count] : buyer->believed().journal) {
                writes[operation] += count;
            }
        }
        std::map<std::string, int> found;
        std::map<std::string, int> by_itself;
        for (const auto& entry : shop_.all("audit")) {
            const auto operation = plain_text(entry.at("operation"));
            if (plain_text(entry.at("kind")) == "request") {
                if (writes.contains(operation)) ++found[operation];
            } else {
                ++by_itself[operation + ' ' + plain_text(entry.at("note"))];
            }
        }
        EXPECT_EQ(found, writes);
        for (const auto& [what, times] : by_itself) {
            if (what.starts_with("host.settle_toggles")) continue;
            EXPECT_EQ(times, 1) << what;
        }
        expect_schedule_runs(by_itself);
    }

    // A run that was claimed was made, unless the plugin was off just then.
    void expect_schedule_runs(const std::map<std::string, int>& by_itself) {
        if (rounds_ <= kRoundsPerNight) return;
        const auto runs = run_on_file(
            file(),
            "SELECT name, COUNT(*), COUNT(DISTINCT due_at) FROM schedule_run WHERE plugin "
            "= '@host' AND outcome = 'done' GROUP BY name");
        EXPECT_EQ(runs.size(), 2U) << "no schedule of the host ran";
        for (const auto& run : runs) {
            EXPECT_EQ(run[1], run[2]);
            const auto made = std::count_if(
                by_itself.begin(), by_itself.end(),
                [&](const auto& entry) { return entry.first.starts_with("host." + run[0] + ' '); });
            EXPECT_EQ(std::to_string(made), run[1]) << run[0];
        }
    }

    // With the plugin on and one more run, what waits and what is pegged are the same, line by
    // line.
    void expect_each_need_covered() {
        platform().must_put("plugins/backorder_po", kSwitchedOn);
        shop_.admin().must_post("plugins/backorder_po/runs", "{}");
        EXPECT_EQ(shop_.pegged_by_line(), shop_.waiting_by_line());
        EXPECT_TRUE(shop_.all("plugins/backorder_po/exceptions").empty());
    }

    Shop& shop_;
    Figures& figures_;
    std::mt19937 random_;
    std::vector<std::unique_ptr<Buyer>> buyers_;
    int rounds_ = 0;
};

TEST(Kills, LoseNothingAcknowledgedAndDoubleNothing) {
    const int kills = repetitions("WHARF_KILLS", 50);
    const auto seed = seed_of_proof();
    Shop shop;
    Figures figures;
    for (int life = 0; figures.kills < kills && !HasFailure(); ++life) {
        Rounds rounds(shop, figures, seed + static_cast<std::uint32_t>(life) * 1000,
                      "life-" + std::to_string(life));
        for (int n = 0; n < kKillsPerAccount && figures.kills < kills; ++n) rounds.round(n);
        rounds.finish();
    }
    report("kills", std::to_string(figures.kills) + " kills under " + std::to_string(kBuyers) +
                        " clients, " + std::to_string(figures.acknowledged) +
                        " writes acknowledged, " + std::to_string(figures.nights) +
                        " nights passed, ready again within " +
                        number_text(figures.ready_seconds_max) + " s");
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

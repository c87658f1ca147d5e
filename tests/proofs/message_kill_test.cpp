// The host dies without a word while two accounts exchange messages, again and again: between the
// sender's commit and the delivery, between the delivery and its acknowledgement, between question
// and answer. Every question that was acknowledged is heard once, in order, and answered once. And
// an account that comes back from a backup is told again what it has lost.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "tests/support/account.hpp"
#include "tests/support/host_process.hpp"
#include "tests/support/json_match.hpp"
#include "tests/support/proof.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr auto kLoadMax = std::chrono::milliseconds(120);
constexpr int kWaits = 600;
constexpr auto kWait = std::chrono::milliseconds(50);

// Two accounts with the tutorial's plugin on in both: the shop asks, the mill answers.
class Exchange {
public:
    Exchange() : host_({Installation::beside_this_program().host, WHARF_EXCHANGE_BUNDLES}) {
        host_.start();
        for (const auto* code : {"shop", "mill"}) {
            auto admin = make_account(host_.url(), host_.platform_key(), code);
            keys_[code] = admin.key();
            admin.must_put("plugins/supply_request", R"({"enabled":true,"reason":"proof"})");
        }
        mill().must_put("locations/BLR", R"({"name":"Bengaluru","kind":"warehouse"})");
        mill().must_put("products/TEA", R"({"name":"Tea"})");
        shop().must_put("partners/mill", R"({"reason":"our supplier"})");
        mill().must_put("partners/shop", R"({"reason":"our customer"})");
    }

    HostProcess& host() { return host_; }
    Client shop() { return {host_.url(), "shop", keys_.at("shop")}; }
    Client mill() { return {host_.url(), "mill", keys_.at("mill")}; }

    static std::string question(int n) {
        return R"({"supplier":"mill","sku":"TEA","quantity":)" + std::to_string(n) + '}';
    }

    static json::array all(Client client, const std::string& path) {
        json::array items;
        std::string after;
        while (true) {
            const auto page = client.must_get(path + "?limit=200" + after);
            for (const auto& item : page.at("items").as_array()) items.push_back(item);
            if (page.at("next").is_null()) return items;
            after = "&after=" + plain_text(page.at("next"));
        }
    }
    json::array questions() { return all(shop(), "plugins/supply_request/requests"); }
    json::array heard() { return all(mill(), "plugins/supply_request/inquiries"); }

    // Until nothing is on its way and every question is answered.
    bool settles() {
        for (int i = 0; i < kWaits; ++i) {
            if (number_at(shop().must_get("partners/mill"), ".sent_waiting") == 0 &&
                number_at(mill().must_get("partners/shop"), ".sent_waiting") == 0 &&
                number_at(mill().must_get("partners/shop"), ".received_waiting") == 0 &&
                number_at(shop().must_get("partners/mill"), ".received_waiting") == 0) {
                return true;
            }
            std::this_thread::sleep_for(kWait);
        }
        return false;
    }

    void close() {
        auto asking = shop();
        auto asked = mill();
        expect_verified(asking);
        expect_verified(asked);
        host_.stop();
        std::string said;
        EXPECT_EQ(host_.replay(said), 0) << said;
    }

private:
    HostProcess host_;
    std::map<std::string, std::string> keys_;
};

// Asks one question after another, each until it is acknowledged, whatever happens to the host.
class Asker {
public:
    void work(Client client, const std::atomic<bool>& stop) {
        while (!stop) {
            try {
                const auto reply = client.post("plugins/supply_request/requests",
                                               Exchange::question(next_), key());
                if (reply.status == 201 || reply.status == 200) ++next_;
            } catch (const std::exception&) {
                return;  // the host is gone
            }
        }
    }
    [[nodiscard]] int asked() const { return next_ - 1; }
    // The one that was cut off, so that what is there is known.
    void finish(Client client) {
        client.must_post("plugins/supply_request/requests", Exchange::question(next_), key());
        ++next_;
    }

private:
    [[nodiscard]] std::string key() const { return "question-" + std::to_string(next_); }
    int next_ = 1;
};

void expect_each_once(Exchange& exchange, int asked) {
    const auto questions = exchange.questions();
    const auto heard = exchange.heard();
    ASSERT_EQ(questions.size(), static_cast<std::size_t>(asked));
    ASSERT_EQ(heard.size(), questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        EXPECT_EQ(questions[i].at("document").at("quantity"),
                  heard[i].at("document").at("quantity"))
            << "not in the order in which they were asked";
        EXPECT_FALSE(questions[i].at("document").at("available").is_null()) << "not answered";
        // Made with the question and changed once, by its answer.
        EXPECT_EQ(number_at(questions[i], ".version"), 2) << "answered more than once";
    }
}

TEST(MessageKills, EachMessageIsHeardOnceInOrderAndAnsweredOnce) {
    const int kills = repetitions("WHARF_MESSAGE_KILLS", 12);
    std::mt19937 random(seed_of_proof());
    Exchange exchange;
    Asker asker;
    for (int i = 0; i < kills; ++i) {
        std::atomic<bool> stop{false};
        std::thread thread([&] { asker.work(exchange.shop(), stop); });
        std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution<long>(
            500, std::chrono::microseconds(kLoadMax).count())(random)));
        exchange.host().kill();
        stop = true;
        thread.join();
        exchange.host().start();
    }
    asker.finish(exchange.shop());
    ASSERT_TRUE(exchange.settles());
    expect_each_once(exchange, asker.asked());
    report("message-kills", std::to_string(kills) + " kills, " + std::to_string(asker.asked()) +
                                " messages heard once, in order, and answered once");
    exchange.close();
}

TEST(MessageKills, ARestoredReceiverIsToldAgainWhatItHasLost) {
    Exchange exchange;
    Asker asker;
    for (int i = 0; i < 3; ++i) asker.finish(exchange.shop());
    ASSERT_TRUE(exchange.settles());
    Client platform(exchange.host().url(), "mill", exchange.host().platform_key());
    const auto backup = plain_text(platform.must_post("backups", "{}").at("file"));
    for (int i = 0; i < 4; ++i) asker.finish(exchange.shop());
    ASSERT_TRUE(exchange.settles());
    exchange.host().stop();
    std::string said;
    ASSERT_EQ(exchange.host().run({"restore", (exchange.host().data() / backup).string(), "--data",
                                   exchange.host().data().string()},
                                  said),
              0)
        << said;
    exchange.host().start();
    for (int i = 0; i < kWaits && exchange.heard().size() < 7; ++i) {
        std::this_thread::sleep_for(kWait);
    }
    ASSERT_TRUE(exchange.settles());
    EXPECT_EQ(exchange.heard().size(), 7U) << "nobody sent anything after the restore";
    EXPECT_EQ(exchange.questions().size(), 7U);
    exchange.close();
}

}  // namespace
}  // namespace wharf::tests

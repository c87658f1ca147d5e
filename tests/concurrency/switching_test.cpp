// A plugin is switched off and on, a thousand times, while its account and another one are at work.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string_view>
#include <thread>

#include "tests/support/proof.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kSwitches = 1'000;
constexpr int kBuyers = 4;
// Orders that must have come in while it was off, before it is switched on again.
constexpr int kOrdersWhileOff = 2;
constexpr int kAnswers = 300;

// Whether the text goes on with this pattern, in which # is any digit.
bool goes_on(std::string_view text, std::string_view pattern) {
    return text.size() >= pattern.size() &&
           std::equal(pattern.begin(), pattern.end(), text.begin(), [](char wanted, char is) {
               return wanted == '#' ? is >= '0' && is <= '9' : is == wanted;
           });
}

// Everything that differs between two runs by the time alone: instants and dates.
std::string without_instants(std::string_view text) {
    std::string masked;
    while (!text.empty()) {
        std::size_t taken = 0;
        for (const std::string_view pattern : {"####-##-##T##:##:##.###Z", "####-##-##"}) {
            if (taken == 0 && goes_on(text, pattern)) taken = pattern.size();
        }
        masked += taken > 0 ? '@' : text.front();
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    return masked;
}

// What a client of another account asks and is told, in one order.
std::string answers_of(Client client) {
    std::string told;
    const auto note = [&](const HttpReply& reply) {
        told += std::to_string(reply.status) + ' ' + without_instants(reply.body) + '\n';
    };
    for (int n = 0; n < kAnswers; ++n) {
        const auto name = "O-" + std::to_string(n);
        note(client.post("orders", Shop::order(name, "TEA", 1 + n % 3)));
        note(client.get("stock?sku=TEA"));
        if (n % 5 == 0) note(client.get("plugins/backorder_po/requirements"));
        if (n % 7 == 0) note(client.post("plugins/backorder_po/runs", "{}"));
        if (n % 20 == 0) note(client.get("purchase-orders"));
    }
    return told;
}

class Switcher {
public:
    explicit Switcher(Shop& shop) : shop_(shop), admin_(shop.admin().another()) {}

    // Off, orders come in, nothing of the plugin was written, on again.
    void round(const std::atomic<int>& placed) {
        shop_.backorder_po(false, "immediate");
        take_entries();
        const int until = placed + kOrdersWhileOff;
        while (placed < until) std::this_thread::sleep_for(std::chrono::microseconds(200));
        EXPECT_EQ(take_entries(), 0) << "the plugin wrote although it was off";
        shop_.backorder_po(true, "immediate");
    }

private:
    // Reads on in the plugin's part of the journal; gives how many of its own writes it found.
    int take_entries() {
        int found = 0;
        while (true) {
            const auto page =
                admin_.must_get("audit?plugin=backorder_po&limit=200&after=" + after_);
            for (const auto& entry : page.at("items").as_array()) {
                ++found;
                after_ = plain_text(entry.at("seq"));
            }
            if (page.at("next").is_null()) return found;
        }
    }

    Shop& shop_;
    Client admin_;
    std::string after_ = "0";
};

std::string answers_without_switching() {
    Shop shop;
    shop.another("other").product("TEA", 50).backorder_po(true, "immediate");
    auto told = answers_of(shop.client());
    shop.close();
    return told;
}

TEST(Switching, AThousandTimesUnderLoadNothingIsWrittenWhileOffAndNobodyElseNotices) {
    const int switches = repetitions("WHARF_SWITCHES", kSwitches);
    const auto expected = answers_without_switching();
    Shop shop;
    shop.another("other").product("TEA", 50).backorder_po(true, "immediate");
    const auto other = shop.admin().another();
    shop.another("switched").product("TEA", 0).backorder_po(true, "immediate");

    std::atomic<bool> stop{false};
    std::atomic<int> placed{0};
    std::string told;
    std::thread watcher([&] { told = answers_of(shop.client(other.account(), other.key())); });
    std::vector<std::thread> buyers;
    for (int i = 0; i < kBuyers; ++i) {
        buyers.emplace_back([&, i, client = shop.client()]() mutable {
            for (int n = 0; !stop; ++n) {
                const auto name = std::to_string(i) + '-' + std::to_string(n);
                const auto reply = client.post("orders", Shop::order(name, "TEA", 1));
                EXPECT_EQ(reply.status, 201) << reply.body;
                ++placed;
            }
        });
    }
    Switcher switcher(shop);
    for (int done = 0; done < switches && !HasFailure(); done += 2) switcher.round(placed);
    stop = true;
    watcher.join();
    for (auto& buyer : buyers) buyer.join();

    EXPECT_EQ(told, expected);
    EXPECT_EQ(shop.pegged_by_line(), shop.waiting_by_line());
    EXPECT_EQ(sum_of_lines(shop.all("purchase-orders"), "quantity"), placed);
    report("switching", std::to_string(switches) + " switches under " + std::to_string(placed) +
                            " orders; " + std::to_string(kAnswers) +
                            " rounds of another account answered byte for byte the same");
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

// The power goes while clients are at work; they try again with the same keys.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/concurrency/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kClients = 8;
constexpr int kOrdersEach = 40;
constexpr int kCrashes = 3;

std::string name_of(int client, int n) {
    return std::to_string(client) + "-" + std::to_string(n);
}

// What one client has sent and what it knows to be done.
struct Progress {
    int next = 0;
};

// Sends from where it stopped until all are acknowledged or the host is gone. The order that was
// cut off is sent again, with the same key: it may have been done.
void work(Shop& shop, int id, Progress& progress, std::atomic<int>& acknowledged) {
    auto client = shop.client();
    try {
        while (progress.next < kOrdersEach) {
            const auto name = name_of(id, progress.next);
            const auto reply = client.post("orders", Shop::order("", "TEA", 1), name);
            if (reply.status != 200 && reply.status != 201) {
                ADD_FAILURE() << reply.status << ' ' << reply.body;
                return;
            }
            ++progress.next;
            ++acknowledged;
        }
    } catch (const NoReply&) {
        return;
    }
}

TEST(Crash, LosesNothingAcknowledgedAndDoublesNothing) {
    Shop shop;
    shop.product("TEA", 50);
    shop.backorder_po(true, "immediate");
    std::vector<Progress> progress(kClients);
    std::atomic<int> acknowledged{0};
    for (int crash = 1; crash <= kCrashes; ++crash) {
        std::vector<std::thread> clients;
        for (int i = 0; i < kClients; ++i) {
            clients.emplace_back(
                [&, i] { work(shop, i, progress[static_cast<std::size_t>(i)], acknowledged); });
        }
        const int until = crash * kClients * kOrdersEach / (kCrashes + 1);
        while (acknowledged < until) std::this_thread::yield();
        shop.host().kill();
        for (auto& client : clients) client.join();
        shop.host().start();
        shop.reconnect();
        expect_verified(shop.admin());
    }
    together(kClients,
             [&](int i) { work(shop, i, progress[static_cast<std::size_t>(i)], acknowledged); });

    const auto orders = shop.all("orders");
    EXPECT_EQ(orders.size(), static_cast<std::size_t>(kClients * kOrdersEach));
    EXPECT_EQ(sum_of_lines(orders, "reserved"), 50);
    EXPECT_EQ(sum_of_lines(shop.all("purchase-orders"), "quantity"),
              sum_of_lines(orders, "waiting"));
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

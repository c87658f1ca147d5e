// Slow and greedy clients: a good one keeps being answered, and the program stays small.
#include "tests/hostile/flood.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/hostile/port_of.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using http::testing::RawClient;

constexpr double kMemoryMibMax = 128;

// What a good client sees: reads and durable writes on one connection, one after another.
struct Experience {
    std::vector<double> latencies_ms;

    [[nodiscard]] double at(double share) {
        std::ranges::sort(latencies_ms);
        return latencies_ms.at(
            static_cast<std::size_t>(share * static_cast<double>(latencies_ms.size() - 1)));
    }
};

Experience be_good(Shop& shop, Clock::duration time) {
    Experience experience;
    auto client = shop.client();
    const auto until = Clock::now() + time;
    while (Clock::now() < until) {
        const auto begin = Clock::now();
        if (experience.latencies_ms.size() % 2 == 0) {
            EXPECT_EQ(client.get("stock?sku=TEA").status, 200);
        } else {
            EXPECT_EQ(client.post("orders", Shop::order("", "TEA", 1)).status, 201);
        }
        const std::chrono::duration<double, std::milli> took = Clock::now() - begin;
        experience.latencies_ms.push_back(took.count());
        std::this_thread::sleep_for(5ms);
    }
    return experience;
}

// Printed are the figures; what is asserted leaves room for a machine that is busy with other
// things.
void expect_served(const std::string& during, Shop& shop, Experience experience) {
    const auto memory = memory_mib(shop.host().pid(), "VmHWM");
    std::cout << "proof: " << during << ": " << experience.latencies_ms.size()
              << " requests, median " << experience.at(0.5) << " ms, 99th of 100 "
              << experience.at(0.99) << " ms, longest " << experience.at(1) << " ms; at most "
              << memory << " MiB resident\n";
    EXPECT_LT(experience.at(0.5), 250);
    EXPECT_LT(experience.at(1), 5000) << "a slow client stood in somebody's way";
    EXPECT_LT(memory, kMemoryMibMax);
}

std::string post_head(const std::string& path, std::size_t length) {
    return "POST " + path + " HTTP/1.1\r\nHost: w\r\nContent-Type: text/csv\r\nContent-Length: " +
           std::to_string(length) + "\r\n\r\n";
}

TEST(Flood, AThousandSlowConnectionsLeaveAGoodClientAlone) {
    allow_many_sockets();
    Shop shop;
    shop.product("TEA", 10);
    const auto port = port_of(shop.host());
    {
        const SlowClients idle(port, 250, "", '\0');
        const SlowClients heads(port, 250, "GET /v1/accounts HTTP/1.1\r\nHost: w\r\nX: ", 'x');
        const SlowClients bodies(port, 250, post_head("/v1/accounts/acme/orders", 100'000), ' ');
        const SlowClients readers(
            port, 250, "GET /openapi.json HTTP/1.1\r\nHost: w\r\n\r\nGET /docs HTTP/1.1\r\n", 'x');
        expect_served("a thousand slow connections", shop, be_good(shop, 4s));
    }
    shop.close();
}

// Bodies that are nearly whole hold memory; the largest have to make room, never the newcomer.
TEST(Flood, HoardedBodiesMakeRoomForAGoodClient) {
    allow_many_sockets();
    Shop shop;
    shop.product("TEA", 10);
    const auto port = port_of(shop.host());
    const std::size_t mebibyte = 1024 * 1024;
    {
        const SlowClients documents(
            port, 150,
            post_head("/v1/accounts/acme/orders", mebibyte) + std::string(mebibyte - 999, ' '),
            ' ');
        const SlowClients imports(port, 6,
                                  post_head("/v1/accounts/acme/imports/products", 32 * mebibyte) +
                                      std::string(31 * mebibyte, 'x'),
                                  'x');
        expect_served("hoarded bodies", shop, be_good(shop, 4s));
    }
    shop.close();
}

TEST(Flood, AHundredMegabytesAreRefusedInWhateverForm) {
    Shop shop;
    shop.product("TEA", 10);
    const auto port = port_of(shop.host());
    const std::string piece(65'536, 'x');
    const auto greedy = [&](const std::string& path, bool chunked) {
        RawClient client(port);
        const std::string head =
            "POST " + path + " HTTP/1.1\r\nHost: w\r\nContent-Type: text/csv\r\n";
        client.send(head + (chunked ? "Transfer-Encoding: chunked\r\n\r\n"
                                    : "Content-Length: 104857600\r\n\r\n"));
        for (int i = 0; i < 1600; ++i) {
            if (!client.send(chunked ? "10000\r\n" + piece + "\r\n" : piece)) break;
        }
        // A reset may have destroyed the reply of one who did not stop to listen.
        const auto status = http::testing::status_of(client.read_all());
        EXPECT_TRUE(status == 413 || status == 503 || status == 0) << status;
    };
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, i] {
            greedy(i % 2 == 0 ? "/v1/accounts/acme/imports/products" : "/v1/accounts/acme/orders",
                   i % 4 < 2);
        });
    }
    auto experience = be_good(shop, 2s);
    for (auto& client : clients) client.join();
    expect_served("eight bodies of 100 MB", shop, std::move(experience));

    // One that listens is told.
    for (const auto* head :
         {"Content-Length: 104857600\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n6400000\r\n"}) {
        RawClient listening(port);
        listening.send("POST /v1/accounts/acme/imports/products HTTP/1.1\r\nHost: w\r\n" +
                       std::string(head));
        EXPECT_EQ(http::testing::status_of(listening.read_all()), 413);
    }
    shop.close();
}

// Nothing is ever inflated: a bomb is refused by its label, with whatever inside.
TEST(Flood, CompressedBodiesAreRefusedUnopened) {
    Shop shop;
    // The head of a real gzip stream; what it would become does not matter, nobody looks.
    const std::string bomb =
        std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10) + std::string(100'000, '\0');
    for (const char* encoding :
         {"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "gzip, gzip"}) {
        for (const char* path : {"orders", "imports/products"}) {
            auto client = shop.client();
            const auto reply =
                client.send({"POST",
                             path,
                             {{"Content-Type", "text/csv"}, {"Content-Encoding", encoding}},
                             bomb});
            EXPECT_EQ(reply.status, 415) << encoding << ' ' << path;
        }
    }
    // Without its label it is no JSON and no CSV.
    auto client = shop.client();
    EXPECT_EQ(client.post("orders", bomb).status, 400);
    EXPECT_EQ(
        client.send({"POST", "imports/products", {{"Content-Type", "text/csv"}}, bomb}).status,
        400);
    EXPECT_LT(memory_mib(shop.host().pid(), "VmHWM"), kMemoryMibMax);
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

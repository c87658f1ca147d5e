// The limits of size, time and number, as a client meets them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "host/http/server_fixture.hpp"
#include "host/http/transport.hpp"

namespace wharf::http {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using ::testing::HasSubstr;

// --- Limits of size -----------------------------------------------------------------------------

TEST(TransportLimits, ABodyIsTakenUpToTheLimitOfItsPath) {
    auto settings = few_workers();
    settings.body_policy = [](std::string_view method, std::string_view path) {
        const bool import = method == "POST" && path == "/imports";
        return BodyPolicy{import ? std::size_t{3'000'000} : std::size_t{1000}, import};
    };
    RunningServer server(settings,
                         [](const Request& r) { return say(std::to_string(r.body.size())); });
    RawClient client(server.port());
    EXPECT_EQ(body_of(client.ask(post("/imports", std::string(3'000'000, 'i')))), "3000000");
    EXPECT_EQ(body_of(client.ask(post("/orders", std::string(1000, 'o')))), "1000");
    client.send(post("/orders", std::string(1001, 'o')));
    EXPECT_EQ(status_of(client.read_all()), 413);
    EXPECT_EQ(server.server().stats().buffered_bytes, 0U);
}

TEST(TransportLimits, SixtyFourMebibytesInChunksAreRefusedAtTheLimit) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send("POST /big HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(65536, 'x') + "\r\n";
    int sent = 0;
    while (sent < 1024 && client.send(chunk)) ++sent;
    EXPECT_LT(sent, 1024);
    EXPECT_EQ(server.server().stats().requests, 0U);
    EXPECT_EQ(server.server().stats().faults, 1U);
}

TEST(TransportLimits, ATooLargeBodyIsToldToAClientThatListens) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send("POST /big HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n");
    EXPECT_EQ(status_of(client.read_all()), 413);
}

TEST(TransportLimits, WhenMemoryForBodiesIsFullTheAnswerIs503) {
    auto settings = few_workers();
    settings.buffered_bytes_max = 10'000;
    RunningServer server(settings, echo);
    RawClient client(server.port());
    client.send(post("/", std::string(50'000, 'x')));
    const auto reply = client.read_all();
    EXPECT_EQ(status_of(reply), 503);
    EXPECT_THAT(reply, HasSubstr("Retry-After: 1\r\n"));
    EXPECT_EQ(server.server().stats().buffered_bytes, 0U);
    RawClient small(server.port());
    EXPECT_EQ(status_of(small.ask(post("/", "x"))), 200);
}

// Who hoards bytes may not keep others out: the largest unfinished body is the one that is cut.
TEST(TransportLimits, WhenMemoryForBodiesIsFullTheLargestUnfinishedOneMakesRoom) {
    auto settings = few_workers();
    settings.buffered_bytes_max = 100'000;
    Latch latch;
    RunningServer server(settings, [&](const Request& request) {
        latch.wait();
        return say(std::to_string(request.body.size()));
    });
    const LatchOpener opener{latch};
    const auto unfinished = [&](RawClient& client, std::size_t bytes) {
        const auto body = post("/", std::string(bytes + 1, 'x'));
        client.send(std::string_view(body).substr(0, body.size() - 1));
    };
    const auto wait_for = [&](std::size_t bytes) {
        while (server.server().stats().buffered_bytes != bytes) std::this_thread::yield();
    };
    RawClient small(server.port());
    RawClient large(server.port());
    unfinished(small, 30'000);
    wait_for(30'000);
    unfinished(large, 60'000);
    wait_for(90'000);
    RawClient good(server.port());
    good.send(post("/", std::string(20'000, 'g')));
    EXPECT_EQ(status_of(large.read_all()), 503);
    latch.open();
    EXPECT_EQ(body_of(good.read_reply()), "20000");
    small.send("x");
    EXPECT_EQ(body_of(small.read_reply()), "30001");
    EXPECT_EQ(server.server().stats().overloaded, 1U);
    wait_for(0);  // given back a moment after the answer
}

// --- Limits of time and number -------------------------------------------------------------------

TEST(TransportLimits, ATricklerIsCutAtTheDeadline) {
    auto settings = few_workers();
    settings.request_deadline = 100ms;
    RunningServer server(settings, echo);
    RawClient head(server.port());
    RawClient body(server.port());
    head.send("GET /slow HTT");
    body.send("POST /slow HTTP/1.1\r\nHost: w\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_EQ(status_of(head.read_all()), 408);
    EXPECT_EQ(status_of(body.read_all()), 408);
    EXPECT_EQ(server.server().stats().deadlines, 2U);
    EXPECT_EQ(server.server().stats().requests, 0U);
}

TEST(TransportLimits, ATrickleOfBytesDoesNotMoveTheDeadline) {
    auto settings = few_workers();
    settings.request_deadline = 100ms;
    settings.linger = 50ms;
    RunningServer server(settings, echo);
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\n");
    // Goes on until the server has closed: it would never end if each byte moved the deadline.
    while (client.send("X")) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(server.server().stats().deadlines, 1U);
}

TEST(TransportLimits, AnImportIsCutOnlyWhenItIsIdle) {
    auto settings = few_workers();
    settings.request_deadline = 60ms;
    settings.import_idle_deadline = 30s;
    settings.body_policy = [](auto, auto) { return BodyPolicy{1000, true}; };
    RunningServer server(settings, echo);
    RawClient client(server.port());
    client.send("POST /i HTTP/1.1\r\nHost: w\r\nContent-Length: 20\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
        client.send("x");
        std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(status_of(client.read_reply()), 200);
}

// Never idle for long, and never at an end.
TEST(TransportLimits, AnImportThatOnlyDripsIsCut) {
    auto settings = few_workers();
    settings.import_grace = 200ms;
    settings.import_bytes_per_second_min = 1000;
    settings.body_policy = [](auto, auto) { return BodyPolicy{1000, true}; };
    RunningServer server(settings, echo);
    RawClient client(server.port());
    client.send("POST /i HTTP/1.1\r\nHost: w\r\nContent-Length: 1000\r\n\r\n");
    while (server.server().stats().deadlines == 0) {
        client.send("x");
        std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(status_of(client.read_reply()), 408);
}

TEST(TransportLimits, AnImportAtTheLeastPaceIsTaken) {
    auto settings = few_workers();
    settings.import_grace = 200ms;
    settings.import_bytes_per_second_min = 500;
    settings.body_policy = [](auto, auto) { return BodyPolicy{1000, true}; };
    RunningServer server(settings, echo);
    RawClient client(server.port());
    client.send("POST /i HTTP/1.1\r\nHost: w\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 20; ++i) {
        client.send(std::string(50, 'x'));
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(status_of(client.read_reply()), 200);
}

TEST(TransportLimits, AnIdleConnectionIsClosedWithoutAWord) {
    auto settings = few_workers();
    settings.keep_alive = 50ms;
    RunningServer server(settings, echo);
    RawClient client(server.port());
    EXPECT_EQ(client.read_all(), "");
    EXPECT_EQ(server.server().stats().deadlines, 0U);
}

TEST(TransportLimits, AClientThatNeverReadsIsCut) {
    auto settings = few_workers();
    settings.write_deadline = 50ms;
    RunningServer server(settings, [](const Request&) {
        return say(std::string(std::size_t{32} * 1024 * 1024, 'x'));
    });
    RawClient client(server.port());
    client.send(kGet);
    while (server.server().stats().deadlines == 0) std::this_thread::yield();
    EXPECT_LT(client.read_all().size(), std::size_t{32} * 1024 * 1024);
}

TEST(TransportLimits, IdleAndSlowClientsPinNoWorker) {
    auto settings = few_workers();
    settings.workers = 1;
    RunningServer server(settings, echo);
    std::vector<std::unique_ptr<RawClient>> others;
    for (int i = 0; i < 64; ++i) {
        others.push_back(std::make_unique<RawClient>(server.port()));
        if (i % 3 == 1) others.back()->send("GET /half HTTP/1.1\r\nHos");
        if (i % 3 == 2)
            others.back()->send("POST / HTTP/1.1\r\nHost: w\r\nContent-Length: 9\r\n\r\nx");
    }
    RawClient good(server.port());
    for (int i = 0; i < 10; ++i) EXPECT_EQ(status_of(good.ask(kGet)), 200);
    EXPECT_EQ(server.server().stats().requests, 10U);
    while (server.server().stats().busy_workers != 0) std::this_thread::yield();
}

TEST(TransportLimits, WhenTheQueueIsFullTheAnswerIs503) {
    Latch latch;
    auto settings = few_workers();
    settings.workers = 1;
    settings.queue_max = 1;
    RunningServer server(settings, [&](const Request&) {
        latch.wait();
        return say("done");
    });
    const LatchOpener opener{latch};
    RawClient working(server.port());
    working.send(kGet);
    latch.wait_for_waiters(1);
    RawClient queued(server.port());
    queued.send(kGet);
    while (server.server().stats().queued == 0) std::this_thread::yield();
    RawClient refused(server.port());
    refused.send(kGet);
    const auto reply = refused.read_all();
    EXPECT_EQ(status_of(reply), 503);
    EXPECT_THAT(reply, HasSubstr("Retry-After: 1\r\n"));
    EXPECT_THAT(reply, HasSubstr(R"("code":"unavailable")"));
    latch.open();
    EXPECT_EQ(status_of(working.read_reply()), 200);
    EXPECT_EQ(status_of(queued.read_reply()), 200);
    EXPECT_EQ(server.server().stats().overloaded, 1U);
}

// Six connections and four workers: two at least are idle at any time.
TEST(TransportLimits, TheConnectionThatHasBeenIdleLongestMakesRoom) {
    auto settings = few_workers();
    settings.connections_max = 6;
    RunningServer server(settings, echo);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 30; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        ASSERT_EQ(status_of(clients.back()->ask(kGet)), 200);
    }
    EXPECT_TRUE(clients.front()->closed_by_server());
    EXPECT_EQ(server.server().stats().connections, 6U);
    EXPECT_EQ(server.server().stats().overloaded, 0U);
}

TEST(TransportLimits, WhenNoConnectionIsIdleTheNextOneIsAnsweredWith503) {
    Latch latch;
    auto settings = few_workers();
    settings.connections_max = 2;
    RunningServer server(settings, [&](const Request&) {
        latch.wait();
        return say("done");
    });
    const LatchOpener opener{latch};
    RawClient first(server.port());
    RawClient second(server.port());
    first.send(kGet);
    second.send(kGet);
    latch.wait_for_waiters(2);
    RawClient third(server.port());
    EXPECT_EQ(status_of(third.read_all()), 503);
    latch.open();
    EXPECT_EQ(status_of(first.read_reply()), 200);
    EXPECT_EQ(status_of(second.read_reply()), 200);
}

}  // namespace
}  // namespace wharf::http

// The server as a client meets it: real sockets on the loopback.
#include "host/http/transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <vector>

#include "host/http/raw_client.hpp"

namespace wharf::http {
namespace {

using namespace std::chrono_literals;
using testing::body_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::RunningServer;
using ::testing::StartsWith;
using testing::status_of;

constexpr std::string_view kGet = "GET /livez HTTP/1.1\r\nHost: wharf\r\n\r\n";

Settings few_workers() {
    Settings settings;
    settings.workers = 4;
    return settings;
}

Response say(std::string text) {
    Response response;
    response.body = std::move(text);
    response.content_type = "text/plain";
    return response;
}

Response echo(const Request& request) {
    return say(request.method + " " + request.target + " " + request.body);
}

// Holds handlers until it is opened: tests wait for states, not for times.
class Latch {
public:
    void wait() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void wait_for_waiters(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

// Opens the latch before the server is stopped, also when an assertion leaves the test.
struct LatchOpener {
    Latch& latch;
    ~LatchOpener() { latch.open(); }
};

std::string post(std::string_view path, std::string_view body) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: wharf\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

// --- Ordinary traffic ---------------------------------------------------------------------------

TEST(Transport, TheHandlerGetsTheRequestAndItsResponseReachesTheClient) {
    RunningServer server(few_workers(), [](const Request& request) {
        auto response = say(request.segments.at(1) + "|" + std::string(*request.parameter("q")) +
                            "|" + std::string(request.header("x-name")) + "|" + request.body);
        response.status = 201;
        response.headers.set("X-Answer", "42");
        return response;
    });
    RawClient client(server.port());
    const auto reply = client.ask(
        "POST /v1/a%20b?q=c+d HTTP/1.1\r\nHost: w\r\nX-Name: e%0Af\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_EQ(status_of(reply), 201);
    EXPECT_EQ(body_of(reply), "a b|c d|e%0Af|hi");
    EXPECT_THAT(reply, HasSubstr("X-Answer: 42\r\n"));
    EXPECT_THAT(reply, HasSubstr("Content-Type: text/plain\r\n"));
}

TEST(Transport, OneConnectionServesManyRequests) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    for (int i = 0; i < 200; ++i) ASSERT_EQ(status_of(client.ask(kGet)), 200);
    EXPECT_EQ(server.server().stats().accepted, 1U);
    EXPECT_EQ(server.server().stats().requests, 200U);
}

TEST(Transport, PipelinedRequestsAreAnsweredInOrder) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send(post("/first", "one") + post("/second", "two"));
    EXPECT_EQ(body_of(client.read_reply()), "POST /first one");
    EXPECT_EQ(body_of(client.read_reply()), "POST /second two");
}

TEST(Transport, ARequestMayArriveByteByByte) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    const int yes = 1;
    ::setsockopt(client.socket(), IPPROTO_TCP, 1 /* TCP_NODELAY */, &yes, sizeof yes);
    for (const char c : post("/slow", "body")) client.send({&c, 1});
    EXPECT_EQ(body_of(client.read_reply()), "POST /slow body");
}

TEST(Transport, ChunksAreJoined) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    const auto reply = client.ask(
        "PUT /c HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n");
    EXPECT_EQ(body_of(reply), "PUT /c abc0123456789");
}

TEST(Transport, HeadHasTheHeadersOfGetAndNoBody) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send("HEAD /x HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n");
    const auto reply = client.read_all();
    EXPECT_THAT(reply, HasSubstr("Content-Length: 8\r\n"));
    EXPECT_EQ(body_of(reply), "");
}

TEST(Transport, TheBodyIsInvitedWhenTheClientWaitsForContinue) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    EXPECT_THAT(client.ask("POST /e HTTP/1.1\r\nHost: w\r\nExpect: 100-continue\r\n"
                           "Content-Length: 2\r\n\r\n"),
                StartsWith("HTTP/1.1 100 Continue\r\n\r\n"));
    EXPECT_EQ(body_of(client.ask("ok")), "POST /e ok");
}

TEST(Transport, TheConnectionEndsWhenTheClientSaysSo) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.read_all(), HasSubstr("Connection: close\r\n"));
}

TEST(Transport, AClientThatHasFinishedSendingStillGetsItsReply) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send(kGet);
    client.finish_sending();
    EXPECT_EQ(status_of(client.read_all()), 200);
}

TEST(Transport, ALargeReplyReachesAClientThatReadsLate) {
    const std::string large(std::size_t{16} * 1024 * 1024, 'x');
    RunningServer server(few_workers(), [&](const Request&) { return say(large); });
    RawClient late(server.port());
    late.send(kGet);
    RawClient other(server.port());
    EXPECT_EQ(body_of(other.ask(kGet)).size(), large.size());
    EXPECT_EQ(body_of(late.read_reply()).size(), large.size());
    EXPECT_EQ(body_of(late.ask(kGet)).size(), large.size());
}

// --- What a client cannot do ---------------------------------------------------------------------

TEST(Transport, AHeaderCannotChangeTheRemoteAddress) {
    RunningServer server(few_workers(), [](const Request& r) { return say(r.remote_address); });
    RawClient client(server.port());
    EXPECT_EQ(body_of(client.ask("GET / HTTP/1.1\r\nHost: w\r\nREMOTE_ADDR: 10.0.0.1\r\n\r\n")),
              "127.0.0.1");
}

TEST(Transport, RangeAndAcceptEncodingDoNotChangeTheReply) {
    RunningServer server(few_workers(), [](const Request&) { return say(std::string(5000, 'a')); });
    RawClient client(server.port());
    const auto reply = client.ask(
        "GET / HTTP/1.1\r\nHost: w\r\nRange: bytes=0-1,0-2,0-3\r\nAccept-Encoding: br, "
        "gzip\r\n\r\n");
    EXPECT_EQ(status_of(reply), 200);
    EXPECT_EQ(body_of(reply), std::string(5000, 'a'));
}

TEST(Transport, WhatAHandlerThrowsIsNotTold) {
    RunningServer server(few_workers(), [](const Request& request) -> Response {
        if (request.path == "/int") throw 42;
        throw std::runtime_error("SELECT secret");
    });
    RawClient client(server.port());
    for (const auto* path : {"/text", "/int"}) {
        const auto reply = client.ask(post(path, ""));
        EXPECT_EQ(status_of(reply), 500);
        EXPECT_THAT(reply, Not(HasSubstr("secret")));
        EXPECT_THAT(reply, Not(HasSubstr("EXCEPTION")));
        EXPECT_THAT(reply, HasSubstr(R"("code":"internal")"));
    }
    EXPECT_EQ(server.server().stats().handler_failures, 2U);
}

TEST(Transport, AResponseHeaderWithALineBreakIsAFailureAndNotASecondReply) {
    RunningServer server(few_workers(), [](const Request&) {
        auto response = say("x");
        response.headers.add("X-Echo", "a\r\nX-Forged: b");
        return response;
    });
    RawClient client(server.port());
    const auto reply = client.ask(kGet);
    EXPECT_EQ(status_of(reply), 500);
    EXPECT_THAT(reply, Not(HasSubstr("Forged")));
}

TEST(Transport, AFaultIsToldInTheWordsOfItsOwner) {
    auto settings = few_workers();
    settings.render_fault = [](const Fault& fault) {
        auto response = say("no: " + std::string(fault.code));
        response.status = fault.status;
        return response;
    };
    RunningServer server(settings, echo);
    RawClient client(server.port());
    client.send("GET\r\n\r\n");
    const auto reply = client.read_all();
    EXPECT_EQ(status_of(reply), 400);
    EXPECT_EQ(body_of(reply), "no: malformed");
}

// --- Limits of size -----------------------------------------------------------------------------

TEST(Transport, ABodyIsTakenUpToTheLimitOfItsPath) {
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

TEST(Transport, SixtyFourMebibytesInChunksAreRefusedAtTheLimit) {
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

TEST(Transport, ATooLargeBodyIsToldToAClientThatListens) {
    RunningServer server(few_workers(), echo);
    RawClient client(server.port());
    client.send("POST /big HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n");
    EXPECT_EQ(status_of(client.read_all()), 413);
}

TEST(Transport, WhenMemoryForBodiesIsFullTheAnswerIs503) {
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

// --- Limits of time and number -------------------------------------------------------------------

TEST(Transport, ATricklerIsCutAtTheDeadline) {
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

TEST(Transport, ATrickleOfBytesDoesNotMoveTheDeadline) {
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

TEST(Transport, AnImportIsCutOnlyWhenItIsIdle) {
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

TEST(Transport, AnIdleConnectionIsClosedWithoutAWord) {
    auto settings = few_workers();
    settings.keep_alive = 50ms;
    RunningServer server(settings, echo);
    RawClient client(server.port());
    EXPECT_EQ(client.read_all(), "");
    EXPECT_EQ(server.server().stats().deadlines, 0U);
}

TEST(Transport, AClientThatNeverReadsIsCut) {
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

TEST(Transport, IdleAndSlowClientsPinNoWorker) {
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
    EXPECT_EQ(server.server().stats().busy_workers, 0U);
}

TEST(Transport, WhenTheQueueIsFullTheAnswerIs503) {
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

TEST(Transport, PastTheLargestNumberOfConnectionsTheAnswerIs503) {
    auto settings = few_workers();
    settings.connections_max = 2;
    RunningServer server(settings, echo);
    RawClient first(server.port());
    RawClient second(server.port());
    ASSERT_EQ(status_of(first.ask(kGet)), 200);
    ASSERT_EQ(status_of(second.ask(kGet)), 200);
    RawClient third(server.port());
    EXPECT_EQ(status_of(third.read_all()), 503);
}

// --- Beginning and end ---------------------------------------------------------------------------

TEST(Transport, BindSaysWhichAddressWasChosen) {
    Server server(few_workers(), echo);
    EXPECT_THAT(server.bind("127.0.0.1", 0), ::testing::MatchesRegex("127\\.0\\.0\\.1:[0-9]+"));
}

TEST(Transport, APortInUseIsRefusedAndNotShared) {
    RunningServer first(few_workers(), echo);
    Server second(few_workers(), echo);
    try {
        second.bind("127.0.0.1", first.port());
        FAIL() << "the port was shared";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::address_in_use);
        EXPECT_THAT(error.what(), HasSubstr("cannot listen on " + first.address()));
    }
}

TEST(Transport, StoppingFinishesRequestsInFlight) {
    Latch latch;
    auto settings = few_workers();
    settings.linger = 100ms;
    RunningServer server(settings, [&](const Request&) {
        latch.wait();
        return say("done");
    });
    const LatchOpener opener{latch};
    RawClient idle(server.port());
    RawClient working(server.port());
    working.send(kGet);
    latch.wait_for_waiters(1);
    server.server().stop();
    EXPECT_TRUE(idle.closed_by_server());
    EXPECT_THROW(RawClient late(server.port()), std::runtime_error);
    latch.open();
    const auto reply = working.read_all();
    EXPECT_EQ(status_of(reply), 200);
    EXPECT_THAT(reply, HasSubstr("Connection: close\r\n"));
    server.stop_and_wait();
}

TEST(Transport, AHandlerMayStopTheServer) {
    Server* running = nullptr;
    RunningServer server(few_workers(), [&](const Request&) {
        running->stop();
        return say("bye");
    });
    running = &server.server();
    RawClient client(server.port());
    client.send(kGet);
    EXPECT_EQ(body_of(client.read_all()), "bye");
}

TEST(Transport, ManyClientsAtOnceAllGetTheirOwnReply) {
    Settings settings;
    settings.workers = 8;
    RunningServer server(settings, echo);
    std::atomic<int> wrong{0};
    std::vector<std::thread> clients;
    for (int c = 0; c < 16; ++c) {
        clients.emplace_back([&, c] {
            RawClient client(server.port());
            for (int i = 0; i < 100; ++i) {
                const auto body = std::to_string(c) + "." + std::to_string(i);
                if (body_of(client.ask(post("/e", body))) != "POST /e " + body) ++wrong;
            }
        });
    }
    for (auto& client : clients) client.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(server.server().stats().requests, 1600U);
}

}  // namespace
}  // namespace wharf::http

// The server as a client meets it: real sockets on the loopback.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <netinet/tcp.h>

#include <atomic>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "host/http/server_fixture.hpp"
#include "host/http/transport.hpp"

namespace wharf::http {
namespace {

using namespace std::chrono_literals;
using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

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
    ::setsockopt(client.socket(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
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
    settings.render_fault = [](const Fault& fault, const Request&) {
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

TEST(Transport, AFaultComesWithWhatWasUnderstoodOfTheRequest) {
    auto settings = few_workers();
    settings.body_policy = [](std::string_view, std::string_view) { return BodyPolicy{10}; };
    settings.render_fault = [](const Fault& fault, const Request& understood) {
        auto response = say(understood.path + " " + std::string(understood.header("X-Request-Id")));
        response.status = fault.status;
        return response;
    };
    RunningServer server(settings, echo);
    RawClient large(server.port());
    large.send(
        "POST /orders HTTP/1.1\r\nHost: x\r\nX-Request-Id: mine\r\nContent-Length: 11\r\n\r\n");
    const auto reply = large.read_all();
    EXPECT_EQ(status_of(reply), 413);
    EXPECT_EQ(body_of(reply), "/orders mine");
    RawClient malformed_one(server.port());
    malformed_one.send("GET\r\n\r\n");
    EXPECT_EQ(body_of(malformed_one.read_all()), " ");
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

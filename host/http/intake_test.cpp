// The parser without sockets: what is taken, what is refused, however the bytes are cut.
#include "host/http/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "host/http/hostile_requests.hpp"

namespace wharf::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

const Settings kSettings;

// Feeds in pieces of `size`; returns how much was taken.
std::size_t feed_in_pieces(Intake& intake, std::string_view bytes, std::size_t size) {
    std::size_t taken = 0;
    while (taken < bytes.size() &&
           (intake.state() == Intake::State::head || intake.state() == Intake::State::body)) {
        taken += intake.feed(bytes.substr(taken, size));
    }
    return taken;
}

Head parse(std::string_view bytes) {
    Intake intake(kSettings);
    EXPECT_EQ(feed_in_pieces(intake, bytes, bytes.size()), bytes.size());
    EXPECT_EQ(intake.state(), Intake::State::complete);
    return intake.take();
}

int status_of(std::string_view bytes, std::size_t piece) {
    Intake intake(kSettings);
    feed_in_pieces(intake, bytes, piece);
    return intake.state() == Intake::State::refused ? intake.fault().status : 0;
}

constexpr std::string_view kChunked =
    "PATCH /v1/accounts/a%20b/orders/?q=a%26b&empty&=v&q=%2B+ HTTP/1.1\r\n"
    "Host: w\r\nTransfer-Encoding: Chunked\r\nX-Blank: \t v w \t\r\n\r\n"
    "3\r\nabc\r\n0a ;ext=\"1\"\r\n0123456789\r\n0\r\n\r\n";

TEST(Intake, EveryHostileRequestIsRefusedHoweverItIsCut) {
    for (const auto& request : testing::hostile_requests()) {
        for (const std::size_t piece :
             {std::size_t{1}, std::size_t{2}, std::size_t{7}, request.bytes.size()}) {
            EXPECT_EQ(status_of(request.bytes, piece), request.status)
                << request.name << " in pieces of " << piece;
        }
    }
}

TEST(Intake, ARequestIsTheSameHoweverItIsCut) {
    for (std::size_t piece = 1; piece <= kChunked.size(); ++piece) {
        Intake intake(kSettings);
        ASSERT_EQ(feed_in_pieces(intake, kChunked, piece), kChunked.size());
        ASSERT_EQ(intake.state(), Intake::State::complete) << piece;
        ASSERT_EQ(intake.take().request.body, "abc0123456789") << piece;
    }
}

// A reader that depends on how the network cut the bytes is a reader that can be smuggled past.
TEST(Intake, ADamagedRequestMeansTheSameHoweverItIsCut) {
    std::mt19937 random(20261101);
    auto requests = testing::hostile_requests();
    std::erase_if(requests, [](const auto& request) { return request.bytes.size() > 1000; });
    requests.push_back({"good", std::string(kChunked), 0});
    for (int round = 0; round < 5000; ++round) {
        auto bytes = requests[random() % requests.size()].bytes;
        for (auto i = random() % 4; i > 0; --i) {
            constexpr std::string_view kBytes("\r\n\0 :;,0aF%/?\x80", 14);
            bytes[random() % bytes.size()] = kBytes[random() % kBytes.size()];
        }
        Intake whole(kSettings);
        Intake pieces(kSettings);
        const auto taken = whole.feed(bytes);
        const auto taken_in_pieces = feed_in_pieces(pieces, bytes, 1 + random() % 5);
        ASSERT_EQ(whole.state(), pieces.state()) << bytes;
        if (whole.state() == Intake::State::refused) {
            ASSERT_EQ(whole.fault().detail, pieces.fault().detail) << bytes;
        } else {
            ASSERT_EQ(taken, taken_in_pieces) << bytes;
        }
    }
}

TEST(Intake, PathAndQueryAreDecodedOnceAndKeptRawToo) {
    const auto request = parse(kChunked).request;
    EXPECT_EQ(request.method, "PATCH");
    EXPECT_EQ(request.path, "/v1/accounts/a%20b/orders/");
    EXPECT_THAT(request.segments, ElementsAre("v1", "accounts", "a b", "orders", ""));
    EXPECT_THAT(request.query,
                ElementsAre(Pair("q", "a&b"), Pair("empty", ""), Pair("", "v"), Pair("q", "+ ")));
    EXPECT_EQ(request.parameter("q"), "a&b");
    EXPECT_EQ(request.parameter("none"), std::nullopt);
}

TEST(Intake, AnEscapeThatDecodesToAnEscapeIsNotDecodedAgain) {
    const auto request = parse(testing::with_target("/a%252Fb/c%2Fd")).request;
    EXPECT_THAT(request.segments, ElementsAre("a%2Fb", "c/d"));
}

TEST(Intake, HeadersAreFoundWithoutCaseAndLoseTheirOuterBlanks) {
    const auto request = parse(kChunked).request;
    EXPECT_EQ(request.header("x-BLANK"), "v w");
    EXPECT_EQ(request.header("absent"), "");
    EXPECT_EQ(request.headers.find("absent"), nullptr);
}

TEST(Intake, WhatFollowsTheRequestIsLeftForTheNext) {
    const std::string first = testing::with_headers("Content-Length: 3\r\n") + "abc";
    Intake intake(kSettings);
    EXPECT_EQ(intake.feed(first + "GET /next"), first.size());
    EXPECT_EQ(intake.take().request.body, "abc");
    EXPECT_FALSE(intake.started());
}

TEST(Intake, AGetMayHaveABodyWhichIsNotTheNextRequest) {
    const auto head = parse("GET / HTTP/1.1\r\nHost: w\r\nContent-Length: 4\r\n\r\nGET ");
    EXPECT_EQ(head.request.body, "GET ");
}

TEST(Intake, ConnectionCloseIsHeardInAList) {
    EXPECT_FALSE(parse("GET / HTTP/1.1\r\nHost: w\r\nConnection: x , Close\r\n\r\n").keep_alive);
    EXPECT_TRUE(parse("GET / HTTP/1.1\r\nHost: w\r\nConnection: keep-alive\r\n\r\n").keep_alive);
    EXPECT_FALSE(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

TEST(Intake, ExactlyTheLimitIsTaken) {
    const auto length = std::to_string(limits::kHttpBodyBytesMax);
    const std::string body(limits::kHttpBodyBytesMax, 'x');
    EXPECT_EQ(parse(testing::with_headers("Content-Length: " + length + "\r\n") + body)
                  .request.body.size(),
              limits::kHttpBodyBytesMax);
    EXPECT_EQ(
        parse(testing::with_chunks("100000\r\n" + body + "\r\n0\r\n\r\n")).request.body.size(),
        limits::kHttpBodyBytesMax);
    EXPECT_EQ(status_of(testing::with_chunks("100000\r\n" + body + "\r\n1\r\nx"), 65536), 413);
}

TEST(Intake, FramingIsLimitedLikeContent) {
    std::string chunks;
    while (chunks.size() < 3 * limits::kHttpBodyBytesMax)
        chunks += "1;" + std::string(200, 'e') + "\r\nx\r\n";
    EXPECT_EQ(status_of(testing::with_chunks(chunks), 65536), 413);
}

TEST(Intake, AFailingPolicyIsNotTheClientsFault) {
    Settings settings;
    settings.body_policy = [](auto, auto) -> BodyPolicy { throw std::runtime_error("policy"); };
    Intake intake(settings);
    intake.feed(testing::with_target("/"));
    ASSERT_EQ(intake.state(), Intake::State::refused);
    EXPECT_EQ(intake.fault().status, 503);
}

TEST(Intake, ContinueIsAskedForOnce) {
    Intake intake(kSettings);
    intake.feed(testing::with_headers("Expect: 100-continue\r\nContent-Length: 2\r\n"));
    EXPECT_TRUE(intake.take_continue());
    EXPECT_FALSE(intake.take_continue());
}

}  // namespace
}  // namespace wharf::http

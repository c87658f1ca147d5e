// The small parts of the interface: problems, request ids, rates, the gate, replies, metrics, log.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <stdexcept>

#include "host/http/account_gate.hpp"
#include "host/http/api_fixture.hpp"
#include "host/http/api_routes.hpp"
#include "host/http/json_log.hpp"
#include "host/http/metrics.hpp"
#include "host/http/problem.hpp"
#include "host/http/rate_limiter.hpp"
#include "host/http/replies.hpp"
#include "host/http/request_id.hpp"

namespace wharf::http {
namespace {

using testing::make_request;
using testing::object_of;
using testing::operation_of;

TEST(Problem, CarriesEverythingThatRfc9457AndTheHostPromise) {
    const auto response = problem(
        Refusal::invalid("/lines/0/sku", "unknown_sku", "there is no \"TEA\"", "make it first"),
        "r-1");
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const auto json = boost::json::parse(response.body);
    EXPECT_EQ(json.at("type").as_string(), "about:blank");
    EXPECT_EQ(json.at("title").as_string(), "Unprocessable Content");
    EXPECT_EQ(json.at("status").as_int64(), 422);
    EXPECT_EQ(json.at("detail").as_string(), "there is no \"TEA\"");
    EXPECT_EQ(json.at("code").as_string(), "unknown_sku");
    EXPECT_EQ(json.at("request_id").as_string(), "r-1");
    EXPECT_FALSE(json.at("retryable").as_bool());
    EXPECT_EQ(json.at("hint").as_string(), "make it first");
    EXPECT_EQ(json.at("errors").at(0).at("pointer").as_string(), "/lines/0/sku");
}

TEST(Problem, EveryKindHasItsStatus) {
    const std::pair<RefusalKind, int> kinds[] = {
        {RefusalKind::malformed, 400},  {RefusalKind::unauthenticated, 401},
        {RefusalKind::forbidden, 403},  {RefusalKind::not_found, 404},
        {RefusalKind::plugin_off, 404}, {RefusalKind::conflict, 409},
        {RefusalKind::gone, 410},       {RefusalKind::stale, 412},
        {RefusalKind::too_large, 413},  {RefusalKind::unsupported_media, 415},
        {RefusalKind::invalid, 422},    {RefusalKind::limited, 429},
        {RefusalKind::internal, 500},   {RefusalKind::unavailable, 503},
        {RefusalKind::deadline, 503}};
    for (const auto& [kind, status] : kinds) {
        const auto response = problem(Refusal(kind, std::string(kind_name(kind)), "no"), "r");
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.headers.find("Retry-After") != nullptr, status == 429 || status == 503);
        EXPECT_EQ(response.headers.find("WWW-Authenticate") != nullptr, status == 401);
    }
}

TEST(Problem, WhatWentWrongInsideIsNotTold) {
    const auto response = problem(
        Refusal(RefusalKind::internal, "unreadable", "SELECT secret FROM /var/lib", "look"), "r");
    EXPECT_EQ(response.body.find("SELECT"), std::string::npos);
    EXPECT_EQ(response.body.find("look"), std::string::npos);
    EXPECT_NE(response.body.find("\"code\":\"internal\""), std::string::npos);
}

TEST(Problem, AMethodThatIsNotThereNamesThoseThatAre) {
    const auto response = method_not_allowed("GET, PUT", "r");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(*response.headers.find("Allow"), "GET, PUT");
}

TEST(RequestId, ASaneOneIsTakenAndAnyOtherReplaced) {
    auto request = make_request("GET");
    request.headers.add("X-Request-Id", "order-7/2026:a=b");
    EXPECT_EQ(request_id_of(request), "order-7/2026:a=b");
    for (const std::string& bad :
         {std::string("a b"), std::string("\"quoted\""), std::string("é"), std::string(129, 'x')}) {
        auto other = make_request("GET");
        other.headers.add("X-Request-Id", bad);
        EXPECT_NE(request_id_of(other), bad);
        EXPECT_GE(request_id_of(other).size(), 20U);
    }
    EXPECT_NE(make_request_id(), make_request_id());
}

TEST(RequestId, OnlyAWellFormedTraceParentIsPassedOn) {
    const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    auto request = make_request("GET");
    request.headers.add("traceparent", good);
    EXPECT_EQ(traceparent_of(request), good);
    for (const std::string& bad :
         {std::string("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
          std::string("ff") + good.substr(2), good + "0", std::string("x")}) {
        auto other = make_request("GET");
        other.headers.add("traceparent", bad);
        EXPECT_EQ(traceparent_of(other), "") << bad;
    }
}

TEST(RateLimiter, AKeyMaySpendItsBurstThenItsRate) {
    RateLimiter limiter({2, 3});
    const RateLimiter::Clock::time_point start{};
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.take("k", start).limited);
    const auto refused = limiter.take("k", start);
    EXPECT_TRUE(refused.limited);
    EXPECT_EQ(refused.remaining, 0);
    EXPECT_EQ(refused.retry_seconds, 1);
    EXPECT_FALSE(limiter.take("other", start).limited);
    EXPECT_FALSE(limiter.take("k", start + std::chrono::milliseconds(500)).limited);
    EXPECT_TRUE(limiter.take("k", start + std::chrono::milliseconds(500)).limited);
}

TEST(RateLimiter, ARateOfZeroLimitsNothing) {
    RateLimiter limiter({0, 1});
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(limiter.take("k").limited);
}

TEST(AccountGate, OneAccountLeavesRoomForTheOthers) {
    AccountGate gate(2);
    const auto first = gate.enter("acme");
    std::optional<AccountGate::Ticket> second(gate.enter("acme"));
    EXPECT_THROW(gate.enter("acme"), Refusal);
    const auto other = gate.enter("other");
    second.reset();
    const auto third = gate.enter("acme");
}

TEST(Reply, AMadeDocumentSaysWhereItIs) {
    operations::Answer answer;
    answer.status = 201;
    answer.body = R"({"number":"SO 1/2","version":3})";
    answer.version = 3;
    const auto response = reply(answer, "/v1/accounts/acme/orders", "number");
    EXPECT_EQ(*response.headers.find("Location"), "/v1/accounts/acme/orders/SO%201%2F2");
    EXPECT_EQ(*response.headers.find("ETag"), "\"3\"");
    EXPECT_EQ(response.headers.find("Idempotent-Replayed"), nullptr);
}

TEST(Reply, ADryRunMadeNothingThatCouldBeSomewhere) {
    operations::Answer answer;
    answer.status = 201;
    answer.body = R"({"dry_run":true,"number":"SO-1"})";
    EXPECT_EQ(reply(answer, "/v1/orders", "number").headers.find("Location"), nullptr);
}

TEST(Reply, AReplaySaysThatItIsOne) {
    operations::Answer answer;
    answer.replayed = true;
    EXPECT_EQ(*reply(answer, "", "").headers.find("Idempotent-Replayed"), "true");
}

TEST(Reply, AReadThatTheClientKnowsIsNotSentAgain) {
    auto request = make_request("GET");
    request.headers.add("If-None-Match", "\"3\"");
    operations::Answer answer;
    answer.body = "{}";
    answer.version = 3;
    auto same = reply(answer, "", "");
    answer_unchanged(request, same);
    EXPECT_EQ(same.status, 304);
    answer.version = 4;
    auto newer = reply(answer, "", "");
    answer_unchanged(request, newer);
    EXPECT_EQ(newer.status, 200);
}

TEST(Metrics, CountsByPatternAndEscapesLabels) {
    Metrics metrics;
    metrics.count("GET", "/v1/\"x\"", 200, 0.002);
    metrics.count("GET", "/v1/\"x\"", 200, 20);
    metrics.count_refusal("stale");
    metrics.add_source([](MetricsText& text) { text.gauge("wharf_test", "A test.", 1.5); });
    const auto text = metrics.scrape();
    for (const char* line :
         {"wharf_http_requests_total{method=\"GET\",route=\"/v1/\\\"x\\\"\",status=\"200\"} 2\n",
          "wharf_http_request_seconds_bucket{method=\"GET\",route=\"/v1/\\\"x\\\"\",le=\"0.0025\"} "
          "1\n",
          "wharf_http_request_seconds_bucket{method=\"GET\",route=\"/v1/\\\"x\\\"\",le=\"+Inf\"} "
          "2\n",
          "wharf_refusals_total{code=\"stale\"} 1\n", "wharf_test 1.5\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
}

TEST(JsonLog, EveryLineIsOneObjectAndLevelsAreKept) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    {
        JsonLog log(ends[1], LogLevel::info);
        log.write(LogLevel::debug, "test", "not this");
        LogLine line(LogLevel::info, "test");
        line.text("quote", "\"\n").number("count", 7);
        log.write(LogLevel::info, std::move(line));
    }
    ::close(ends[1]);
    std::string text(4096, '\0');
    const auto size = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    ASSERT_GT(size, 0);
    text.resize(static_cast<std::size_t>(size));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    const auto json = boost::json::parse(text);
    EXPECT_EQ(json.at("level").as_string(), "info");
    EXPECT_EQ(json.at("quote").as_string(), "\"\n");
    EXPECT_EQ(json.at("count").as_int64(), 7);
}

TEST(JsonLog, AReaderThatNeverReadsStopsNobody) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    {
        JsonLog log(ends[1], LogLevel::info);
        for (int i = 0; i < 5000; ++i) log.write(LogLevel::info, "test", std::string(100, 'x'));
    }
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST(ApiRoutes, TwoOperationsCannotHaveOneRoute) {
    operations::Registry registry;
    registry.add(operation_of("a.one", "GET", "/things", object_of("A", {})));
    registry.add(operation_of("a.two", "GET", "/things", object_of("B", {})));
    EXPECT_THROW(ApiRoutes(registry, {}), std::logic_error);
}

TEST(ApiRoutes, WhatIsOnlyForPluginsHasNoPath) {
    operations::Registry registry;
    auto operation = operation_of("collections.put", "PUT", "/collections", object_of("A", {}));
    operation.plugins_only = true;
    registry.add(std::move(operation));
    const ApiRoutes routes(registry, {"/livez"});
    const auto found = routes.find("PUT", {"v1", "accounts", "acme", "collections"});
    EXPECT_TRUE(std::holds_alternative<RouteNotFound>(found));
    EXPECT_TRUE(std::holds_alternative<RouteMatch>(routes.find("GET", {"livez"})));
}

}  // namespace
}  // namespace wharf::http

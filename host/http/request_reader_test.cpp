#include "host/http/request_reader.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "host/http/api_fixture.hpp"

namespace wharf::http {
namespace {

using testing::list_of;
using testing::make_request;
using testing::object_of;
using testing::operation_of;
using testing::shape_of_kind;
using Kind = Shape::Kind;

operations::Operation amend() {
    return operation_of("sales.amend_order", "POST", "/orders/{number}/amend",
                        object_of("AmendOrder", {{"number", shape_of_kind(Kind::code)},
                                                 {"priority", shape_of_kind(Kind::integer)}}));
}

operations::Operation list() {
    return operation_of("sales.list", "GET", "/orders",
                        object_of("ListOrders", {{"limit", shape_of_kind(Kind::integer)},
                                                 {"open", shape_of_kind(Kind::boolean)},
                                                 {"status", list_of(shape_of_kind(Kind::text))}}),
                        Access::read);
}

operations::Operation import_orders() {
    auto operation = operation_of("imports.orders", "POST", "/imports/{kind}",
                                  object_of("Import", {{"kind", shape_of_kind(Kind::code)},
                                                       {"csv", shape_of_kind(Kind::text)}}));
    operation.csv_field = "csv";
    return operation;
}

RouteMatch with_number(std::string number) {
    RouteMatch match{};
    match.captures.emplace_back("number", std::move(number));
    return match;
}

std::string json_of(const OperationRequest& request) {
    return boost::json::serialize(request.value);
}

std::string refusal_of(const Request& request, const operations::Operation& operation) {
    try {
        read_request(request, {}, operation);
        return "none";
    } catch (const Refusal& refusal) {
        return refusal.code();
    }
}

TEST(RequestReader, TheAccountOfTheScopeIsNoFieldEvenWhereTheRequestHasOneOfThatName) {
    const auto put_vendor =
        operation_of("catalog.put_vendor", "POST", "/vendors/{code}",
                     object_of("PutVendor", {{"code", shape_of_kind(Kind::code)},
                                             {"account", shape_of_kind(Kind::code), false}}));
    RouteMatch match{};
    match.captures.emplace_back("account", "acme");
    match.captures.emplace_back("code", "V1");
    const auto read = read_request(make_request("POST", "{}"), match, put_vendor);
    EXPECT_EQ(json_of(read), R"({"code":"V1"})");
    EXPECT_TRUE(read.faults.empty());
}

TEST(RequestReader, ThePathBecomesAFieldOfTheRequest) {
    const auto read =
        read_request(make_request("POST", R"({"priority":3})"), with_number("SO-1"), amend());
    EXPECT_EQ(json_of(read), R"({"priority":3,"number":"SO-1"})");
    EXPECT_TRUE(read.faults.empty());
}

TEST(RequestReader, APathFieldRepeatedInTheBodyIsAFault) {
    const auto read =
        read_request(make_request("POST", R"({"number":"SO-2"})"), with_number("SO-1"), amend());
    ASSERT_EQ(read.faults.size(), 1U);
    EXPECT_EQ(read.faults[0].pointer, "/number");
    EXPECT_EQ(read.faults[0].code, "path_field");
    EXPECT_EQ(json_of(read), R"({"number":"SO-1"})");
}

TEST(RequestReader, AnEmptyBodyIsAnEmptyObject) {
    EXPECT_EQ(json_of(read_request(make_request("POST"), with_number("SO-1"), amend())),
              R"({"number":"SO-1"})");
}

TEST(RequestReader, AKeyThatStandsTwiceIsAFaultWithItsPlace) {
    const auto read = read_request(make_request("POST", R"({"priority":1,"priority":2})"),
                                   with_number("SO-1"), amend());
    ASSERT_EQ(read.faults.size(), 1U);
    EXPECT_EQ(read.faults[0].code, "duplicate_key");
    EXPECT_EQ(read.faults[0].pointer, "/priority");
}

TEST(RequestReader, AnotherMediaTypeIsRefused) {
    for (const char* type : {"text/plain", "application/xml", "multipart/form-data",
                             "application/json; charset=latin1", "application/jsonx", ""}) {
        auto request = make_request("POST");
        request.body = "{}";
        request.headers.add("Content-Type", type);
        EXPECT_EQ(refusal_of(request, amend()), "unsupported_media") << type;
    }
}

TEST(RequestReader, JsonMayNameItsCharacterSet) {
    for (const char* type : {"application/json", "Application/JSON; charset=UTF-8",
                             "application/json;charset=\"utf-8\""}) {
        auto request = make_request("POST");
        request.body = "{}";
        request.headers.add("Content-Type", type);
        EXPECT_EQ(refusal_of(request, amend()), "none") << type;
    }
}

TEST(RequestReader, WhatIsNoJsonIsMalformed) {
    for (const char* body : {"{", "nonsense", "{\"a\":1}x", "{'a':1}", "{\"a\":\"\xff\"}"}) {
        EXPECT_EQ(refusal_of(make_request("POST", body), amend()), "malformed") << body;
    }
}

TEST(RequestReader, ABodyOnAGetIsMalformed) {
    EXPECT_EQ(refusal_of(make_request("GET", "{}"), list()), "malformed");
}

TEST(RequestReader, QueryTextsBecomeWhatTheShapeAsksFor) {
    const auto read = read_request(
        make_request("GET", {},
                     {{"limit", "5"}, {"open", "true"}, {"status", "a,b"}, {"status", "c"}}),
        {}, list());
    EXPECT_EQ(json_of(read), R"({"limit":5,"open":true,"status":["a","b","c"]})");
}

TEST(RequestReader, AQueryTextThatFitsNotStaysTextForTheShapeToRefuse) {
    const auto read =
        read_request(make_request("GET", {}, {{"limit", "five"}, {"open", "yes"}}), {}, list());
    EXPECT_EQ(json_of(read), R"({"limit":"five","open":"yes"})");
}

TEST(RequestReader, UnknownAndRepeatedParametersAreFaults) {
    const auto read = read_request(
        make_request("GET", {},
                     {{"limit", "1"}, {"limit", "2"}, {"colour", "red"}, {"dry_run", "true"}}),
        {}, list());
    ASSERT_EQ(read.faults.size(), 3U);
    EXPECT_EQ(read.faults[0].code, "duplicate_parameter");
    EXPECT_EQ(read.faults[1].code, "unknown_parameter");
    EXPECT_EQ(read.faults[1].pointer, "/colour");
    EXPECT_EQ(read.faults[2].pointer, "/dry_run");
}

TEST(RequestReader, AWriteTakesDryRunAndNoFieldsInItsQuery) {
    const auto read =
        read_request(make_request("POST", "{}", {{"dry_run", "true"}, {"priority", "1"}}),
                     with_number("SO-1"), amend());
    EXPECT_TRUE(read.dry_run);
    ASSERT_EQ(read.faults.size(), 1U);
    EXPECT_EQ(read.faults[0].pointer, "/priority");
}

TEST(RequestReader, HowLongToWaitForAJobStandsInTheQuery) {
    auto rollout = amend();
    rollout.request = object_of("Rollout", {{"wait", shape_of_kind(Kind::integer)}});
    const auto read = read_request(make_request("POST", "{}", {{"wait", "7"}}), {}, rollout);
    EXPECT_EQ(json_of(read), R"({"wait":7})");
    const auto refused =
        read_request(make_request("POST", "{}", {{"wait", "7"}}), with_number("SO-1"), amend());
    ASSERT_EQ(refused.faults.size(), 1U);
    EXPECT_EQ(refused.faults[0].code, "unknown_parameter");
}

TEST(RequestReader, ADryRunIsTrueOrFalse) {
    const auto read = read_request(make_request("POST", "{}", {{"dry_run", "yes"}}),
                                   with_number("SO-1"), amend());
    ASSERT_EQ(read.faults.size(), 1U);
    EXPECT_EQ(read.faults[0].pointer, "/dry_run");
    EXPECT_FALSE(read.dry_run);
}

TEST(RequestReader, CsvBecomesTheFieldThatTheOperationNames) {
    auto request = make_request("POST");
    request.body = "sku,name\r\nTEA,Tea\r\n";
    request.headers.add("Content-Type", "text/csv; charset=utf-8");
    EXPECT_EQ(json_of(read_request(request, {}, import_orders())),
              R"({"csv":"sku,name\r\nTEA,Tea\r\n"})");
}

TEST(RequestReader, CsvThatIsNoTextIsMalformed) {
    for (const std::string& body : {std::string("a,\xff\n"), std::string("a\0b", 3)}) {
        auto request = make_request("POST");
        request.body = body;
        request.headers.add("Content-Type", "text/csv");
        EXPECT_EQ(refusal_of(request, import_orders()), "malformed");
    }
}

TEST(RequestReader, IfMatchTakesAVersionInAnyForm) {
    for (const char* tag : {"\"12\"", "W/\"12\"", "12"}) {
        auto request = make_request("POST");
        request.headers.add("If-Match", tag);
        EXPECT_EQ(if_match_of(request), 12) << tag;
    }
    auto any = make_request("POST");
    any.headers.add("If-Match", "*");
    EXPECT_FALSE(if_match_of(any));
}

TEST(RequestReader, AnEntityTagThatIsNotOursIsStale) {
    for (const char* tag : {"\"\"", "\"abc\"", "\"1\", \"2\"", "\"99999999999999999999\""}) {
        auto request = make_request("POST");
        request.headers.add("If-Match", tag);
        EXPECT_THROW(if_match_of(request), Refusal) << tag;
    }
}

TEST(RequestReader, AnIdempotencyKeyIsVisibleAndBounded) {
    for (const std::string& key : {std::string(), std::string("a b"), std::string(256, 'k')}) {
        auto request = make_request("POST");
        request.headers.add("Idempotency-Key", key);
        EXPECT_THROW(idempotency_key_of(request), Refusal) << key;
    }
    auto request = make_request("POST");
    EXPECT_FALSE(idempotency_key_of(request));
    request.headers.add("Idempotency-Key", std::string(255, 'k'));
    EXPECT_EQ(idempotency_key_of(request), std::string(255, 'k'));
}

}  // namespace
}  // namespace wharf::http

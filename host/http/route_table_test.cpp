#include "host/http/route_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace wharf::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using Path = std::vector<std::string>;

RouteTable orders() {
    RouteTable table;
    table.add("GET", "/v1/accounts/{account}/orders", RouteId{1});
    table.add("POST", "/v1/accounts/{account}/orders", RouteId{2});
    table.add("GET", "/v1/accounts/{account}/orders/{number}", RouteId{3});
    table.add("POST", "/v1/accounts/{account}/orders/{number}/amend", RouteId{4});
    table.add("GET", "/v1/accounts/{account}/orders/summary", RouteId{5});
    table.add("PUT", "/v1/accounts/{account}/plugins/{plugin}", RouteId{6});
    table.add("GET", "/v1/accounts/{account}/plugins/{plugin}/*", RouteId{7});
    table.add("GET", "/v1/accounts/{account}/plugins/{plugin}/_state", RouteId{8});
    return table;
}

// The route's number, 404 or 405.
int found(const RouteTable& table, std::string_view method, const Path& path) {
    const auto result = table.find(method, path);
    if (const auto* match = std::get_if<RouteMatch>(&result)) return static_cast<int>(match->route);
    return std::holds_alternative<RouteNotFound>(result) ? 404 : 405;
}

TEST(RouteTable, CapturesTheDecodedSegmentsByName) {
    const auto table = orders();
    const auto result = table.find("POST", {"v1", "accounts", "a/b", "orders", "SO-1", "amend"});
    const auto& match = std::get<RouteMatch>(result);
    EXPECT_EQ(match.route, RouteId{4});
    EXPECT_THAT(match.captures, ElementsAre(Pair("account", "a/b"), Pair("number", "SO-1")));
    EXPECT_EQ(match.capture("number"), "SO-1");
    EXPECT_TRUE(match.rest.empty());
}

TEST(RouteTable, TheMethodChoosesBetweenRoutesOfOnePath) {
    const auto table = orders();
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "orders"}), 1);
    EXPECT_EQ(found(table, "POST", {"v1", "accounts", "a", "orders"}), 2);
    EXPECT_EQ(found(table, "HEAD", {"v1", "accounts", "a", "orders"}), 1);
}

TEST(RouteTable, ALiteralBeatsAParameter) {
    const auto table = orders();
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "orders", "summary"}), 5);
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "orders", "SO-1"}), 3);
}

TEST(RouteTable, WhenTheLiteralLeadsNowhereTheParameterIsTried) {
    const auto table = orders();
    EXPECT_EQ(found(table, "POST", {"v1", "accounts", "a", "orders", "summary", "amend"}), 4);
}

TEST(RouteTable, AWildcardTakesTheRestAlsoWhenThereIsNone) {
    const auto table = orders();
    const auto result =
        table.find("GET", {"v1", "accounts", "a", "plugins", "backorder_po", "runs", "7"});
    EXPECT_EQ(std::get<RouteMatch>(result).route, RouteId{7});
    EXPECT_EQ(std::get<RouteMatch>(result).capture("plugin"), "backorder_po");
    EXPECT_THAT(std::get<RouteMatch>(result).rest, ElementsAre("runs", "7"));
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "plugins", "p"}), 7);
    EXPECT_EQ(found(table, "PUT", {"v1", "accounts", "a", "plugins", "p"}), 6);
}

TEST(RouteTable, AWildcardIsBeatenByAnythingElse) {
    const auto table = orders();
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "plugins", "p", "_state"}), 8);
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "plugins", "p", "_state", "x"}), 7);
}

TEST(RouteTable, AnUnknownPathIsNotFound) {
    const auto table = orders();
    EXPECT_EQ(found(table, "GET", {}), 404);
    EXPECT_EQ(found(table, "GET", {""}), 404);
    EXPECT_EQ(found(table, "GET", {"v1"}), 404);
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "orders", ""}), 404);
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "", "orders"}), 404);
    EXPECT_EQ(found(table, "GET", {"v1", "accounts", "a", "orders", "1", "amend", "x"}), 404);
    EXPECT_EQ(found(table, "GET", {"V1", "accounts", "a", "orders"}), 404);
}

TEST(RouteTable, AnotherMethodIsToldWhichOnesThereAre) {
    const auto table = orders();
    const auto result = table.find("DELETE", {"v1", "accounts", "a", "orders"});
    EXPECT_EQ(std::get<RouteMethodNotAllowed>(result).allow, "GET, POST");
    const auto literal = table.find("DELETE", {"v1", "accounts", "a", "orders", "summary"});
    EXPECT_EQ(std::get<RouteMethodNotAllowed>(literal).allow, "GET");
    const auto wildcard = table.find("POST", {"v1", "accounts", "a", "plugins", "p"});
    EXPECT_EQ(std::get<RouteMethodNotAllowed>(wildcard).allow, "GET, PUT");
}

TEST(RouteTable, ALongPathCostsNoMoreThanTheTreeIsDeep) {
    EXPECT_EQ(found(orders(), "GET", Path(2000, "a")), 404);
}

TEST(RouteTable, AMistakeInAPatternIsTheProgrammers) {
    RouteTable table = orders();
    const auto add = [&](std::string_view pattern) { table.add("GET", pattern, RouteId{99}); };
    EXPECT_THROW(add(""), std::logic_error);
    EXPECT_THROW(add("v1"), std::logic_error);
    EXPECT_THROW(add("/v1//x"), std::logic_error);
    EXPECT_THROW(add("/v1/*/x"), std::logic_error);
    EXPECT_THROW(add("/v1/{}"), std::logic_error);
    EXPECT_THROW(add("/v1/a{b}"), std::logic_error);
    EXPECT_THROW(add("/v1/{a}/{a}"), std::logic_error);
    EXPECT_THROW(add("/v1/accounts/{account}/orders"), std::logic_error);
    EXPECT_THROW(add("/v1/accounts/{other}/orders"), std::logic_error);
}

}  // namespace
}  // namespace wharf::http

// Every damaged body of json_bodies.hpp through HTTP: refused with its status, code and pointers,
// and nothing is stored.
#include "tests/hostile/json_bodies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

using ::testing::UnorderedElementsAreArray;

std::vector<std::string> told(const json::value& problem) {
    std::vector<std::string> faults;
    if (const auto* errors = problem.as_object().if_contains("errors")) {
        for (const auto& error : errors->as_array()) {
            faults.push_back(plain_text(error.at("pointer")) + ' ' + plain_text(error.at("code")));
        }
    }
    return faults;
}

std::vector<std::string> wanted(const JsonBody& body) {
    std::vector<std::string> faults;
    for (const auto& fault : body.faults) faults.push_back(fault.pointer + ' ' + fault.code);
    return faults;
}

TEST(JsonBodies, EachIsRefusedWithItsStatusCodeAndPointers) {
    Shop shop;
    shop.product("TEA", 10);
    const auto table = json_bodies();
    EXPECT_GE(table.size(), 150U);
    for (const auto& body : table) {
        SCOPED_TRACE(body.name);
        const auto reply = shop.admin().post("orders", body.bytes);
        EXPECT_EQ(reply.status, body.status) << reply.body;
        if (reply.status < 400) continue;
        const auto problem = reply.json();
        EXPECT_EQ(reply.header("content-type"), "application/problem+json");
        EXPECT_EQ(problem.at("code"), body.status == 400 ? "malformed" : "invalid");
        EXPECT_THAT(told(problem), UnorderedElementsAreArray(wanted(body)));
    }
    std::cout << "proof: " << table.size() << " damaged JSON bodies\n";
    EXPECT_TRUE(shop.all("orders").empty());
    EXPECT_EQ(shop.admin().post("orders", with_quantity("1")).status, 201);
    shop.close();
}

// One body of the largest size may not keep the host busy: not by its keys, its depth, its faults
// or one long text.
TEST(JsonBodies, TheWorstBodyOfAMebibyteIsReadInAMoment) {
    Shop shop;
    shop.product("TEA", 10);
    std::string keys = "{\"000000\":0";
    for (int i = 100'000; keys.size() < 1'000'000; ++i) keys += ",\"" + std::to_string(i) + "\":0";
    std::string line = R"({"sku":"","quantity":0,"unit_price":0})";
    for (const auto& body :
         {keys + "}", '[' + times(500'000, "0,") + "0]", '"' + std::string(1'000'000, 'x') + '"',
          '"' + times(160'000, "\\u0000") + '"',
          times(30, "[") + times(300'000, "[],") + "0" + times(30, "]"),
          R"({"location":"BLR","lines":[)" + times(25'000, line + ',') + line + "]}",
          std::string(1'000'000, '9'), "1e" + std::string(1'000'000, '9')}) {
        const auto begin = std::chrono::steady_clock::now();
        const auto reply = shop.admin().post("orders", body);
        const auto took = std::chrono::steady_clock::now() - begin;
        EXPECT_TRUE(reply.status == 422 || reply.status == 400) << reply.status;
        EXPECT_LT(took, std::chrono::seconds(4)) << body.substr(0, 40);
        EXPECT_LT(reply.body.size(), 100'000U) << "a reply is shorter than what asked for it";
    }
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

// Every row of host/http/hostile_requests.hpp against the real program: its status, as a problem
// document, nothing behind it, and the program as well as before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <iostream>

#include "host/http/hostile_requests.hpp"
#include "host/http/raw_client.hpp"
#include "tests/hostile/port_of.hpp"

namespace wharf::tests {
namespace {

using http::testing::RawClient;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kSmuggled = "GET /livez HTTP/1.1\r\nHost: w\r\n\r\n";

TEST(RawRequests, EachIsRefusedWithItsStatusAndNothingIsSmuggledBehindIt) {
    HostProcess host;
    host.start();
    const auto table = http::testing::hostile_requests();
    EXPECT_GE(table.size(), 150U);
    for (const auto& row : table) {
        SCOPED_TRACE(row.name);
        RawClient client(port_of(host));
        client.send(row.bytes + std::string(kSmuggled));
        const auto reply = client.read_all();
        ASSERT_EQ(http::testing::status_of(reply), row.status) << reply;
        EXPECT_THAT(reply, HasSubstr("Content-Type: application/problem+json\r\n"));
        EXPECT_THAT(reply.substr(1), Not(HasSubstr("HTTP/1.1 "))) << "a second reply";
        const auto problem = boost::json::parse(http::testing::body_of(reply)).as_object();
        EXPECT_EQ(problem.at("status"), row.status);
        EXPECT_FALSE(problem.at("code").as_string().empty());
        EXPECT_FALSE(problem.at("detail").as_string().empty());
    }
    std::cout << "proof: " << table.size() << " hostile requests\n";
    RawClient good(port_of(host));
    EXPECT_EQ(http::testing::status_of(good.ask(kSmuggled)), 200);
    host.stop();
}

// The other side of the rules: what looks odd and is right is served.
TEST(RawRequests, WhatIsOddButRightIsServed) {
    HostProcess host;
    host.start();
    const std::string get = "GET /livez HTTP/1.1\r\n";
    const std::string many_headers = [] {
        std::string lines;
        for (int i = 0; i < 99; ++i) lines += "X-" + std::to_string(i) + ": 1\r\n";
        return lines;
    }();
    for (const auto& bytes :
         {get + "Host:w\r\n\r\n", get + "hOST: \t w \t\r\n\r\n", get + "Host:\r\n\r\n",
          get + "Host: w\r\nX: \xE0\xA4\xA8\xE0\xA4\xAE\r\n\r\n",
          get + "Host: w\r\nContent-Length: 0\r\n\r\n",
          get + "Host: w\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n",
          get + "Host: w\r\n" + many_headers + "\r\n",
          std::string("GET /livez? HTTP/1.1\r\nHost: w\r\n\r\n"),
          std::string("GET /%6Civez HTTP/1.1\r\nHost: w\r\n\r\n"),
          std::string("GET /livez HTTP/1.0\r\n\r\n")}) {
        RawClient client(port_of(host));
        EXPECT_EQ(http::testing::status_of(client.ask(bytes)), 200) << bytes;
    }
    host.stop();
}

}  // namespace
}  // namespace wharf::tests

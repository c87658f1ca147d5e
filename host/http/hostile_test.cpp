// Every hostile request, over a socket: refused with its status, no handler asked, the connection
// ended, and the server as well as before.
#include <gtest/gtest.h>

#include "host/http/hostile_requests.hpp"
#include "host/http/raw_client.hpp"

namespace wharf::http {
namespace {

using testing::HostileRequest;
using testing::RawClient;
using testing::RunningServer;

class Hostile : public ::testing::TestWithParam<HostileRequest> {};

TEST_P(Hostile, RequestIsRefusedAndTheConnectionEnds) {
    Settings settings;
    settings.workers = 2;
    RunningServer server(settings, [](const Request&) { return Response{}; });
    RawClient client(server.port());
    client.send(GetParam().bytes + "GET /smuggled HTTP/1.1\r\nHost: w\r\n\r\n");
    const auto reply = client.read_all();
    EXPECT_EQ(testing::status_of(reply), GetParam().status) << reply;
    EXPECT_NE(reply.find("application/problem+json"), std::string::npos);
    EXPECT_EQ(reply.find("HTTP/1.1", 1), std::string::npos) << "a second reply: " << reply;
    EXPECT_EQ(server.server().stats().requests, 0U);
    EXPECT_EQ(server.server().stats().faults, 1U);
    RawClient good(server.port());
    EXPECT_EQ(testing::status_of(good.ask("GET / HTTP/1.1\r\nHost: w\r\n\r\n")), 200);
}

INSTANTIATE_TEST_SUITE_P(All, Hostile, ::testing::ValuesIn(testing::hostile_requests()),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace wharf::http

// What a plugin's settings hold secret goes in and never comes out: not in a reply, the audit or a
// replay.
#include <gmock/gmock.h>

#include "host/operations/host_fixture.hpp"
#include "host/operations/plugin_fixture.hpp"

namespace wharf::operations {
namespace {

struct Login {
    std::string user;
    Secret password;
};
BOOST_DESCRIBE_STRUCT(Login, (), (user, password))

struct Settings {
    Login portal;
    std::optional<Secret> token;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (portal, token))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Told {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Told, (), (password))

class Courier : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.config<Settings>();
        setup.read("reveal", "GET /reveal", &Courier::reveal).permission("catalog.read");
    }
    // No plugin should: it shows that the plugin itself is given the secret.
    Told reveal(Context& context, const Nothing&) const {
        return {context.config<Settings>().portal.password.reveal()};
    }
};

struct Secretive : Host {
    Secretive() : Host({in_process<Courier>("courier")}) { account(); }
    boost::json::value settings(const std::string& config) {
        return call("plugins.switch",
                    R"({"plugin":"courier","enabled":true,"reason":"t","config":)" + config + '}');
    }
    std::string password() {
        return call("courier.reveal", "{}").at("password").as_string().c_str();
    }
};

constexpr auto kLogin = R"({"portal":{"user":"shop","password":"hunter2"},"token":"t-42"})";

TEST(SecretSettings, ReachThePluginAndNobodyElse) {
    Secretive host;
    const auto reply = boost::json::serialize(host.settings(kLogin));
    EXPECT_EQ(host.password(), "hunter2");
    const auto shown = host.call("plugins.get", R"({"plugin":"courier"})");
    EXPECT_TRUE(shown.at("config").at("portal").at("password").is_null());
    EXPECT_EQ(shown.at("config").at("portal").at("user").as_string(), "shop");
    for (const auto& text : {reply, boost::json::serialize(shown),
                             boost::json::serialize(host.call("audit.list", "{}")),
                             boost::json::serialize(host.call("events.list", "{}"))}) {
        EXPECT_THAT(text, testing::Not(testing::HasSubstr("hunter2")));
        EXPECT_THAT(text, testing::Not(testing::HasSubstr("t-42")));
    }
}

TEST(SecretSettings, AreNotInTheAuditOfARollout) {
    Secretive host;
    host.call(
        "plugins.rollout",
        std::string(R"({"plugin":"courier","enabled":true,"reason":"t","plans":["growth"],)") +
            R"("config":)" + kLogin + '}',
        "");
    EXPECT_EQ(host.password(), "hunter2");
    auto snapshot = host.operations().accounts().directory().snapshot();
    EXPECT_EQ(snapshot->session().value<std::int64_t>(
                  "SELECT COUNT(*) FROM journal WHERE input <> replace(input, 'hunter2', '')"),
              0);
}

TEST(SecretSettings, WhatIsShownCanBeSentBackAndKeepsThem) {
    Secretive host;
    host.settings(kLogin);
    auto config = host.call("plugins.get", R"({"plugin":"courier"})").at("config");
    config.at("portal").at("user") = "warehouse";
    host.settings(boost::json::serialize(config));
    EXPECT_EQ(host.password(), "hunter2");
    host.settings(R"({"portal":{"user":"warehouse"}})");
    EXPECT_EQ(host.password(), "hunter2");
    host.settings(R"({"portal":{"user":"warehouse","password":"other"}})");
    EXPECT_EQ(host.password(), "other");
}

TEST(SecretSettings, OneThatWasNeverGivenIsMissing) {
    Secretive host;
    EXPECT_EQ(host.refusal("plugins.switch", R"({"plugin":"courier","enabled":true,"reason":"t",)"
                                             R"("config":{"portal":{"user":"shop"}}})"),
              "invalid");
}

}  // namespace
}  // namespace wharf::operations

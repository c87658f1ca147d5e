// The interface as a client meets it: a whole host over loopback.
#include "host/app/host.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iterator>
#include <set>
#include <thread>
#include <vector>

#include "host/app/exit_codes.hpp"
#include "host/app/host_fixture.hpp"
#include "host/app/restore.hpp"
#include "host/limits.hpp"

namespace wharf::app {
namespace {

using testing::code_of;
using testing::RunningHost;

constexpr const char* kLocation = R"({"name":"Bengaluru","kind":"warehouse"})";

// One host for the tests that change nothing another would see.
class Interface : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        host_ = std::make_unique<RunningHost>();
        host_->account("acme").account("other");
        admin_ = host_->key_of("acme", "admin");
        sales_ = host_->key_of("acme", "sales");
        EXPECT_EQ(
            host_->send_as(admin_, "PUT", "/v1/accounts/acme/locations/BLR", kLocation).status,
            200);
    }
    static void TearDownTestSuite() { host_.reset(); }

    static HttpReply get(const std::string& path, const std::string& key) {
        return host_->send_as(key, "GET", path);
    }

    static inline std::unique_ptr<RunningHost> host_;
    static inline std::string admin_;
    static inline std::string sales_;
};

struct Refused {
    std::string name;
    std::string method;
    std::string path;
    std::string body;
    std::string content_type;
    int status;
    std::string code;
};

TEST_F(Interface, RefusesEachWrongRequestWithItsStatusAndCode) {
    const std::string base = "/v1/accounts/acme";
    const std::string json = "application/json";
    const Refused table[] = {
        {"no JSON", "PUT", base + "/locations/BLR", "{", json, 400, "malformed"},
        {"JSON with a tail", "PUT", base + "/locations/BLR", "{}x", json, 400, "malformed"},
        {"body with a GET", "GET", base + "/locations?x=1", "", json, 422, "invalid"},
        {"another media type", "PUT", base + "/locations/BLR", "name=x", "text/plain", 415,
         "unsupported_media"},
        {"no such path", "GET", base + "/nothing", "", json, 404, "not_found"},
        {"no such path of the host", "GET", "/v1/nothing", "", json, 404, "not_found"},
        {"no such method", "DELETE", base + "/locations/BLR", "", json, 405, "not_found"},
        {"no such document", "GET", base + "/locations/NOWHERE", "", json, 404, "not_found"},
        {"no such operation", "POST", base + "/operations/no.such", "{}", json, 404, "not_found"},
        {"an operation of the host's scope below an account", "POST",
         base + "/operations/accounts.create", "{}", json, 404, "not_found"},
        {"no such plugin", "GET", base + "/plugins/nothing/things", "", json, 404, "not_found"},
        {"missing and unknown fields", "PUT", base + "/locations/BLR", R"({"nme":"x"})", json, 422,
         "invalid"},
        {"an unknown parameter", "PUT", base + "/locations/BLR?colour=red", kLocation, json, 422,
         "invalid"},
        {"a path field in the body", "PUT", base + "/locations/BLR",
         R"({"code":"BLR","name":"Bengaluru","kind":"warehouse"})", json, 422, "invalid"},
        {"a key twice", "PUT", base + "/locations/BLR", R"({"name":"a","name":"b"})", json, 422,
         "invalid"},
    };
    for (const auto& row : table) {
        const auto reply = host_->send_as(admin_, row.method, row.path, row.body,
                                          {{"Content-Type", row.content_type}});
        EXPECT_EQ(reply.status, row.status) << row.name << ": " << reply.body;
        EXPECT_EQ(code_of(reply), row.code) << row.name;
        EXPECT_EQ(reply.header("content-type"), "application/problem+json") << row.name;
        const auto problem = boost::json::parse(reply.body);
        EXPECT_EQ(problem.at("status").as_int64(), row.status) << row.name;
        EXPECT_EQ(problem.at("request_id").as_string().c_str(), reply.header("x-request-id"));
    }
}

TEST_F(Interface, TellsAllFaultsOfABodyAtOnceWithTheirPlaces) {
    const auto reply =
        host_->send_as(admin_, "PUT", "/v1/accounts/acme/locations/BLR?colour=red",
                       R"({"code":"BLR","nme":"x","holds_stock":"yes","name":1,"name":2})");
    ASSERT_EQ(reply.status, 422);
    std::set<std::string> pointers;
    const auto problem = boost::json::parse(reply.body);
    for (const auto& error : problem.at("errors").as_array()) {
        pointers.insert(error.at("pointer").as_string().c_str());
    }
    for (const char* pointer : {"/code", "/nme", "/holds_stock", "/name", "/kind", "/colour"}) {
        EXPECT_TRUE(pointers.contains(pointer)) << pointer << " " << reply.body;
    }
}

TEST_F(Interface, WantsAKeyForEverythingBelowV1) {
    for (const std::string& key :
         {std::string(), std::string("wharf_k1_wrong"), std::string("nonsense"), admin_ + "x"}) {
        for (const char* path : {"/v1/accounts", "/v1/accounts/acme", "/v1/accounts/acme/locations",
                                 "/v1/nothing", "/v1/accounts/acme/openapi.json"}) {
            const auto reply = get(path, key);
            EXPECT_EQ(reply.status, 401) << path;
            EXPECT_EQ(code_of(reply), "unauthenticated");
            EXPECT_EQ(reply.header("www-authenticate"), "Bearer realm=\"wharf\"");
        }
    }
}

TEST_F(Interface, AForeignAccountAnswersAsOneThatIsNotThere) {
    const auto without_id = [](HttpReply reply, const std::string& account) {
        auto json = boost::json::parse(reply.body).as_object();
        json.erase("request_id");
        auto text = boost::json::serialize(json);
        for (auto at = text.find(account); at != std::string::npos; at = text.find(account)) {
            text.replace(at, account.size(), "ACCOUNT");
        }
        return std::to_string(reply.status) + text;
    };
    for (const std::string path :
         {"", "/locations", "/locations/BLR", "/openapi.json", "/nothing"}) {
        const auto foreign = get("/v1/accounts/other" + path, admin_);
        const auto absent = get("/v1/accounts/nosuch" + path, admin_);
        EXPECT_EQ(foreign.status, 404) << path;
        EXPECT_EQ(without_id(foreign, "other"), without_id(absent, "nosuch")) << path;
    }
    const auto write = host_->send_as(admin_, "PUT", "/v1/accounts/other/locations/X", kLocation);
    EXPECT_EQ(write.status, 404);
    const auto by_name = host_->send_as(
        admin_, "POST", "/v1/accounts/other/operations/catalog.list_locations", "{}");
    EXPECT_EQ(by_name.status, 404);
}

TEST_F(Interface, WhatAKeySeesButMayNotDoIsForbidden) {
    const auto reply = host_->send_as(sales_, "PUT", "/v1/accounts/acme/locations/BLR", kLocation);
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(code_of(reply), "missing_permission");
    EXPECT_EQ(get("/v1/accounts/acme/locations/BLR", sales_).status, 200);
    const auto making = host_->send_as(admin_, "POST", "/v1/accounts", R"({"code":"mine"})");
    EXPECT_EQ(making.status, 403);
}

TEST_F(Interface, TheSchemeOfAuthorizationHasNoCase) {
    EXPECT_EQ(
        host_->send_as("", "GET", "/v1/accounts/acme", "", {{"Authorization", "bEARER " + admin_}})
            .status,
        200);
}

TEST_F(Interface, ServesWhatNeedsNoKey) {
    for (const char* path : {"/livez", "/readyz", "/version", "/metrics", "/openapi.json", "/docs",
                             "/docs/style.css"}) {
        const auto reply = get(path, "");
        EXPECT_EQ(reply.status, 200) << path << reply.body;
        EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << path;
        EXPECT_EQ(reply.header("cache-control"), "no-store") << path;
        EXPECT_FALSE(reply.header("content-security-policy").empty()) << path;
    }
}

TEST_F(Interface, AnAccountsDocumentIsItsOwn) {
    const auto reply = get("/v1/accounts/acme/openapi.json", admin_);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto json = boost::json::parse(reply.body);
    EXPECT_TRUE(json.at("paths").as_object().contains("/v1/accounts/acme/locations/{code}"));
}

TEST_F(Interface, TheRegistryOfTheHostMakesASoundDocument) {
    const auto json = boost::json::parse(get("/openapi.json", "").body);
    std::set<std::string> ids;
    for (const auto& path : json.at("paths").as_object()) {
        for (const auto& method : path.value().as_object()) {
            EXPECT_TRUE(ids.insert(method.value().at("operationId").as_string().c_str()).second);
        }
    }
    EXPECT_GT(ids.size(), 20U);
}

TEST_F(Interface, TheRequestIdComesBack) {
    const auto reply =
        host_->send_as(admin_, "GET", "/v1/accounts/acme", "", {{"X-Request-Id", "mine-1"}});
    EXPECT_EQ(reply.header("x-request-id"), "mine-1");
}

TEST_F(Interface, AReadCarriesItsVersionAndAStaleChangeIsRefused) {
    const auto read = get("/v1/accounts/acme/locations/BLR", admin_);
    EXPECT_EQ(read.header("etag"), "\"1\"");
    EXPECT_EQ(host_
                  ->send_as(admin_, "GET", "/v1/accounts/acme/locations/BLR", "",
                            {{"If-None-Match", "\"1\""}})
                  .status,
              304);
    for (const char* tag : {"\"7\"", "\"nonsense\""}) {
        const auto stale = host_->send_as(admin_, "PUT", "/v1/accounts/acme/locations/BLR",
                                          kLocation, {{"If-Match", tag}});
        EXPECT_EQ(stale.status, 412) << stale.body;
        EXPECT_EQ(code_of(stale), "stale");
    }
}

TEST_F(Interface, ADryRunStoresNothing) {
    const auto reply =
        host_->send_as(admin_, "PUT", "/v1/accounts/acme/locations/DRY?dry_run=true", kLocation);
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_TRUE(boost::json::parse(reply.body).at("dry_run").as_bool());
    EXPECT_EQ(get("/v1/accounts/acme/locations/DRY", admin_).status, 404);
}

TEST_F(Interface, TheSamePostHappensOnce) {
    const auto post = [&](const char* body) {
        return host_->send_as(admin_, "POST", "/v1/accounts/acme/operations/catalog.put_location",
                              body, {{"Idempotency-Key", "place-1"}});
    };
    const auto first = post(R"({"code":"ONCE","name":"Once","kind":"warehouse"})");
    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(first.header("idempotent-replayed"), "");
    const auto again = post(R"({"code":"ONCE","name":"Once","kind":"warehouse"})");
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.header("idempotent-replayed"), "true");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(post(R"({"code":"ONCE","name":"Other","kind":"warehouse"})").status, 422);
}

TEST_F(Interface, ABodyBeyondTheLimitIsTooLarge) {
    const std::string body(limits::kHttpBodyBytesMax + 1, ' ');
    const auto reply = host_->send_as(admin_, "PUT", "/v1/accounts/acme/locations/BLR", body);
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(code_of(reply), "too_large");
}

TEST_F(Interface, MetricsCountByPatternAndNameNoAccount) {
    get("/v1/accounts/acme/locations/BLR", admin_);
    const auto text = get("/metrics", "").body;
    EXPECT_NE(text.find("route=\"/v1/accounts/{account}/locations/{code}\""), std::string::npos);
    EXPECT_NE(text.find("wharf_accounts_open"), std::string::npos);
    EXPECT_EQ(text.find("acme"), std::string::npos);
}

TEST(Host, ARevokedKeyIsRefusedAtOnce) {
    RunningHost host;
    host.account("acme");
    const auto made = host.send("POST", "/v1/accounts/acme/keys", R"({"name":"x","role":"admin"})");
    const auto json = boost::json::parse(made.body);
    const std::string key = json.at("key").as_string().c_str();
    const std::string id = json.at("id").as_string().c_str();
    EXPECT_EQ(host.send_as(key, "GET", "/v1/accounts/acme").status, 200);
    EXPECT_EQ(host.send("DELETE", "/v1/accounts/acme/keys/" + id).status, 200);
    EXPECT_EQ(host.send_as(key, "GET", "/v1/accounts/acme").status, 401);
}

TEST(Host, AKeyThatIsTooQuickIsLimited) {
    HostSettings settings;
    settings.rates = {0.001, 2};
    RunningHost host(settings);
    EXPECT_EQ(host.send("GET", "/v1/accounts").header("ratelimit"), "\"key\";r=1;t=1000");
    EXPECT_EQ(host.send("GET", "/v1/accounts").status, 200);
    Client client(host.url(), host.platform_key());
    const auto reply = client.send_once({"GET", "/v1/accounts"});
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(code_of(reply), "limited");
    EXPECT_FALSE(reply.header("retry-after").empty());
}

TEST(Host, KeepsEverythingAcrossAStop) {
    RunningHost host;
    host.account("acme");
    EXPECT_EQ(host.send("PUT", "/v1/accounts/acme/locations/BLR", kLocation).status, 200);
    host.stop();
    host.start();
    EXPECT_EQ(host.send("GET", "/v1/accounts/acme/locations/BLR").status, 200);
}

TEST(Host, ABackupIsRestoredWithANewIncarnation) {
    RunningHost host;
    host.account("acme");
    EXPECT_EQ(host.send("PUT", "/v1/accounts/acme/locations/OLD", kLocation).status, 200);
    const auto made = host.send("POST", "/v1/accounts/acme/backups");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_NE(
        host.send("GET", "/v1/accounts/acme/audit?operation=accounts.backup").body.find("backups/"),
        std::string::npos);
    const std::string file = boost::json::parse(made.body).at("file").as_string().c_str();
    EXPECT_EQ(host.send("PUT", "/v1/accounts/acme/locations/NEW", kLocation).status, 200);
    host.stop();
    const auto restored = restore_account(host.data(), host.data() / file);
    EXPECT_EQ(restored.account, "acme");
    EXPECT_TRUE(std::filesystem::exists(restored.before));
    host.start();
    EXPECT_EQ(host.send("GET", "/v1/accounts/acme/locations/OLD").status, 200);
    EXPECT_EQ(host.send("GET", "/v1/accounts/acme/locations/NEW").status, 404);
}

TEST(Host, ABackupIsMadeOnceForTheSameKey) {
    RunningHost host;
    host.account("acme");
    const auto ask = [&] {
        return host.send("POST", "/v1/accounts/acme/backups", "", {{"Idempotency-Key", "k-1"}});
    };
    std::vector<HttpReply> replies(6);
    {
        std::vector<std::jthread> clients;
        for (auto& reply : replies) clients.emplace_back([&] { reply = ask(); });
    }
    for (const auto& reply : replies) EXPECT_EQ(reply.body, replies[0].body);
    const auto begin = std::filesystem::directory_iterator(host.data() / "backups");
    EXPECT_EQ(std::distance(begin, {}), 1);
    EXPECT_EQ(host.send("POST", "/v1/accounts/acme/backups?dry_run=true").status, 200);
}

TEST(Host, ABackupMovesAnAccountToAnotherInstallation) {
    RunningHost first;
    first.account("acme");
    const auto made = first.send("POST", "/v1/accounts/acme/backups");
    const std::string file = boost::json::parse(made.body).at("file").as_string().c_str();
    const auto backup = first.data() / file;
    first.stop();
    RunningHost second;
    EXPECT_EQ(second.send("GET", "/v1/accounts/acme").status, 404);
    second.stop();
    restore_account(second.data(), backup);
    second.start();
    EXPECT_EQ(second.send("GET", "/v1/accounts/acme").status, 200);
}

TEST(Host, WhatIsNoBackupChangesNothing) {
    RunningHost host;
    host.account("acme");
    host.stop();
    EXPECT_ANY_THROW(restore_account(host.data(), host.data() / "directory.db"));
    EXPECT_ANY_THROW(restore_account(host.data(), host.data() / "nothing.db"));
    EXPECT_ANY_THROW(restore_account(host.data(), host.data() / "ready.probe"));
    host.start();
    EXPECT_EQ(host.send("GET", "/v1/accounts/acme").status, 200);
}

TEST(Host, ASecondOneOnTheSameFolderOrAddressIsRefused) {
    RunningHost host;
    HostSettings same_folder;
    same_folder.data = host.data();
    same_folder.port = 0;
    EXPECT_THROW(Host{same_folder}, storage::StorageError);
}

}  // namespace
}  // namespace wharf::app

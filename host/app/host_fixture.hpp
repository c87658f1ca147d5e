// For tests: a whole host in this process, on a folder of its own and a port of its own, and a
// client with the platform's key.
#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "host/app/client.hpp"
#include "host/app/data_folder.hpp"
#include "host/app/host.hpp"
#include "host/storage/sqlite/test_folder.hpp"

namespace wharf::app::testing {

// What a test wants to know of a reply.
inline std::string code_of(const HttpReply& reply) {
    boost::json::error_code error;
    const auto json = boost::json::parse(reply.body, error);
    if (error || !json.is_object()) return "no JSON: " + reply.body;
    const auto* code = json.get_object().if_contains("code");
    return code == nullptr || !code->is_string() ? "" : code->get_string().c_str();
}

class RunningHost {
public:
    explicit RunningHost(HostSettings settings = {}) : settings_(std::move(settings)) {
        settings_.data = folder_.path() / "data";
        settings_.port = 0;
        settings_.log_level = http::LogLevel::off;
        key_ = initialise(settings_.data);
        start();
    }
    ~RunningHost() { stop(); }
    RunningHost(const RunningHost&) = delete;
    RunningHost& operator=(const RunningHost&) = delete;

    void start() {
        host_ = std::make_unique<Host>(settings_);
        thread_ = std::thread([this] { host_->run(); });
    }
    void stop() {
        if (!host_) return;
        host_->stop();
        thread_.join();
        host_.reset();
    }

    Host& host() { return *host_; }
    [[nodiscard]] std::string url() const { return "http://" + host_->address(); }
    [[nodiscard]] const std::string& platform_key() const { return key_; }
    [[nodiscard]] const std::filesystem::path& data() const { return settings_.data; }

    HttpReply send(const std::string& method, const std::string& path, const std::string& body = {},
                   std::map<std::string, std::string> headers = {}) {
        return send_as(key_, method, path, body, std::move(headers));
    }
    HttpReply send_as(const std::string& key, const std::string& method, const std::string& path,
                      const std::string& body = {},
                      std::map<std::string, std::string> headers = {}) {
        Client client(url(), key);
        HttpRequest request{method, path, body};
        if (const auto type = headers.find("Content-Type"); type != headers.end()) {
            request.content_type = type->second;
            headers.erase(type);
        }
        request.headers = std::move(headers);
        return client.send(request);
    }

    RunningHost& account(const std::string& code) {
        const auto reply = send("POST", "/v1/accounts",
                                R"({"code":")" + code +
                                    R"(","name":"Acme","plan":"growth","account_type":"seller",)"
                                    R"("inventory_type":"non_serialized","currency":"INR",)"
                                    R"("time_zone":"Asia/Kolkata","country":"IN"})");
        EXPECT_EQ(reply.status, 201) << reply.body;
        return *this;
    }
    std::string key_of(const std::string& account, const std::string& role) {
        const auto reply = send("POST", "/v1/accounts/" + account + "/keys",
                                R"({"name":"test","role":")" + role + R"("})");
        EXPECT_EQ(reply.status, 201) << reply.body;
        return boost::json::parse(reply.body).at("key").as_string().c_str();
    }

private:
    storage::sqlite::TestFolder folder_;
    HostSettings settings_;
    std::string key_;
    std::unique_ptr<Host> host_;
    std::thread thread_;
};

}  // namespace wharf::app::testing

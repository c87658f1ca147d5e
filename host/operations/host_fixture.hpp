// For the tests of this room: a whole host on a folder of its own, with a clock that the test
// moves, and short words for calling it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <wharf/json_parse.hpp>

#include "host/accounts/run.hpp"
#include "host/operations/operations.hpp"
#include "host/storage/sqlite/engine.hpp"
#include "host/storage/sqlite/test_folder.hpp"

namespace wharf::operations {

class Host {
public:
    using Adjust = std::function<void(OperationsSetup&)>;
    explicit Host(std::vector<const plugins::Plugin*> plugins = {}, Adjust adjust = {})
        : loaded_(std::move(plugins)), adjust_(std::move(adjust)) {
        start();
    }
    ~Host() { stop(); }

    Host& restart() {
        stop();
        start();
        return *this;
    }
    // For good: another one may be opened in the process.
    void end() { stop(); }
    // Ends it and starts it again with other plugins, as after an upgrade of their bundles.
    Host& restart_with(std::vector<const plugins::Plugin*> plugins) {
        loaded_ = std::move(plugins);
        return restart();
    }
    Operations& operations() { return *operations_; }
    void pass(std::chrono::seconds time) {
        now_ += std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    }

    static std::shared_ptr<const accounts::Principal> platform() {
        accounts::Principal principal;
        principal.key_id = "k-platform";
        principal.role = accounts::Role::platform_admin;
        return std::make_shared<const accounts::Principal>(principal);
    }
    static std::shared_ptr<const accounts::Principal> member(accounts::Role role,
                                                             const std::string& account = "acme") {
        accounts::Principal principal;
        principal.key_id = "k-member";
        principal.role = role;
        principal.account = AccountCode(account);
        return std::make_shared<const accounts::Principal>(principal);
    }

    static Call make(const std::string& operation, const std::string& request,
                     const std::string& account = "acme") {
        Call call;
        call.operation = operation;
        call.request = parse_json(request).value;
        call.principal = platform();
        call.account = AccountCode(account);
        call.request_id = "r-1";
        return call;
    }
    Answer answer(const Call& call) { return operations_->dispatcher().call(call); }
    boost::json::value call(const std::string& operation, const std::string& request,
                            const std::string& account = "acme") {
        return parse_json(answer(make(operation, request, account)).body).value;
    }
    boost::json::value preview(const std::string& operation, const std::string& request,
                               const std::string& account = "acme") {
        auto asked = make(operation, request, account);
        asked.dry_run = true;
        return parse_json(answer(asked).body).value;
    }
    // The code of the refusal, or empty.
    std::string refusal(const Call& call) {
        try {
            answer(call);
            return {};
        } catch (const Refusal& refused) {
            return refused.code();
        }
    }
    std::string refusal(const std::string& operation, const std::string& request,
                        const std::string& account = "acme") {
        return refusal(make(operation, request, account));
    }

    Host& account(const std::string& code = "acme") {
        call("accounts.create",
             R"({"code":")" + code +
                 R"(","name":"Acme","plan":"growth","account_type":"seller",)"
                 R"("inventory_type":"non_serialized","currency":"INR",)"
                 R"("time_zone":"Asia/Kolkata","country":"IN"})",
             "");
        return *this;
    }
    Host& location(const std::string& code = "BLR") {
        call("catalog.put_location",
             R"({"code":")" + code + R"(","name":"Bengaluru","kind":"warehouse"})");
        return *this;
    }
    Host& product(const std::string& sku = "TEA") {
        call("catalog.put_product", R"({"sku":")" + sku + R"(","name":"Tea"})");
        return *this;
    }
    // How many rows the account keeps in one of its tables.
    std::int64_t count(const std::string& table) {
        const auto snapshot = operations_->accounts().open(AccountCode("acme"))->snapshot();
        return snapshot->session().value<std::int64_t>("SELECT COUNT(*) FROM " + table).value_or(0);
    }

private:
    void start() {
        engine_ = storage::sqlite::open_engine({folder_.path()});
        OperationsSetup setup;
        setup.clock = [this] { return Instant::from_raw(now_.load()); };
        setup.executors = 2;
        setup.background = false;
        if (adjust_) adjust_(setup);
        operations_ = std::make_unique<Operations>(*engine_, loaded_, std::move(setup));
    }
    void stop() {
        operations_.reset();
        engine_.reset();
    }

    storage::sqlite::TestFolder folder_;
    std::vector<const plugins::Plugin*> loaded_;
    Adjust adjust_;
    std::atomic<std::int64_t> now_ = Instant::parse("2026-11-01T09:00:00Z")->raw();
    std::unique_ptr<storage::Engine> engine_;
    std::unique_ptr<Operations> operations_;
};

}  // namespace wharf::operations

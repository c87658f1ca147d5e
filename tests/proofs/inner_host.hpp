// The host in this very process, with the real bundles, on an engine that the test prepares: for
// faults that only the inside can bring about. One at a time in a process.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>
#include <wharf/json_parse.hpp>

#include "host/app/backup_operation.hpp"
#include "host/operations/operations.hpp"
#include "host/plugins/loader.hpp"
#include "host/storage/sqlite/engine.hpp"
#include "tests/support/host_process.hpp"

namespace wharf::tests {

// Loaded once in the life of the process, as in a host's.
inline const plugins::InstalledPlugins& real_bundles() {
    static const plugins::InstalledPlugins installed(Installation::beside_this_program().plugins,
                                                     plugins::ProbeOptions{});
    return installed;
}

class InnerHost {
public:
    // `more` are plugins of the test's own, beside the real bundles; `now` is for a host that takes
    // up where another one ended.
    explicit InnerHost(storage::sqlite::Settings settings,
                       const std::vector<const plugins::Plugin*>& more = {},
                       Instant now = begin_of_time())
        : now_(now.raw()) {
        auto loaded = more;
        for (const auto& one : real_bundles().all()) {
            if (one.plugin == nullptr) throw std::runtime_error(one.bundle.name + " is blocked");
            loaded.push_back(one.plugin);
        }
        engine_ = storage::sqlite::open_engine(settings);
        operations::OperationsSetup setup;
        setup.clock = [this] { return Instant::from_raw(now_.load()); };
        setup.executors = 2;
        setup.background = false;
        setup.register_more = [data = settings.folder](operations::Registry& registry) {
            app::bind_backups(registry, data);
        };
        operations_ = std::make_unique<operations::Operations>(*engine_, loaded, std::move(setup));
    }
    InnerHost(const InnerHost&) = delete;
    InnerHost& operator=(const InnerHost&) = delete;
    ~InnerHost() {
        operations_.reset();
        engine_.reset();
    }

    [[nodiscard]] operations::Operations& operations() { return *operations_; }

    static operations::Call make(const std::string& operation, const std::string& request,
                                 const std::string& account,
                                 std::optional<std::string> key = std::nullopt) {
        accounts::Principal principal;
        principal.key_id = "k-platform";
        principal.role = accounts::Role::platform_admin;
        operations::Call call;
        call.operation = operation;
        call.request = parse_json(request).value;
        call.principal = std::make_shared<const accounts::Principal>(principal);
        call.account = AccountCode(account);
        call.request_id = "proof";
        call.idempotency_key = std::move(key);
        return call;
    }
    operations::Answer answer(const operations::Call& call) {
        return operations_->dispatcher().call(call);
    }
    boost::json::value call(const std::string& operation, const std::string& request,
                            const std::string& account = "acme") {
        return parse_json(answer(make(operation, request, account)).body).value;
    }

    InnerHost& account(const std::string& code, const std::string& more = "") {
        call("accounts.create",
             R"({"code":")" + code +
                 R"(","name":"Acme","plan":"growth","account_type":"seller",)"
                 R"("currency":"INR","time_zone":"Asia/Kolkata","country":"IN",)" +
                 (more.empty() ? R"("inventory_type":"non_serialized")" : more) + '}',
             "");
        return *this;
    }
    // Time passes, and what has become due is done.
    void pass(std::chrono::seconds time) {
        now_ += std::chrono::microseconds(time).count();
        operations_->look_at_the_clock();
    }
    [[nodiscard]] Instant now() const { return Instant::from_raw(now_.load()); }

private:
    static Instant begin_of_time() { return *Instant::parse("2026-11-01T09:00:00Z"); }

    std::atomic<std::int64_t> now_;
    std::unique_ptr<storage::Engine> engine_;
    std::unique_ptr<operations::Operations> operations_;
};

}  // namespace wharf::tests

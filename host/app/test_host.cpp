#include "host/app/test_host.hpp"

#include <CLI/CLI.hpp>
#include <atomic>
#include <boost/describe.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/refusal_json.hpp>

#include "host/accounts/principal.hpp"
#include "host/app/commands.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/host.hpp"
#include "host/app/replay.hpp"
#include "host/app/scratch_folder.hpp"
#include "host/operations/jobs.hpp"
#include "host/storage/sqlite/engine.hpp"

namespace wharf::app {

namespace {

using boost::json::object;
using boost::json::value;

// A Sunday afternoon in India, so that nothing is due by itself for hours.
constexpr const char* kFirstInstant = "2026-11-01T09:00:00Z";
constexpr auto kJobTimeMax = std::chrono::seconds(60);

std::string text_at(const object& from, const char* name, const char* otherwise = "") {
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? found->as_string().c_str() : otherwise;
}

std::shared_ptr<const accounts::Principal> principal_of(const object& command,
                                                        const std::string& account) {
    const auto* as = command.if_contains("as");
    const object none;
    const auto& said = as != nullptr && as->is_object() ? as->get_object() : none;
    auto principal = std::make_shared<accounts::Principal>();
    const auto role = text_at(said, "role", "admin");
    if (!boost::describe::enum_from_string(role.c_str(), principal->role)) {
        throw Refusal::invalid("/as/role", "unknown_role", "there is no role \"" + role + "\"");
    }
    principal->key_id = "test-" + role;
    principal->name = role;
    const bool above = principal->role == accounts::Role::platform_admin ||
                       principal->role == accounts::Role::support;
    if (!above) principal->account = AccountCode(account);
    if (const auto vendor = text_at(said, "vendor"); !vendor.empty()) {
        principal->vendor = VendorCode(vendor);
    }
    if (const auto* locations = said.if_contains("locations")) {
        principal->locations = from_json<std::vector<LocationCode>>(*locations);
    }
    if (const auto* permissions = said.if_contains("permissions")) {
        principal->permissions = from_json<std::vector<std::string>>(*permissions);
    }
    return principal;
}

class TestHost {
public:
    explicit TestHost(const std::filesystem::path& plugins)
        : installed_(load_plugins(plugins, {}, plugins::Entrance::direct)) {
        start();
    }

    [[nodiscard]] value bundles() const {
        boost::json::array list;
        for (const auto& one : installed_.all()) {
            object bundle{{"name", one.bundle.name}, {"blocked", nullptr}};
            if (one.blocked) bundle["blocked"] = one.blocked->reason;
            list.push_back(std::move(bundle));
        }
        return object{{"bundles", std::move(list)}};
    }

    std::string answer(const object& command) {
        const auto what = text_at(command, "do");
        if (what == "call") return call(command);
        if (what == "pass") return pass(command);
        if (what == "settle") return settle(text_at(command, "account"));
        if (what == "carry") return carry();
        if (what == "restart") return restart();
        if (what == "replay") return replayed(text_at(command, "account"));
        throw Refusal::invalid("/do", "unknown_command", "there is no command \"" + what + "\"");
    }

private:
    std::string call(const object& command) {
        operations::Call asked;
        asked.account = AccountCode(text_at(command, "account"));
        asked.principal = principal_of(command, asked.account.text());
        asked.operation = text_at(command, "operation");
        asked.request = command.at("request");
        const auto* dry_run = command.if_contains("dry_run");
        asked.dry_run = dry_run != nullptr && dry_run->is_bool() && dry_run->get_bool();
        asked.request_id = "test-" + std::to_string(++calls_);
        return operations_->dispatcher().call(asked).body;
    }
    std::string pass(const object& command) {
        now_ += from_json<std::int64_t>(command.at("seconds")) * 1'000'000;
        operations_->look_at_the_clock();
        return "{}";
    }
    std::string settle(const std::string& account) {
        const AccountCode code(account);
        for (const auto& id : open_jobs(code)) {
            operations_->jobs().enqueue(code, id);
            operations_->jobs().wait(code, id, kJobTimeMax);
        }
        return "{}";
    }
    std::vector<std::string> open_jobs(const AccountCode& code) {
        auto snapshot = operations_->accounts().open(code)->snapshot();
        return operations::open_jobs(snapshot->session());
    }
    std::string carry() {
        operations_->messenger().drain();
        return "{}";
    }
    std::string restart() {
        stop();
        start();
        return "{}";
    }
    std::string replayed(const std::string& account) {
        stop();
        const auto files = account_files(folder_.path(), account);
        const auto report = replay_file(files.front(), installed_);
        start();
        return to_json(report);
    }

    void start() {
        engine_ = storage::sqlite::open_engine({.folder = folder_.path()});
        operations::OperationsSetup setup;
        setup.clock = [this] { return Instant::from_raw(now_.load()); };
        setup.log = [](operations::LogLevel level, std::string_view component,
                       std::string_view text) {
            if (level >= operations::LogLevel::warning) {
                std::cerr << component << ": " << text << '\n';
            }
        };
        setup.background = false;
        operations_ =
            std::make_unique<operations::Operations>(*engine_, installed_, std::move(setup));
    }
    void stop() {
        operations_.reset();
        engine_.reset();
    }

    ScratchFolder folder_{"wharf-test"};
    plugins::InstalledPlugins installed_;
    std::atomic<std::int64_t> now_ = Instant::parse(kFirstInstant)->raw();
    std::int64_t calls_ = 0;
    std::unique_ptr<storage::Engine> engine_;
    std::unique_ptr<operations::Operations> operations_;
};

std::string answer_to(TestHost& host, const std::string& line) {
    try {
        return "{\"body\":" + host.answer(parse_json(line).value.as_object()) + '}';
    } catch (const Refusal& refusal) {
        return "{\"refusal\":" + refusal_to_json(refusal) + '}';
    } catch (const std::exception& error) {
        return "{\"refusal\":" +
               refusal_to_json(Refusal(RefusalKind::internal, "internal", error.what())) + '}';
    }
}

}  // namespace

void run_test_host(const std::filesystem::path& plugins, std::istream& in, std::ostream& out) {
    TestHost host(plugins);
    out << boost::json::serialize(host.bundles()) << std::endl;
    for (std::string line; std::getline(in, line);) out << answer_to(host, line) << std::endl;
}

void add_test_host(CLI::App& app) {
    auto* command = app.add_subcommand("test-host", "What a plugin's own tests run against");
    auto plugins = std::make_shared<std::string>();
    command->add_option("--plugins", *plugins, "The folder of plugin bundles")->required();
    command->group("");  // for programs, not for people: left out of --help
    command->callback([plugins] { run_test_host(*plugins, std::cin, std::cout); });
}

}  // namespace wharf::app

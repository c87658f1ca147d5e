// Start-up with six plugins, and what an open account costs in memory and in its first request.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "bench/bundles.hpp"
#include "bench/process.hpp"
#include "bench/subjects.hpp"
#include "tests/support/account.hpp"
#include "tests/support/host_process.hpp"
#include "tests/support/together.hpp"

namespace wharf::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kStarts = 5;

std::string code_of(int account) {
    return "acct" + std::to_string(account);
}

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::filesystem::path six_plugins() {
    auto folder = std::filesystem::temp_directory_path() /
                  ("wharf-bench-plugins-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    make_six_bundles(tests::Installation::beside_this_program().plugins, folder);
    return folder;
}

// Until a request is answered that needs everything: readiness.
double start_ms(tests::HostProcess& host) {
    const auto start = Clock::now();
    host.start(0, {"--log", "error"});
    tests::Client client(host.url(), "", "");
    while (client.get("/readyz").status != 200) {
    }
    return milliseconds_since(start);
}

void make_accounts(const tests::HostProcess& host, int first, int last) {
    constexpr int kClients = 8;
    tests::together(kClients, [&](int client) {
        for (int i = first + client; i < last; i += kClients) {
            tests::Client platform(host.url(), "", host.platform_key());
            platform.expect(
                201,
                platform.post("/v1/accounts",
                              R"({"code":")" + code_of(i) +
                                  R"(","name":"Bench","plan":"growth","account_type":"seller",)"
                                  R"("inventory_type":"non_serialized","currency":"INR",)"
                                  R"("time_zone":"Asia/Kolkata","country":"IN"})"));
        }
    });
}

void measure_start(Report& report, tests::HostProcess& host, int accounts) {
    double best = 0;
    for (int i = 0; i < kStarts; ++i) {
        const auto took = start_ms(host);
        best = i == 0 ? took : std::min(best, took);
        host.stop();
    }
    report.add({"start", "six plugins, " + std::to_string(accounts) + " accounts, until ready",
                best, "ms", std::nullopt, "", "within 150 ms"});
}

void measure_opening(Report& report, tests::HostProcess& host, int accounts) {
    host.start(0, {"--log", "error", "--rate", "0"});
    tests::Client platform(host.url(), "", host.platform_key());
    platform.get("/v1/accounts");
    const auto before = memory_bytes(host.pid());
    const auto start = Clock::now();
    for (int i = 0; i < accounts; ++i) {
        // A read and a write each, so that both kinds of connection are open.
        const auto path = "/v1/accounts/" + code_of(i);
        platform.expect(200, platform.get(path + "/plugins"));
        platform.must_put(path + "/plugins/backorder_po", R"({"enabled":true,"reason":"bench"})");
    }
    const auto took = milliseconds_since(start) / accounts;
    const auto each = static_cast<double>(memory_bytes(host.pid()) - before) / accounts;
    const auto of = std::to_string(accounts) + " accounts";
    report.add({"accounts", of + ", opened, read and written once", took, "ms/account"});
    report.add({"accounts", of + ", memory of an open one", each / 1024, "KiB", 1024, "the aim",
                "at most 1 MiB"});
    host.stop();
}

}  // namespace

void measure_accounts(Report& report) {
    const auto plugins = six_plugins();
    tests::HostProcess host({tests::Installation::beside_this_program().host, plugins});
    int made = 0;
    for (const int accounts : {1, 10, 1000}) {
        host.start(0, {"--log", "error", "--rate", "0"});
        make_accounts(host, made, accounts);
        made = accounts;
        host.stop();
        measure_start(report, host, accounts);
        measure_opening(report, host, accounts);
    }
    std::filesystem::remove_all(plugins);
}

}  // namespace wharf::bench

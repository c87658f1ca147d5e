// What a plugin that is on and has nothing to do adds to an order: processor time of the host with
// it on and off, in turns.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "bench/bundles.hpp"
#include "bench/process.hpp"
#include "bench/shop.hpp"
#include "bench/subjects.hpp"

namespace wharf::bench {
namespace {

constexpr int kTurns = 24;
constexpr std::uint64_t kOrdersPerTurn = 2000;

double us_per_order(Shop& shop, const std::string& plugin, int turn, bool on) {
    shop.platform().must_put("plugins/" + plugin, std::string(R"({"reason":"bench","enabled":)") +
                                                      (on ? "true}" : "false}"));
    auto load = shop.orders((on ? "ON" : "OFF") + std::to_string(turn) + "-");
    load.connections = 32;
    load.requests = kOrdersPerTurn;
    const auto before = cpu_seconds(shop.host().pid());
    run_load(load);
    return (cpu_seconds(shop.host().pid()) - before) * 1e6 / static_cast<double>(kOrdersPerTurn);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Idle {
    double more = 0;  // of an order without the plugin
    double order_us = 0;
};

Idle idle_cost(const std::string& plugin) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("wharf-bench-idle-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    make_idle_bundle(folder, plugin);
    Shop shop(1'000'000'000, "{}", {tests::Installation::beside_this_program().host, folder});
    us_per_order(shop, plugin, -1, true);  // warms up
    std::vector<double> off;
    std::vector<double> more;
    for (int turn = 0; turn < kTurns; ++turn) {
        const bool on_first = turn % 2 == 0;
        const auto first = us_per_order(shop, plugin, turn, on_first);
        const auto second = us_per_order(shop, plugin, turn, !on_first);
        off.push_back(on_first ? second : first);
        more.push_back((on_first ? first / second : second / first) - 1);
    }
    std::filesystem::remove_all(folder);
    return {median(more), median(off)};
}

}  // namespace

void measure_idle(Report& report) {
    const auto idle = idle_cost("good");
    report.add({"idle", "a plugin that is on and has nothing to do", idle.more * 100, "%",
                std::nullopt, "", "under 1 % of an order"});
    const auto listening = idle_cost("listens");
    report.add({"idle", "one that listens to events which do not come", listening.more * 100, "%",
                std::nullopt, "", "under 1 % of an order"});
    report.add({"idle", "an order without it, processor of the host", idle.order_us, "us/order"});
}

}  // namespace wharf::bench

// How cost grows with the data: the same work at 1, 10 and 100 times. The second number of each
// name is how many times; the plot reads it there.
#include "bench/process.hpp"
#include "bench/shop.hpp"
#include "bench/subjects.hpp"

namespace wharf::bench {
namespace {

std::string at(const std::string& what, int times) {
    return what + ", " + std::to_string(times);
}

// Orders into an account that holds 1,000, 10,000 and 100,000 of them: processor time of one.
void grow_intake(Report& report) {
    constexpr std::uint64_t kMeasured = 1000;
    Shop shop(1'000'000'000);
    std::uint64_t held = 0;
    for (const int times : {1, 10, 100}) {
        const auto wanted = 1000 * static_cast<std::uint64_t>(times);
        auto fill = shop.orders("FILL" + std::to_string(times) + "-");
        fill.connections = 32;
        fill.requests = wanted - held;
        run_load(fill);
        auto load = shop.orders("MEASURED" + std::to_string(times) + "-");
        load.connections = 32;
        load.requests = kMeasured;
        const auto before = cpu_seconds(shop.host().pid());
        run_load(load);
        const auto used = (cpu_seconds(shop.host().pid()) - before) * 1e6;
        held = wanted + kMeasured;
        report.add({"growth", at("an order, into 1,000 orders", times),
                    used / static_cast<double>(kMeasured), "us"});
    }
}

}  // namespace

void measure_growth(Report& report) {
    for (const int times : {1, 10, 100}) {
        const auto cost = receipt_cost(100 * times, 3);
        report.add({"growth", at("a receipt of 100 serials", times), cost.wall_ms, "ms",
                    cost.bare_ms, "bare inserts"});
    }
    grow_intake(report);
    for (const int times : {1, 10, 100}) {
        const auto cost = planning_cost(1000 * static_cast<std::uint64_t>(times), 1);
        report.add({"growth", at("a plan for 1,000 lines", times), cost.wall_ms, "ms", cost.bare_ms,
                    "bare sums and inserts"});
    }
}

}  // namespace wharf::bench

// Order intake over HTTP beside the bare program, beside the HTTP library alone, and beside the
// rows alone. The host and the bare program take turns, so that both meet the same machine.
#include <algorithm>
#include <chrono>
#include <filesystem>

#include "bench/bare_orders.hpp"
#include "bench/orders.hpp"
#include "bench/process.hpp"
#include "bench/shop.hpp"
#include "bench/subjects.hpp"

namespace wharf::bench {
namespace {

constexpr int kRounds = 3;
constexpr double kSeconds = 2;

std::string bare_program() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "wharf-bench-bare")
        .string();
}

struct Turn {
    double rate = 0;
    double cpu_us = 0;  // of the server, per request
};

Turn take_turn(const Load& load, pid_t server) {
    const auto before = cpu_seconds(server);
    const auto result = run_load(load);
    return {result.rate(),
            (cpu_seconds(server) - before) * 1e6 / static_cast<double>(result.requests)};
}

void keep_best(Turn& best, const Turn& turn) {
    best.rate = std::max(best.rate, turn.rate);
    best.cpu_us = best.cpu_us == 0 ? turn.cpu_us : std::min(best.cpu_us, turn.cpu_us);
}

// Orders in a transaction of `group`, without HTTP, without JSON, without threads.
double bare_loop(const std::string& file, int group, int orders) {
    BareOrders bare(file);
    const auto start = std::chrono::steady_clock::now();
    std::string reference;
    std::string skus[3];
    for (int i = 0; i < orders; ++i) {
        if (i % group == 0) bare.begin();
        const auto number = static_cast<std::uint64_t>(i);
        reference = "LOOP-" + std::to_string(group) + "-" + std::to_string(i);
        BareOrder order{reference, {}};
        for (std::uint64_t line = 0; line < 3; ++line) {
            skus[line] = sku_of(product_of(number, line));
            order.skus[line] = skus[line];
        }
        bare.place(order);
        if (i % group == group - 1) bare.commit();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return orders / took.count();
}

Load bare_load(Child& bare) {
    Load load;
    load.url = "http://127.0.0.1:" + bare.line();
    load.doors = {{"/orders"}};
    return load;
}

void measure_connections(Report& report, Shop& shop, Load bare, pid_t bare_pid, Load constant,
                         pid_t constant_pid, int connections) {
    Turn host_best;
    Turn bare_best;
    Turn constant_best;
    for (int round = 0; round < kRounds; ++round) {
        const auto prefix = "C" + std::to_string(connections) + "R" + std::to_string(round) + "-";
        auto load = shop.orders(prefix);
        bare.body = constant.body = load.body;
        for (auto* each : {&load, &bare, &constant}) {
            each->connections = connections;
            each->seconds = kSeconds;
        }
        keep_best(host_best, take_turn(load, shop.host().pid()));
        keep_best(bare_best, take_turn(bare, bare_pid));
        keep_best(constant_best, take_turn(constant, constant_pid));
    }
    const auto with = std::to_string(connections) + " connections";
    report.add({"intake", with, host_best.rate, "orders/s", bare_best.rate, "bare intake",
                "half of the bare intake or better"});
    report.add({"intake", with + ", library answers a constant", constant_best.rate, "1/s"});
    report.add({"intake", with + ", processor of the host", host_best.cpu_us, "us/order",
                bare_best.cpu_us, "bare intake"});
}

}  // namespace

void measure_intake(Report& report) {
    Shop shop(1'000'000'000);
    auto load = shop.orders("FIRST-");
    load.requests = 1;
    run_load(load);
    shop.restart();  // everything is in the file
    const auto copy = shop.host().data().parent_path() / "bare.db";
    std::filesystem::copy_file(shop.file(), copy);
    const auto loop_copy = shop.host().data().parent_path() / "loop.db";
    std::filesystem::copy_file(shop.file(), loop_copy);
    {
        Child bare({bare_program(), copy.string()});
        Child constant({bare_program()});
        const auto to_bare = bare_load(bare);
        const auto to_constant = bare_load(constant);
        for (const int connections : {8, 32, 128}) {
            measure_connections(report, shop, to_bare, bare.pid(), to_constant, constant.pid(),
                                connections);
        }
    }
    report.add(
        {"intake", "rows alone, 64 orders a commit", bare_loop(loop_copy, 64, 64'000), "orders/s"});
    report.add(
        {"intake", "rows alone, 1 order a commit", bare_loop(loop_copy, 1, 5'000), "orders/s"});
    tests::expect_verified(shop.admin());
}

}  // namespace wharf::bench

// Orders for 1, 10 and 1,000 accounts by turns: each account has a file and a commit of its own, so
// the more there are, the fewer orders share a commit.
#include "bench/process.hpp"
#include "bench/shop.hpp"
#include "bench/subjects.hpp"
#include "tests/support/together.hpp"

namespace wharf::bench {
namespace {

constexpr int kSkus = 4;
constexpr std::uint64_t kOrders = 10'000;

std::string code_of(int account) {
    return "shop" + std::to_string(account);
}

std::string opening_stock() {
    std::string lines;
    for (int i = 0; i < kSkus; ++i) {
        if (i > 0) lines += ',';
        lines +=
            R"({"sku":"SKU-)" + std::to_string(i) + R"(","quantity":1000000,"unit_cost":"90.00"})";
    }
    return R"({"location":"BLR","reason":"opening","lines":[)" + lines + "]}";
}

// An account that can sell, and where its orders go.
Door open_shop(const tests::HostProcess& host, int account) {
    auto admin = tests::make_account(host.url(), host.platform_key(), code_of(account), "{}");
    admin.must_put("locations/BLR", R"({"name":"Bengaluru","kind":"warehouse"})");
    for (int i = 0; i < kSkus; ++i) {
        admin.must_put("products/SKU-" + std::to_string(i), R"({"name":"A product"})");
    }
    admin.must_post("stock/adjustments", opening_stock());
    return {"/v1/accounts/" + code_of(account) + "/orders", admin.key()};
}

std::vector<Door> open_shops(const tests::HostProcess& host, int count) {
    constexpr int kClients = 16;
    std::vector<Door> doors(static_cast<std::size_t>(count));
    tests::together(kClients, [&](int client) {
        for (int i = client; i < count; i += kClients) {
            doors[static_cast<std::size_t>(i)] = open_shop(host, i);
        }
    });
    return doors;
}

void write_small_order(std::uint64_t number, std::string& out) {
    out +=
        R"({"reference":"MANY-)" + std::to_string(number) +
        R"(","kind":"consumer","location":"BLR","ordered_at":"2026-11-01T09:00:00.000Z","lines":[)";
    for (std::uint64_t line = 0; line < 3; ++line) {
        if (line > 0) out += ',';
        out += R"({"sku":"SKU-)" + std::to_string((number + line) % kSkus) +
               R"(","quantity":1,"unit_price":"240.00"})";
    }
    out += "]}";
}

}  // namespace

void measure_many_accounts(Report& report) {
    for (const int accounts : {1, 10, 1000}) {
        tests::HostProcess host(tests::Installation::beside_this_program());
        host.start(0, {"--rate", "0", "--log", "error"});
        Load load;
        load.url = host.url();
        load.doors = open_shops(host, accounts);
        load.connections = 32;
        load.requests = kOrders;
        load.body = write_small_order;
        const auto before = cpu_seconds(host.pid());
        const auto result = run_load(load);
        const auto used = cpu_seconds(host.pid()) - before;
        const auto of = std::to_string(accounts) + (accounts == 1 ? " account" : " accounts");
        report.add({"many", of + ", 32 connections", result.rate(), "orders/s"});
        report.add({"many", "an order, by accounts, " + std::to_string(accounts),
                    used * 1e6 / static_cast<double>(kOrders), "us"});
    }
}

}  // namespace wharf::bench

// A planner's run over 100,000 waiting lines of 1,000 products sold by 50 vendors, beside the bare
// sums and inserts of the same rows.
#include <algorithm>
#include <chrono>
#include <filesystem>

#include "bench/bare_rows.hpp"
#include "bench/orders.hpp"
#include "bench/process.hpp"
#include "bench/shop.hpp"
#include "bench/subjects.hpp"

namespace wharf::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kLinesPerOrder = 10;
constexpr int kVendors = 50;
constexpr int kRounds = 2;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void add_vendors(Shop& shop) {
    shop.put_all(kVendors, [](std::uint64_t i) {
        return std::pair("vendors/V" + std::to_string(i),
                         std::string(R"({"name":"Vendor","lead_time_days":7})"));
    });
    shop.put_all(kProducts, [](std::uint64_t i) {
        return std::pair("vendor-items/V" + std::to_string(i % kVendors) + "/" + sku_of(i),
                         std::string(R"({"price":"100.00"})"));
    });
}

void place_orders(Shop& shop, std::uint64_t lines) {
    auto load = shop.orders("");
    load.connections = 32;
    load.requests = lines / kLinesPerOrder;
    load.body = [](std::uint64_t number, std::string& out) {
        out += R"({"location":"BLR","ordered_at":"2026-11-01T09:00:00.000Z","lines":[)";
        for (std::uint64_t line = 0; line < kLinesPerOrder; ++line) {
            if (line > 0) out += ',';
            out += R"({"sku":")" + sku_of(product_of(number, line)) +
                   R"(","quantity":1,"unit_price":"240.00"})";
        }
        out += "]}";
    };
    run_load(load);
}

struct Took {
    double wall_ms = 0;
    double cpu_ms = 0;
};

Took run_planner(Shop& shop) {
    const auto cpu = cpu_seconds(shop.host().pid());
    const auto start = Clock::now();
    shop.admin().must_post("plugins/backorder_po/runs", "{}");
    return {milliseconds_since(start), (cpu_seconds(shop.host().pid()) - cpu) * 1000};
}

struct Line {
    std::string order;
    std::int64_t line;
    std::string sku;
};

// Into tables of the same columns without any index, or (`suffix` empty) into the host's own.
double bare_plan(const std::string& file, const std::string& suffix) {
    const auto database = open_bare(file);
    auto* raw = database.get();
    const std::vector<std::string> tables{"peg", "purchase_order", "purchase_order_line"};
    for (const auto& table : tables) {
        if (!suffix.empty()) make_bare_table(raw, table + suffix, table);
    }
    RowCopier order(raw, "purchase_order", "1 = 1", {"number", "id"}, "purchase_order" + suffix);
    RowCopier order_line(raw, "purchase_order_line", "1 = 1", {"purchase_order", "line", "sku"},
                         "purchase_order_line" + suffix);
    RowCopier peg(raw, "peg", "1 = 1",
                  {"sales_order", "order_line", "sku", "supply_number", "supply_line", "id"},
                  "peg" + suffix);
    if (suffix.empty()) {
        for (const auto& table : tables) run_sql(raw, "DELETE FROM " + table);
    }
    BareStatement sums(raw,
                       "SELECT location, sku, SUM(waiting) FROM waiting_line "
                       "GROUP BY location, sku");
    BareStatement lines(raw,
                        "SELECT order_number, line, sku FROM waiting_line "
                        "ORDER BY location, sku, ordered_at, order_number, line");
    const auto start = Clock::now();
    run_sql(raw, "BEGIN IMMEDIATE");
    std::int64_t products = 0;
    while (sums.next()) ++products;
    for (std::int64_t i = 0; i < kVendors; ++i) {
        const auto number = "PO-" + std::to_string(1'000'000 + i);
        order.set(0, number).set(1, 1'000'000 + i).insert();
        for (std::int64_t line = 0; line < products / kVendors; ++line) {
            order_line.set(0, number)
                .set(1, line + 1)
                .set(2, sku_of(static_cast<std::uint64_t>(line * kVendors + i)))
                .insert();
        }
    }
    std::string sku;
    std::string number;
    std::int64_t product = -1;
    std::int64_t id = 0;
    while (lines.next()) {
        if (lines.text(2) != sku) {
            sku = lines.text(2);
            ++product;
            number = "PO-" + std::to_string(1'000'000 + product % kVendors);
        }
        peg.set(0, lines.text(0))
            .set(1, lines.integer(1))
            .set(2, sku)
            .set(3, number)
            .set(4, product / kVendors + 1)
            .set(5, ++id)
            .insert();
    }
    run_sql(raw, "COMMIT");
    return milliseconds_since(start);
}

}  // namespace

PlanningCost planning_cost(std::uint64_t lines, int rounds) {
    PlanningCost best;
    for (int round = 0; round < rounds; ++round) {
        Shop shop(0);
        add_vendors(shop);
        place_orders(shop, lines);
        shop.platform().must_put(
            "plugins/backorder_po",
            R"({"enabled":true,"reason":"bench","config":{"mode":"scheduled"}})");
        shop.restart();
        const auto took = run_planner(shop);
        tests::expect_verified(shop.admin());
        shop.restart();
        const auto copy = shop.host().data().parent_path() / "bare.db";
        std::filesystem::copy_file(shop.file(), copy);
        const auto keep = [&](double& kept, double value) {
            kept = round == 0 ? value : std::min(kept, value);
        };
        keep(best.wall_ms, took.wall_ms);
        keep(best.cpu_ms, took.cpu_ms);
        keep(best.bare_ms, bare_plan(copy, "_bare"));
        keep(best.own_tables_ms, bare_plan(copy, ""));
    }
    return best;
}

void measure_planning(Report& report) {
    for (const std::uint64_t lines : {10'000U, 100'000U}) {
        const auto cost = planning_cost(lines, kRounds);
        const auto of = std::to_string(lines) + " waiting lines";
        report.add({"planning", of, cost.wall_ms, "ms", cost.bare_ms, "bare sums and inserts",
                    "within 3 times its limit"});
        report.add({"planning", of + ", processor of the host", cost.cpu_ms, "ms",
                    cost.own_tables_ms, "the same rows in the host's tables with their indexes"});
    }
}

}  // namespace wharf::bench

// A goods receipt of 10,000 serials beside the bare inserts of its rows.
#include <algorithm>
#include <chrono>
#include <filesystem>

#include "bench/bare_rows.hpp"
#include "bench/process.hpp"
#include "bench/shop.hpp"
#include "bench/subjects.hpp"

namespace wharf::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;

std::string serial_of(int round, int number) {
    auto digits = std::to_string(number);
    return "IMEI-" + std::to_string(round) + "-" + std::string(6 - digits.size(), '0') + digits;
}

std::string receipt_of(int round, int serials) {
    std::string body =
        R"({"location":"BLR","vendor":"V1","lines":[{"sku":"PHONE","unit_cost":"9000.00","quantity":)" +
        std::to_string(serials) + R"(,"serials":[)";
    for (int i = 0; i < serials; ++i) {
        if (i > 0) body += ',';
        body += '"' + serial_of(round, i) + '"';
    }
    return body + "]}]}";
}

// Into tables of the same columns without any index, or (`suffix` empty) into the host's own.
double bare_receipt(const std::string& file, int round, int serials, const std::string& suffix) {
    const auto database = open_bare(file);
    auto* raw = database.get();
    if (!suffix.empty()) {
        for (const std::string table : {"serial", "movement_serial", "receipt_serial"}) {
            make_bare_table(raw, table + suffix, table);
        }
    }
    RowCopier serial(raw, "serial", "1 = 1", {"serial"}, "serial" + suffix);
    RowCopier moved(raw, "movement_serial", "1 = 1", {"serial", "movement"},
                    "movement_serial" + suffix);
    RowCopier received(raw, "receipt_serial", "1 = 1", {"serial", "receipt", "position"},
                       "receipt_serial" + suffix);
    const auto start = Clock::now();
    run_sql(raw, "BEGIN IMMEDIATE");
    const auto receipt = "GRN-" + std::to_string(900'000 + round);
    for (int i = 0; i < serials; ++i) {
        const auto code = "BARE" + suffix + serial_of(round, i);
        serial.set(0, code).insert();
        moved.set(0, code).set(1, 900'000 + round).insert();
        received.set(0, code).set(1, receipt).set(2, i).insert();
    }
    run_sql(raw, "COMMIT");
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

ReceiptCost receipt_cost(int serials, int rounds) {
    Shop shop(0, R"({"inventory_type":"serialized","serial_mode":2})");
    shop.admin().must_put("products/PHONE", R"({"name":"Phone","tracking":"serial"})");
    shop.admin().must_put("vendors/V1", R"({"name":"Vendor","lead_time_days":7})");
    ReceiptCost best;
    const auto keep = [](int round, double& kept, double value) {
        kept = round == 0 ? value : std::min(kept, value);
    };
    for (int round = 0; round < rounds; ++round) {
        const auto body = receipt_of(round, serials);
        const auto cpu_before = cpu_seconds(shop.host().pid());
        const auto start = Clock::now();
        shop.admin().must_post("receipts", body);
        const std::chrono::duration<double, std::milli> took = Clock::now() - start;
        keep(round, best.wall_ms, took.count());
        keep(round, best.cpu_ms, (cpu_seconds(shop.host().pid()) - cpu_before) * 1000);
    }
    tests::expect_verified(shop.admin());
    shop.restart();
    const auto copy = (shop.host().data().parent_path() / "bare.db").string();
    std::filesystem::copy_file(shop.file(), copy);
    for (int round = 0; round < rounds; ++round) {
        keep(round, best.bare_ms, bare_receipt(copy, round, serials, "_bare"));
        keep(round, best.own_tables_ms, bare_receipt(copy, round, serials, ""));
    }
    return best;
}

void measure_receipt(Report& report) {
    const auto cost = receipt_cost(10'000, kRounds);
    const std::string of = "10,000 serials";
    report.add({"receipt", of, cost.wall_ms, "ms", cost.bare_ms, "bare inserts",
                "within 4 times its limit"});
    report.add({"receipt", of + ", processor of the host", cost.cpu_ms, "ms", cost.own_tables_ms,
                "the same rows in the host's tables with their indexes"});
}

}  // namespace wharf::bench

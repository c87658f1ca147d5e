// The subjects that are measured, each by itself.
#pragma once

#include <cstdint>

#include "bench/report.hpp"

namespace wharf::bench {

void measure_growth(Report& report);
void measure_intake(Report& report);
void measure_accounts(Report& report);
void measure_door(Report& report);
void measure_idle(Report& report);
void measure_json(Report& report);
void measure_many_accounts(Report& report);
void measure_planning(Report& report);
void measure_receipt(Report& report);

// Milliseconds, each the best of some rounds: the whole call, the host's processor time in it, and
// the same rows written barely, into tables without indexes and into the host's own.
struct PlanningCost {
    double wall_ms = 0;
    double cpu_ms = 0;
    double bare_ms = 0;
    double own_tables_ms = 0;
};
using ReceiptCost = PlanningCost;
PlanningCost planning_cost(std::uint64_t lines, int rounds);
ReceiptCost receipt_cost(int serials, int rounds);

}  // namespace wharf::bench

// What all strands of the process have done since it started; for /metrics.
#pragma once

#include <atomic>
#include <cstdint>

namespace wharf::accounts {

// Each is exact; together they are not one snapshot.
struct StrandMeters {
    std::atomic<std::uint64_t> batches{0};  // durable commits
    std::atomic<std::uint64_t> committed{0};
    std::atomic<std::uint64_t> undone{0};  // refused, or dry runs
    std::atomic<std::uint64_t> lost{0};    // answered with 503: the batch died
    std::atomic<std::int64_t> waiting{0};  // now
};

StrandMeters& strand_meters();

}  // namespace wharf::accounts

// When a schedule is due next, in the account's time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wharf/values/time.hpp>

namespace wharf::operations {

// Nothing in it: it never runs. Both: whichever comes first.
struct Timing {
    std::optional<std::int64_t> every_minutes;  // counted from midnight
    std::vector<std::string> daily_at;          // HH:MM

    [[nodiscard]] bool empty() const { return !every_minutes && daily_at.empty(); }
};

// The first due instant after `now`. A local time that a daylight gap leaves out is due at the
// first instant after the gap; one that comes twice, the first time.
std::optional<Instant> next_due(const Timing& timing, const std::string& zone, Instant now);

// The instant at which that local day begins.
Instant start_of_day(Date day, const std::string& zone);

}  // namespace wharf::operations

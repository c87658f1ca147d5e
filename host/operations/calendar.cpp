#include "host/operations/calendar.hpp"

#include <date/tz.h>

#include <algorithm>
#include <chrono>

namespace wharf::operations {
namespace {

using Local = date::local_time<std::chrono::seconds>;
using System = date::sys_time<std::chrono::microseconds>;

System system_of(Instant instant) {
    return System(std::chrono::microseconds(instant.raw()));
}
Instant instant_of(System time) {
    return Instant::from_raw(time.time_since_epoch().count());
}

// date::zoned_time throws in a gap; this gives the first instant after it.
System first_valid(const date::time_zone& zone, Local local) {
    const auto info = zone.get_info(local);
    if (info.result == date::local_info::nonexistent) return System(info.first.end);
    return System(local.time_since_epoch() - info.first.offset);
}

date::local_days local_day(const date::time_zone& zone, Instant now) {
    return date::floor<date::days>(zone.to_local(system_of(now)));
}

std::chrono::minutes time_of_day(const std::string& text) {
    const auto hour = Date::digits(std::string_view(text).substr(0, 2)).value_or(0);
    const auto minute = Date::digits(std::string_view(text).substr(3, 2)).value_or(0);
    return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

System next_multiple(const date::time_zone& zone, std::int64_t every_minutes, Instant now) {
    const auto day = local_day(zone, now);
    const auto midnight = first_valid(zone, Local(day));
    const auto tomorrow = first_valid(zone, Local(day + date::days(1)));
    const auto step = std::chrono::minutes(every_minutes);
    const auto passed = (system_of(now) - midnight) / step;
    return std::min(midnight + (passed + 1) * step, tomorrow);
}

}  // namespace

std::optional<Instant> next_due(const Timing& timing, const std::string& zone_name, Instant now) {
    const auto& zone = *date::locate_zone(zone_name);
    std::optional<System> next;
    const auto consider = [&](System candidate) {
        if (candidate > system_of(now) && (!next || candidate < *next)) next = candidate;
    };
    if (timing.every_minutes) consider(next_multiple(zone, *timing.every_minutes, now));
    const auto day = local_day(zone, now);
    for (const auto& text : timing.daily_at) {
        for (int ahead = 0; ahead <= 2; ++ahead) {
            consider(first_valid(zone, Local(day + date::days(ahead)) + time_of_day(text)));
        }
    }
    if (!next) return std::nullopt;
    return instant_of(*next);
}

Instant start_of_day(Date day, const std::string& zone) {
    const date::local_days local{date::days(day.raw())};
    return instant_of(first_valid(*date::locate_zone(zone), Local(local)));
}

}  // namespace wharf::operations

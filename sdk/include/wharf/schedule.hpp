// When a schedule runs.
#pragma once

#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wharf/values/defaulted.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// A rule that an account sets: a field of this type in a plugin's settings, named by
// `from_config("field")`. Neither given: the schedule does not run.
struct Schedule {
    std::optional<std::int32_t> every_minutes;    // 1 to 1440, counted from midnight
    Defaulted<std::vector<Text<5, 5>>> daily_at;  // `HH:MM` in the account's time zone
};
BOOST_DESCRIBE_STRUCT(Schedule, (), (every_minutes, daily_at))

class ScheduleRule {
public:
    explicit ScheduleRule(boost::json::object manifest) : manifest_(std::move(manifest)) {}
    [[nodiscard]] const boost::json::object& to_manifest() const { return manifest_; }

private:
    boost::json::object manifest_;
};

// Every n minutes, 1 to 1440, counted from midnight of the account's day.
inline ScheduleRule every_minutes(int minutes) {
    return ScheduleRule({{"every_minutes", minutes}});
}
// At a local time. In a daylight gap the first instant after it, in an overlap the first of the
// two.
inline ScheduleRule daily_at(std::string_view time) {
    return ScheduleRule({{"daily_at", boost::json::string_view(time.data(), time.size())}});
}
// As the account's settings say: `field` of the config is a Schedule or null.
inline ScheduleRule from_config(std::string_view field) {
    return ScheduleRule({{"config", boost::json::string_view(field.data(), field.size())}});
}

// One run of a schedule. Runs that were missed while nothing ran are this one run.
struct ScheduledRun {
    Instant due_at;
};
BOOST_DESCRIBE_STRUCT(ScheduledRun, (), (due_at))

}  // namespace wharf

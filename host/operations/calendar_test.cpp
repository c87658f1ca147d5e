#include "host/operations/calendar.hpp"

#include <gtest/gtest.h>

namespace wharf::operations {
namespace {

Instant at(const char* text) {
    return *Instant::parse(text);
}
Timing daily(const char* text) {
    return {std::nullopt, {text}};
}

TEST(Calendar, ADailyTimeIsLocal) {
    EXPECT_EQ(next_due(daily("02:00"), "Asia/Kolkata", at("2026-11-01T09:00:00Z")),
              at("2026-11-01T20:30:00Z"));
}

TEST(Calendar, TheInstantItselfIsNotDueAgain) {
    EXPECT_EQ(next_due(daily("02:00"), "Asia/Kolkata", at("2026-11-01T20:30:00Z")),
              at("2026-11-02T20:30:00Z"));
}

TEST(Calendar, InADaylightGapTheFirstInstantAfterIt) {
    EXPECT_EQ(next_due(daily("02:30"), "Europe/Berlin", at("2026-03-28T22:00:00Z")),
              at("2026-03-29T01:00:00Z"));
}

TEST(Calendar, InAnOverlapTheFirstOfTheTwo) {
    EXPECT_EQ(next_due(daily("02:30"), "Europe/Berlin", at("2026-10-24T22:00:00Z")),
              at("2026-10-25T00:30:00Z"));
    EXPECT_EQ(next_due(daily("02:30"), "Europe/Berlin", at("2026-10-25T00:30:00Z")),
              at("2026-10-26T01:30:00Z"));
}

TEST(Calendar, MinutesCountFromLocalMidnight) {
    const Timing every{25, {}};
    EXPECT_EQ(next_due(every, "Asia/Kolkata", at("2026-11-01T18:30:00Z")),
              at("2026-11-01T18:55:00Z"));
    // 23:45 + 25 minutes would pass midnight: the count begins anew.
    EXPECT_EQ(next_due(every, "Asia/Kolkata", at("2026-11-01T18:26:00Z")),
              at("2026-11-01T18:30:00Z"));
}

TEST(Calendar, NothingSetNeverRuns) {
    EXPECT_EQ(next_due({}, "Asia/Kolkata", at("2026-11-01T18:30:00Z")), std::nullopt);
}

}  // namespace
}  // namespace wharf::operations

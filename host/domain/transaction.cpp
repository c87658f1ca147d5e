#include "host/domain/transaction.hpp"

#include <date/tz.h>

#include <chrono>

#include "host/domain/counters.hpp"

namespace wharf::domain {

Date Transaction::today() const {
    if (!today_) {
        const auto* zone = date::locate_zone(account_.time_zone.text());
        const date::sys_time<std::chrono::microseconds> at{std::chrono::microseconds(now().raw())};
        const auto day = date::floor<date::days>(zone->to_local(at));
        today_ = Date::from_raw(day.time_since_epoch().count());
    }
    return *today_;
}

void Transaction::check_version(std::int64_t version) const {
    if (!facts_.expected_version || *facts_.expected_version == version) return;
    throw Refusal(RefusalKind::stale, "stale",
                  "the document is at version " + std::to_string(version) + ", not " +
                      std::to_string(*facts_.expected_version),
                  "read it again and repeat the change");
}

std::int64_t Transaction::next(std::string_view counter) {
    return take_numbers(session_, counter);
}

namespace {

// Numbers are compared as text, in lists, cursors and the order of allocation, so text must sort as
// it counts: six digits, and past 999,999 a letter for the millions before them, which sorts behind
// every digit: A000000 is a million, Z is followed by one more letter (docs/adr/0049).
std::string sorting_number(std::int64_t number) {
    constexpr std::int64_t kMillion = 1'000'000;
    constexpr std::int64_t kLettersBeforeZ = 25;
    std::string text;
    auto millions = number / kMillion;
    for (; millions > kLettersBeforeZ; millions -= kLettersBeforeZ) text += 'Z';
    if (millions > 0) text += static_cast<char>('A' + millions - 1);
    const auto digits = std::to_string(number % kMillion);
    return text + std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

DocumentNumber Transaction::next_number(std::string_view prefix) {
    return DocumentNumber(std::string(prefix) + '-' + sorting_number(next(prefix)));
}

void Transaction::record_event(std::string_view name, const DocumentNumber* document,
                               std::string_view json) {
    const auto number = document == nullptr ? std::nullopt : std::optional(document->view());
    session_.execute(
        "INSERT INTO event (sequence, name, at, document, depth, request_id, data) "
        "VALUES (:sequence, :name, :at, :document, :depth, :request_id, :data)",
        {{"sequence", next("event")},
         {"name", name},
         {"at", now()},
         {"document", number},
         {"depth", depth()},
         {"request_id", request_id()},
         {"data", json}});
    if (auto* tally = facts_.tally) {
        ++tally->recorded;
        tally->heard = tally->heard || tally->listened_to->contains(name);
    }
}

}  // namespace wharf::domain

// Instants (RFC 3339, UTC, milliseconds, `Z`) and calendar dates (`YYYY-MM-DD` in the account's
// time zone).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wharf {

// Days since 1970-01-01.
class Date {
public:
    constexpr Date() = default;
    static constexpr Date from_raw(std::int64_t days) { return Date(days); }
    static std::optional<Date> parse(std::string_view text) {
        if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
        const auto year = digits(text.substr(0, 4));
        const auto month = digits(text.substr(5, 2));
        const auto day = digits(text.substr(8, 2));
        if (!year || !month || !day) return std::nullopt;
        const std::chrono::year_month_day date{std::chrono::year(*year),
                                               std::chrono::month(static_cast<unsigned>(*month)),
                                               std::chrono::day(static_cast<unsigned>(*day))};
        if (!date.ok()) return std::nullopt;
        return Date(std::chrono::sys_days(date).time_since_epoch().count());
    }
    [[nodiscard]] constexpr std::int64_t raw() const { return days_; }
    [[nodiscard]] std::chrono::year_month_day calendar() const {
        return std::chrono::sys_days(std::chrono::days(days_));
    }
    [[nodiscard]] std::string text() const {
        const auto date = calendar();
        std::string text;
        append_padded(text, static_cast<int>(date.year()), 4);
        text += '-';
        append_padded(text, static_cast<int>(static_cast<unsigned>(date.month())), 2);
        text += '-';
        append_padded(text, static_cast<int>(static_cast<unsigned>(date.day())), 2);
        return text;
    }
    [[nodiscard]] constexpr Date plus_days(std::int64_t days) const { return Date(days_ + days); }
    constexpr auto operator<=>(const Date&) const = default;

    // Decimal digits only; nothing for anything else.
    static std::optional<int> digits(std::string_view text) {
        int value = 0;
        for (char character : text) {
            if (character < '0' || character > '9') return std::nullopt;
            value = value * 10 + (character - '0');
        }
        return value;
    }
    static void append_padded(std::string& text, int value, int width) {
        const auto digits_text = std::to_string(value);
        for (auto i = static_cast<int>(digits_text.size()); i < width; ++i) text += '0';
        text += digits_text;
    }

private:
    constexpr explicit Date(std::int64_t days) : days_(days) {}
    std::int64_t days_ = 0;
};

// Microseconds since 1970-01-01T00:00:00Z; whole milliseconds cross the edge.
class Instant {
public:
    static constexpr std::int64_t kDay = 86'400'000'000;

    constexpr Instant() = default;
    static constexpr Instant from_raw(std::int64_t microseconds) { return Instant(microseconds); }
    // `2026-11-01T09:00:00Z` with at most three decimals of the second.
    static std::optional<Instant> parse(std::string_view text) {
        if (text.size() < 20 || text.size() > 24 || text[10] != 'T' || text.back() != 'Z') {
            return std::nullopt;
        }
        const auto date = Date::parse(text.substr(0, 10));
        const auto hour = Date::digits(text.substr(11, 2));
        const auto minute = Date::digits(text.substr(14, 2));
        const auto second = Date::digits(text.substr(17, 2));
        if (!date || !hour || !minute || !second || text[13] != ':' || text[16] != ':' ||
            *hour > 23 || *minute > 59 || *second > 59) {
            return std::nullopt;
        }
        std::int64_t micros = 0;
        auto fraction = text.substr(19, text.size() - 20);
        if (!fraction.empty()) {
            const auto value = Date::digits(fraction.substr(1));
            if (fraction.front() != '.' || fraction.size() < 2 || !value) return std::nullopt;
            micros = *value;
            for (auto i = fraction.size() - 1; i < 6; ++i) micros *= 10;
        }
        return Instant(date->raw() * kDay + ((*hour * 60 + *minute) * 60LL + *second) * 1'000'000 +
                       micros);
    }
    [[nodiscard]] constexpr std::int64_t raw() const { return micros_; }
    [[nodiscard]] std::string text() const {
        auto days = micros_ / kDay;
        auto rest = micros_ % kDay;
        if (rest < 0) {
            --days;
            rest += kDay;
        }
        auto millis = rest / 1000;
        std::string text = Date::from_raw(days).text();
        text += 'T';
        Date::append_padded(text, static_cast<int>(millis / 3'600'000), 2);
        text += ':';
        Date::append_padded(text, static_cast<int>(millis / 60'000 % 60), 2);
        text += ':';
        Date::append_padded(text, static_cast<int>(millis / 1000 % 60), 2);
        text += '.';
        Date::append_padded(text, static_cast<int>(millis % 1000), 3);
        text += 'Z';
        return text;
    }
    [[nodiscard]] constexpr Instant plus_micros(std::int64_t micros) const {
        return Instant(micros_ + micros);
    }
    constexpr auto operator<=>(const Instant&) const = default;

private:
    constexpr explicit Instant(std::int64_t micros) : micros_(micros) {}
    std::int64_t micros_ = 0;
};

}  // namespace wharf

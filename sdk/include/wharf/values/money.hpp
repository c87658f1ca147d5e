// Money and percentages: exact, fixed-point, decimal text in JSON; never a floating-point number.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wharf/refusal.hpp"
#include "wharf/values/decimal.hpp"
#include "wharf/values/quantity.hpp"

namespace wharf {

// Divides, rounding half away from zero. `divisor` is positive.
constexpr Int128 divide_half_away(Int128 value, Int128 divisor) {
    const Int128 half = divisor / 2;
    return value >= 0 ? (value + half) / divisor : -((-value + half) / divisor);
}

constexpr std::int64_t checked_narrow(Int128 value) {
    if (value > Int128{INT64_MAX} || value < -Int128{INT64_MAX}) {
        throw Refusal(RefusalKind::invalid, "amount_out_of_range",
                      "an amount passes what can be kept");
    }
    return static_cast<std::int64_t>(value);
}

// A share per hundred, in 1/10,000 of a percent: "18" is 180,000.
class Percent {
public:
    static constexpr int kScale = 4;
    static constexpr std::int64_t kOne = 10'000;
    static constexpr std::int64_t kHundred = 100 * kOne;

    constexpr Percent() = default;
    static constexpr Percent from_raw(std::int64_t raw) { return Percent(raw); }
    static constexpr Percent whole(std::int64_t percent) { return Percent(percent * kOne); }
    static constexpr std::optional<Percent> parse(std::string_view text) {
        const auto raw = parse_decimal(text, kScale);
        return raw ? std::optional(Percent(*raw)) : std::nullopt;
    }
    [[nodiscard]] constexpr std::int64_t raw() const { return raw_; }
    [[nodiscard]] std::string text() const { return format_decimal(raw_, kScale, 0); }

    // The share of a quantity, rounded down.
    [[nodiscard]] constexpr Quantity floor_of(Quantity quantity) const {
        return Quantity(checked_narrow(Int128{quantity.raw()} * raw_ / kHundred));
    }
    constexpr auto operator<=>(const Percent&) const = default;

private:
    constexpr explicit Percent(std::int64_t raw) : raw_(raw) {}
    std::int64_t raw_ = 0;
};

// An amount in 1/1,000,000 of the currency's unit. The currency is the document's.
class Money {
public:
    static constexpr int kScale = 6;
    static constexpr std::int64_t kUnit = 1'000'000;

    constexpr Money() = default;
    static constexpr Money from_raw(std::int64_t micros) { return Money(micros); }
    static constexpr std::optional<Money> parse(std::string_view text) {
        const auto raw = parse_decimal(text, kScale);
        return raw ? std::optional(Money(*raw)) : std::nullopt;
    }
    [[nodiscard]] constexpr std::int64_t raw() const { return micros_; }
    // At least two decimals: "1499.00", "0.125".
    [[nodiscard]] std::string text() const { return format_decimal(micros_, kScale, 2); }

    constexpr auto operator<=>(const Money&) const = default;
    constexpr Money& operator+=(Money other) {
        micros_ = checked_narrow(Int128{micros_} + other.micros_);
        return *this;
    }
    constexpr Money& operator-=(Money other) {
        micros_ = checked_narrow(Int128{micros_} - other.micros_);
        return *this;
    }
    friend constexpr Money operator+(Money a, Money b) { return a += b; }
    friend constexpr Money operator-(Money a, Money b) { return a -= b; }
    friend constexpr Money operator-(Money a) { return Money(0) -= a; }
    friend constexpr Money operator*(Money price, Quantity quantity) {
        return Money(checked_narrow(Int128{price.micros_} * quantity.raw()));
    }

    // Rounded half away from zero to the currency's minor unit (2 decimals for INR, 0 for JPY).
    [[nodiscard]] constexpr Money rounded(int minor_digits = 2) const {
        Int128 step = 1;
        for (int i = minor_digits; i < kScale; ++i) step *= 10;
        return Money(checked_narrow(divide_half_away(micros_, step) * step));
    }
    // The share of this amount that falls on `part` of `whole`, rounded half away from zero to the
    // micro-unit. `whole` is positive.
    [[nodiscard]] constexpr Money share(Quantity part, Quantity whole) const {
        return Money(checked_narrow(divide_half_away(Int128{micros_} * part.raw(), whole.raw())));
    }
    [[nodiscard]] constexpr Money percent(Percent percent) const {
        return Money(
            checked_narrow(divide_half_away(Int128{micros_} * percent.raw(), Percent::kHundred)));
    }

private:
    constexpr explicit Money(std::int64_t micros) : micros_(micros) {}
    std::int64_t micros_ = 0;
};

// quantity x price - discount, rounded half away from zero to the minor unit.
constexpr Money line_amount(Quantity quantity, Money unit_price, Money discount = {},
                            int minor_digits = 2) {
    return (unit_price * quantity - discount).rounded(minor_digits);
}

}  // namespace wharf

// Quantities: whole numbers of a product's base unit. One measure, three rules of entry:
// Quantity (>= 1, what documents name), Count (>= 0, what is left or counted) and SignedQuantity
// (never 0, adjustment lines only).
#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>

#include "wharf/refusal.hpp"

namespace wharf {

// The largest quantity of one line. Sums over a document of any size that fits a request stay far
// below 2^63.
inline constexpr std::int64_t kQuantityMax = 1'000'000'000'000'000;

class Quantity {
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(std::int64_t units) : units_(units) {}
    static constexpr Quantity from_raw(std::int64_t units) { return Quantity(units); }
    [[nodiscard]] constexpr std::int64_t raw() const { return units_; }

    constexpr auto operator<=>(const Quantity&) const = default;

    constexpr Quantity& operator+=(Quantity other) {
        if (__builtin_add_overflow(units_, other.units_, &units_)) overflow();
        return *this;
    }
    constexpr Quantity& operator-=(Quantity other) {
        if (__builtin_sub_overflow(units_, other.units_, &units_)) overflow();
        return *this;
    }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
    friend constexpr Quantity operator-(Quantity a) { return Quantity(0) -= a; }
    friend constexpr Quantity operator*(Quantity a, std::int64_t factor) {
        if (__builtin_mul_overflow(a.units_, factor, &a.units_)) overflow();
        return a;
    }
    [[nodiscard]] constexpr bool positive() const { return units_ > 0; }
    [[nodiscard]] constexpr bool zero() const { return units_ == 0; }

private:
    [[noreturn]] static void overflow() {
        throw Refusal(RefusalKind::invalid, "quantity_out_of_range",
                      "a quantity passes what can be counted");
    }
    std::int64_t units_ = 0;
};

// A quantity that may be zero.
class Count : public Quantity {
public:
    using Quantity::Quantity;
    constexpr Count(Quantity quantity) : Quantity(quantity) {}
    static constexpr Count from_raw(std::int64_t units) { return Count(units); }
};

// A change of quantity: positive adds, negative takes away, zero is refused.
class SignedQuantity : public Quantity {
public:
    using Quantity::Quantity;
    constexpr SignedQuantity(Quantity quantity) : Quantity(quantity) {}
    static constexpr SignedQuantity from_raw(std::int64_t units) { return SignedQuantity(units); }
};

}  // namespace wharf

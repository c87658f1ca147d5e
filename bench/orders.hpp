// The order that is placed over and over: three lines of a thousand products, one unit each.
#pragma once

#include <cstdint>
#include <string>

namespace wharf::bench {

inline constexpr std::uint64_t kProducts = 1000;

inline std::string sku_of(std::uint64_t product) {
    auto digits = std::to_string(product % kProducts);
    return "SKU-" + std::string(4 - digits.size(), '0') + digits;
}

// Spread over the products as customers spread, yet the same in every run.
inline std::uint64_t product_of(std::uint64_t order, std::uint64_t line) {
    return (order * 7919 + line * 104729 + 17) % kProducts;
}

inline void write_order(std::uint64_t number, const std::string& prefix, std::string& out) {
    out +=
        R"({"reference":")" + prefix + std::to_string(number) +
        R"(","kind":"consumer","location":"BLR","ordered_at":"2026-11-01T09:00:00.000Z","lines":[)";
    for (std::uint64_t line = 0; line < 3; ++line) {
        if (line > 0) out += ',';
        out += R"({"sku":")" + sku_of(product_of(number, line)) +
               R"(","quantity":1,"unit_price":"240.00"})";
    }
    out += "]}";
}

}  // namespace wharf::bench

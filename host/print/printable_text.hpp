// Text as it can be printed: in figures that are read at a glance, and without what no reader sees.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wharf/values/money.hpp"
#include "wharf/values/time.hpp"

namespace wharf::print {

// Valid UTF-8 without control characters (line breaks stay, tabs become spaces) and without the
// characters that turn the direction of the text behind them: a name must not be able to turn the
// figure beside it.
std::string printable(std::string_view text);

// `12,34,567.50` in rupees, `1,234,567.50` in other currencies.
std::string grouped(Money amount, std::string_view currency);
std::string grouped(std::int64_t number, std::string_view currency);

// `Rupees one lakh twenty-three thousand and paise fifty only`. Empty for other currencies.
std::string in_words(Money amount, std::string_view currency);

// `24 Nov 2026`
std::string day_text(Date day);

}  // namespace wharf::print

// What the number of a series looks like: text with {state}, {series}, {year} and {number}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wharf/model/documents.hpp"

namespace wharf::domain {

constexpr std::size_t kTaxNumberMax = 16;  // CGST Rule 46(b)

// The sign of the nth issuer of a state, from 1: `1`..`9`, `A`..`Z`, `10`..`ZZ`.
std::string series_sign(std::int64_t ordinal);

// `S{state}{series}/{year}/{number}`: the first letter tells kinds and purposes apart.
std::string default_pattern(DocumentKind kind, DocumentPurpose purpose);

// {state} and {series} filled in.
std::string resolved_pattern(std::string_view pattern, std::string_view state_letters,
                             std::string_view sign);

// Why a resolved pattern is refused, or nothing.
std::optional<std::string> pattern_fault(std::string_view resolved);

// The number, padded with zeros to six digits or as many as fit. Nothing when it does not fit.
std::optional<std::string> filled_in(std::string_view resolved, std::string_view fiscal_year,
                                     std::int64_t number);

}  // namespace wharf::domain

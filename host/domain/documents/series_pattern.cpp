#include "host/domain/documents/series_pattern.hpp"

#include <algorithm>

namespace wharf::domain {
namespace {

constexpr std::string_view kState = "{state}";
constexpr std::string_view kSeries = "{series}";
constexpr std::string_view kYear = "{year}";
constexpr std::string_view kNumber = "{number}";
constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t kYearLength = 4;
constexpr std::size_t kNumberDigits = 6;
constexpr std::size_t kNumberDigitsMin = 4;  // ten thousand documents a year fit any series

std::string replaced(std::string text, std::string_view token, std::string_view by) {
    if (const auto at = text.find(token); at != std::string::npos) {
        text.replace(at, token.size(), by);
    }
    return text;
}

// The characters beside the number.
std::size_t fixed_length(std::string_view resolved) {
    return resolved.size() - kYear.size() - kNumber.size() + kYearLength;
}

char letter_of(DocumentKind kind, DocumentPurpose purpose) {
    switch (kind) {
        case DocumentKind::delivery_challan:
            return 'D';
        case DocumentKind::bill_of_supply:
            return 'L';
        case DocumentKind::credit_note:
            return 'R';
        case DocumentKind::debit_note:
            return 'N';
        default:
            break;
    }
    switch (purpose) {
        case DocumentPurpose::consumer:
            return 'C';
        case DocumentPurpose::business:
            return 'B';
        case DocumentPurpose::transfer:
            return 'S';
        default:
            return 'I';
    }
}

}  // namespace

std::string series_sign(std::int64_t ordinal) {
    std::string sign;
    do {
        sign.insert(sign.begin(), kDigits[static_cast<std::size_t>(ordinal % 36)]);
        ordinal /= 36;
    } while (ordinal > 0);
    return sign;
}

std::string default_pattern(DocumentKind kind, DocumentPurpose purpose) {
    return letter_of(kind, purpose) + std::string("{state}{series}/{year}/{number}");
}

std::string resolved_pattern(std::string_view pattern, std::string_view state_letters,
                             std::string_view sign) {
    return replaced(replaced(std::string(pattern), kState, state_letters), kSeries, sign);
}

std::optional<std::string> pattern_fault(std::string_view resolved) {
    if (resolved.find(kYear) == std::string_view::npos) {
        return "must hold {year}: numbers begin anew with each fiscal year";
    }
    if (resolved.find(kNumber) == std::string_view::npos) return "must hold {number}";
    const auto rest = replaced(replaced(std::string(resolved), kYear, ""), kNumber, "");
    const bool allowed = std::all_of(rest.begin(), rest.end(), [](char character) {
        return kDigits.find(character) != std::string_view::npos || character == '/' ||
               character == '-';
    });
    if (!allowed) return "holds other characters than A-Z, 0-9, / and -";
    const char first = resolved.front();
    if (first == '0' || first == '/' || first == '-') return "begins with 0, / or -";
    if (resolved.starts_with(kNumber)) return "begins with {number}, which begins with 0";
    if (fixed_length(resolved) + kNumberDigitsMin > kTaxNumberMax) {
        return "leaves fewer than 4 digits of the 16 characters to the number";
    }
    return std::nullopt;
}

std::optional<std::string> filled_in(std::string_view resolved, std::string_view fiscal_year,
                                     std::int64_t number) {
    const auto room = std::min(kNumberDigits, kTaxNumberMax - fixed_length(resolved));
    auto digits = std::to_string(number);
    if (digits.size() < room) digits.insert(0, room - digits.size(), '0');
    auto text = replaced(replaced(std::string(resolved), kYear, fiscal_year), kNumber, digits);
    if (text.size() > kTaxNumberMax) return std::nullopt;
    return text;
}

}  // namespace wharf::domain

#include "host/print/printable_text.hpp"

#include <array>

namespace wharf::print {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool follows(unsigned char byte) {
    return (byte & 0xC0U) == 0x80U;
}

// How many bytes the character at the front takes; 0 where it is no UTF-8.
std::size_t sequence_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = 0;
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) length = 2;
    if (lead >= 0xE0 && lead < 0xF0) length = 3;
    if (lead >= 0xF0 && lead < 0xF5) length = 4;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!follows(static_cast<unsigned char>(text[i]))) return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

// U+202A to U+202E and U+2066 to U+2069.
bool turns_direction(std::string_view character) {
    return (character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE") ||
           (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9");
}

bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    return character.size() == 2 && first == 0xC2 &&
           static_cast<unsigned char>(character[1]) < 0xA0;
}

constexpr std::array<const char*, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<const char*, 10> kTens = {"",      "",      "twenty",  "thirty", "forty",
                                               "fifty", "sixty", "seventy", "eighty", "ninety"};

void add_word(std::string& words, std::string_view word) {
    if (!words.empty()) words += ' ';
    words += word;
}

std::string below_hundred(std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    if (number < 20) return kSmall[at];
    std::string words = kTens[at / 10];
    if (at % 10 != 0) words += std::string("-") + kSmall[at % 10];
    return words;
}

// By crore, lakh, thousand, hundred.
std::string number_words(std::int64_t number) {
    struct Step {
        std::int64_t size;
        const char* name;
    };
    constexpr std::array<Step, 4> kSteps = {
        {{10'000'000, "crore"}, {100'000, "lakh"}, {1'000, "thousand"}, {100, "hundred"}}};
    std::string words;
    for (const auto& step : kSteps) {
        if (number < step.size) continue;
        add_word(words, number_words(number / step.size));
        add_word(words, step.name);
        number %= step.size;
    }
    if (number > 0 || words.empty()) add_word(words, below_hundred(number));
    return words;
}

std::string group_digits(std::string text, bool in_pairs) {
    const auto point = text.find('.');
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    std::size_t at = point == std::string::npos ? text.size() : point;
    for (std::size_t step = 3; at > first + step; step = in_pairs ? 2 : 3) {
        at -= step;
        text.insert(at, 1, ',');
    }
    return text;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const auto length = sequence_length(text);
        if (length == 0) {
            shown += kReplacement;
            text.remove_prefix(1);
            continue;
        }
        const auto character = text.substr(0, length);
        text.remove_prefix(length);
        if (character == "\t") {
            shown += ' ';
        } else if (character == "\n" || (!is_control(character) && !turns_direction(character))) {
            shown += character;
        }
    }
    return shown;
}

std::string grouped(Money amount, std::string_view currency) {
    return group_digits(amount.text(), currency == "INR");
}

std::string grouped(std::int64_t number, std::string_view currency) {
    return group_digits(std::to_string(number), currency == "INR");
}

std::string in_words(Money amount, std::string_view currency) {
    if (currency != "INR" || amount < Money()) return {};
    constexpr std::int64_t kPaisa = Money::kUnit / 100;
    const auto paise = amount.raw() % Money::kUnit / kPaisa;
    auto words = "Rupees " + number_words(amount.raw() / Money::kUnit);
    if (paise > 0) words += " and paise " + below_hundred(paise);
    return words + " only";
}

std::string day_text(Date day) {
    constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto text = day.text();  // YYYY-MM-DD
    const auto month = Date::digits(std::string_view(text).substr(5, 2)).value_or(1);
    return text.substr(8, 2) + " " + kMonths[static_cast<std::size_t>(month - 1)] + " " +
           text.substr(0, 4);
}

}  // namespace wharf::print

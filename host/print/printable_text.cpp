#include "host/print/printable_text.hpp"

#include <array>

#include "wharf/values/clean_text.hpp"

namespace wharf::print {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

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
        const auto length = character_length(text);
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

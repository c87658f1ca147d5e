#include "host/domain/gst/gstin.hpp"

#include <string>

namespace wharf::domain {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

}  // namespace

bool known_state(std::string_view state_code) {
    if (state_code.size() != 2 || !is_digit(state_code[0]) || !is_digit(state_code[1]))
        return false;
    const int code = (state_code[0] - '0') * 10 + (state_code[1] - '0');
    return (code >= 1 && code <= 38) || code == 97 || code == 99;
}

char gstin_check_character(std::string_view first_14) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < first_14.size(); ++i) {
        const auto product = kAlphabet.find(first_14[i]) * (i % 2 == 0 ? 1 : 2);
        sum += product / 36 + product % 36;
    }
    return kAlphabet[(36 - sum % 36) % 36];
}

std::optional<Fault> gstin_fault(std::string_view gstin, std::optional<std::string_view> state_code,
                                 std::string_view pointer) {
    auto fault = [&](std::string code, std::string detail) {
        return Fault{std::string(pointer), std::move(code), std::move(detail)};
    };
    if (gstin.size() != 15 || gstin.find_first_not_of(kAlphabet) != std::string_view::npos) {
        return fault("bad_gstin", "a GSTIN is 15 digits and capital letters");
    }
    if (!known_state(gstin.substr(0, 2))) {
        return fault("gstin_state", "a GSTIN begins with the two digits of a state");
    }
    if (state_code && gstin.substr(0, 2) != *state_code) {
        return fault("gstin_state", "the GSTIN is of state " + std::string(gstin.substr(0, 2)) +
                                        ", the address of state " + std::string(*state_code));
    }
    if (gstin_check_character(gstin.substr(0, 14)) != gstin.back()) {
        return fault("gstin_check", "the GSTIN's check character is wrong");
    }
    return std::nullopt;
}

}  // namespace wharf::domain

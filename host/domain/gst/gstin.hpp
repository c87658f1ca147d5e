// The rules of an Indian GST identification number: 15 characters, of which the first two are the
// state's code and the last checks the others (GSTN's base-36 scheme).
#pragma once

#include <optional>
#include <string_view>

#include "wharf/refusal.hpp"
#include "wharf/values/text.hpp"

namespace wharf::domain {

bool known_state(std::string_view state_code);

// The last character that belongs to the first 14.
char gstin_check_character(std::string_view first_14);

// Why the text is no GSTIN (of this state, where one is given), or nothing.
std::optional<Fault> gstin_fault(std::string_view gstin, std::optional<std::string_view> state_code,
                                 std::string_view pointer);

}  // namespace wharf::domain

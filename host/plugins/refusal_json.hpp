// A refusal as the bytes that cross the C door:
// {"kind","code","detail","hint","faults","caused_by"}.
#pragma once

#include <wharf/refusal.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wharf::plugins {

[[nodiscard]] std::string refusal_to_json(const Refusal& refusal);

// Reads tolerantly: an unknown kind becomes `internal`, a missing code is the kind's name, unknown
// fields are ignored. Nothing when the text is no JSON object.
[[nodiscard]] std::optional<Refusal> refusal_from_json(std::string_view text);

}  // namespace wharf::plugins

// What every engine can hold as text, and nothing else may be bound to a statement as text.
#pragma once

#include <string_view>

namespace wharf::storage {

// True when the bytes are UTF-8 (no overlong forms, no surrogates, at most U+10FFFF) without NUL.
[[nodiscard]] bool is_clean_text(std::string_view text);

}  // namespace wharf::storage

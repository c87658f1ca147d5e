// What counts as text in a request: characters of tokens, percent-encoding.
#pragma once

#include <string>
#include <string_view>

namespace wharf::http {

/// RFC 9110 token: methods and header names. False when empty.
bool is_token(std::string_view text);

/// A header's value: no control character but the tab, and valid UTF-8.
bool is_field_value(std::string_view text);

enum class Plus { literal, blank };

/// Decodes %XX once. Throws Fault (400) on a malformed escape, on NUL, and when the result is not
/// UTF-8: such a text could be stored in no engine.
std::string percent_decode(std::string_view text, Plus plus);

/// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

/// 0 to 15, or -1.
int hex_digit(char c);

}  // namespace wharf::http

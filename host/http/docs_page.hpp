// An OpenAPI document as a page for people: plain HTML without scripts, so that it is read anywhere
// and under the strictest policy.
#pragma once

#include <string>
#include <string_view>

namespace wharf::http {

/// `document` is what openapi_document() wrote. The page asks for /docs/style.css and nothing else.
std::string docs_page(std::string_view document);

std::string_view docs_style();

}  // namespace wharf::http

#include "host/domain/pages.hpp"

#include <sodium.h>

#include <charconv>

#include "host/limits.hpp"
#include "wharf/values/clean_text.hpp"

namespace wharf::domain {
namespace {

constexpr char kSeparator = '\x1f';  // no code holds a control character
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

[[noreturn]] void refuse_cursor() {
    throw Refusal::invalid("/after", "bad_cursor", "this is no cursor of this list",
                           "hand back `next` of the page before as it is");
}

}  // namespace

std::size_t page_limit(const Transaction& transaction, std::int32_t limit) {
    const auto most =
        transaction.actor().is_plugin() ? limits::kInternalPageRowsMax : limits::kPageRowsMax;
    if (limit < 1 || static_cast<std::size_t>(limit) > most) {
        throw Refusal::invalid("/limit", "out_of_range",
                               "a page has 1 to " + std::to_string(most) + " items");
    }
    return static_cast<std::size_t>(limit);
}

std::string encode_cursor(const std::vector<std::string_view>& parts) {
    std::string plain;
    for (auto part : parts) {
        plain += part;
        plain += kSeparator;
    }
    std::string encoded(sodium_base64_encoded_len(plain.size(), kVariant), '\0');
    sodium_bin2base64(encoded.data(), encoded.size(),
                      reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), kVariant);
    encoded.resize(encoded.size() - 1);  // the terminating zero
    return encoded;
}

std::vector<std::string> decode_cursor(const std::optional<std::string>& after, std::size_t count) {
    if (!after) return std::vector<std::string>(count);
    std::string plain(after->size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(plain.data()), plain.size(),
                          after->data(), after->size(), nullptr, &length, nullptr, kVariant) != 0) {
        refuse_cursor();
    }
    plain.resize(length);
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (auto end = plain.find(kSeparator); end != std::string::npos;
         end = plain.find(kSeparator, begin)) {
        parts.push_back(plain.substr(begin, end - begin));
        begin = end + 1;
    }
    if (begin != plain.size() || parts.size() != count || !is_clean_text(plain)) {
        refuse_cursor();
    }
    // The library takes some bytes past ASCII for digits: only what was given out is a cursor.
    if (encode_cursor({parts.begin(), parts.end()}) != *after) refuse_cursor();
    return parts;
}

std::int64_t decode_counter(const std::optional<std::string>& after) {
    if (!after) return 0;
    const auto text = decode_cursor(after, 1).front();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) refuse_cursor();
    return value;
}

}  // namespace wharf::domain

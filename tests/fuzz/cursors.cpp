// Cursors: what a client hands back as `after` may be anything; what is taken is exactly what was
// given out, and is text that a database may be asked with. Keys of collections sort as their
// values do.
#include <boost/json/array.hpp>
#include <wharf/json_parse.hpp>
#include <wharf/values/clean_text.hpp>

#include "host/domain/pages.hpp"
#include "host/operations/index_key.hpp"
#include "host/operations/pages.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace wharf;
using wharf::fuzz::require;

template <class Read>
void expect_refusal_at_most(Read read) {
    try {
        read();
    } catch (const Refusal& refusal) {
        require(refusal.kind() == RefusalKind::invalid, "what is no cursor is invalid");
        require(refusal.faults().size() == 1 && refusal.faults().front().pointer == "/after",
                "the refusal points at the cursor");
    }
}

// Which of the readers, the length says: a refusal under the sanitizer costs more than the reading.
void check_cursor(const std::string& after) {
    expect_refusal_at_most([&] {
        const auto count = 1 + after.size() % 3;
        const auto parts = domain::decode_cursor(after, count);
        require(parts.size() == count, "a cursor has as many parts as were asked for");
        for (const auto& part : parts) {
            require(is_clean_text(part), "a part of a cursor is clean text");
        }
        require(domain::encode_cursor({parts.begin(), parts.end()}) == after,
                "a cursor is what was given out");
    });
    expect_refusal_at_most([&] {
        if (after.size() % 2 == 0) {
            (void)domain::decode_counter(after);
        } else {
            require(operations::number_cursor(after) >= 0, "a number is none below 0");
        }
    });
}

void check_round_trip(std::string_view text) {
    std::vector<std::string_view> parts;
    const auto half = text.size() / 2;
    for (const auto part : {text.substr(0, half), text.substr(half)}) {
        if (!is_clean_text(part) || part.find('\x1f') != part.npos) return;
        parts.push_back(part);
    }
    const auto back = domain::decode_cursor(domain::encode_cursor(parts), 2);
    require(back[0] == parts[0] && back[1] == parts[1], "a cursor gives back what was put in");
}

// No engine takes a text with NUL, so none comes as far as a key.
bool holds_nul(const boost::json::value& value) {
    return value.is_string() && value.get_string().find('\0') != boost::json::string::npos;
}

void check_order(const boost::json::value& left, const boost::json::value& right) {
    if (holds_nul(left) || holds_nul(right)) return;
    std::string left_key;
    std::string right_key;
    operations::append_key(left_key, left, nullptr);
    operations::append_key(right_key, right, nullptr);
    require((left_key == right_key) == (left == right), "equal keys are equal values");
    if (left.is_int64() && right.is_int64()) {
        require((left_key < right_key) == (left.get_int64() < right.get_int64()),
                "keys sort as numbers do");
    }
    if (left.is_string() && right.is_string()) {
        require((left_key < right_key) == (left.get_string() < right.get_string()),
                "keys sort as texts do");
    }
}

void check_keys(std::string_view text) {
    try {
        const auto parsed = parse_json(text);
        const auto* values = parsed.value.if_array();
        if (values == nullptr || values->size() != 2) return;
        check_order((*values)[0], (*values)[1]);
    } catch (const Refusal& refusal) {
        const auto& code = refusal.code();
        require(code == "malformed" || code == "not_indexable" || code == "key_too_long",
                "what has no key is refused as such");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = wharf::fuzz::text_of(data, size);
    check_cursor(std::string(text));
    check_round_trip(text);
    check_keys(text);
    return 0;
}

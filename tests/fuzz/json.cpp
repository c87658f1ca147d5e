// Reading JSON: takes exactly the texts that the library takes, and points at the keys that repeat.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <wharf/json_parse.hpp>

#include "tests/fuzz/target.hpp"

namespace {

namespace json = boost::json;
using wharf::fuzz::require;

std::optional<wharf::ParsedJson> read(std::string_view text) {
    try {
        return wharf::parse_json(text);
    } catch (const wharf::Refusal& refusal) {
        require(refusal.code() == "malformed", "what is no JSON is refused as malformed");
        return std::nullopt;
    }
}

// The library's printed fractions may come back as their neighbours.
bool has_fractions(const json::value& value) {
    if (value.is_double()) return true;
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array) {
            if (has_fractions(item)) return true;
        }
    }
    if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
            if (has_fractions(member.value())) return true;
        }
    }
    return false;
}

void check_faults(const wharf::ParsedJson& parsed) {
    for (const auto& fault : parsed.faults) {
        require(fault.pointer.empty() || fault.pointer.front() == '/', "a pointer is one");
        json::error_code error;
        const auto* place = parsed.value.find_pointer(fault.pointer, error);
        // Inside a member that a later one of its name replaced there is nothing to point at.
        require(place != nullptr || parsed.faults.size() > 1, "the pointer leads to the fault");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = wharf::fuzz::text_of(data, size);
    const auto parsed = read(text);
    json::error_code error;
    const auto plain = json::parse(json::string_view(text.data(), text.size()), error);
    require(parsed.has_value() == !error, "the reader takes what the library takes");
    if (!parsed) return 0;
    check_faults(*parsed);
    const auto past_double = [](const wharf::Fault& fault) { return fault.code == "out_of_range"; };
    if (std::ranges::any_of(parsed->faults, past_double)) return 0;
    require(parsed->value == plain, "the reader gives the library's value");
    if (has_fractions(parsed->value)) return 0;
    const auto again = read(json::serialize(parsed->value));
    require(again && again->value == parsed->value, "what is written is read as the same");
    require(again->faults.empty(), "what is written repeats no key");
    return 0;
}

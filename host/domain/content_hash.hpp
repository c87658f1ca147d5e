// A short digest of what a request says, for telling whether a reference was sent with the same
// content before. Fields that may be left out count only when they say something else than leaving
// them out: so a request means the same after its struct has grown a field.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "wharf/describe.hpp"

namespace wharf::domain {

struct ContentHash {
    std::string said;   // kept with new documents
    std::string whole;  // of every field; what was kept before there was `said`

    [[nodiscard]] bool is(std::string_view kept) const { return kept == said || kept == whole; }
};

std::string digest(std::string_view text);

template <class T>
void append_said(std::string& out, const T& value);

// False when the field says what leaving it out says.
template <class T>
bool says_something(const T& value, const T& left_out) {
    if constexpr (wharf::detail::kIsOptional<T>) {
        return value.has_value();
    } else if constexpr (wharf::detail::kIsDefaulted<T>) {
        // Ten thousand serials are not written to see that they are some.
        if constexpr (wharf::detail::kIsVector<std::remove_cvref_t<decltype(*value)>>) {
            if (left_out->empty()) return !value->empty();
        }
        return to_json(value) != to_json(left_out);
    } else {
        return true;
    }
}

template <class T>
void append_said_fields(std::string& out, const T& value) {
    const T left_out{};
    out += '{';
    boost::mp11::mp_for_each<wharf::detail::Members<T>>([&](auto member) {
        const auto& field = value.*member.pointer;
        if (!says_something(field, left_out.*member.pointer)) return;
        if (out.back() != '{') out += ',';
        append_json_string(out, member.name);
        out += ':';
        append_said(out, field);
    });
    out += '}';
}

template <class T>
void append_said(std::string& out, const T& value) {
    if constexpr (wharf::detail::kIsOptional<T> || wharf::detail::kIsDefaulted<T>) {
        append_said(out, *value);
    } else if constexpr (wharf::detail::kIsVector<T>) {
        out += '[';
        for (const auto& item : value) {
            if (out.back() != '[') out += ',';
            append_said(out, item);
        }
        out += ']';
    } else if constexpr (wharf::detail::DescribedStruct<T>) {
        append_said_fields(out, value);
    } else {
        append_json(out, value);
    }
}

template <class Request>
ContentHash content_hash(const Request& request) {
    std::string said;
    append_said(said, request);
    return {digest(said), digest(to_json(request))};
}

}  // namespace wharf::domain

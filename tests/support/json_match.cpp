#include "tests/support/json_match.hpp"

#include <boost/json.hpp>
#include <charconv>

namespace wharf::tests {

namespace json = boost::json;

namespace {

void compare(const json::value& expected, const json::value& got, const std::string& pointer,
             std::vector<std::string>& faults);

void tell(const json::value& expected, const json::value& got, const std::string& pointer,
          std::vector<std::string>& faults) {
    faults.push_back((pointer.empty() ? "the document" : pointer) + ": expected " +
                     json::serialize(expected) + ", got " + json::serialize(got));
}

void compare_objects(const json::object& expected, const json::object& got,
                     const std::string& pointer, std::vector<std::string>& faults) {
    for (const auto& [key, value] : expected) {
        const auto below = pointer + "/" + std::string(key);
        if (const auto* found = got.if_contains(key))
            compare(value, *found, below, faults);
        else
            faults.push_back(below + ": expected " + json::serialize(value) + ", but it is absent");
    }
}

void compare_arrays(const json::array& expected, const json::array& got, const std::string& pointer,
                    std::vector<std::string>& faults) {
    const bool open = !expected.empty() && expected.back() == "...";
    const std::size_t named = expected.size() - (open ? 1 : 0);
    if (got.size() < named || (!open && got.size() > named)) {
        faults.push_back(pointer + ": expected " + std::to_string(named) +
                         (open ? " or more" : "") + " elements, got " + std::to_string(got.size()) +
                         ": " + json::serialize(got));
        return;
    }
    for (std::size_t i = 0; i < named; ++i) {
        compare(expected[i], got[i], pointer + "/" + std::to_string(i), faults);
    }
}

void compare(const json::value& expected, const json::value& got, const std::string& pointer,
             std::vector<std::string>& faults) {
    if (expected == "*") return;
    if (expected.is_object() && got.is_object()) {
        compare_objects(expected.get_object(), got.get_object(), pointer, faults);
    } else if (expected.is_array() && got.is_array()) {
        compare_arrays(expected.get_array(), got.get_array(), pointer, faults);
    } else if (expected != got) {
        tell(expected, got, pointer, faults);
    }
}

const json::value* element(const json::value& value, std::string_view index_text) {
    int index = 0;
    const auto* end = index_text.data() + index_text.size();
    if (std::from_chars(index_text.data(), end, index).ptr != end || !value.is_array()) {
        return nullptr;
    }
    const auto& array = value.get_array();
    if (index < 0) index += static_cast<int>(array.size());
    return index < 0 ? nullptr : array.if_contains(static_cast<std::size_t>(index));
}

}  // namespace

std::vector<std::string> differences(const json::value& expected, const json::value& got) {
    std::vector<std::string> faults;
    compare(expected, got, "", faults);
    return faults;
}

const json::value* at_path(const json::value& document, std::string_view path) {
    const json::value* value = &document;
    if (path == ".") return value;
    while (!path.empty() && value != nullptr) {
        const bool index = path.front() == '[';
        if (!index && path.front() != '.') return nullptr;
        const auto end = index ? path.find(']') : path.find_first_of(".[", 1);
        const auto step = path.substr(1, end == std::string_view::npos ? end : end - 1);
        path = end == std::string_view::npos ? "" : path.substr(index ? end + 1 : end);
        if (index)
            value = element(*value, step);
        else
            value = value->is_object() ? value->get_object().if_contains(step) : nullptr;
    }
    return value;
}

std::string plain_text(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

}  // namespace wharf::tests

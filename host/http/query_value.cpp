#include "host/http/query_value.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>
#include <cstdint>

namespace wharf::http {

namespace {

boost::json::value text_value(std::string_view text) {
    return boost::json::string(boost::json::string_view(text.data(), text.size()));
}

}  // namespace

boost::json::value query_value(const Shape& shape, std::string_view text) {
    if (shape.kind == Shape::Kind::integer) {
        std::int64_t number = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
        return whole ? boost::json::value(number) : text_value(text);
    }
    if (shape.kind == Shape::Kind::boolean) {
        if (text == "true") return true;
        if (text == "false") return false;
    }
    return text_value(text);
}

bool add_query_value(boost::json::object& object, const Shape::Field& field,
                     std::string_view text) {
    const boost::json::string_view key(field.name.data(), field.name.size());
    auto* present = object.if_contains(key);
    if (field.shape->kind != Shape::Kind::array) {
        if (present != nullptr) return false;
        object.emplace(key, query_value(*field.shape, text));
        return true;
    }
    if (present == nullptr) present = &object.emplace(key, boost::json::array{}).first->value();
    if (!present->is_array()) return false;
    auto& items = present->get_array();
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        items.push_back(query_value(*field.shape->items, text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

}  // namespace wharf::http

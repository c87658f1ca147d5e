// Bodies made from the JSON Schema of an operation: the least that it takes, and every place in it
// where a text goes.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/support/json_match.hpp"

namespace wharf::tests {

namespace json = boost::json;

// A place in a body: names of members, and "0" for the first element of an array.
using Place = std::vector<std::string>;

inline std::string pointer_to(const Place& place) {
    std::string pointer;
    for (const auto& step : place) pointer += '/' + step;
    return pointer;
}

class BodyMaker {
public:
    // `values` are what fields of these names must be, so that they lead to something.
    BodyMaker(const json::value& document, std::map<std::string, std::string> values)
        : schemas_(document.at("components").at("schemas").as_object()),
          values_(std::move(values)) {}

    // The least that the schema takes.
    [[nodiscard]] json::value least(const std::string& name, const json::value& schema) const {
        const auto& shape = resolved(schema);
        const auto type = type_of(shape);
        if (const auto* choices = shape.if_contains("enum")) return choices->at(0);
        if (type == "string") return text_for(name, shape);
        if (type == "integer") return integer_for(shape);
        if (type == "boolean") return true;
        if (type == "object") return object_for(shape);
        if (type == "array" && (name == "lines" || shape.contains("minItems"))) {
            return json::array{least(name, shape.at("items"))};
        }
        return type == "array" ? json::value(json::array{}) : json::value(nullptr);
    }

    // Every place where any text goes, choices, money and dates aside.
    [[nodiscard]] std::vector<Place> texts(const json::value& schema) const {
        std::vector<Place> places;
        collect(schema, {}, places);
        return places;
    }

    // The body with the text at the place; what lies on the way is made.
    [[nodiscard]] json::value with(json::value body, const json::value& schema, const Place& place,
                                   const std::string& text) const {
        put(body, schema, place, 0, text);
        return body;
    }

private:
    const json::object& resolved(const json::value& schema) const {
        const auto* reference = schema.as_object().if_contains("$ref");
        if (reference == nullptr) return schema.as_object();
        const auto name = plain_text(*reference);
        return resolved(schemas_.at(name.substr(name.rfind('/') + 1)));
    }
    static std::string type_of(const json::object& shape) {
        const auto* type = shape.if_contains("type");
        if (type == nullptr) return "";
        return plain_text(type->is_array() ? type->at(0) : *type);
    }
    static std::string format_of(const json::object& shape) {
        const auto* format = shape.if_contains("format");
        return format == nullptr ? "" : plain_text(*format);
    }
    [[nodiscard]] json::value text_for(const std::string& name, const json::object& shape) const {
        const auto format = format_of(shape);
        if (format == "money" || format == "percent") return "1.00";
        if (format == "date") return "2030-01-01";
        if (format == "date-time") return "2024-01-01T00:00:00.000Z";
        const auto known = values_.find(name);
        return json::string(known == values_.end() ? "x" : known->second);
    }
    static json::value integer_for(const json::object& shape) {
        const auto* least = shape.if_contains("minimum");
        return std::max<std::int64_t>(1, least == nullptr ? 1 : least->to_number<std::int64_t>());
    }
    [[nodiscard]] json::value object_for(const json::object& shape) const {
        json::object made;
        const auto* required = shape.if_contains("required");
        if (required == nullptr) return made;
        for (const auto& name : required->as_array()) {
            made[name.as_string()] =
                least(plain_text(name), shape.at("properties").at(name.as_string()));
        }
        return made;
    }
    void collect(const json::value& schema, Place place, std::vector<Place>& places) const {
        const auto& shape = resolved(schema);
        const auto type = type_of(shape);
        const auto format = format_of(shape);
        if (type == "string" && !shape.contains("enum") &&
            (format.empty() || format == "code" || format == "prose")) {
            places.push_back(place);
        }
        place.emplace_back("0");
        if (type == "array") collect(shape.at("items"), place, places);
        if (type != "object" || !shape.contains("properties")) return;
        for (const auto& member : shape.at("properties").as_object()) {
            place.back() = std::string(member.key());
            collect(member.value(), place, places);
        }
    }
    void put(json::value& body, const json::value& schema, const Place& place, std::size_t step,
             const std::string& text) const {
        if (step == place.size()) {
            body = json::string(text);
            return;
        }
        const auto& shape = resolved(schema);
        if (type_of(shape) == "array") {
            if (!body.is_array()) body = json::array{};
            auto& items = body.as_array();
            if (items.empty()) items.push_back(least("", shape.at("items")));
            return put(items[0], shape.at("items"), place, step + 1, text);
        }
        if (!body.is_object()) body = least("", schema);
        const auto& member = shape.at("properties").at(place[step]);
        put(body.as_object()[place[step]], member, place, step + 1, text);
    }

    json::object schemas_;
    std::map<std::string, std::string> values_;
};

}  // namespace wharf::tests

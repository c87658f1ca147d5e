// A shape as JSON Schema 2020-12 and back. The schema is what stands in a bundle's manifest and in
// OpenAPI: one form for both, lossless for every shape that a description can make.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "wharf/refusal.hpp"
#include "wharf/shape.hpp"
#include "wharf/values/decimal.hpp"
#include "wharf/values/money.hpp"

namespace wharf {

namespace detail {

inline void put_type(boost::json::object& schema, std::string_view type, bool nullable) {
    if (nullable) {
        schema["type"] =
            boost::json::array{boost::json::string_view(type.data(), type.size()), "null"};
    } else {
        schema["type"] = boost::json::string_view(type.data(), type.size());
    }
}

inline boost::json::string json_string(std::string_view text) {
    return {boost::json::string_view(text.data(), text.size())};
}

inline std::string_view format_name(Shape::Kind kind) {
    switch (kind) {
        case Shape::Kind::code:
            return "code";
        case Shape::Kind::prose:
            return "prose";
        case Shape::Kind::money:
            return "money";
        case Shape::Kind::percent:
            return "percent";
        case Shape::Kind::instant:
            return "date-time";
        case Shape::Kind::date:
            return "date";
        default:
            return {};
    }
}

}  // namespace detail

inline boost::json::object to_json_schema(const Shape& shape) {
    using detail::json_string;
    boost::json::object schema;
    switch (shape.kind) {
        case Shape::Kind::any:
            return schema;
        case Shape::Kind::boolean:
            detail::put_type(schema, "boolean", shape.nullable);
            break;
        case Shape::Kind::integer:
            detail::put_type(schema, "integer", shape.nullable);
            schema["minimum"] = shape.minimum;
            schema["maximum"] = shape.maximum;
            if (shape.nonzero) schema["not"] = boost::json::object{{"const", 0}};
            break;
        case Shape::Kind::array:
            detail::put_type(schema, "array", shape.nullable);
            schema["items"] = to_json_schema(*shape.items);
            if (shape.length_min > 0) schema["minItems"] = shape.length_min;
            if (shape.items_max != Shape{}.items_max) schema["maxItems"] = shape.items_max;
            break;
        case Shape::Kind::map:
            detail::put_type(schema, "object", shape.nullable);
            schema["additionalProperties"] = to_json_schema(*shape.items);
            break;
        case Shape::Kind::object: {
            if (!shape.name.empty()) schema["title"] = json_string(shape.name);
            detail::put_type(schema, "object", shape.nullable);
            boost::json::object properties;
            boost::json::array required;
            for (const auto& field : shape.fields) {
                auto property = to_json_schema(*field.shape);
                if (!field.docs.empty()) property["description"] = json_string(field.docs);
                if (!field.default_json.empty()) {
                    property["default"] = boost::json::parse(field.default_json);
                }
                if (field.required) required.push_back(json_string(field.name));
                properties[field.name] = std::move(property);
            }
            schema["properties"] = std::move(properties);
            if (!required.empty()) schema["required"] = std::move(required);
            schema["additionalProperties"] = false;
            break;
        }
        case Shape::Kind::choice: {
            detail::put_type(schema, "string", shape.nullable);
            boost::json::array choices;
            for (const auto& choice : shape.choices) choices.push_back(json_string(choice));
            if (shape.nullable) choices.push_back(nullptr);
            schema["enum"] = std::move(choices);
            break;
        }
        default:
            detail::put_type(schema, "string", shape.nullable);
            if (const auto format = detail::format_name(shape.kind); !format.empty()) {
                schema["format"] = json_string(format);
            }
            if (shape.length_min > 0) schema["minLength"] = shape.length_min;
            if (shape.length_max != Shape{}.length_max) schema["maxLength"] = shape.length_max;
            if (shape.kind == Shape::Kind::money || shape.kind == Shape::Kind::percent) {
                const int scale =
                    shape.kind == Shape::Kind::money ? Money::kScale : Percent::kScale;
                schema["x-minimum"] = json_string(format_decimal(shape.minimum, scale, 0));
                schema["x-maximum"] = json_string(format_decimal(shape.maximum, scale, 0));
            }
            if (shape.secret) {
                if (!schema.contains("format")) schema["format"] = "password";
                schema["writeOnly"] = true;
            }
    }
    return schema;
}

ShapePtr shape_from_schema(const boost::json::value& schema);

namespace detail {

[[noreturn]] inline void bad_schema(const std::string& what) {
    throw Refusal(RefusalKind::invalid, "invalid_schema", "the JSON Schema " + what);
}

inline std::string_view member_text(const boost::json::object& object, std::string_view key) {
    const auto* member = object.if_contains(boost::json::string_view(key.data(), key.size()));
    if (member == nullptr) return {};
    if (!member->is_string()) bad_schema("has a \"" + std::string(key) + "\" that is no string");
    return {member->get_string().data(), member->get_string().size()};
}

inline std::int64_t member_integer(const boost::json::object& object, std::string_view key,
                                   std::int64_t otherwise) {
    const auto* member = object.if_contains(boost::json::string_view(key.data(), key.size()));
    if (member == nullptr) return otherwise;
    if (member->is_uint64() && member->get_uint64() <= INT64_MAX) {
        return static_cast<std::int64_t>(member->get_uint64());
    }
    if (!member->is_int64()) {
        bad_schema("has a \"" + std::string(key) + "\" that is no whole number of 64 bits");
    }
    return member->get_int64();
}

// How many characters or items there must be at least.
inline std::size_t member_least(const boost::json::object& object, std::string_view key) {
    const auto least = member_integer(object, key, 0);
    if (least < 0) bad_schema("has a \"" + std::string(key) + "\" below 0");
    return static_cast<std::size_t>(least);
}

inline void read_string_schema(const boost::json::object& object, Shape& shape) {
    if (const auto* choices = object.if_contains("enum"); choices != nullptr) {
        if (!choices->is_array()) bad_schema("has an \"enum\" that is no array");
        shape.kind = Shape::Kind::choice;
        for (const auto& choice : choices->get_array()) {
            if (const auto* text = choice.if_string()) {
                shape.choices.emplace_back(text->data(), text->size());
            }
        }
        return;
    }
    const auto format = member_text(object, "format");
    shape.kind = Shape::Kind::text;
    for (const auto kind : {Shape::Kind::code, Shape::Kind::prose, Shape::Kind::money,
                            Shape::Kind::percent, Shape::Kind::instant, Shape::Kind::date}) {
        if (format == format_name(kind)) shape.kind = kind;
    }
    const auto* write_only = object.if_contains("writeOnly");
    shape.secret = write_only != nullptr && write_only->is_bool() && write_only->get_bool();
    shape.length_min = member_least(object, "minLength");
    const auto longest = member_integer(object, "maxLength", -1);
    if (longest >= 0) shape.length_max = static_cast<std::size_t>(longest);
    if (shape.kind == Shape::Kind::code && longest < 0) shape.length_max = 64;
    if (shape.kind == Shape::Kind::money || shape.kind == Shape::Kind::percent) {
        const int scale = shape.kind == Shape::Kind::money ? Money::kScale : Percent::kScale;
        if (const auto value = parse_decimal(member_text(object, "x-minimum"), scale)) {
            shape.minimum = *value;
        }
        if (const auto value = parse_decimal(member_text(object, "x-maximum"), scale)) {
            shape.maximum = *value;
        }
    }
}

inline void read_object_schema(const boost::json::object& object, Shape& shape) {
    const auto* properties = object.if_contains("properties");
    const auto* additional = object.if_contains("additionalProperties");
    if (properties == nullptr && additional != nullptr && additional->is_object()) {
        shape.kind = Shape::Kind::map;
        shape.items = shape_from_schema(*additional);
        return;
    }
    shape.kind = Shape::Kind::object;
    shape.name = member_text(object, "title");
    if (properties == nullptr) return;
    if (!properties->is_object()) bad_schema("has \"properties\" that are no object");
    for (const auto& member : properties->get_object()) {
        Shape::Field field{std::string(member.key().data(), member.key().size()),
                           shape_from_schema(member.value()), false};
        const auto& property = member.value().get_object();
        field.docs = member_text(property, "description");
        if (const auto* value = property.if_contains("default")) {
            field.default_json = boost::json::serialize(*value);
        }
        shape.fields.push_back(std::move(field));
    }
    const auto* required = object.if_contains("required");
    if (required == nullptr) return;
    if (!required->is_array()) bad_schema("has a \"required\" that is no array");
    for (const auto& name : required->get_array()) {
        for (auto& field : shape.fields) {
            if (name.is_string() && name.get_string() == field.name) field.required = true;
        }
    }
}

}  // namespace detail

// Throws Refusal(invalid) when the schema is none that to_json_schema could have written.
inline ShapePtr shape_from_schema(const boost::json::value& schema) {
    const auto* object = schema.if_object();
    if (object == nullptr) detail::bad_schema("is no object");
    auto shape = std::make_shared<Shape>();
    const auto* type = object->if_contains("type");
    if (type == nullptr) {
        if (!object->empty() && object->if_contains("description") == nullptr &&
            object->if_contains("default") == nullptr) {
            detail::bad_schema("has no \"type\"");
        }
        return shape;
    }
    std::string name;
    if (type->is_string()) name = type->get_string().c_str();
    if (type->is_array() && type->get_array().size() == 2 && type->get_array()[0].is_string() &&
        type->get_array()[1] == "null") {
        name = type->get_array()[0].get_string().c_str();
        shape->nullable = true;
    }
    if (name == "boolean") {
        shape->kind = Shape::Kind::boolean;
    } else if (name == "integer") {
        shape->kind = Shape::Kind::integer;
        shape->minimum = detail::member_integer(*object, "minimum", shape->minimum);
        shape->maximum = detail::member_integer(*object, "maximum", shape->maximum);
        shape->nonzero = object->if_contains("not") != nullptr;
    } else if (name == "string") {
        detail::read_string_schema(*object, *shape);
    } else if (name == "array") {
        shape->kind = Shape::Kind::array;
        const auto* items = object->if_contains("items");
        if (items == nullptr) detail::bad_schema("of an array has no \"items\"");
        shape->items = shape_from_schema(*items);
        shape->length_min = detail::member_least(*object, "minItems");
        const auto most = detail::member_integer(*object, "maxItems", -1);
        if (most >= 0) shape->items_max = static_cast<std::size_t>(most);
    } else if (name == "object") {
        detail::read_object_schema(*object, *shape);
    } else {
        detail::bad_schema("has a \"type\" that Wharf does not know: \"" + name + "\"");
    }
    return shape;
}

}  // namespace wharf

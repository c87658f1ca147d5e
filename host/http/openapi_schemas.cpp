#include "host/http/openapi_schemas.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>
#include <vector>
#include <wharf/schema.hpp>

namespace wharf::http {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// {"type":["object","null"]} -> true, and the type without null.
bool take_null(object& schema) {
    auto* type = schema.if_contains("type");
    if (type == nullptr || !type->is_array()) return false;
    *type = value(type->get_array().front());
    return true;
}

// What a property says of itself beside its type stays with the property.
void move_annotations(object& from, object& to) {
    for (const char* name : {"description", "default"}) {
        if (auto* annotation = from.if_contains(name)) {
            to[name] = *annotation;
            from.erase(name);
        }
    }
}

}  // namespace

value OpenApiSchemas::schema(const Shape& shape) {
    value schema = to_json_schema(shape);
    hoist(schema);
    return schema;
}

value OpenApiSchemas::schema_without(const Shape& shape, const std::vector<std::string>& fields) {
    auto rest = shape;
    std::erase_if(rest.fields, [&](const Shape::Field& field) {
        return std::find(fields.begin(), fields.end(), field.name) != fields.end();
    });
    return schema(rest);
}

void OpenApiSchemas::hoist(value& schema) {
    if (!schema.is_object()) return;
    auto& members = schema.get_object();
    for (const char* inner : {"items", "additionalProperties"}) {
        if (auto* found = members.if_contains(inner)) hoist(*found);
    }
    if (auto* properties = members.if_contains("properties")) {
        for (auto& property : properties->get_object()) hoist(property.value());
    }
    const auto* title = members.if_contains("title");
    if (title == nullptr || !title->is_string()) return;
    const std::string name(title->get_string().c_str());
    schema = refer(std::move(members), name);
}

value OpenApiSchemas::refer(object schema, const std::string& name) {
    object reference;
    move_annotations(schema, reference);
    const bool nullable = take_null(schema);
    object target;
    target["$ref"] = "#/components/schemas/" + place(schema, name);
    if (nullable) {
        reference["anyOf"] = array{target, object{{"type", "null"}}};
    } else {
        reference["$ref"] = target["$ref"];
    }
    return reference;
}

// Two plugins may call different things by one name: the second gets a number.
std::string OpenApiSchemas::place(const object& schema, const std::string& name) {
    for (int number = 1;; ++number) {
        auto candidate = number == 1 ? name : name + std::to_string(number);
        const auto* there = components_.if_contains(candidate);
        if (there == nullptr) {
            components_[candidate] = schema;
            return candidate;
        }
        if (*there == value(schema)) return candidate;
    }
}

}  // namespace wharf::http

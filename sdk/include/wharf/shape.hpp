// A shape: what a JSON value must look like, at run time. Made from a C++ description
// (describe.hpp) or read back from the JSON Schema in a bundle's manifest (schema.hpp); used to
// validate requests, write OpenAPI and help, and turn query strings into values.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wharf {

struct Shape;
using ShapePtr = std::shared_ptr<const Shape>;

struct Shape {
    enum class Kind {
        any,
        boolean,
        integer,
        code,   // visible characters, length_max; an identity
        prose,  // bounded text
        text,   // any text without NUL
        money,
        percent,
        instant,
        date,
        choice,  // one of `choices`
        array,
        object,
        map,  // text keys, values of shape `items`
    };

    struct Field {
        std::string name;
        ShapePtr shape;
        bool required = true;
        std::string docs = {};
        // JSON text of the value that a missing field has, or empty.
        std::string default_json = {};
    };

    Kind kind = Kind::any;
    bool nullable = false;
    bool secret = false;
    bool nonzero = false;
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    std::size_t length_min = 0;
    std::size_t length_max = std::numeric_limits<std::size_t>::max();
    std::size_t items_max = std::numeric_limits<std::size_t>::max();
    std::vector<std::string> choices;
    ShapePtr items;
    std::vector<Field> fields;
    std::string name;  // of the described type, for objects; empty when it has none

    [[nodiscard]] const Field* field(std::string_view field_name) const {
        for (const auto& candidate : fields) {
            if (candidate.name == field_name) return &candidate;
        }
        return nullptr;
    }
    // True when a secret stands anywhere in it.
    [[nodiscard]] bool holds_secret() const {
        if (secret) return true;
        if (items && items->holds_secret()) return true;
        for (const auto& candidate : fields) {
            if (candidate.shape->holds_secret()) return true;
        }
        return false;
    }
};

}  // namespace wharf

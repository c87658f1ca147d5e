// From a described C++ type: its shape, writing it as JSON text, and reading it from a JSON tree.
//
// A struct is described once with BOOST_DESCRIBE_STRUCT; a field is optional only as
// std::optional<T> or Defaulted<T>. Prose for a struct's fields goes into an optional
// specialisation of FieldDocs.
#pragma once

#include <boost/describe.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <concepts>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/refusal.hpp"
#include "wharf/shape.hpp"
#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// Specialise for a struct to say in one sentence what a field is: units, what is refused.
template <class T>
struct FieldDocs {
    static std::string_view of(std::string_view) { return {}; }
};

namespace detail {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsDefaulted = false;
template <class T>
inline constexpr bool kIsDefaulted<Defaulted<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool kIsCode = false;
template <class Tag>
inline constexpr bool kIsCode<Code<Tag>> = true;
template <class T>
inline constexpr bool kIsProse = false;
template <std::size_t Min, std::size_t Max>
inline constexpr bool kIsProse<Text<Min, Max>> = true;

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                         boost::describe::mod_inherited>;

// The type's own name without namespaces; empty for templates.
template <class T>
std::string type_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    auto begin = text.find("T = ");
    if (begin == std::string_view::npos) return {};
    begin += 4;
    auto name = text.substr(begin, text.find_first_of(";]", begin) - begin);
    if (name.find('<') != std::string_view::npos) return {};
    if (const auto colon = name.rfind("::"); colon != std::string_view::npos) {
        const auto outer = name.substr(0, colon);
        const auto outer_colon = outer.rfind("::");
        const auto parent =
            outer_colon == std::string_view::npos ? outer : outer.substr(outer_colon + 2);
        // Nested types (`PlaceOrder::Line`) carry their parent's name; namespaces are lower case.
        const bool nested = !parent.empty() && parent.front() >= 'A' && parent.front() <= 'Z';
        return (nested ? std::string(parent) : std::string()) + std::string(name.substr(colon + 2));
    }
    return std::string(name);
}

}  // namespace detail

template <class T>
ShapePtr shape_of();
template <class T>
void append_json(std::string& out, const T& value);
template <class T>
void read_json(const boost::json::value& json, T& value);

template <class T>
std::string to_json(const T& value) {
    std::string out;
    append_json(out, value);
    return out;
}

// Reads what was validated or written by a version of us: unknown fields are ignored, missing ones
// keep their defaults. Throws Refusal(internal) when the value cannot be a T at all.
template <class T>
T from_json(const boost::json::value& json) {
    T value{};
    read_json(json, value);
    return value;
}

namespace detail {

[[noreturn]] inline void unreadable(std::string_view what) {
    throw Refusal(RefusalKind::internal, "unreadable",
                  "a stored or received value is not " + std::string(what));
}

template <class T>
Shape make_shape() {
    Shape shape;
    if constexpr (kIsOptional<T>) {
        shape = *shape_of<typename T::value_type>();
        shape.nullable = true;
    } else if constexpr (kIsDefaulted<T>) {
        shape = *shape_of<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        shape.kind = Shape::Kind::boolean;
    } else if constexpr (std::derived_from<T, Quantity>) {
        shape.kind = Shape::Kind::integer;
        shape.maximum = kQuantityMax;
        shape.minimum = std::same_as<T, SignedQuantity> ? -kQuantityMax
                        : std::same_as<T, Count>        ? 0
                                                        : 1;
        shape.nonzero = std::same_as<T, SignedQuantity>;
    } else if constexpr (std::integral<T>) {
        shape.kind = Shape::Kind::integer;
        if constexpr (sizeof(T) < 8) {
            shape.minimum = std::numeric_limits<T>::min();
            shape.maximum = std::numeric_limits<T>::max();
        } else if constexpr (std::unsigned_integral<T>) {
            shape.minimum = 0;
        }
    } else if constexpr (std::same_as<T, Money>) {
        shape.kind = Shape::Kind::money;
        shape.maximum = 1'000'000'000'000 * Money::kUnit;
        shape.minimum = -shape.maximum;
    } else if constexpr (std::same_as<T, Percent>) {
        shape.kind = Shape::Kind::percent;
        shape.minimum = 0;
        shape.maximum = 1000 * Percent::kOne;
    } else if constexpr (std::same_as<T, Instant>) {
        shape.kind = Shape::Kind::instant;
    } else if constexpr (std::same_as<T, Date>) {
        shape.kind = Shape::Kind::date;
    } else if constexpr (kIsCode<T>) {
        shape.kind = Shape::Kind::code;
        shape.length_min = 1;
        shape.length_max = T::kLengthMax;
    } else if constexpr (kIsProse<T>) {
        shape.kind = Shape::Kind::prose;
        shape.length_min = T::kLengthMin;
        shape.length_max = T::kLengthMax;
    } else if constexpr (std::same_as<T, std::string>) {
        shape.kind = Shape::Kind::text;
    } else if constexpr (std::same_as<T, Secret>) {
        shape.kind = Shape::Kind::text;
        shape.secret = true;
    } else if constexpr (DescribedEnum<T>) {
        shape.kind = Shape::Kind::choice;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
            if (std::string_view(enumerator.name) != "unknown")
                shape.choices.emplace_back(enumerator.name);
        });
    } else if constexpr (kIsVector<T>) {
        shape.kind = Shape::Kind::array;
        shape.items = shape_of<typename T::value_type>();
    } else if constexpr (kIsMap<T>) {
        shape.kind = Shape::Kind::map;
        shape.items = shape_of<typename T::mapped_type>();
    } else if constexpr (DescribedStruct<T>) {
        shape.kind = Shape::Kind::object;
        shape.name = type_name<T>();
        const T example{};
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Field = std::remove_cvref_t<decltype(example.*member.pointer)>;
            Shape::Field field{member.name, shape_of<Field>()};
            field.docs = FieldDocs<T>::of(member.name);
            field.required = !kIsOptional<Field> && !kIsDefaulted<Field>;
            if constexpr (kIsDefaulted<Field>)
                field.default_json = to_json(*(example.*member.pointer));
            shape.fields.push_back(std::move(field));
        });
    } else {
        static_assert(std::same_as<T, boost::json::value> || std::same_as<T, RawJson>,
                      "this type has no shape: describe it with BOOST_DESCRIBE_STRUCT (at most 52 "
                      "members) or BOOST_DESCRIBE_ENUM, or use one of the SDK's value types");
    }
    return shape;
}

}  // namespace detail

// One shape per type, made at the first use and shared by all threads.
template <class T>
ShapePtr shape_of() {
    static const ShapePtr shape = std::make_shared<const Shape>(detail::make_shape<T>());
    return shape;
}

template <class T>
void append_json(std::string& out, const T& value) {
    using namespace detail;
    if constexpr (kIsOptional<T>) {
        if (value) {
            append_json(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (kIsDefaulted<T>) {
        append_json(out, *value);
    } else if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::derived_from<T, Quantity>) {
        append_json_integer(out, value.raw());
    } else if constexpr (std::integral<T>) {
        append_json_integer(out, static_cast<std::int64_t>(value));
    } else if constexpr (std::same_as<T, Money> || std::same_as<T, Percent> ||
                         std::same_as<T, Instant> || std::same_as<T, Date>) {
        out += '"';
        out += value.text();
        out += '"';
    } else if constexpr (kIsCode<T> || kIsProse<T>) {
        append_json_string(out, value.view());
    } else if constexpr (std::same_as<T, std::string>) {
        append_json_string(out, value);
    } else if constexpr (std::same_as<T, Secret>) {
        out += "null";
    } else if constexpr (std::same_as<T, RawJson>) {
        out += value.text;
    } else if constexpr (std::same_as<T, boost::json::value>) {
        out += boost::json::serialize(value);
    } else if constexpr (DescribedEnum<T>) {
        append_json_string(out, boost::describe::enum_to_string(value, "unknown"));
    } else if constexpr (kIsVector<T>) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first) out += ',';
            first = false;
            append_json(out, item);
        }
        out += ']';
    } else if constexpr (kIsMap<T>) {
        out += '{';
        bool first = true;
        for (const auto& [key, item] : value) {
            if (!first) out += ',';
            first = false;
            append_json_string(out, key);
            out += ':';
            append_json(out, item);
        }
        out += '}';
    } else {
        static_assert(DescribedStruct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        char separator = '{';
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            out += separator;
            separator = ',';
            out += '"';
            out += member.name;
            out += "\":";
            append_json(out, value.*member.pointer);
        });
        if (separator == '{') out += '{';
        out += '}';
    }
}

namespace detail {

inline std::string_view text_of(const boost::json::value& json) {
    const auto* string = json.if_string();
    if (string == nullptr) unreadable("text");
    return {string->data(), string->size()};
}

inline std::int64_t integer_of(const boost::json::value& json) {
    const auto* number = json.if_int64();
    if (number == nullptr) unreadable("a whole number");
    return *number;
}

template <class T>
T parsed_text(const boost::json::value& json, std::string_view what) {
    const auto value = T::parse(text_of(json));
    if (!value) unreadable(what);
    return *value;
}

template <class T>
T enumerator_of(const boost::json::value& json) {
    const auto text = text_of(json);
    T result{};
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
        if (!found && (text == enumerator.name || std::string_view(enumerator.name) == "unknown")) {
            result = enumerator.value;
            found = text == enumerator.name;
        }
    });
    return result;
}

}  // namespace detail

template <class T>
void read_json(const boost::json::value& json, T& value) {
    using namespace detail;
    if constexpr (kIsOptional<T>) {
        if (json.is_null()) {
            value.reset();
        } else {
            read_json(json, value.emplace());
        }
    } else if constexpr (kIsDefaulted<T>) {
        read_json(json, *value);
    } else if constexpr (std::same_as<T, bool>) {
        if (!json.is_bool()) unreadable("true or false");
        value = json.get_bool();
    } else if constexpr (std::derived_from<T, Quantity>) {
        value = T(integer_of(json));
    } else if constexpr (std::integral<T>) {
        value = static_cast<T>(integer_of(json));
    } else if constexpr (std::same_as<T, Money> || std::same_as<T, Percent>) {
        value = parsed_text<T>(json, "a decimal");
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
        value = parsed_text<T>(json, "a time");
    } else if constexpr (kIsCode<T> || kIsProse<T> || std::same_as<T, std::string> ||
                         std::same_as<T, Secret>) {
        if (std::same_as<T, Secret> && json.is_null()) return;
        value = T(std::string(text_of(json)));
    } else if constexpr (std::same_as<T, RawJson>) {
        value.text = boost::json::serialize(json);
    } else if constexpr (std::same_as<T, boost::json::value>) {
        value = json;
    } else if constexpr (DescribedEnum<T>) {
        value = enumerator_of<T>(json);
    } else if constexpr (kIsVector<T>) {
        const auto* array = json.if_array();
        if (array == nullptr) unreadable("an array");
        value.clear();
        value.reserve(array->size());
        for (const auto& item : *array) read_json(item, value.emplace_back());
    } else if constexpr (kIsMap<T>) {
        const auto* object = json.if_object();
        if (object == nullptr) unreadable("an object");
        for (const auto& member : *object) {
            read_json(member.value(), value[std::string(member.key().data(), member.key().size())]);
        }
    } else {
        const auto* object = json.if_object();
        if (object == nullptr) unreadable("an object");
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            const auto* found = object->if_contains(member.name);
            if (found != nullptr) read_json(*found, value.*member.pointer);
        });
    }
}

}  // namespace wharf

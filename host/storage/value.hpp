// What can be bound to a statement and read from a row: integers, text and null, nothing else.
// Strong types pass through by two conventions of the SDK's value types: an integer-like type has
// `raw()` and a static `from_raw(int64)`; a text-like type has `view()` and is made from a string;
// a described enum is stored as the name of its enumerator.
#pragma once

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace wharf::storage {

using Value = std::variant<std::monostate, std::int64_t, std::string_view>;

template <class T>
concept IntegerLike = requires(const T& value) {
    { value.raw() } -> std::convertible_to<std::int64_t>;
    { T::from_raw(std::int64_t{}) } -> std::same_as<T>;
};

template <class T>
concept TextLike = requires(const T& value) {
    { value.view() } -> std::convertible_to<std::string_view>;
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// The stored form of a value. Text is viewed, not copied: the value must outlive the statement's
// run.
template <class T>
Value to_value(const T& value) {
    if constexpr (IsOptional<T>::value) {
        return value ? to_value(*value) : Value{};
    } else if constexpr (std::same_as<T, std::nullptr_t>) {
        return Value{};
    } else if constexpr (IntegerLike<T>) {
        return Value{static_cast<std::int64_t>(value.raw())};
    } else if constexpr (TextLike<T>) {
        return Value{std::string_view{value.view()}};
    } else if constexpr (std::is_enum_v<T>) {
        return Value{std::string_view{boost::describe::enum_to_string(value, "unknown")}};
    } else if constexpr (std::integral<T>) {
        return Value{static_cast<std::int64_t>(value)};
    } else {
        return Value{std::string_view{value}};
    }
}

// One named parameter: `{"sku", line.sku}` binds to `:sku`.
struct Parameter {
    template <class T>
    Parameter(std::string_view parameter_name, const T& bound)
        : name(parameter_name), value(to_value(bound)) {}

    std::string_view name;
    Value value;
};

}  // namespace wharf::storage

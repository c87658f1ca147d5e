// Texts of paths and query strings as the values that a shape asks for.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <wharf/shape.hpp>

namespace wharf::http {

/// A text that cannot be such a value stays text: the shape then says what is wrong with it.
boost::json::value query_value(const Shape& shape, std::string_view text);

/// Puts a parameter into the object; of an array each occurrence adds an item, and commas separate
/// items too. False when a parameter that is no array was there already.
bool add_query_value(boost::json::object& object, const Shape::Field& field, std::string_view text);

}  // namespace wharf::http

// A plugin's settings for an account, held against the shape that the plugin declares.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <wharf/shape.hpp>

namespace wharf::operations {

// The value with every missing field that has a default filled in, at any depth.
boost::json::value with_defaults(boost::json::value value, const Shape& shape);

// The settings to store, as JSON. Without a shape only nothing is taken. A secret that is not
// given, or given as null, stays what it was: nobody can read it to send it again. Refuses
// (invalid, pointers below /config) what the shape does not take.
std::string checked_config(const ShapePtr& shape, const std::optional<boost::json::value>& given,
                           const std::string& before);

// The stored settings as they are shown: every secret is null.
std::string shown_config(const ShapePtr& shape, const std::string& config);

}  // namespace wharf::operations

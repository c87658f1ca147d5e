// The components of an OpenAPI document: every named shape once, referred to from wherever it
// stands.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <utility>
#include <vector>
#include <wharf/shape.hpp>

namespace wharf::http {

class OpenApiSchemas {
public:
    /// The shape's schema, with every named object in it replaced by a reference.
    boost::json::value schema(const Shape& shape);

    /// The same for an object without some of its fields: what the body of a request still holds
    /// when the path holds the rest.
    boost::json::value schema_without(const Shape& shape, const std::vector<std::string>& fields);

    /// All that were referred to, by name.
    boost::json::object take() { return std::move(components_); }

private:
    void hoist(boost::json::value& schema);
    boost::json::value refer(boost::json::object schema, const std::string& name);
    std::string place(const boost::json::object& schema, const std::string& name);

    boost::json::object components_;
};

}  // namespace wharf::http

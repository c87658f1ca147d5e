// For tests: requests and operations made in a line each.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/http/message.hpp"
#include "host/http/route_table.hpp"
#include "host/operations/operation.hpp"

namespace wharf::http::testing {

inline Request make_request(std::string method, std::string body = {},
                            std::vector<std::pair<std::string, std::string>> query = {}) {
    Request request;
    request.method = std::move(method);
    request.body = std::move(body);
    request.query = std::move(query);
    if (!request.body.empty()) request.headers.add("Content-Type", "application/json");
    return request;
}

inline ShapePtr shape_of_kind(Shape::Kind kind) {
    auto shape = std::make_shared<Shape>();
    shape->kind = kind;
    return shape;
}

inline ShapePtr list_of(ShapePtr items) {
    auto shape = std::make_shared<Shape>();
    shape->kind = Shape::Kind::array;
    shape->items = std::move(items);
    return shape;
}

inline ShapePtr object_of(std::string name, std::vector<Shape::Field> fields) {
    auto shape = std::make_shared<Shape>();
    shape->kind = Shape::Kind::object;
    shape->name = std::move(name);
    shape->fields = std::move(fields);
    return shape;
}

inline operations::Operation operation_of(std::string name, std::string method, std::string route,
                                          ShapePtr request, Access access = Access::write) {
    operations::Operation operation;
    operation.name = std::move(name);
    operation.access = access;
    operation.method = std::move(method);
    operation.route = std::move(route);
    operation.summary = "Does it";
    operation.request = std::move(request);
    operation.reply = object_of("Reply", {{"number", shape_of_kind(Shape::Kind::text)}});
    return operation;
}

}  // namespace wharf::http::testing

#include "host/http/openapi.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>
#include <utility>

#include "host/http/api_routes.hpp"
#include "host/http/file_reply.hpp"
#include "host/http/openapi_schemas.hpp"

namespace wharf::http {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using operations::Operation;
using operations::Scope;

boost::json::string text_of(std::string_view text) {
    return {boost::json::string_view(text.data(), text.size())};
}

constexpr const char* kProblem = R"({
  "title": "Problem", "type": "object", "description": "RFC 9457, with a stable code.",
  "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
    "detail": {"type": "string"}, "code": {"type": "string"}, "request_id": {"type": "string"},
    "retryable": {"type": "boolean"}, "hint": {"type": "string"}, "caused_by": {"type": "string"},
    "errors": {"type": "array", "items": {"type": "object", "properties": {
      "pointer": {"type": "string"}, "code": {"type": "string"}, "detail": {"type": "string"}},
      "required": ["pointer", "code", "detail"]}}},
  "required": ["type", "title", "status", "detail", "code", "request_id", "retryable", "errors"]
})";

constexpr const char* kParameters = R"({
  "idempotency_key": {"name": "Idempotency-Key", "in": "header", "required": false,
    "description": "Makes the request happen once, however often it is sent. Kept for 7 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255}},
  "if_match": {"name": "If-Match", "in": "header", "required": false,
    "description": "The ETag that the change is based on; 412 when the document has moved on.",
    "schema": {"type": "string"}},
  "request_id": {"name": "X-Request-Id", "in": "header", "required": false,
    "description": "Comes back in the reply, and stands in logs, audit and events.",
    "schema": {"type": "string", "maxLength": 128}},
  "dry_run": {"name": "dry_run", "in": "query", "required": false,
    "description": "Every check and every reaction, nothing stored; the reply carries effects.",
    "schema": {"type": "boolean", "default": false}}
})";

object reference(std::string_view part, std::string_view name) {
    object result;
    result["$ref"] = "#/components/" + std::string(part) + "/" + std::string(name);
    return result;
}

class Document {
public:
    explicit Document(const OpenApiInfo& info) : info_(info) {}

    void add(const Operation& operation) {
        const auto path = path_of(operation);
        auto& item = paths_.emplace(path, object{}).first->value().as_object();
        std::string method = operation.method;
        std::transform(method.begin(), method.end(), method.begin(),
                       [](char c) { return static_cast<char>(c | 0x20); });
        item[method] = describe(operation, path);
    }

    std::string finish() {
        object schemas = schemas_.take();
        schemas["Problem"] = boost::json::parse(kProblem);
        object document;
        document["openapi"] = "3.1.0";
        document["info"] =
            object{{"title", text_of(info_.title)},
                   {"version", text_of(info_.version)},
                   {"license", object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}};
        document["servers"] = array{object{{"url", "/"}}};
        document["security"] = array{object{{"key", array{}}}};
        document["paths"] = std::move(paths_);
        document["components"] = components(std::move(schemas));
        return boost::json::serialize(document);
    }

private:
    std::string path_of(const Operation& operation) const {
        return info_.account.empty() ? full_pattern(operation)
                                     : "/v1/accounts/" + info_.account + operation.route;
    }

    static object components(object schemas) {
        object problem;
        problem["description"] = "A refusal: what, why, and what to do about it.";
        problem["content"] = object{
            {"application/problem+json", object{{"schema", reference("schemas", "Problem")}}}};
        object result;
        result["schemas"] = std::move(schemas);
        result["parameters"] = boost::json::parse(kParameters);
        result["responses"] = object{{"problem", std::move(problem)}};
        result["securitySchemes"] = object{{"key", object{{"type", "http"}, {"scheme", "bearer"}}}};
        return result;
    }

    object describe(const Operation& operation, const std::string& path) {
        object item;
        item["operationId"] = text_of(operation.name);
        item["summary"] = text_of(operation.summary);
        item["tags"] = array{text_of(operation.name.substr(0, operation.name.find('.')))};
        if (!operation.permission.empty()) {
            item["description"] = "Needs the permission `" + operation.permission + "`.";
        }
        item["parameters"] = parameters(operation, path);
        if (takes_body(operation)) item["requestBody"] = body(operation, path);
        item["responses"] = responses(operation);
        return item;
    }

    static bool takes_body(const Operation& operation) {
        return operation.method != "GET" && operation.method != "DELETE";
    }

    array parameters(const Operation& operation, const std::string& path) {
        array list;
        const auto in_path = path_fields(path);
        for (const auto& name : in_path) {
            const auto* field = operation.request->field(name);
            list.push_back(parameter(name, "path", field, true));
        }
        if (!takes_body(operation) || !operation.csv_field.empty()) {
            for (const auto& field : operation.request->fields) {
                const bool elsewhere =
                    std::find(in_path.begin(), in_path.end(), field.name) != in_path.end() ||
                    field.name == operation.csv_field;
                if (!elsewhere) list.push_back(parameter(field.name, "query", &field, false));
            }
        }
        const auto* wait = operation.request->field("wait");
        if (wait != nullptr && takes_body(operation) && operation.csv_field.empty()) {
            list.push_back(parameter("wait", "query", wait, false));
        }
        list.push_back(reference("parameters", "request_id"));
        if (!operation.is_write()) return list;
        list.push_back(reference("parameters", "dry_run"));
        list.push_back(reference("parameters", "if_match"));
        if (operation.method == "POST") list.push_back(reference("parameters", "idempotency_key"));
        return list;
    }

    object parameter(std::string_view name, std::string_view in, const Shape::Field* field,
                     bool required) {
        object result;
        result["name"] = text_of(name);
        result["in"] = text_of(in);
        result["required"] = required || (field != nullptr && field->required);
        if (field == nullptr) {
            result["schema"] = object{{"type", "string"}};
            return result;
        }
        auto shape = *field->shape;
        shape.nullable = false;
        result["schema"] = schemas_.schema(shape);
        if (!field->docs.empty()) result["description"] = text_of(field->docs);
        return result;
    }

    object body(const Operation& operation, const std::string& path) {
        object content;
        if (!operation.csv_field.empty()) {
            content["text/csv"] = object{{"schema", object{{"type", "string"}}}};
        }
        if (operation.csv_field.empty() || !operation.plugin.empty()) {
            content["application/json"] =
                object{{"schema", schemas_.schema_without(*operation.request, path_fields(path))}};
        }
        return {{"required", operation.csv_field.empty()}, {"content", std::move(content)}};
    }

    // A file comes as itself, or as a message to who asks for JSON.
    object reply_content(const Operation& operation) {
        object content;
        const auto type = operation.reply ? file_media_type(*operation.reply) : std::nullopt;
        if (type) content[boost::json::string_view(type->data(), type->size())] = object{};
        if (type && *type == "application/json") return content;
        content["application/json"] = object{
            {"schema", operation.reply ? schemas_.schema(*operation.reply) : value(object{})}};
        return content;
    }

    object responses(const Operation& operation) {
        object content = reply_content(operation);
        object success;
        success["description"] = operation.success_status == 201 ? "Made" : "Done";
        success["content"] = std::move(content);
        object result;
        result[std::to_string(operation.success_status)] = success;
        // The second sending of a document answers 200 where the first answered 201.
        if (operation.success_status == 201) {
            success["description"] = "It was there already, with the same content";
            result["200"] = std::move(success);
        }
        result["default"] = reference("responses", "problem");
        return result;
    }

    const OpenApiInfo& info_;
    object paths_;
    OpenApiSchemas schemas_;
};

}  // namespace

std::string openapi_document(const std::vector<const Operation*>& operations,
                             const OpenApiInfo& info) {
    Document document(info);
    for (const auto* operation : operations) {
        if (!operation->over_http() || operation->plugins_only) continue;
        if (!info.account.empty() && operation->scope != Scope::account) continue;
        document.add(*operation);
    }
    return document.finish();
}

}  // namespace wharf::http

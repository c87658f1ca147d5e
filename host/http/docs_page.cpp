#include "host/http/docs_page.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <utility>
#include <vector>

namespace wharf::http {

namespace {

using boost::json::object;
using boost::json::value;

std::string_view view(const boost::json::string& text) {
    return {text.data(), text.size()};
}

std::string_view view(boost::json::string_view text) {
    return {text.data(), text.size()};
}

std::string_view member(const object& from, boost::json::string_view name) {
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? view(found->get_string()) : std::string_view();
}

struct Entry {
    std::string_view method;
    std::string_view path;
    const object* operation;
};

class Page {
public:
    explicit Page(const object& document)
        : document_(document),
          schemas_(document.at("components").at("schemas").as_object()),
          parameters_(document.at("components").at("parameters").as_object()) {}

    std::string write() {
        collect();
        const auto& info = document_.at("info").as_object();
        html_ =
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>";
        text(member(info, "title"));
        html_ +=
            " HTTP interface</title><link rel=\"stylesheet\" href=\"/docs/style.css\"></head>"
            "<body><div class=\"page\">";
        navigation();
        html_ += "<main><h1>";
        text(member(info, "title"));
        html_ += " HTTP interface</h1><p class=\"soft\">Version ";
        text(member(info, "version"));
        html_ +=
            ". The same as a document for programs: <a href=\"/openapi.json\">"
            "<code>/openapi.json</code></a>. Every path below <code>/v1</code> wants "
            "<code>Authorization: Bearer wharf_&hellip;</code>; refusals are "
            "<code>application/problem+json</code>. An account's own document, with the "
            "plugins that are on, is at "
            "<code>/v1/accounts/{account}/openapi.json</code>.</p>";
        for (const auto& [tag, entries] : by_tag_) section(tag, entries);
        schemas();
        html_ += "</main></div></body></html>";
        return std::move(html_);
    }

private:
    void collect() {
        for (const auto& path : document_.at("paths").as_object()) {
            for (const auto& method : path.value().as_object()) {
                const auto& operation = method.value().as_object();
                const auto& tags = operation.at("tags").as_array();
                by_tag_[std::string(view(tags.front().as_string()))].push_back(
                    {view(method.key()), view(path.key()), &operation});
            }
        }
    }

    void text(std::string_view raw) {
        for (const char c : raw) {
            switch (c) {
                case '<':
                    html_ += "&lt;";
                    break;
                case '>':
                    html_ += "&gt;";
                    break;
                case '&':
                    html_ += "&amp;";
                    break;
                case '"':
                    html_ += "&quot;";
                    break;
                default:
                    html_ += c;
            }
        }
    }

    void navigation() {
        html_ += "<nav aria-label=\"Contents\">";
        for (const auto& [tag, entries] : by_tag_) {
            html_ += "<a href=\"#tag-";
            text(tag);
            html_ += "\">";
            text(tag);
            html_ += "</a>";
        }
        html_ += "<a href=\"#schemas\">shapes</a></nav>";
    }

    void section(const std::string& tag, const std::vector<Entry>& entries) {
        html_ += "<h2 id=\"tag-";
        text(tag);
        html_ += "\">";
        text(tag);
        html_ += "</h2>";
        for (const auto& entry : entries) operation(entry);
    }

    void operation(const Entry& entry) {
        html_ += "<details id=\"";
        text(member(*entry.operation, "operationId"));
        html_ += "\"><summary><span class=\"method\">";
        for (const char c : entry.method) html_ += static_cast<char>(c & ~0x20);
        html_ += "</span> <span class=\"path\">";
        text(entry.path);
        html_ += "</span> <span class=\"soft\">";
        text(member(*entry.operation, "summary"));
        html_ += "</span></summary><div class=\"body\"><p><code>";
        text(member(*entry.operation, "operationId"));
        html_ += "</code> <span class=\"soft\">";
        text(member(*entry.operation, "description"));
        html_ += "</span></p>";
        parameter_table(entry.operation->at("parameters").as_array());
        if (const auto* body = entry.operation->if_contains("requestBody")) {
            html_ += "<h3>Body</h3>";
            content(body->at("content").as_object());
        }
        for (const auto& response : entry.operation->at("responses").as_object()) {
            if (!response.value().as_object().contains("content")) continue;
            html_ += "<h3>Reply ";
            text(view(response.key()));
            html_ += "</h3>";
            content(response.value().at("content").as_object());
        }
        html_ += "</div></details>";
    }

    void parameter_table(const boost::json::array& list) {
        html_ +=
            "<h3>Parameters</h3><table><tr><th>Name</th><th>In</th><th>Type</th><th></th></tr>";
        for (const auto& item : list) {
            const auto& parameter = resolved(item.as_object());
            html_ += "<tr><td><code>";
            text(member(parameter, "name"));
            html_ += "</code></td><td>";
            text(member(parameter, "in"));
            html_ += "</td><td>";
            type(parameter.at("schema"));
            html_ += "</td><td>";
            text(member(parameter, "description"));
            html_ += "</td></tr>";
        }
        html_ += "</table>";
    }

    const object& resolved(const object& item) const {
        constexpr std::string_view kPrefix = "#/components/parameters/";
        const auto reference = member(item, "$ref");
        if (!reference.starts_with(kPrefix)) return item;
        const auto name = reference.substr(kPrefix.size());
        return parameters_.at(boost::json::string_view(name.data(), name.size())).as_object();
    }

    // A file has a media type and no shape.
    void content(const object& types) {
        for (const auto& type_entry : types) {
            html_ += "<p><code>";
            text(view(type_entry.key()));
            html_ += "</code> ";
            const auto* schema = type_entry.value().as_object().if_contains("schema");
            if (schema != nullptr) type(*schema);
            html_ += "</p>";
            if (schema != nullptr) fields(*schema);
        }
    }

    // A link for a named shape, a word for anything else.
    void type(const value& schema) {
        if (!schema.is_object()) return;
        const auto& shape = schema.get_object();
        if (const auto reference = member(shape, "$ref"); !reference.empty()) {
            const auto name = reference.substr(reference.rfind('/') + 1);
            html_ += "<a href=\"#schema-";
            text(name);
            html_ += "\">";
            text(name);
            html_ += "</a>";
            return;
        }
        if (const auto* either = shape.if_contains("anyOf")) {
            type(either->as_array().front());
            html_ += " or null";
            return;
        }
        if (const auto* items = shape.if_contains("items")) {
            html_ += "list of ";
            type(*items);
            return;
        }
        plain_type(shape);
    }

    void plain_type(const object& shape) {
        const auto* named = shape.if_contains("type");
        if (named == nullptr) {
            html_ += "anything";
        } else if (named->is_array()) {
            text(view(named->get_array().front().as_string()));
            html_ += " or null";
        } else {
            text(view(named->as_string()));
        }
        if (const auto format = member(shape, "format"); !format.empty()) {
            html_ += " (";
            text(format);
            html_ += ")";
        }
        const auto* choices = shape.if_contains("enum");
        if (choices == nullptr) return;
        html_ += ": <code>";
        const char* separator = "";
        for (const auto& choice : choices->as_array()) {
            html_ += std::exchange(separator, " | ");
            text(choice.is_string() ? view(choice.get_string()) : std::string_view("null"));
        }
        html_ += "</code>";
    }

    // The fields of an object that stands here itself, not by reference.
    void fields(const value& schema) {
        const auto* shape = schema.if_object();
        const auto* properties = shape == nullptr ? nullptr : shape->if_contains("properties");
        if (properties == nullptr) return;
        html_ += "<table><tr><th>Field</th><th>Type</th><th></th></tr>";
        for (const auto& property : properties->as_object()) {
            html_ += "<tr><td><code>";
            text(view(property.key()));
            html_ += "</code></td><td>";
            type(property.value());
            html_ += "</td><td>";
            remarks(*shape, property);
            html_ += "</td></tr>";
        }
        html_ += "</table>";
    }

    void remarks(const object& shape, const boost::json::key_value_pair& property) {
        const auto* required = shape.if_contains("required");
        if (required != nullptr) {
            for (const auto& name : required->as_array()) {
                if (name.as_string() == property.key()) html_ += "required. ";
            }
        }
        const auto& own = property.value().as_object();
        if (const auto* preset = own.if_contains("default")) {
            html_ += "default <code>";
            text(boost::json::serialize(*preset));
            html_ += "</code>. ";
        }
        text(member(own, "description"));
    }

    void schemas() {
        html_ += "<h2 id=\"schemas\">Shapes</h2>";
        for (const auto& schema : schemas_) {
            html_ += "<details id=\"schema-";
            text(view(schema.key()));
            html_ += "\"><summary><code>";
            text(view(schema.key()));
            html_ += "</code></summary><div class=\"body\">";
            fields(schema.value());
            html_ += "</div></details>";
        }
    }

    const object& document_;
    const object& schemas_;
    const object& parameters_;
    std::map<std::string, std::vector<Entry>> by_tag_;
    std::string html_;
};

}  // namespace

std::string docs_page(std::string_view document) {
    const auto json =
        boost::json::parse(boost::json::string_view(document.data(), document.size()));
    return Page(json.as_object()).write();
}

}  // namespace wharf::http

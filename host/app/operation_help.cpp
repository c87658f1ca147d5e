#include "host/app/operation_help.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "host/app/print.hpp"

namespace wharf::app {

namespace {

using boost::json::object;
using boost::json::value;

const value* member(const object& from, std::string_view name) {
    return from.if_contains(boost::json::string_view(name.data(), name.size()));
}

std::string text(const object& from, std::string_view name) {
    const auto* found = member(from, name);
    return found == nullptr ? std::string() : plain_text(*found);
}

class Help {
public:
    Help(std::ostream& out, const object& document) : out_(out), document_(document) {}

    bool print(const std::string& name) {
        for (const auto& path : document_.at("paths").as_object()) {
            for (const auto& method : path.value().as_object()) {
                const auto& operation = method.value().as_object();
                if (text(operation, "operationId") != name) continue;
                tell(operation, method.key(), path.key());
                return true;
            }
        }
        return false;
    }

private:
    void tell(const object& operation, std::string_view method, std::string_view path) {
        std::string verb(method);
        std::transform(verb.begin(), verb.end(), verb.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        out_ << text(operation, "operationId") << ": " << text(operation, "summary") << '\n'
             << verb << ' ' << path << '\n';
        if (const auto needs = text(operation, "description"); !needs.empty()) {
            out_ << needs << '\n';
        }
        std::vector<std::vector<std::string>> rows;
        for (const auto& one : operation.at("parameters").as_array()) add(rows, one.as_object());
        if (const auto* body = member(operation, "requestBody")) {
            add_body(rows, body->as_object().at("content").as_object());
        }
        out_ << '\n';
        print_table(out_, {"field", "type", "", "what it is"}, rows);
    }

    void add(std::vector<std::vector<std::string>>& rows, const object& parameter) const {
        if (member(parameter, "$ref") != nullptr) return;  // what every write takes
        rows.push_back({text(parameter, "name"), type(parameter.at("schema").as_object()),
                        text(parameter, "required") == "true" ? "required" : "",
                        text(parameter, "description")});
    }

    void add_body(std::vector<std::vector<std::string>>& rows, const object& content) const {
        const auto* json = member(content, "application/json");
        if (json == nullptr) return;
        const auto& shape = resolved(json->as_object().at("schema").as_object());
        const auto* properties = member(shape, "properties");
        if (properties == nullptr) return;
        const auto* needed = member(shape, "required");
        for (const auto& property : properties->as_object()) {
            const bool required =
                needed != nullptr &&
                std::any_of(needed->as_array().begin(), needed->as_array().end(),
                            [&](const value& name) { return name == property.key(); });
            const auto& schema = property.value().as_object();
            rows.push_back({std::string(property.key()), type(schema), required ? "required" : "",
                            text(schema, "description")});
        }
    }

    // "#/components/schemas/NAME"
    static std::string name_of(const object& reference) {
        const auto pointer = text(reference, "$ref");
        return pointer.substr(pointer.rfind('/') + 1);
    }

    const object& resolved(const object& schema) const {
        if (member(schema, "$ref") == nullptr) return schema;
        return document_.at("components").at("schemas").at(name_of(schema)).as_object();
    }

    // As a reader says it: "string", "one of draft, approved", "list of OrderLine".
    std::string type(const object& schema) const {
        if (member(schema, "$ref") != nullptr) {
            const auto& whole = resolved(schema);
            return member(whole, "properties") == nullptr ? type(whole) : name_of(schema);
        }
        if (const auto* choices = member(schema, "enum")) {
            std::string names;
            for (const auto& choice : choices->as_array()) {
                if (choice.is_null()) continue;
                names += (names.empty() ? "one of " : ", ") + plain_text(choice);
            }
            return names;
        }
        if (const auto* items = member(schema, "items")) {
            return "list of " + type(items->as_object());
        }
        const auto* kinds = member(schema, "type");
        if (kinds == nullptr) return "any";
        return kinds->is_array() ? plain_text(kinds->as_array().front()) : plain_text(*kinds);
    }

    std::ostream& out_;
    const object& document_;
};

}  // namespace

bool print_operation(std::ostream& out, const value& document, const std::string& operation) {
    return Help(out, document.as_object()).print(operation);
}

}  // namespace wharf::app

// The parts of Setup: one operation and one collection while they are being declared.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "wharf/context.hpp"
#include "wharf/describe.hpp"

namespace wharf {

class Plugin;

namespace detail {

// A handler with its types erased: input JSON in, reply JSON text out.
using Handler = std::function<std::string(const Plugin&, Context&, const boost::json::value&)>;

// One plugin object serves all accounts and threads, so a handler may not change it.
template <class Method>
inline constexpr bool kNotConst = false;

template <class Object, class Result, class... Arguments>
inline constexpr bool kNotConst<Result (Object::*)(Arguments...)> = true;

template <class Method>
constexpr void require_const() {
    static_assert(
        !kNotConst<Method>,
        "a handler must be const: one plugin object serves all accounts and threads; what "
        "must be remembered lives in a collection");
}

inline boost::json::string json_text(std::string_view text) {
    return {boost::json::string_view(text.data(), text.size())};
}

inline boost::json::array json_texts(const std::vector<std::string>& texts) {
    boost::json::array array;
    for (const auto& text : texts) array.push_back(json_text(text));
    return array;
}

// The name of the member that a pointer to member points to.
template <class Struct, class Member>
std::string member_name(Member Struct::*pointer) {
    std::string name;
    boost::mp11::mp_for_each<Members<Struct>>([&](auto member) {
        if constexpr (std::is_same_v<std::remove_const_t<decltype(member.pointer)>,
                                     Member Struct::*>) {
            if (member.pointer == pointer) name = member.name;
        }
    });
    return name;
}

// The documents that a plugin goes on with while it is finishing.
template <class Struct, class Member>
boost::json::object json_existing(std::string_view kind, Member Struct::*field) {
    return {{"kind", json_text(kind)}, {"field", json_text(member_name(field))}};
}

}  // namespace detail

// One operation, as it is being declared.
class OperationSetup {
public:
    explicit OperationSetup(boost::json::object& manifest) : manifest_(&manifest) {}

    // What the caller needs: a permission of the host, or one declared with Setup::permission().
    OperationSetup& permission(std::string_view name) { return set("permission", name); }
    // One sentence for people, in OpenAPI and on the command line.
    OperationSetup& summary(std::string_view text) { return set("summary", text); }
    // The HTTP status of success, 200 to 204; without it 201 for a `POST` that makes something (its
    // path names no `{field}`), else 200. 202 says that the work goes on after the reply.
    OperationSetup& status(int code) {
        (*manifest_)["success_status"] = code;
        return *this;
    }
    // Nested calls drop the caller's row bindings (vendor, locations). Shown in the manifest,
    // audited.
    OperationSetup& as_plugin() {
        (*manifest_)["as_plugin"] = true;
        return *this;
    }
    // A body of text/csv becomes this field, a std::optional<std::string>, and the other fields may
    // stand in the query; JSON bodies are taken as ever. wharf/csv.hpp reads it.
    template <class Request>
    OperationSetup& csv(std::optional<std::string> Request::*field) {
        return set("csv", detail::member_name(field));
    }
    // Goes on while the plugin is finishing, for documents of `kind` that predate the switch;
    // `field` of the request holds the document's number.
    template <class Request, class Member>
    OperationSetup& on_existing(std::string_view kind, Member Request::*field) {
        (*manifest_)["on_existing"] = detail::json_existing(kind, field);
        return *this;
    }

private:
    OperationSetup& set(const char* key, std::string_view value) {
        (*manifest_)[key] = detail::json_text(value);
        return *this;
    }
    boost::json::object* manifest_;
};

// One collection, as it is being declared.
template <class Document>
class CollectionSetup {
public:
    CollectionSetup(boost::json::object& manifest, std::map<std::string, detail::Handler>& upgrades)
        : manifest_(&manifest), upgrades_(&upgrades) {}

    // An index over these fields, in this order, named after them: `sku_location`.
    template <class... Member>
    CollectionSetup& index(Member Document::*... fields) {
        return add_index(false, fields...);
    }
    template <class... Member>
    CollectionSetup& unique(Member Document::*... fields) {
        return add_index(true, fields...);
    }
    // The version of the documents' shape, from 1. Older ones go through `upgrade` when they are
    // read.
    template <class Object>
    CollectionSetup& version(std::int64_t number,
                             boost::json::value (Object::*upgrade)(std::int64_t from,
                                                                   boost::json::value) const) {
        (*manifest_)["version"] = number;
        (*upgrades_)[std::string((*manifest_)["name"].as_string())] =
            [upgrade](const Plugin& plugin, Context&, const boost::json::value& input) {
                auto document = (static_cast<const Object&>(plugin).*upgrade)(
                    from_json<std::int64_t>(input.at("from")), input.at("document"));
                return boost::json::serialize(document);
            };
        return *this;
    }

private:
    template <class... Member>
    CollectionSetup& add_index(bool unique, Member Document::*... fields) {
        const std::vector<std::string> names{detail::member_name(fields)...};
        std::string name;
        for (const auto& field : names) name += (name.empty() ? "" : "_") + field;
        (*manifest_)["indexes"].as_array().push_back(
            boost::json::object{{"name", detail::json_text(name)},
                                {"fields", detail::json_texts(names)},
                                {"unique", unique}});
        return *this;
    }

    boost::json::object* manifest_;
    std::map<std::string, detail::Handler>* upgrades_;
};

}  // namespace wharf

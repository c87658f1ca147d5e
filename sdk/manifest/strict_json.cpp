#include "sdk/manifest/strict_json.hpp"

#include <wharf/schema.hpp>

#include <boost/json/array.hpp>
#include <utility>

namespace wharf::manifest {
namespace json = boost::json;

namespace {

std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

StrictObject::StrictObject(const json::value& value, std::string pointer,
                           std::vector<Fault>& faults)
    : object_(value.if_object()), pointer_(std::move(pointer)), faults_(&faults) {
    if (object_ == nullptr) faults.push_back({pointer_, "wrong_type", "must be an object"});
}

std::string StrictObject::pointer_of(std::string_view key) const {
    return pointer_ + "/" + escaped(key);
}

void StrictObject::fault(std::string_view key, std::string_view code, std::string detail) {
    faults_->push_back({pointer_of(key), std::string(code), std::move(detail)});
}

bool StrictObject::has(std::string_view key) const {
    return object_ != nullptr && object_->contains(key);
}

const json::value* StrictObject::find(std::string_view key) {
    read_.emplace(key);
    return object_ == nullptr ? nullptr : object_->if_contains(key);
}

const json::value* StrictObject::require(std::string_view key) {
    const json::value* value = find(key);
    if (value == nullptr && object_ != nullptr) fault(key, "required", "must be given");
    return value;
}

std::optional<std::string> StrictObject::as_text(const json::value& value, std::string pointer,
                                                 const TextCheck& check, std::string_view rule) {
    const json::string* text = value.if_string();
    if (text == nullptr) {
        faults_->push_back({std::move(pointer), "wrong_type", "must be text"});
        return std::nullopt;
    }
    std::string copy(text->data(), text->size());
    if (check && !check(copy)) {
        faults_->push_back(
            {std::move(pointer), "invalid", "\"" + copy + "\" is not " + std::string(rule)});
        return std::nullopt;
    }
    return copy;
}

std::optional<std::int64_t> StrictObject::as_integer(const json::value& value, std::string pointer,
                                                     std::int64_t least, std::int64_t most) {
    const std::int64_t* number = value.if_int64();
    if (number == nullptr || *number < least || *number > most) {
        faults_->push_back(
            {std::move(pointer), number == nullptr ? "wrong_type" : "invalid",
             "must be an integer from " + std::to_string(least) + " to " + std::to_string(most)});
        return std::nullopt;
    }
    return *number;
}

std::string StrictObject::text(std::string_view key, const TextCheck& check,
                               std::string_view rule) {
    const json::value* value = require(key);
    if (value == nullptr) return {};
    return as_text(*value, pointer_of(key), check, rule).value_or("");
}

std::string StrictObject::text_or_empty(std::string_view key) {
    return optional_text(key, nullptr, "text").value_or("");
}

std::optional<std::string> StrictObject::optional_text(std::string_view key, const TextCheck& check,
                                                       std::string_view rule) {
    const json::value* value = find(key);
    if (value == nullptr) return std::nullopt;
    return as_text(*value, pointer_of(key), check, rule);
}

const json::array* StrictObject::list(std::string_view key) {
    const json::value* value = find(key);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) fault(key, "wrong_type", "must be a list");
    return value->if_array();
}

std::vector<std::string> StrictObject::texts(std::string_view key, const TextCheck& check,
                                             std::string_view rule) {
    std::vector<std::string> out;
    const json::array* elements = list(key);
    if (elements == nullptr) return out;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < elements->size(); ++i) {
        const std::string pointer = pointer_of(key) + "/" + std::to_string(i);
        auto element = as_text((*elements)[i], pointer, check, rule);
        if (!element) continue;
        if (!seen.insert(*element).second) {
            faults_->push_back({pointer, "duplicate", "\"" + *element + "\" is given twice"});
        }
        out.push_back(std::move(*element));
    }
    return out;
}

std::int64_t StrictObject::integer(std::string_view key, std::int64_t least, std::int64_t most) {
    const json::value* value = require(key);
    if (value == nullptr) return least;
    return as_integer(*value, pointer_of(key), least, most).value_or(least);
}

std::optional<std::int64_t> StrictObject::optional_integer(std::string_view key, std::int64_t least,
                                                           std::int64_t most) {
    const json::value* value = find(key);
    if (value == nullptr) return std::nullopt;
    return as_integer(*value, pointer_of(key), least, most);
}

std::vector<std::int64_t> StrictObject::integers(std::string_view key, std::int64_t least,
                                                 std::int64_t most) {
    std::vector<std::int64_t> out;
    const json::array* elements = list(key);
    if (elements == nullptr) return out;
    for (std::size_t i = 0; i < elements->size(); ++i) {
        const auto number =
            as_integer((*elements)[i], pointer_of(key) + "/" + std::to_string(i), least, most);
        if (number) out.push_back(*number);
    }
    return out;
}

bool StrictObject::flag(std::string_view key) {
    const json::value* value = find(key);
    if (value == nullptr) return false;
    if (!value->is_bool()) {
        fault(key, "wrong_type", "must be true or false");
        return false;
    }
    return value->get_bool();
}

json::value StrictObject::schema(std::string_view key, SchemaOf of) {
    const json::value* value = require(key);
    if (value == nullptr) return json::object{};
    try {
        const ShapePtr shape = shape_from_schema(*value);
        if (of == SchemaOf::anything || shape->kind == Shape::Kind::object) return *value;
        fault(key, "invalid", "must be the JSON Schema of an object");
    } catch (const Refusal& refusal) {
        fault(key, "invalid", refusal.detail());
    }
    return json::object{};
}

json::value StrictObject::schema_or_null(std::string_view key) {
    const json::value* value = find(key);
    if (value == nullptr || value->is_null()) return nullptr;
    return schema(key, SchemaOf::object);
}

void StrictObject::objects(std::string_view key, const std::function<void(StrictObject&)>& read) {
    const json::array* elements = list(key);
    if (elements == nullptr) return;
    for (std::size_t i = 0; i < elements->size(); ++i) {
        StrictObject element((*elements)[i], pointer_of(key) + "/" + std::to_string(i), *faults_);
        read(element);
        element.finish();
    }
}

void StrictObject::optional_object(std::string_view key,
                                   const std::function<void(StrictObject&)>& read) {
    const json::value* value = find(key);
    if (value == nullptr || value->is_null()) return;
    StrictObject member(*value, pointer_of(key), *faults_);
    read(member);
    member.finish();
}

void StrictObject::finish() {
    if (object_ == nullptr) return;
    for (const auto& member : *object_) {
        const std::string_view key(member.key().data(), member.key().size());
        if (!read_.contains(key)) fault(key, "unknown", "is not known here");
    }
}

}  // namespace wharf::manifest

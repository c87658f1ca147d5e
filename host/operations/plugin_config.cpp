#include "host/operations/plugin_config.hpp"

#include <boost/json/serialize.hpp>
#include <wharf/json_parse.hpp>
#include <wharf/validate.hpp>

#include "host/operations/journal.hpp"

namespace wharf::operations {

boost::json::value with_defaults(boost::json::value value, const Shape& shape) {
    auto* object = value.if_object();
    if (object == nullptr || shape.kind != Shape::Kind::object) return value;
    for (const auto& field : shape.fields) {
        auto* member = object->if_contains(field.name);
        if (member != nullptr) {
            *member = with_defaults(std::move(*member), *field.shape);
        } else if (!field.default_json.empty()) {
            (*object)[field.name] =
                with_defaults(parse_json(field.default_json).value, *field.shape);
        }
    }
    return value;
}

namespace {

void keep_secrets(boost::json::value& value, const boost::json::value& before, const Shape& shape) {
    auto* object = value.if_object();
    const auto* earlier = before.if_object();
    if (object == nullptr || earlier == nullptr) return;
    for (const auto& field : shape.fields) {
        const auto* known = earlier->if_contains(field.name);
        if (known == nullptr) continue;
        auto* member = object->if_contains(field.name);
        if (field.shape->secret) {
            if (member == nullptr || member->is_null()) (*object)[field.name] = *known;
        } else if (member != nullptr) {
            keep_secrets(*member, *known, *field.shape);
        }
    }
}

}  // namespace

std::string shown_config(const ShapePtr& shape, const std::string& config) {
    if (!shape || !shape->holds_secret()) return config;
    return without_secrets(parse_json(config).value, *shape);
}

std::string checked_config(const ShapePtr& shape, const std::optional<boost::json::value>& given,
                           const std::string& before) {
    if (!shape) {
        if (given && !given->is_null() && !(given->is_object() && given->get_object().empty())) {
            throw Refusal::invalid("/config", "not_allowed", "this plugin has no settings");
        }
        return "null";
    }
    auto value = given && !given->is_null() ? *given : parse_json(before).value;
    if (value.is_null()) value.emplace_object();
    if (given && shape->holds_secret()) keep_secrets(value, parse_json(before).value, *shape);
    auto faults = faults_of(value, *shape, given ? Reading::strict : Reading::tolerant);
    for (auto& fault : faults) fault.pointer.insert(0, "/config");
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
    return boost::json::serialize(with_defaults(std::move(value), *shape));
}

}  // namespace wharf::operations

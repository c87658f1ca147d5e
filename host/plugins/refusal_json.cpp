#include "host/plugins/refusal_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace wharf::plugins {
namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    return std::string(value->get_string());
}

std::vector<Fault> faults_of(const json::object& object) {
    std::vector<Fault> faults;
    const json::value* list = object.if_contains("faults");
    if (list == nullptr || !list->is_array()) return faults;
    for (const json::value& item : list->get_array()) {
        if (!item.is_object()) continue;
        const json::object& fault = item.get_object();
        faults.push_back(
            {text_of(fault, "pointer"), text_of(fault, "code"), text_of(fault, "detail")});
    }
    return faults;
}

}  // namespace

std::string refusal_to_json(const Refusal& refusal) {
    json::array faults;
    for (const Fault& fault : refusal.faults()) {
        faults.push_back(json::object{
            {"pointer", fault.pointer}, {"code", fault.code}, {"detail", fault.detail}});
    }
    json::object out{{"kind", kind_name(refusal.kind())},
                     {"code", refusal.code()},
                     {"detail", refusal.detail()},
                     {"hint", refusal.hint()},
                     {"faults", std::move(faults)}};
    if (!refusal.caused_by().empty()) out["caused_by"] = refusal.caused_by();
    return json::serialize(out);
}

std::optional<Refusal> refusal_from_json(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return std::nullopt;
    const json::object& object = value.get_object();
    const auto kind = kind_from_name(text_of(object, "kind")).value_or(RefusalKind::internal);
    std::string code = text_of(object, "code");
    if (code.empty()) code = kind_name(kind);
    return Refusal(kind, std::move(code), text_of(object, "detail"), text_of(object, "hint"))
        .with_faults(faults_of(object))
        .with_caused_by(text_of(object, "caused_by"));
}

}  // namespace wharf::plugins

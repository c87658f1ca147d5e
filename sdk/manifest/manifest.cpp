#include "sdk/manifest/manifest.hpp"

#include <wharf_abi.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <set>
#include <utility>
#include <wharf/json_parse.hpp>

#include "sdk/manifest/names.hpp"
#include "sdk/manifest/strict_json.hpp"

namespace wharf::manifest {
namespace json = boost::json;

namespace {

constexpr std::size_t kManifestDepthMax = 64;
constexpr std::size_t kTitleBytesMax = 120;
constexpr std::int64_t kCollectionVersionMax = 1'000'000;
constexpr std::int64_t kLevelMax = 1'000'000;

constexpr std::string_view kPlainRule = "a name of lower-case letters, digits and _, at most 40";
constexpr std::string_view kDottedRule = "a name like \"area.verb\"";
constexpr std::string_view kOperationRule =
    "an operation name like \"area.verb\" or \"area.verb/2\"";

StrictObject::TextCheck one_of(std::initializer_list<std::string_view> words) {
    return [allowed = std::vector<std::string_view>(words)](std::string_view text) {
        return std::ranges::find(allowed, text) != allowed.end();
    };
}

// A name that the plugin declares itself begins with the plugin's own.
StrictObject::TextCheck own(const std::string& plugin, bool (*grammar)(std::string_view)) {
    return [prefix = plugin + ".", grammar](std::string_view text) {
        return grammar(text) && text.starts_with(prefix);
    };
}

// Faults names that come twice in one list; `names` is in the order of the list.
void fault_duplicates(StrictObject& root, std::string_view list,
                      const std::vector<std::string>& names) {
    std::set<std::string> seen;
    for (const std::string& name : names) {
        if (!name.empty() && !seen.insert(name).second) {
            root.fault(list, "duplicate", "\"" + name + "\" is declared twice");
        }
    }
}

template <typename Item, typename Projection>
void fault_duplicates(StrictObject& root, std::string_view list, const std::vector<Item>& items,
                      Projection name) {
    std::vector<std::string> names;
    for (const Item& item : items) names.push_back(name(item));
    fault_duplicates(root, list, names);
}

std::optional<ExistingDocument> read_existing(StrictObject& from) {
    std::optional<ExistingDocument> out;
    from.optional_object("on_existing", [&](StrictObject& member) {
        ExistingDocument existing;
        existing.kind = member.text("kind", is_plain_name, kPlainRule);
        existing.field = member.text("field", is_plain_name, kPlainRule);
        out = std::move(existing);
    });
    return out;
}

void check_access(StrictObject& from, const OperationManifest& operation) {
    const bool fits = operation.access == Access::read
                          ? operation.method == "GET" || operation.method == "POST"
                          : operation.method != "GET";
    if (!fits) {
        from.fault(
            "method", "invalid",
            operation.access == Access::read ? "a read is GET or POST" : "a write is not GET");
    }
}

// A CSV body stands in a field of the request, when the request lists its fields.
void check_csv_field(StrictObject& from, const OperationManifest& operation) {
    if (operation.csv_field.empty()) return;
    const json::object* schema = operation.request.if_object();
    const json::value* fields = schema == nullptr ? nullptr : schema->if_contains("properties");
    const bool unknown = fields != nullptr && fields->is_object() &&
                         !fields->get_object().contains(operation.csv_field);
    if (unknown) {
        from.fault("csv", "invalid", "\"" + operation.csv_field + "\" is no field of the request");
    }
    if (operation.method == "GET" || operation.method == "DELETE") {
        from.fault("csv", "invalid", "a " + operation.method + " has no body");
    }
}

// Every {field} of the path is a field of the request, when the request lists its fields.
void check_path_fields(StrictObject& from, const OperationManifest& operation) {
    const json::object* schema = operation.request.if_object();
    const json::value* fields = schema == nullptr ? nullptr : schema->if_contains("properties");
    if (fields == nullptr || !fields->is_object()) return;
    std::string_view rest = operation.path;
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        const auto close = rest.find('}', open);
        const std::string_view field = rest.substr(open + 1, close - open - 1);
        if (!fields->get_object().contains(field)) {
            from.fault("path", "invalid",
                       "\"" + std::string(field) + "\" is no field of the request");
        }
        rest.remove_prefix(close + 1);
    }
}

OperationManifest read_operation(StrictObject& from, const std::string& plugin) {
    OperationManifest out;
    out.name = from.text("name", own(plugin, is_operation_name),
                         "an operation of this plugin: \"" + plugin + ".<verb>\"");
    out.summary = from.text_or_empty("summary");
    out.access = from.text("access", one_of({"read", "write"}), "read or write") == "write"
                     ? Access::write
                     : Access::read;
    out.method = from.text("method", one_of({"GET", "POST", "PUT", "PATCH", "DELETE"}),
                           "GET, POST, PUT, PATCH or DELETE");
    out.path = from.text("path", is_route, "a path like \"/holds/{id}\"");
    out.permission = from.text("permission", is_dotted_name, kDottedRule);
    out.as_plugin = from.flag("as_plugin");
    out.on_existing = read_existing(from);
    out.csv_field = from.optional_text("csv", is_plain_name, kPlainRule).value_or("");
    out.request = from.schema("request", StrictObject::SchemaOf::object);
    out.reply = from.schema("reply");
    if (!out.method.empty()) check_access(from, out);
    check_path_fields(from, out);
    check_csv_field(from, out);
    // A POST to a list makes something; one to a document acts on it.
    const bool makes = out.access == Access::write && out.method == "POST" &&
                       out.path.find('{') == std::string::npos;
    out.success_status = static_cast<int>(
        from.optional_integer("success_status", 200, 204).value_or(makes ? 201 : 200));
    return out;
}

ScheduleRule read_rule(StrictObject& from) {
    ScheduleRule rule;
    bool given = false;
    from.optional_object("rule", [&](StrictObject& member) {
        rule.every_minutes = member.optional_integer("every_minutes", 1, 1440);
        rule.daily_at = member.optional_text("daily_at", is_time_of_day, "a time like \"02:00\"");
        rule.config = member.optional_text("config", is_plain_name, kPlainRule);
        given = true;
        const int rules = int{member.has("every_minutes")} + int{member.has("daily_at")} +
                          int{member.has("config")};
        if (rules != 1) {
            member.fault("every_minutes", "invalid",
                         "give exactly one of every_minutes, daily_at and config");
        }
    });
    if (!given) from.fault("rule", "required", "must be given");
    return rule;
}

CollectionManifest read_collection(StrictObject& from) {
    CollectionManifest out;
    out.name = from.text("name", is_plain_name, kPlainRule);
    out.version = from.optional_integer("version", 1, kCollectionVersionMax).value_or(1);
    out.shape = from.schema_or_null("shape");
    from.objects("indexes", [&](StrictObject& index) {
        IndexManifest item;
        item.name = index.text("name", is_plain_name, kPlainRule);
        item.fields = index.texts("fields", is_plain_name, kPlainRule);
        item.unique = index.flag("unique");
        if (item.fields.empty()) index.fault("fields", "required", "must name a field");
        out.indexes.push_back(std::move(item));
    });
    fault_duplicates(from, "indexes", out.indexes, [](const auto& item) { return item.name; });
    return out;
}

void read_eligibility(StrictObject& root, Manifest& out) {
    out.plans = root.texts("plans", one_of({"growth", "enterprise", "other"}),
                           "growth, enterprise or other");
    out.account_types = root.texts("account_types", one_of({"seller", "aggregator_3pl", "vendor"}),
                                   "seller, aggregator_3pl or vendor");
    out.inventory_types = root.texts("inventory_types", one_of({"serialized", "non_serialized"}),
                                     "serialized or non_serialized");
    out.serial_modes = root.integers("serial_modes", 1, 5);
}

void read_rights(StrictObject& root, Manifest& out) {
    out.uses = root.texts("uses", is_operation_name, kDottedRule);
    root.objects("permissions", [&](StrictObject& item) {
        PermissionManifest permission;
        permission.name = item.text("name", own(out.name, is_dotted_name),
                                    "a permission of this plugin: \"" + out.name + ".<verb>\"");
        permission.summary = item.text_or_empty("summary");
        out.permissions.push_back(std::move(permission));
    });
    root.objects("requires", [&](StrictObject& item) {
        RequirementManifest requirement;
        requirement.plugin = item.text("plugin", is_plain_name, kPlainRule);
        requirement.version = item.text("version", is_version, "a version like \"1.0.0\"");
        if (!requirement.plugin.empty() && requirement.plugin == out.name) {
            item.fault("plugin", "invalid", "a plugin cannot require itself");
        }
        out.requires_plugins.push_back(std::move(requirement));
    });
    fault_duplicates(root, "permissions", out.permissions, [](const auto& p) { return p.name; });
    fault_duplicates(root, "requires", out.requires_plugins,
                     [](const auto& r) { return r.plugin; });
}

void read_events(StrictObject& root, Manifest& out) {
    root.objects("events", [&](StrictObject& item) {
        EventManifest event;
        event.name = item.text("name", own(out.name, is_dotted_name),
                               "an event of this plugin: \"" + out.name + ".<what_happened>\"");
        event.summary = item.text_or_empty("summary");
        event.shape = item.schema("shape");
        out.events.push_back(std::move(event));
    });
    root.objects("reactions", [&](StrictObject& item) {
        ReactionManifest reaction;
        reaction.event = item.text("event", is_dotted_name, kDottedRule);
        reaction.on_existing = read_existing(item);
        out.reactions.push_back(std::move(reaction));
    });
    root.objects("receives", [&](StrictObject& item) {
        ReceiverManifest receiver;
        receiver.message =
            item.text("message", own(out.name, is_dotted_name),
                      "a message to this plugin: \"" + out.name + ".<what_happened>\"");
        receiver.shape = item.schema("shape", StrictObject::SchemaOf::object);
        receiver.on_existing = read_existing(item);
        out.receives.push_back(std::move(receiver));
    });
    out.guards = root.texts("guards", is_operation_name, kOperationRule);
    out.within = root.texts("within", is_operation_name, kOperationRule);
    fault_duplicates(root, "events", out.events, [](const auto& e) { return e.name; });
    fault_duplicates(root, "reactions", out.reactions, [](const auto& r) { return r.event; });
    fault_duplicates(root, "receives", out.receives, [](const auto& r) { return r.message; });
}

void read_work(StrictObject& root, Manifest& out) {
    root.objects("schedules", [&](StrictObject& item) {
        ScheduleManifest schedule;
        schedule.name = item.text("name", is_plain_name, kPlainRule);
        schedule.rule = read_rule(item);
        out.schedules.push_back(std::move(schedule));
    });
    root.objects("jobs", [&](StrictObject& item) {
        JobManifest job;
        job.name = item.text("name", is_plain_name, kPlainRule);
        job.summary = item.text_or_empty("summary");
        job.request = item.schema("request", StrictObject::SchemaOf::object);
        out.jobs.push_back(std::move(job));
    });
    root.objects("collections",
                 [&](StrictObject& item) { out.collections.push_back(read_collection(item)); });
    fault_duplicates(root, "schedules", out.schedules, [](const auto& s) { return s.name; });
    fault_duplicates(root, "jobs", out.jobs, [](const auto& j) { return j.name; });
    fault_duplicates(root, "collections", out.collections, [](const auto& c) { return c.name; });
}

void read_files(StrictObject& root, Manifest& out) {
    root.objects("files", [&](StrictObject& item) {
        FileManifest file;
        file.path = item.text("path", is_bundle_path, "a relative path inside the bundle");
        file.sha256 = item.text("sha256", is_sha256, "64 lower-case hex digits");
        out.files.push_back(std::move(file));
    });
    fault_duplicates(root, "files", out.files, [](const auto& f) { return f.path; });
    const std::string needed = shared_object_name(out);
    if (!out.name.empty() && std::ranges::none_of(out.files, [&](const FileManifest& file) {
            return file.path == needed;
        })) {
        root.fault("files", "required", "must list \"" + needed + "\"");
    }
}

// A later level may mean anything by its other keys, so it is the only fault then.
void check_level(const json::value& document) {
    const json::object* object = document.if_object();
    const json::value* level = object == nullptr ? nullptr : object->if_contains("sdk_level");
    if (level == nullptr || !level->is_int64() || level->get_int64() <= WHARF_ABI_LEVEL) return;
    throw Refusal::invalid("/sdk_level", "newer_level",
                           "needs SDK level " + std::to_string(level->get_int64()) +
                               ", and this host has level " + std::to_string(WHARF_ABI_LEVEL));
}

json::value parse_document(std::string_view text) {
    ParsedJson parsed;
    try {
        parsed = parse_json(text, {}, kManifestDepthMax);
    } catch (const Refusal& refusal) {
        throw Refusal(RefusalKind::malformed, "malformed", "is no JSON: " + refusal.detail());
    }
    if (!parsed.faults.empty()) throw Refusal::invalid(std::move(parsed.faults));
    return std::move(parsed.value);
}

enum class Part { bundle, description };

Manifest read_document(std::string_view text, Part part) {
    const json::value document = parse_document(text);
    check_level(document);
    std::vector<Fault> faults;
    StrictObject root(document, "", faults);
    Manifest out;
    out.sdk_level = root.integer("sdk_level", 1, kLevelMax);
    out.name = root.text("name", is_plain_name, kPlainRule);
    out.version = root.text("version", is_version, "a version like \"1.0.0\"");
    out.title = root.text(
        "title", [](std::string_view t) { return !t.empty() && t.size() <= kTitleBytesMax; },
        "1 to 120 bytes long");
    out.summary = root.text_or_empty("summary");
    read_eligibility(root, out);
    read_rights(root, out);
    out.config = root.schema_or_null("config");
    root.objects("operations", [&](StrictObject& item) {
        out.operations.push_back(read_operation(item, out.name));
    });
    fault_duplicates(root, "operations", out.operations, [](const auto& o) { return o.name; });
    fault_duplicates(root, "operations", out.operations,
                     [](const auto& o) { return o.method + " " + o.path; });
    read_events(root, out);
    read_work(root, out);
    out.preview = root.flag("preview");
    if (part == Part::bundle) read_files(root, out);
    root.finish();
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));

    json::object description = document.get_object();
    description.erase("files");
    out.description = std::move(description);
    return out;
}

}  // namespace

Manifest read_manifest(std::string_view text) {
    return read_document(text, Part::bundle);
}

Manifest read_description(std::string_view text) {
    return read_document(text, Part::description);
}

std::string shared_object_name(const Manifest& manifest) {
    return manifest.name + ".so";
}

std::string one_line(const Refusal& refusal) {
    if (refusal.faults().empty()) return refusal.detail();
    std::string out;
    for (const Fault& fault : refusal.faults()) {
        if (!out.empty()) out += "; ";
        out += (fault.pointer.empty() ? "" : fault.pointer + " ") + fault.detail;
    }
    return out;
}

}  // namespace wharf::manifest

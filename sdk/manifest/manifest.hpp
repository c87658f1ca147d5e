// What a bundle says about itself: plugin.json, read strictly. Every key and its meaning stands in
// sdk/abi/plugin_json.md. Shapes are JSON Schema and stay JSON here.
#pragma once

#include <wharf/operation.hpp>
#include <wharf/refusal.hpp>

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::manifest {

// Which document a request or an event is about, so that a plugin that is finishing still serves
// the documents that predate the switch: `field` of the input holds the number of a `kind`.
struct ExistingDocument {
    std::string kind;
    std::string field;
};

struct OperationManifest {
    std::string name;  // "<plugin>.<verb>", with "/2" for a later revision
    std::string summary;
    Access access = Access::read;
    std::string method;      // GET, POST, PUT, PATCH or DELETE
    std::string path;        // below the plugin's base: "/holds/{id}"
    std::string permission;  // what the caller needs
    int success_status = 200;
    bool as_plugin = false;  // nested calls drop the caller's row bindings; audited
    std::optional<ExistingDocument> on_existing;
    std::string csv_field;       // the request field that a text/csv body becomes, or empty
    boost::json::value request;  // JSON Schema of an object
    boost::json::value reply;    // JSON Schema
};

struct PermissionManifest {
    std::string name;  // "<plugin>.<verb>"
    std::string summary;
};

// Another plugin that must be on, at least of this version within the same major version.
struct RequirementManifest {
    std::string plugin;
    std::string version;
};

struct EventManifest {
    std::string name;  // "<plugin>.<past participle>"
    std::string summary;
    boost::json::value shape;
};

struct ReactionManifest {
    std::string event;
    std::optional<ExistingDocument> on_existing;
};

// A message of other accounts that the plugin takes in.
struct ReceiverManifest {
    std::string message;       // "<plugin>.<past participle>"
    boost::json::value shape;  // JSON Schema of an object
    std::optional<ExistingDocument> on_existing;
};

// Exactly one of the three is set.
struct ScheduleRule {
    std::optional<std::int64_t> every_minutes;  // 1 to 1440, counted from midnight of the account
    std::optional<std::string> daily_at;        // "HH:MM" in the account's time zone
    std::optional<std::string> config;          // the field of the settings that says when
};

struct ScheduleManifest {
    std::string name;
    ScheduleRule rule;
};

struct JobManifest {
    std::string name;
    std::string summary;
    boost::json::value request;
};

struct IndexManifest {
    std::string name;
    std::vector<std::string> fields;
    bool unique = false;
};

struct CollectionManifest {
    std::string name;
    std::int64_t version = 1;
    boost::json::value shape;  // null when the plugin does not tell
    std::vector<IndexManifest> indexes;
};

struct FileManifest {
    std::string path;    // relative to the bundle's folder
    std::string sha256;  // 64 lower-case hex digits
};

// The empty list of plans, account types, inventory types or serial modes admits every account.
struct Manifest {
    std::int64_t sdk_level = 0;
    std::string name;
    std::string version;
    std::string title;
    std::string summary;

    std::vector<std::string> plans;
    std::vector<std::string> account_types;
    std::vector<std::string> inventory_types;
    std::vector<std::int64_t> serial_modes;  // speaks of serialized accounts only

    std::vector<std::string> uses;  // operations and permissions of others that it calls with
    std::vector<PermissionManifest> permissions;
    std::vector<RequirementManifest> requires_plugins;

    boost::json::value config;  // JSON Schema of an object; null when there is nothing to set
    std::vector<OperationManifest> operations;
    std::vector<EventManifest> events;
    std::vector<ReactionManifest> reactions;
    std::vector<ReceiverManifest> receives;
    std::vector<std::string> guards;  // operations that it may refuse
    std::vector<std::string> within;  // operations that it works within
    std::vector<ScheduleManifest> schedules;
    std::vector<JobManifest> jobs;
    std::vector<CollectionManifest> collections;
    bool preview = false;  // it can tell what switching on would do first

    std::vector<FileManifest> files;

    // The document without `files`: what the plugin's own description must be equal to.
    boost::json::value description;
};

// Throws Refusal `malformed` when the text is no JSON and `invalid` with every fault at once. A
// manifest of a later SDK level than this host's has that one fault: the rest cannot be judged.
[[nodiscard]] Manifest read_manifest(std::string_view json);

// The same for what a plugin's describe() wrote: a manifest without `files`.
[[nodiscard]] Manifest read_description(std::string_view json);

// The name of the shared object of the plugin within its bundle.
[[nodiscard]] std::string shared_object_name(const Manifest& manifest);

// All faults of a refused document in one line.
[[nodiscard]] std::string one_line(const Refusal& refusal);

}  // namespace wharf::manifest

// Reading an account's facts and its audit trail; a plugin's own events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/events.hpp"
#include "wharf/operation.hpp"

namespace wharf::events {

struct EventPage {
    std::vector<EventRecord> items;
    std::optional<std::string> next;
    // Where to go on later when there is no next page yet.
    std::string position;
};
BOOST_DESCRIBE_STRUCT(EventPage, (), (items, next, position))

// In order. A position of an earlier life of the account (before a restore) answers 410 `gone`.
struct ListEvents {
    using Reply = EventPage;
    static constexpr OperationInfo kOperation{"events.list", Access::read, "audit.read",
                                              "GET /events", "What happened, in order"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListEvents, (), (limit, after))

// Only for plugins: `name` is one that the manifest declares.
struct RecordEvent {
    using Reply = Done;
    static constexpr OperationInfo kOperation{"events.record", Access::write, "", "",
                                              "Record an event of the plugin's own"};
    std::string name;
    std::optional<DocumentNumber> document;
    RawJson data;
};
BOOST_DESCRIBE_STRUCT(RecordEvent, (), (name, document, data))

}  // namespace wharf::events

namespace wharf::audit {

struct Entry {
    std::int64_t seq = 0;
    std::string kind;  // request, reaction, schedule, job or message
    std::string operation;
    std::optional<std::string> plugin;
    std::optional<std::string> plugin_version;
    std::string actor;                      // the id of a key, `plugin:<name>` or `host`
    std::optional<std::string> actor_name;  // the key's name at that time
    Instant at;
    std::string request_id;
    bool as_plugin = false;
    std::string note;
    RawJson input;
    std::string hash;  // covers this entry and the one before
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (seq, kind, operation, plugin, plugin_version, actor, actor_name, at,
                       request_id, as_plugin, note, input, hash))

struct ListEntries {
    using Reply = Page<Entry>;
    static constexpr OperationInfo kOperation{"audit.list", Access::read, "audit.read",
                                              "GET /audit",
                                              "Every write, in order, in a chain of hashes"};
    std::optional<std::string> operation;
    std::optional<std::string> plugin;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListEntries, (), (operation, plugin, limit, after))

}  // namespace wharf::audit

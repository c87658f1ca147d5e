#include "host/operations/schema.hpp"

namespace wharf::operations {
namespace {

using storage::Column;
using storage::Migration;
using storage::Table;

using enum storage::ColumnType;

// The journal is the audit: one row per committed piece of work, each hash covering the one before.
Table journal() {
    return {"journal",
            {{"seq", integer},
             {"kind"},
             {"operation"},
             {"plugin", text, true},
             {"plugin_version", text, true},
             {"actor"},
             {"at", integer},
             {"request_id"},
             {"as_plugin", integer},
             {"note"},
             {"input"},
             {"hash"}},
            {"seq"}};
}

Table idempotency() {
    return {"idempotency",
            {{"scope"},
             {"request_hash"},
             {"reply", text, true},
             {"version", integer, true},
             {"at", integer}},
            {"scope"},
            {{"idempotency_by_age", {"at"}}}};
}

Table settings() {
    return {"account_settings", {{"id", integer}, {"document"}}, {"id"}};
}

Table toggle() {
    return {"toggle",
            {{"plugin"},
             {"state"},
             {"until_at", integer, true},
             {"config"},
             {"reason"},
             {"changed_by"},
             {"changed_at", integer},
             {"version", integer},
             {"plugin_version"},
             {"since_event", integer},
             {"override_used", integer}},
            {"plugin"}};
}

Table reaction_cursor() {
    return {"reaction_cursor",
            {{"plugin"},
             {"event", integer},
             {"attempts", integer},
             {"retry_at", integer, true},
             {"fault"}},
            {"plugin"}};
}

Table parked() {
    return {"parked_reaction",
            {{"plugin"},
             {"event", integer},
             {"event_name"},
             {"depth", integer},
             {"code"},
             {"detail"},
             {"attempts", integer},
             {"parked_at", integer}},
            {"plugin", "event"}};
}

Table document() {
    return {"collection_document",
            {{"plugin"},
             {"collection"},
             {"id"},
             {"version", integer},
             {"shape_version", integer},
             {"document"}},
            {"plugin", "collection", "id"}};
}

// One row per document and index; `key` orders as the indexed values do.
Table collection_index() {
    return {"collection_index",
            {{"plugin"}, {"collection"}, {"name"}, {"key"}, {"id"}},
            {"plugin", "collection", "name", "key", "id"},
            {{"collection_index_by_document", {"plugin", "collection", "id"}}}};
}

// What the indexes of a collection were when its documents were last indexed as a whole.
Table collection_layout() {
    return {
        "collection_layout", {{"plugin"}, {"collection"}, {"layout"}}, {"plugin", "collection"}};
}

Table schedule() {
    return {"schedule",
            {{"plugin"}, {"name"}, {"rule"}, {"due_at", integer}, {"wake_at", integer}},
            {"plugin", "name"},
            {{"schedule_by_wake", {"wake_at"}}}};
}

// A run is claimed by its row: once on any number of hosts.
Table schedule_run() {
    return {
        "schedule_run",
        {{"plugin"}, {"name"}, {"due_at", integer}, {"ran_at", integer}, {"outcome"}, {"detail"}},
        {"plugin", "name", "due_at"}};
}

Table job() {
    return {"job",
            {{"id"},
             {"kind"},
             {"plugin"},
             {"state"},
             {"request"},
             {"memory"},
             {"progress_done", integer},
             {"progress_total", integer, true},
             {"result"},
             {"errors", integer},
             {"attempts", integer},
             {"fault"},
             {"principal"},
             {"created_at", integer},
             {"changed_at", integer}},
            {"id"},
            {{"job_by_state", {"state"}}}};
}

Table job_error() {
    return {"job_error",
            {{"job"},
             {"seq", integer},
             {"row", integer, true},
             {"code"},
             {"detail"},
             {"column_name", text, true}},
            {"job", "seq"}};
}

// The text that a job works through, in pieces.
Table job_input() {
    return {"job_input", {{"job"}, {"part", integer}, {"text"}}, {"job", "part"}};
}

// Who asked for a request of the journal, once for each that was different.
Table principal() {
    return {"principal", {{"id"}, {"document"}}, {"id"}};
}

// The account has one among the tables of the domain.
Table counter() {
    return {"counter", {{"name"}, {"value", integer}}, {"name"}};
}

Migration who_asked() {
    Migration migration{650, "who asked, in the journal", {principal()}};
    migration.add_columns.push_back({"journal", {"principal", text, true}});
    return migration;
}

Migration who_asked_of_the_platform() {
    auto migration = who_asked();
    migration.create_tables.push_back(counter());
    return migration;
}

}  // namespace

storage::Schema account_schema() {
    return {{600,
             "settings, journal and keys of requests",
             {settings(), toggle(), journal(), idempotency()}},
            {610, "reactions", {reaction_cursor(), parked()}},
            {620, "collections of plugins", {document(), collection_index(), collection_layout()}},
            {630, "schedules", {schedule(), schedule_run()}},
            {640, "jobs", {job(), job_error(), job_input()}},
            who_asked()};
}

storage::Schema directory_schema() {
    return {{600, "journal and keys of requests", {journal(), idempotency()}},
            {640, "jobs of the platform", {job(), job_error(), job_input()}},
            who_asked_of_the_platform()};
}

}  // namespace wharf::operations

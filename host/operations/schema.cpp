#include "host/operations/schema.hpp"

namespace wharf::operations {
namespace {

using storage::Column;
using storage::ColumnType;
using storage::Migration;
using storage::Table;

constexpr auto kInteger = ColumnType::integer;
constexpr auto kText = ColumnType::text;

// The journal is the audit: one row per committed piece of work, each hash covering the one before.
Table journal() {
    return {"journal",
            {{"seq", kInteger},
             {"kind"},
             {"operation"},
             {"plugin", kText, true},
             {"plugin_version", kText, true},
             {"actor"},
             {"at", kInteger},
             {"request_id"},
             {"as_plugin", kInteger},
             {"note"},
             {"input"},
             {"hash"}},
            {"seq"}};
}

Table idempotency() {
    return {"idempotency",
            {{"scope"},
             {"request_hash"},
             {"reply", kText, true},
             {"version", kInteger, true},
             {"at", kInteger}},
            {"scope"},
            {{"idempotency_by_age", {"at"}}}};
}

Table settings() {
    return {"account_settings", {{"id", kInteger}, {"document"}}, {"id"}};
}

Table toggle() {
    return {"toggle",
            {{"plugin"},
             {"state"},
             {"until_at", kInteger, true},
             {"config"},
             {"reason"},
             {"changed_by"},
             {"changed_at", kInteger},
             {"version", kInteger},
             {"plugin_version"},
             {"since_event", kInteger},
             {"override_used", kInteger}},
            {"plugin"}};
}

Table reaction_cursor() {
    return {"reaction_cursor",
            {{"plugin"},
             {"event", kInteger},
             {"attempts", kInteger},
             {"retry_at", kInteger, true},
             {"fault"}},
            {"plugin"}};
}

Table parked() {
    return {"parked_reaction",
            {{"plugin"},
             {"event", kInteger},
             {"event_name"},
             {"depth", kInteger},
             {"code"},
             {"detail"},
             {"attempts", kInteger},
             {"parked_at", kInteger}},
            {"plugin", "event"}};
}

Table document() {
    return {"collection_document",
            {{"plugin"},
             {"collection"},
             {"id"},
             {"version", kInteger},
             {"shape_version", kInteger},
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
            {{"plugin"}, {"name"}, {"rule"}, {"due_at", kInteger}, {"wake_at", kInteger}},
            {"plugin", "name"},
            {{"schedule_by_wake", {"wake_at"}}}};
}

// A run is claimed by its row: once on any number of hosts.
Table schedule_run() {
    return {
        "schedule_run",
        {{"plugin"}, {"name"}, {"due_at", kInteger}, {"ran_at", kInteger}, {"outcome"}, {"detail"}},
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
             {"progress_done", kInteger},
             {"progress_total", kInteger, true},
             {"result"},
             {"errors", kInteger},
             {"attempts", kInteger},
             {"fault"},
             {"principal"},
             {"created_at", kInteger},
             {"changed_at", kInteger}},
            {"id"},
            {{"job_by_state", {"state"}}}};
}

Table job_error() {
    return {"job_error",
            {{"job"},
             {"seq", kInteger},
             {"row", kInteger, true},
             {"code"},
             {"detail"},
             {"column_name", kText, true}},
            {"job", "seq"}};
}

// The text that a job works through, in pieces.
Table job_input() {
    return {"job_input", {{"job"}, {"part", kInteger}, {"text"}}, {"job", "part"}};
}

// Who asked for a request of the journal, once for each that was different.
Table principal() {
    return {"principal", {{"id"}, {"document"}}, {"id"}};
}

// The account has one among the tables of the domain.
Table counter() {
    return {"counter", {{"name"}, {"value", kInteger}}, {"name"}};
}

Migration who_asked() {
    Migration migration{650, "who asked, in the journal", {principal()}};
    migration.add_columns.push_back({"journal", {"principal", kText, true}});
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

#include "host/operations/jobs.hpp"

#include <charconv>
#include <utility>

#include "host/limits.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/stored_principal.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

constexpr std::size_t kIdDigits = 9;
constexpr const char* kJobNote = "job ";

// Jobs that were there before their ids were counted.
std::int64_t last_uncounted(storage::Session& session) {
    const auto last = session.value<std::string>("SELECT MAX(id) FROM job").value_or("J0");
    std::int64_t number = 0;
    std::from_chars(last.data() + 1, last.data() + last.size(), number);
    return number;
}

// Ids sort as they were given, and none comes again when its job is forgotten.
std::string next_id(storage::Session& session) {
    if (session.execute("UPDATE counter SET value = value + 1 WHERE name = 'job'") == 0) {
        session.execute("INSERT INTO counter (name, value) VALUES ('job', :value)",
                        {{"value", last_uncounted(session) + 1}});
    }
    auto digits = std::to_string(
        session.value<std::int64_t>("SELECT value FROM counter WHERE name = 'job'").value_or(0));
    digits.insert(0, digits.size() < kIdDigits ? kIdDigits - digits.size() : 0, '0');
    return "J" + digits;
}

}  // namespace

std::string add_job(UnitOfWork& unit, const NewJob& job) {
    auto id = next_id(unit.session);
    unit.session.execute(
        "INSERT INTO job (id, kind, plugin, state, request, memory, progress_done, progress_total, "
        "result, errors, attempts, fault, principal, created_at, changed_at) VALUES (:id, :kind, "
        ":plugin, 'waiting', :request, 'null', 0, NULL, 'null', 0, 0, '', :principal, :now, :now)",
        {{"id", id},
         {"kind", job.kind},
         {"plugin", job.plugin},
         {"request", job.request},
         {"principal", principal_to_json(unit.facts.principal)},
         {"now", unit.facts.now}});
    std::int64_t part = 0;
    for (const auto& text : job.input) {
        unit.session.execute("INSERT INTO job_input (job, part, text) VALUES (:id, :part, :text)",
                             {{"id", id}, {"part", part++}, {"text", text}});
    }
    if (!unit.facts.dry_run) {
        if (unit.settings != directory_settings()) wake_at(unit, unit.facts.now);
        unit.services.jobs->enqueue(
            unit.settings == directory_settings() ? AccountCode() : unit.facts.account, id);
    }
    return id;
}

void journal_job_start(UnitOfWork& unit, const std::string& operation, const std::string& job,
                       const std::string& input) {
    JournalEntry entry;
    entry.operation = operation;
    entry.actor = unit.caller().name;
    entry.note = kJobNote + job;
    entry.input = input;
    append_journal(unit, entry);
}

bool starts_job(const JournalEntry& entry) {
    return entry.note.starts_with(kJobNote);
}

std::optional<JobRecord> find_job(storage::Session& session, const std::string& id) {
    auto rows = session.select(
        "SELECT id, kind, plugin, state, request, memory, progress_done, progress_total, result, "
        "errors, attempts, fault, principal, created_at, changed_at FROM job WHERE id = :id",
        {{"id", id}});
    if (!rows.next()) return std::nullopt;
    JobRecord record;
    record.job = {rows.get<std::string>(0),
                  rows.get<std::string>(1),
                  rows.get<std::string>(2),
                  rows.get<jobs::JobStatus>(3),
                  {rows.integer(6), rows.get<std::optional<std::int64_t>>(7)},
                  RawJson{rows.get<std::string>(8)},
                  rows.integer(9),
                  rows.get<std::string>(11),
                  rows.get<Instant>(13),
                  rows.get<Instant>(14)};
    record.request = rows.get<std::string>(4);
    record.memory = rows.get<std::string>(5);
    record.attempts = rows.get<int>(10);
    record.principal = principal_from_json(rows.text(12));
    return record;
}

void save_job(storage::Session& session, JobRecord& record, Instant now) {
    record.job.changed_at = now;
    session.execute(
        "UPDATE job SET state = :state, memory = :memory, progress_done = :done, progress_total = "
        ":total, result = :result, errors = :errors, attempts = :attempts, fault = :fault, "
        "changed_at = :now WHERE id = :id",
        {{"state", record.job.status},
         {"memory", record.memory},
         {"done", record.job.progress.done},
         {"total", record.job.progress.total},
         {"result", record.job.result.text},
         {"errors", record.job.errors},
         {"attempts", record.attempts},
         {"fault", record.job.detail},
         {"now", now},
         {"id", record.job.id}});
}

void add_job_error(storage::Session& session, JobRecord& record, std::optional<std::int64_t> row,
                   const std::string& code, const std::string& detail,
                   const std::optional<std::string>& column) {
    // All are counted; past the bound they are not kept.
    if (++record.job.errors > limits::kJobErrorsKept) return;
    session.execute(
        "INSERT INTO job_error (job, seq, row, code, detail, column_name) VALUES (:job, :seq, "
        ":row, "
        ":code, :detail, :column)",
        {{"job", record.job.id},
         {"seq", record.job.errors},
         {"row", row},
         {"code", code},
         {"detail", detail},
         {"column", column}});
}

std::string read_job_input(storage::Session& session, const std::string& id) {
    auto rows =
        session.select("SELECT text FROM job_input WHERE job = :id ORDER BY part", {{"id", id}});
    std::string text;
    while (rows.next()) text += rows.text(0);
    return text;
}

void drop_job_input(storage::Session& session, const std::string& id) {
    session.execute("DELETE FROM job_input WHERE job = :id", {{"id", id}});
}

std::vector<std::string> open_jobs(storage::Session& session) {
    auto rows =
        session.select("SELECT id FROM job WHERE state IN ('waiting', 'running') ORDER BY id");
    std::vector<std::string> ids;
    while (rows.next()) ids.push_back(rows.get<std::string>(0));
    return ids;
}

}  // namespace wharf::operations

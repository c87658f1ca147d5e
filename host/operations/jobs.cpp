#include "host/operations/jobs.hpp"

#include <boost/describe.hpp>
#include <charconv>
#include <utility>
#include <wharf/json_parse.hpp>

#include "host/operations/job_runner.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

struct StoredPrincipal {
    std::string key_id;
    std::string name;
    std::string role;
    std::optional<AccountCode> account;
    std::optional<VendorCode> vendor;
    std::vector<LocationCode> locations;
    std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(StoredPrincipal, (),
                      (key_id, name, role, account, vendor, locations, permissions))

std::string to_text(const std::shared_ptr<const accounts::Principal>& principal) {
    if (!principal) return "null";
    return to_json(StoredPrincipal{principal->key_id, principal->name,
                                   boost::describe::enum_to_string(principal->role, "unknown"),
                                   principal->account, principal->vendor, principal->locations,
                                   principal->permissions});
}

std::shared_ptr<const accounts::Principal> principal_of(std::string_view text) {
    const auto tree = parse_json(text).value;
    if (tree.is_null()) return nullptr;
    auto stored = from_json<StoredPrincipal>(tree);
    auto principal = std::make_shared<accounts::Principal>();
    principal->key_id = std::move(stored.key_id);
    principal->name = std::move(stored.name);
    boost::describe::enum_from_string(stored.role.c_str(), principal->role);
    principal->account = std::move(stored.account);
    principal->vendor = std::move(stored.vendor);
    principal->locations = std::move(stored.locations);
    principal->permissions = std::move(stored.permissions);
    return principal;
}

constexpr std::size_t kIdDigits = 9;

// Ids sort as they were given.
std::string next_id(storage::Session& session) {
    const auto last = session.value<std::string>("SELECT MAX(id) FROM job").value_or("J0");
    std::int64_t number = 0;
    std::from_chars(last.data() + 1, last.data() + last.size(), number);
    auto digits = std::to_string(number + 1);
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
         {"principal", to_text(unit.facts.principal)},
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
    record.principal = principal_of(rows.text(12));
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
    session.execute(
        "INSERT INTO job_error (job, seq, row, code, detail, column_name) VALUES (:job, :seq, "
        ":row, "
        ":code, :detail, :column)",
        {{"job", record.job.id},
         {"seq", ++record.job.errors},
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

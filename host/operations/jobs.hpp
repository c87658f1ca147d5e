// Long work in steps. A job is a row in the account's database (or account zero's, for the
// platform); each step is a unit of its own that also stores how far it came, so that a crash
// repeats nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <wharf/operations/jobs.hpp>

#include "host/accounts/principal.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

struct NewJob {
    std::string kind;
    std::string plugin;                   // whose job it is, or empty
    std::string request;                  // JSON, what it was asked for
    std::vector<std::string> input = {};  // text that it works through, in pieces
};

struct JobRecord {
    jobs::Job job;
    std::string request;
    std::string memory = "null";  // JSON, what the last step left for the next
    int attempts = 0;
    std::shared_ptr<const accounts::Principal> principal;  // who asked; none: a plugin or the host

    [[nodiscard]] bool ended() const {
        return job.status != jobs::JobStatus::waiting && job.status != jobs::JobStatus::running;
    }
};

// Adds a job in this unit; it begins after the commit. Gives its id.
std::string add_job(UnitOfWork& unit, const NewJob& job);

// The journal's row of a job that was started by an operation outside of units, which has no row of
// its own; with it a replay gives out the same ids.
void journal_job_start(UnitOfWork& unit, const std::string& operation, const std::string& job,
                       const std::string& input);
// Whether it is such a row.
bool starts_job(const JournalEntry& entry);

std::optional<JobRecord> find_job(storage::Session& session, const std::string& id);
void save_job(storage::Session& session, JobRecord& record, Instant now);
void add_job_error(storage::Session& session, JobRecord& record, std::optional<std::int64_t> row,
                   const std::string& code, const std::string& detail,
                   const std::optional<std::string>& column = {});
// The pieces of the job's input as one text.
std::string read_job_input(storage::Session& session, const std::string& id);
void drop_job_input(storage::Session& session, const std::string& id);
std::vector<std::string> open_jobs(storage::Session& session);

}  // namespace wharf::operations

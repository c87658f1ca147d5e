// Long work: progress, cancel, result, errors as pages.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "wharf/describe.hpp"
#include "wharf/operation.hpp"

namespace wharf::jobs {

enum class JobStatus { waiting, running, done, failed, cancelled, unknown };
BOOST_DESCRIBE_ENUM(JobStatus, waiting, running, done, failed, cancelled, unknown)

struct Progress {
    std::int64_t done = 0;
    std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(Progress, (), (done, total))

struct Job {
    std::string id;
    std::string kind;
    std::string plugin;
    JobStatus status = JobStatus::waiting;
    Progress progress;
    RawJson result;
    std::int64_t errors = 0;  // listed by jobs.errors; they do not end the job
    std::string detail;       // why it failed
    Instant created_at;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(Job, (),
                      (id, kind, plugin, status, progress, result, errors, detail, created_at,
                       changed_at))

struct GetJob {
    using Reply = Job;
    static constexpr OperationInfo kOperation{"jobs.get", Access::read, "jobs.read",
                                              "GET /jobs/{id}", "How far a job is"};
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetJob, (), (id))

struct ListJobs {
    using Reply = Page<Job>;
    static constexpr OperationInfo kOperation{"jobs.list", Access::read, "jobs.read", "GET /jobs",
                                              "Jobs, by id"};
    std::optional<JobStatus> status;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListJobs, (), (status, limit, after))

struct JobError {
    std::int64_t seq = 0;
    std::optional<std::int64_t> row;  // of the imported file, counted as the file's lines
    std::string code;
    std::string detail;
    std::optional<std::string> column;
};
BOOST_DESCRIBE_STRUCT(JobError, (), (seq, row, code, detail, column))

struct ListErrors {
    using Reply = Page<JobError>;
    static constexpr OperationInfo kOperation{"jobs.errors", Access::read, "jobs.read",
                                              "GET /jobs/{id}/errors", "What a job refused"};
    std::string id;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListErrors, (), (id, limit, after))

// What was done stays done.
struct CancelJob {
    using Reply = Job;
    static constexpr OperationInfo kOperation{"jobs.cancel", Access::write, "imports.write",
                                              "DELETE /jobs/{id}", "Cancel a job"};
    std::string id;
};
BOOST_DESCRIBE_STRUCT(CancelJob, (), (id))

// Jobs of the platform (rollouts).
struct GetPlatformJob {
    using Reply = Job;
    static constexpr OperationInfo kOperation{"jobs.get_platform", Access::read, "accounts.write",
                                              "GET /jobs/{id}", "How far a job of the platform is"};
    std::string id;
};
BOOST_DESCRIBE_STRUCT(GetPlatformJob, (), (id))

struct CancelPlatformJob {
    using Reply = Job;
    static constexpr OperationInfo kOperation{"jobs.cancel_platform", Access::write,
                                              "accounts.write", "DELETE /jobs/{id}",
                                              "Cancel a job of the platform"};
    std::string id;
};
BOOST_DESCRIBE_STRUCT(CancelPlatformJob, (), (id))

struct Started {
    std::string id;
};
BOOST_DESCRIBE_STRUCT(Started, (), (id))

// Only for plugins: starts a job that the plugin declares; it runs after the unit is committed.
struct StartJob {
    using Reply = Started;
    static constexpr OperationInfo kOperation{"jobs.start", Access::write, "", "",
                                              "Start a job of the plugin's own"};
    std::string job;
    boost::json::value request;
};
BOOST_DESCRIBE_STRUCT(StartJob, (), (job, request))

}  // namespace wharf::jobs

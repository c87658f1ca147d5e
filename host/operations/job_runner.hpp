// The threads that take jobs step by step to their end.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <wharf/values/text.hpp>

#include "host/operations/jobs.hpp"
#include "host/operations/services.hpp"

namespace wharf::operations {

// From any thread unless it says otherwise.
class JobRunner {
public:
    // One step inside a unit of the job's account: changes the record, which is stored with it.
    // Sets the state when the job is at its end.
    using Step = std::function<void(UnitOfWork&, JobRecord&)>;
    // One step outside of any unit; the record is stored after it, so a step must be harmless when
    // it is done twice. Jobs of the platform (no account) have only such.
    using FreeStep = std::function<void(Services&, const AccountCode&, JobRecord&)>;

    explicit JobRunner(Services& services) : services_(services) {}
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    ~JobRunner() { stop(); }

    // Before start().
    void add_kind(const std::string& kind, Step step);
    void add_free_kind(const std::string& kind, FreeStep step);

    void start();
    void stop();

    // The job is there, or will be when the caller's unit is committed. Again is fine. An empty
    // account means the platform's.
    void enqueue(const AccountCode& account, const std::string& id);

    // Returns when the job has ended or the time is over. Not from an executor.
    void wait(const AccountCode& account, const std::string& id,
              std::chrono::steady_clock::duration at_most);

private:
    using Key = std::pair<AccountCode, std::string>;
    enum class Progress { more, ended, absent };

    void work();
    void work_on(const Key& key);
    Progress step(const Key& key);
    Progress step_in_unit(const Key& key, const JobRecord& seen);
    Progress free_step(const Key& key, JobRecord record, const FreeStep& step);
    // Notes why a step failed, for those who look at the job and for the log; the job has failed
    // when that was its last try.
    void note_fault(const Key& key, const std::string& fault, const std::string& logged,
                    bool final);
    [[nodiscard]] std::optional<JobRecord> read(const Key& key);

    Services& services_;
    std::map<std::string, Step> kinds_;
    std::map<std::string, FreeStep> free_kinds_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Key> queue_;
    std::set<Key> known_;  // queued or being worked on
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace wharf::operations

#include "host/operations/job_runner.hpp"

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

constexpr std::chrono::milliseconds kAbsentPause{20};
constexpr std::chrono::milliseconds kRetryPause{250};
// A job whose unit was not committed never appears.
constexpr int kAbsentLooks = 50;

// What a client may read of it: files and statements stand in the log alone.
std::string told(const std::exception& error) {
    if (dynamic_cast<const plugins::PluginFault*>(&error) != nullptr) return error.what();
    if (dynamic_cast<const storage::StorageError*>(&error) != nullptr) {
        return "storage_failing: the host's storage did not answer";
    }
    return "internal: a step of the job failed inside the host";
}

}  // namespace

void JobRunner::add_kind(const std::string& kind, Step step) {
    kinds_.emplace(kind, std::move(step));
}

void JobRunner::add_free_kind(const std::string& kind, FreeStep step) {
    free_kinds_.emplace(kind, std::move(step));
}

void JobRunner::start() {
    for (std::size_t i = 0; i < limits::kJobThreads; ++i) threads_.emplace_back([this] { work(); });
}

void JobRunner::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
    threads_.clear();
}

void JobRunner::enqueue(const AccountCode& account, const std::string& id) {
    {
        std::lock_guard lock(mutex_);
        if (!known_.emplace(account, id).second) return;
        queue_.emplace_back(account, id);
    }
    changed_.notify_all();
}

void JobRunner::wait(const AccountCode& account, const std::string& id,
                     std::chrono::steady_clock::duration at_most) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most,
                      [&] { return stopping_ || !known_.contains(Key(account, id)); });
}

void JobRunner::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        auto key = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work_on(key);
        lock.lock();
        known_.erase(key);
        changed_.notify_all();
    }
}

void JobRunner::work_on(const Key& key) {
    const auto pause = [this](std::chrono::milliseconds time) {
        std::unique_lock lock(mutex_);
        return !changed_.wait_for(lock, time, [this] { return stopping_; });
    };
    int absent = 0;
    int failed = 0;
    while (true) {
        {
            std::lock_guard lock(mutex_);
            if (stopping_) return;
        }
        try {
            const auto progress = step(key);
            if (progress == Progress::ended) return;
            if (progress == Progress::absent && (++absent > kAbsentLooks || !pause(kAbsentPause))) {
                return;
            }
            if (progress == Progress::more) failed = 0;
        } catch (const Refusal& refusal) {
            const auto what = refusal.code() + ": " + refusal.detail();
            const bool final = !refusal.retryable() || ++failed >= limits::kJobAttemptsMax;
            note_fault(key, what, what, final);
            if (final || !pause(kRetryPause)) return;
        } catch (const std::exception& error) {
            const bool final = ++failed >= limits::kJobAttemptsMax;
            note_fault(key, told(error), error.what(), final);
            if (final || !pause(kRetryPause)) return;
        }
    }
}

std::optional<JobRecord> JobRunner::read(const Key& key) {
    auto snapshot = key.first.empty() ? services_.accounts->directory().snapshot()
                                      : services_.accounts->open(key.first)->snapshot();
    return find_job(snapshot->session(), key.second);
}

JobRunner::Progress JobRunner::step(const Key& key) {
    auto seen = read(key);
    if (!seen) return Progress::absent;
    if (seen->ended()) return Progress::ended;
    const auto free = free_kinds_.find(seen->job.kind);
    if (free != free_kinds_.end()) return free_step(key, std::move(*seen), free->second);
    return step_in_unit(key, *seen);
}

JobRunner::Progress JobRunner::step_in_unit(const Key& key, const JobRecord& seen) {
    // "plugin:recount" is a job of the kind "plugin".
    const auto kind = kinds_.find(seen.job.kind.substr(0, seen.job.kind.find(':')));
    if (kind == kinds_.end() || key.first.empty()) {
        throw Refusal(RefusalKind::internal, "unknown_job",
                      "nothing here does jobs of the kind " + seen.job.kind);
    }
    auto facts = facts_of(services_, key.first, key.second, true);
    facts.principal = seen.principal;
    bool ended = false;
    run_work(services_, services_.accounts->open(key.first), std::move(facts),
             [&](UnitOfWork& unit) {
                 auto record = find_job(unit.session, key.second);
                 ended = !record || record->ended();
                 if (ended) return;
                 record->job.status = jobs::JobStatus::running;
                 record->attempts = 0;
                 record->job.detail.clear();
                 kind->second(unit, *record);
                 save_job(unit.session, *record, unit.facts.now);
                 ended = record->ended();
             });
    return ended ? Progress::ended : Progress::more;
}

JobRunner::Progress JobRunner::free_step(const Key& key, JobRecord record, const FreeStep& step) {
    record.job.status = jobs::JobStatus::running;
    step(services_, key.first, record);
    bool ended = record.ended();
    const auto save = [&](storage::Session& session) {
        const auto now = find_job(session, key.second);
        ended = record.ended() || !now || now->ended();
        if (now && !now->ended()) save_job(session, record, services_.clock());
    };
    if (key.first.empty()) {
        accounts::run(services_.accounts->directory(), save);
    } else {
        accounts::run(*services_.accounts->open(key.first), save);
    }
    return ended ? Progress::ended : Progress::more;
}

void JobRunner::note_fault(const Key& key, const std::string& fault, const std::string& logged,
                           bool final) {
    services_.log(LogLevel::warning, "jobs", key.second + " failed: " + logged);
    const auto note = [&](storage::Session& session) {
        auto record = find_job(session, key.second);
        if (!record || record->ended()) return;
        record->job.detail = fault;
        ++record->attempts;
        if (final) record->job.status = jobs::JobStatus::failed;
        save_job(session, *record, services_.clock());
    };
    try {
        if (key.first.empty()) {
            accounts::run(services_.accounts->directory(), note);
        } else {
            accounts::run(*services_.accounts->open(key.first), note);
        }
    } catch (const std::exception& error) {
        services_.log(LogLevel::error, "jobs", error.what());
    }
}

}  // namespace wharf::operations

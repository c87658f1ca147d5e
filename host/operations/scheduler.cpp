#include "host/operations/scheduler.hpp"

#include <algorithm>

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/account_operations.hpp"
#include "host/operations/breaker.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/messages/inbox.hpp"
#include "host/operations/messages/inbox_rows.hpp"
#include "host/operations/messages/lane.hpp"
#include "host/operations/messages/messenger.hpp"
#include "host/operations/plugin_switch.hpp"
#include "host/operations/retention.hpp"
#include "host/operations/schedules.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {

namespace {

std::optional<Instant> earlier(std::optional<Instant> left, std::optional<Instant> right) {
    if (!left || !right) return left ? left : right;
    return std::min(*left, *right);
}

}  // namespace

void Scheduler::start() {
    thread_ = std::thread([this] { work(); });
}

void Scheduler::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Scheduler::work() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, limits::kSchedulerPause, [this] { return stopping_; })) {
        lock.unlock();
        try {
            turn();
        } catch (const std::exception& error) {
            services_.log(LogLevel::error, "schedules", error.what());
        }
        lock.lock();
    }
}

void Scheduler::turn() {
    for (const auto& stay : services_.breaker->newly_overdue(services_.clock())) {
        services_.log(LogLevel::error, stay.plugin,
                      "does not come back from a call for " + stay.account.text());
    }
    std::vector<AccountCode> due;
    {
        auto snapshot = services_.accounts->directory().snapshot();
        due = accounts::due_accounts(snapshot->session(), services_.clock(),
                                     limits::kSchedulerAccountsPerTurn);
    }
    for (const auto& code : due) {
        try {
            attend(code);
        } catch (const std::exception& error) {
            services_.log(LogLevel::warning, "schedules", code.text() + ": " + error.what());
        }
    }
    keep_directory_small();
}

void Scheduler::keep_directory_small() {
    const auto now = services_.clock();
    if (directory_pruned_at_ && now < directory_pruned_at_->plus_micros(Instant::kDay)) return;
    accounts::run(services_.accounts->directory(),
                  [&](storage::Session& session) { prune_requests_and_jobs(session, now); });
    directory_pruned_at_ = now;
}

// What waits in the account's outbox, and what its partners have to send again because it was
// restored. Gives when something waits next.
std::optional<Instant> Scheduler::have_messages_carried(storage::Session& session,
                                                        const AccountCode& code) {
    const auto now = services_.clock();
    const auto due = lanes_due(session, now);
    for (const auto& partner : due.now) {
        services_.messenger->deliver(code, partner, Messenger::Try::when_due);
    }
    for (const auto& partner : partners_who_must_hear(session)) {
        services_.messenger->deliver(partner, code, Messenger::Try::even_empty);
    }
    return due.now.empty() ? due.next : now;
}

// The directory's instant is lowered inside units of the account and raised here inside one as
// well, after the work was committed: so one cannot pass the other.
void Scheduler::attend(const AccountCode& code) {
    auto account = services_.accounts->open(code);
    std::shared_ptr<const Settings> settings;
    run_work(services_, account, facts_of(services_, code, "schedule", true),
             [&](UnitOfWork& unit) {
                 if (settle_toggles(unit)) {
                     append_journal(unit, {JournalKind::schedule,
                                           "host.settle_toggles",
                                           {},
                                           {},
                                           "host",
                                           false,
                                           "",
                                           "{}"});
                 }
                 run_due_schedules(unit);
                 work_on_inbox(unit);
                 settings = unit.settings;
             });
    accounts::run(*account, [&](storage::Session& session) {
        for (const auto& id : open_jobs(session)) services_.jobs->enqueue(code, id);
        auto next = earlier(next_wake(session), have_messages_carried(session, code));
        next = earlier(next, next_inbox_due(session, *settings, services_.clock()));
        // What is due now again (a job that runs, a reaction that waits for its next try) is looked
        // at in a while; the job's own thread is at it already.
        const auto soonest = services_.clock().plus_micros(1'000'000);
        if (next && *next < soonest) next = soonest;
        accounts::run(services_.accounts->directory(), [&](storage::Session& directory) {
            accounts::set_next_due(directory, code, next);
            copy_to_directory(directory, settings->account);
        });
    });
}

}  // namespace wharf::operations

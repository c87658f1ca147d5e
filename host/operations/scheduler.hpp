// The thread that looks at the clock: asks the directory whose time has come, and gives each of
// those accounts a unit in which schedules run, toggles end, failed reactions are tried again, and
// jobs go on.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <wharf/values/text.hpp>
#include <wharf/values/time.hpp>

#include "host/operations/services.hpp"
#include "host/storage/session.hpp"

namespace wharf::operations {

class Scheduler {
public:
    explicit Scheduler(Services& services) : services_(services) {}
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;
    ~Scheduler() { stop(); }

    void start();
    void stop();

    // One look, for the accounts that are due now. From one thread at a time.
    void turn();

private:
    void work();
    void attend(const AccountCode& account);
    void keep_directory_small();
    std::optional<Instant> have_messages_carried(storage::Session& session,
                                                 const AccountCode& account);

    Services& services_;
    std::optional<Instant> directory_pruned_at_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace wharf::operations

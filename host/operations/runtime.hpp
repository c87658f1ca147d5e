// What is remembered of an account between its units: its settings, the end of its journal and the
// cursors of its plugins. Everything is read again at the beginning of a batch, or compared with
// the account's version row, so that nothing stale decides anything.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>
#include <wharf/values/text.hpp>
#include <wharf/values/time.hpp>

#include "host/accounts/principal.hpp"
#include "host/operations/settings.hpp"
#include "host/storage/session.hpp"

namespace wharf::accounts {
class Account;
}

namespace wharf::operations {

// Where a plugin stands in the account's events. `event` is what is stored; `seen` is how far
// nothing of interest to the plugin came after it, so that uninteresting events cost no write.
struct ReactionCursor {
    std::string plugin;
    std::int64_t event = 0;
    std::int64_t seen = 0;
    int attempts = 0;
    std::optional<Instant> retry_at;
};

struct Cursors {
    std::vector<ReactionCursor> all;
    // Every plugin that listens had seen every event when they were last looked at; since then
    // `unread` were recorded, or fewer, and none that anybody listens to.
    bool caught_up = false;
    int unread = 0;
};

// Of one batch. A unit works on a copy and hands it back when it is kept.
struct BatchState {
    std::shared_ptr<const Settings> settings;
    // A unit of this batch changed them: what is read now is not committed, so nobody else may
    // remember it.
    bool settings_changed = false;
    std::optional<std::int64_t> journal_seq;
    std::string journal_hash;
    std::optional<Cursors> cursors;
    // Of requests lately, with their names in the journal.
    using Principals =
        std::vector<std::pair<std::shared_ptr<const accounts::Principal>, std::string>>;
    std::shared_ptr<const Principals> principals;
};

class Runtime {
public:
    explicit Runtime(const PluginSet& plugins) : plugins_(plugins) {}

    // From any thread, on its own session: reads the version row, and the settings when they are
    // not those that are remembered.
    std::shared_ptr<const Settings> settings(storage::Session& session);
    // Keeps nothing in memory that is not in use.
    void forget();

    // The following are for the strand's executor only.
    void begin_batch() { checked_ = false; }
    // The first unit of a batch compares the end of the journal and the account's version with what
    // is remembered: when they are what the last batch left, nobody else wrote and it was
    // committed, so all of it still holds; else it is forgotten. Gives the state with settings in
    // it.
    BatchState take(storage::Session& session);
    // What a kept unit leaves behind; without it the next one reads again.
    void keep(BatchState state) { batch_ = std::move(state); }

private:
    static bool still_holds(storage::Session& session, const BatchState& state);

    const PluginSet& plugins_;
    BatchState batch_;
    bool checked_ = false;
    std::mutex mutex_;
    std::shared_ptr<const Settings> remembered_;
};

class Runtimes {
public:
    explicit Runtimes(const PluginSet& plugins) : plugins_(plugins) {}

    std::shared_ptr<Runtime> of(const AccountCode& account);
    // First in every batch of every account.
    void begin_batch(const AccountCode& account) { of(account)->begin_batch(); }

private:
    const PluginSet& plugins_;
    std::mutex mutex_;
    std::unordered_map<AccountCode, std::shared_ptr<Runtime>> runtimes_;
};

}  // namespace wharf::operations

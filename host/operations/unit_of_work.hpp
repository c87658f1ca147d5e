// One unit as the pipeline sees it: its session, instant, settings, who asked, and what its pieces
// share. Reads have one too, on a snapshot.
//
// Threads: one, the strand's executor or the reader's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/accounts/principal.hpp"
#include "host/domain/actor.hpp"
#include "host/domain/transaction.hpp"
#include "host/operations/operation.hpp"
#include "host/operations/runtime.hpp"
#include "host/operations/services.hpp"

namespace wharf::operations {

struct UnitFacts {
    AccountCode account;
    std::shared_ptr<const accounts::Principal> principal;  // none: the host or a plugin by itself
    std::string request_id;
    Instant now;       // one per unit, whole milliseconds
    Instant deadline;  // every further context call is refused after it
    bool dry_run = false;
    bool writes = false;
    std::optional<std::int64_t> if_match = {};
};

class UnitOfWork {
public:
    UnitOfWork(Services& shared, storage::Session& own_session, BatchState& batch,
               std::shared_ptr<const Settings> in_force, UnitFacts given)
        : services(shared),
          session(own_session),
          state(batch),
          settings(std::move(in_force)),
          facts(std::move(given)),
          events{&settings->listened_to} {}
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;

    Services& services;
    storage::Session& session;
    BatchState& state;  // this unit's copy
    std::shared_ptr<const Settings> settings;
    UnitFacts facts;
    domain::EventTally events;

    // How many operations and plugins are inside one another right now.
    int nested = 0;
    // Hooks that are being asked, to notice one that leads back to itself.
    struct Hook {
        const PluginEntry* entry;
        std::string_view operation;
        bool within;
    };
    std::vector<Hook> hooks;
    // What the journal keeps instead of the request, where the request's shape does not know what
    // is secret in it.
    std::optional<std::string> journal_input;
    // Some operation changed the account's row or a toggle.
    bool settings_changed = false;
    // A plugin came back after the deadline, and was blamed for it.
    bool lateness_told = false;
    // The lowest number of a message that was sent in this unit, kept or undone since.
    std::optional<std::int64_t> first_message_sent;

    // Has `work` done when the unit is committed, on the executor's thread: it may not wait, and
    // must be harmless when what asked for it was undone. Once for each `what`.
    void after_commit(std::string what, std::function<void()> work) {
        after_commit_.emplace(std::move(what), std::move(work));
    }
    using AfterCommit = std::map<std::string, std::function<void()>>;
    AfterCommit take_after_commit() { return std::exchange(after_commit_, {}); }

    // Refuses (deadline) when the unit has run too long, and (unavailable) when its transaction is
    // gone.
    void require_time() const;
    // The account's events so far.
    std::int64_t last_event();
    // The calendar day of `now` where the account is.
    Date today();

    // Whoever acts for the caller: its name and its row bindings.
    [[nodiscard]] domain::Actor caller() const;

private:
    const std::shared_ptr<const Settings> began_under_ = settings;  // what `events` points into
    std::optional<Date> today_;
    AfterCommit after_commit_;
};

}  // namespace wharf::operations

#include "host/operations/reactions.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <wharf/json_parse.hpp>

#include "host/domain/events.hpp"
#include "host/limits.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

constexpr std::int64_t kCursorLagMax = 5'000;

struct Failure {
    std::string code;
    std::string detail;
};

// Of an event that the plugin listens to: it hears of its own switching only, not of everybody's.
bool concerns(const PluginEntry& entry, const EventRecord& event) {
    if (!event.name.starts_with("plugin.switched_")) return true;
    const auto data = parse_json(event.data.text).value;
    return data.at("plugin").as_string() == boost::json::string_view(entry.name());
}

void store_cursor(UnitOfWork& unit, const ReactionCursor& cursor, const std::string& fault) {
    unit.session.execute(
        "UPDATE reaction_cursor SET event = :event, attempts = :attempts, retry_at = :retry_at, "
        "fault = :fault WHERE plugin = :plugin",
        {{"event", cursor.event},
         {"attempts", cursor.attempts},
         {"retry_at", cursor.retry_at},
         {"fault", fault},
         {"plugin", cursor.plugin}});
}

void enter_reaction(UnitOfWork& unit, const PluginEntry& entry, const EventRecord& event) {
    const std::string input = to_json(event);
    domain::Actor actor;
    actor.name = "plugin:" + entry.name();
    actor.plugin = entry.name();
    enter_plugin(
        unit, entry,
        {WHARF_CALL_REACTION, event.name, input, std::move(actor), event.depth + 1, false, true});
}

// What the journal keeps of a reaction; a replay does the same, failures included, which may have
// had reasons that do not come again.
enum class ReactionResult { done, failed, parked, passed };
BOOST_DESCRIBE_ENUM(ReactionResult, done, failed, parked, passed)

struct ReactionRecord {
    std::int64_t event = 0;
    ReactionResult outcome = ReactionResult::done;
    int attempts = 0;
    std::optional<Instant> retry_at = {};
    std::string code = {};
    std::string detail = {};
};
BOOST_DESCRIBE_STRUCT(ReactionRecord, (), (event, outcome, attempts, retry_at, code, detail))

void journal_reaction(UnitOfWork& unit, const std::string& plugin, const std::string& event_name,
                      const ReactionRecord& record) {
    JournalEntry entry;
    entry.kind = JournalKind::reaction;
    entry.operation = event_name;
    entry.plugin = plugin;
    if (const auto* installed = unit.services.plugins->find(plugin)) {
        entry.plugin_version = installed->manifest().version;
    }
    entry.actor = "plugin:" + plugin;
    entry.note = "event " + std::to_string(record.event);
    entry.input = record.outcome == ReactionResult::done
                      ? "{\"event\":" + std::to_string(record.event) + '}'
                      : to_json(record);
    append_journal(unit, entry);
}

void store_parked(UnitOfWork& unit, const std::string& plugin, const EventRecord& event,
                  const ReactionRecord& record) {
    unit.session.execute(
        "INSERT INTO parked_reaction (plugin, event, event_name, depth, code, detail, attempts, "
        "parked_at) VALUES (:plugin, :event, :name, :depth, :code, :detail, :attempts, :now)",
        {{"plugin", plugin},
         {"event", event.sequence},
         {"name", event.name},
         {"depth", event.depth},
         {"code", record.code},
         {"detail", record.detail},
         {"attempts", record.attempts},
         {"now", unit.facts.now}});
}

class Reactor {
public:
    explicit Reactor(UnitOfWork& unit) : unit_(unit), settings_(unit.settings) {}

    ReactionOutcome run() {
        if (!somebody_listens() || nothing_is_new()) return {};
        read_cursors();
        while (round()) {
        }
        tell_what_is_left();
        return std::move(outcome_);
    }

private:
    bool listens(const Settings::Active& active) const {
        return !active.entry->reactions.empty() && active.toggle->runs(unit_.facts.now);
    }
    bool somebody_listens() const {
        const auto& active = settings_->active;
        return std::any_of(active.begin(), active.end(),
                           [&](const auto& one) { return listens(one); });
    }

    // Most units record nothing that anybody listens to, and find everybody up to date: then there
    // is nothing to read. Now and then the cursors follow, so that the next look is short.
    bool nothing_is_new() {
        auto& cursors = unit_.state.cursors;
        const bool same_listeners = unit_.events.listened_to == &settings_->listened_to;
        if (!cursors || !cursors->caught_up || unit_.events.heard || !same_listeners) return false;
        cursors->unread += unit_.events.recorded;
        if (cursors->unread < static_cast<int>(limits::kReactionWindow)) return true;
        const auto last = unit_.last_event();
        for (const auto& active : settings_->active) {
            auto* cursor = listens(active) ? cursor_of(*active.entry) : nullptr;
            if (cursor == nullptr) continue;
            cursor->seen = last;
            store_when_far_behind(*cursor);
        }
        cursors->unread = 0;
        return true;
    }

    // A restart reads on from what is stored.
    void store_when_far_behind(ReactionCursor& cursor) {
        if (cursor.seen - cursor.event <= kCursorLagMax || cursor.retry_at) return;
        cursor.event = cursor.seen;
        store_cursor(unit_, cursor, "");
        journal_reaction(unit_, cursor.plugin, "cursor",
                         {cursor.event, ReactionResult::passed, 0, {}, {}, {}});
    }

    void read_cursors() {
        if (unit_.state.cursors) return;
        auto& cursors = unit_.state.cursors.emplace().all;
        auto rows =
            unit_.session.select("SELECT plugin, event, attempts, retry_at FROM reaction_cursor");
        while (rows.next()) {
            cursors.push_back({rows.get<std::string>(0), rows.integer(1), rows.integer(1),
                               rows.get<int>(2), rows.get<std::optional<Instant>>(3)});
        }
    }

    ReactionCursor* cursor_of(const PluginEntry& entry) {
        auto& cursors = unit_.state.cursors->all;
        const auto found = std::find_if(cursors.begin(), cursors.end(), [&](const auto& cursor) {
            return cursor.plugin == entry.name();
        });
        return found == cursors.end() ? nullptr : &*found;
    }

    // One pass over the plugins; false when nothing moved.
    bool round() {
        last_event_ = look_ahead();
        bool moved = false;
        for (const auto& active : settings_->active) {
            if (!listens(active)) continue;
            auto* cursor = cursor_of(*active.entry);
            if (cursor != nullptr) moved = catch_up(active, *cursor) || moved;
        }
        moved_last_ = moved;
        return moved && budget_ > 0;
    }

    bool held(const ReactionCursor& cursor) const {
        return cursor.retry_at && unit_.facts.now < *cursor.retry_at;
    }

    // Works off what the plugin has not seen. True when it reacted to anything.
    bool catch_up(const Settings::Active& active, ReactionCursor& cursor) {
        bool reacted = false;
        while (cursor.seen < last_event_ && budget_ > 0 && !held(cursor)) {
            const auto heads = heads_after(cursor.seen);
            if (heads.empty()) break;
            for (const auto* head : heads) {
                const auto* event =
                    active.entry->reactions.contains(head->name) ? &whole(head->sequence) : nullptr;
                if (event == nullptr || !interests(active, *event)) {
                    cursor.seen = head->sequence;
                    continue;
                }
                if (budget_ <= 0 || unit_.services.clock() > unit_.facts.deadline) {
                    budget_ = 0;
                    break;
                }
                --budget_;
                if (!react(active, cursor, *event)) break;
                reacted = true;
            }
        }
        store_when_far_behind(cursor);
        return reacted;
    }

    bool interests(const Settings::Active& active, const EventRecord& event) {
        if (!concerns(*active.entry, event)) return false;
        if (active.toggle->state == ToggleState::on) return true;
        const auto& reaction = *active.entry->reactions.at(event.name);
        return predates_switch(unit_, *active.toggle, reaction.on_existing,
                               parse_json(event.data.text).value);
    }

    // Reads the names of what somebody has not seen yet and gives the account's last event. As a
    // rule that is all there is to read: most plugins listen to little of what happens.
    std::int64_t look_ahead() {
        std::optional<std::int64_t> seen;
        for (const auto& active : settings_->active) {
            const auto* cursor = listens(active) ? cursor_of(*active.entry) : nullptr;
            if (cursor == nullptr || held(*cursor)) continue;
            seen = std::min(seen.value_or(cursor->seen), cursor->seen);
        }
        if (!seen) return unit_.last_event();
        heads_ = domain::event_heads_after(unit_.session, *seen, limits::kReactionWindow);
        if (heads_.size() == limits::kReactionWindow) return unit_.last_event();
        return heads_.empty() ? *seen : heads_.back().sequence;
    }

    // The events after `sequence` whose names were read already, else the next ones.
    std::vector<const domain::EventHead*> heads_after(std::int64_t sequence) {
        if (heads_.empty() || heads_.front().sequence > sequence + 1 ||
            heads_.back().sequence <= sequence) {
            heads_ = domain::event_heads_after(unit_.session, sequence, limits::kReactionWindow);
        }
        std::vector<const domain::EventHead*> after;
        for (const auto& head : heads_) {
            if (head.sequence > sequence) after.push_back(&head);
        }
        return after;
    }

    // Valid until the next call.
    const EventRecord& whole(std::int64_t sequence) {
        const auto is_it = [&](const EventRecord& event) { return event.sequence == sequence; };
        auto found = std::find_if(events_.begin(), events_.end(), is_it);
        if (found == events_.end()) {
            events_ = domain::events_after(unit_.session, sequence - 1, limits::kReactionWindow);
            found = std::find_if(events_.begin(), events_.end(), is_it);
        }
        if (found == events_.end()) throw std::logic_error("an event went while it was read");
        return *found;
    }

    // True when the cursor went past the event, by success or by parking.
    bool react(const Settings::Active& active, ReactionCursor& cursor, const EventRecord& event) {
        if (event.depth >= limits::kReactionDepthMax) {
            park(cursor, event,
                 {"chain_too_long", "reactions led to reactions " + std::to_string(event.depth) +
                                        " times; this is a circle"});
            return true;
        }
        auto failure = attempt(active, cursor, event);
        return !failure || failed(cursor, event, *failure);
    }

    std::optional<Failure> attempt(const Settings::Active& active, ReactionCursor& cursor,
                                   const EventRecord& event) {
        const auto as_it_was = cursor;
        storage::Savepoint savepoint(unit_.session);
        try {
            enter_reaction(unit_, *active.entry, event);
            go_past(cursor, event);
            savepoint.keep();
        } catch (const Refusal& refusal) {
            return given_up(as_it_was, cursor, savepoint, {refusal.code(), refusal.detail()});
        } catch (const storage::StorageError& error) {
            // What the engine says stays in the log: it speaks of files and statements.
            unit_.services.log(LogLevel::warning, "reactions", error.what());
            return given_up(as_it_was, cursor, savepoint,
                            {"storage_failing", "the host's storage did not answer"});
        } catch (const std::exception& error) {
            return given_up(as_it_was, cursor, savepoint, {"plugin_fault", error.what()});
        }
        journal_reaction(unit_, cursor.plugin, event.name, {event.sequence});
        return std::nullopt;
    }

    void go_past(ReactionCursor& cursor, const EventRecord& event) {
        cursor.event = cursor.seen = event.sequence;
        cursor.attempts = 0;
        cursor.retry_at.reset();
        store_cursor(unit_, cursor, "");
    }

    // A transaction that is gone is no failure of the reaction.
    std::optional<Failure> given_up(const ReactionCursor& as_it_was, ReactionCursor& cursor,
                                    storage::Savepoint& savepoint, Failure failure) {
        if (!unit_.session.in_transaction()) throw;
        savepoint.undo();
        cursor = as_it_was;
        return failure;
    }

    bool failed(ReactionCursor& cursor, const EventRecord& event, const Failure& failure) {
        unit_.services.log(LogLevel::warning, "reactions",
                           cursor.plugin + " failed on event " + std::to_string(event.sequence) +
                               " (" + event.name + "): " + failure.code + ": " + failure.detail);
        constexpr auto kRetries = std::ssize(limits::kReactionRetries);
        if (cursor.attempts >= kRetries) {
            park(cursor, event, failure);
            return true;
        }
        const auto wait = limits::kReactionRetries[cursor.attempts];
        ++cursor.attempts;
        cursor.retry_at = unit_.facts.now.plus_micros(std::chrono::microseconds(wait).count());
        store_cursor(unit_, cursor, failure.code + ": " + failure.detail);
        journal_reaction(unit_, cursor.plugin, event.name,
                         {event.sequence, ReactionResult::failed, cursor.attempts, cursor.retry_at,
                          failure.code, failure.detail});
        wake_at(unit_, *cursor.retry_at);
        outcome_.not_run.push_back({cursor.plugin, failure.code + ": " + failure.detail});
        return false;
    }

    void park(ReactionCursor& cursor, const EventRecord& event, const Failure& failure) {
        const ReactionRecord record{event.sequence, ReactionResult::parked, cursor.attempts + 1, {},
                                    failure.code,   failure.detail};
        store_parked(unit_, cursor.plugin, event, record);
        go_past(cursor, event);
        journal_reaction(unit_, cursor.plugin, event.name, record);
    }

    void tell_what_is_left() {
        auto& cursors = *unit_.state.cursors;
        cursors.unread = 0;
        cursors.caught_up = !moved_last_;
        for (const auto& active : settings_->active) {
            if (!listens(active)) continue;
            const auto* cursor = cursor_of(*active.entry);
            if (cursor == nullptr || cursor->retry_at) cursors.caught_up = false;
            if (cursor == nullptr || cursor->seen >= last_event_) continue;
            cursors.caught_up = false;
            const bool told =
                std::any_of(outcome_.not_run.begin(), outcome_.not_run.end(),
                            [&](const auto& not_run) { return not_run.plugin == cursor->plugin; });
            if (held(*cursor)) {
                if (!told) outcome_.not_run.push_back({cursor->plugin, "waits after a failure"});
            } else {
                outcome_.backlog = true;
                if (!told) outcome_.not_run.push_back({cursor->plugin, "has a backlog"});
            }
        }
    }

    UnitOfWork& unit_;
    std::shared_ptr<const Settings> settings_;
    std::vector<domain::EventHead> heads_;
    std::vector<EventRecord> events_;
    std::int64_t last_event_ = 0;
    bool moved_last_ = false;
    int budget_ = limits::kReactionsPerUnitMax;
    ReactionOutcome outcome_;
};

// Refuses (gone) an event that is no longer kept.
EventRecord event_at(UnitOfWork& unit, std::int64_t sequence) {
    auto events = domain::events_after(unit.session, sequence - 1, 1);
    if (events.empty() || events.front().sequence != sequence) {
        throw Refusal(RefusalKind::gone, "event_pruned",
                      "event " + std::to_string(sequence) + " is too old and no longer kept");
    }
    return std::move(events.front());
}

}  // namespace

void replay_reaction(UnitOfWork& unit, const PluginEntry& entry, const JournalEntry& row) {
    const auto record = from_json<ReactionRecord>(parse_json(row.input).value);
    ReactionCursor cursor{entry.name(), record.event, record.event, 0, {}};
    std::string fault;
    if (record.outcome == ReactionResult::failed) {
        cursor.event =
            unit.session
                .value<std::int64_t>("SELECT event FROM reaction_cursor WHERE plugin = :plugin",
                                     {{"plugin", entry.name()}})
                .value_or(0);
        cursor.attempts = record.attempts;
        cursor.retry_at = record.retry_at;
        fault = record.code + ": " + record.detail;
    } else if (record.outcome == ReactionResult::parked) {
        store_parked(unit, entry.name(), event_at(unit, record.event), record);
    } else if (record.outcome == ReactionResult::done) {
        enter_reaction(unit, entry, event_at(unit, record.event));
    }
    store_cursor(unit, cursor, fault);
}

ReactionOutcome run_reactions(UnitOfWork& unit) {
    if (unit.settings->active.empty()) return {};
    return Reactor(unit).run();
}

void start_cursor(UnitOfWork& unit, const std::string& plugin, std::int64_t event) {
    unit.session.execute("DELETE FROM reaction_cursor WHERE plugin = :plugin",
                         {{"plugin", plugin}});
    unit.session.execute(
        "INSERT INTO reaction_cursor (plugin, event, attempts, retry_at, fault) VALUES (:plugin, "
        ":event, 0, NULL, '')",
        {{"plugin", plugin}, {"event", event}});
    unit.state.cursors.reset();
}

void retry_parked(UnitOfWork& unit, const PluginEntry& entry, std::int64_t event) {
    enter_reaction(unit, entry, event_at(unit, event));
    unit.session.execute("DELETE FROM parked_reaction WHERE plugin = :plugin AND event = :event",
                         {{"plugin", entry.name()}, {"event", event}});
}

}  // namespace wharf::operations

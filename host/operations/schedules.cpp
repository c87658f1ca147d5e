#include "host/operations/schedules.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>
#include <utility>
#include <vector>
#include <wharf/json_parse.hpp>
#include <wharf/schedule.hpp>

#include "host/domain/allocation.hpp"
#include "host/domain/transaction.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/messages/outbox.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/retention.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

constexpr unsigned long kSpreadSeconds = 300;
constexpr std::size_t kRunsPerUnit = 50;

// What the journal keeps of a run; a replay does the same without asking the clock again.
enum class RunOutcome {
    done,
    failed,   // with the reason; nothing of it was kept
    skipped,  // the plugin was not on, or not installed
    taken,    // it had been run before, perhaps by another host
};
BOOST_DESCRIBE_ENUM(RunOutcome, done, failed, skipped, taken)

struct RunRecord {
    Instant due_at;
    RunOutcome outcome = RunOutcome::done;
    std::string detail;
    std::optional<std::int64_t> events_to;  // of `prune`: up to here they were forgotten
    std::vector<OutboxBound> messages_to;   // and of messages that were sent
};
BOOST_DESCRIBE_STRUCT(RunRecord, (), (due_at, outcome, detail, events_to, messages_to))

// What the host does every day, by the account's own clock. Lots expire when the day begins.
struct HostSchedule {
    std::string_view name;
    const char* daily_at;
    void (*work)(UnitOfWork&, RunRecord&);
};

void prune_account(UnitOfWork& unit, RunRecord& record) {
    if (!record.events_to) {
        record.events_to = last_prunable_event(unit);
        record.messages_to = prunable_messages(unit);
    }
    prune(unit, *record.events_to);
    prune_outbox(unit.session, record.messages_to);
}

void expire_lots(UnitOfWork& unit, RunRecord&) {
    domain::Actor actor;
    actor.name = "host";
    domain::Transaction transaction(
        unit.session, unit.settings->account,
        {unit.facts.now, actor, unit.facts.request_id, 0, {}, &unit.events});
    domain::expire_lots(transaction);
}

constexpr HostSchedule kHostRuns[] = {{"expire_lots", "00:05", &expire_lots},
                                      {"prune", "03:00", &prune_account}};

// Daily starts are spread by account, so that not every account of a zone begins in one second.
Instant wake_of(const Timing& timing, Instant due, std::string_view account) {
    if (timing.every_minutes) return due;
    const auto spread = std::stoul(sha256(account).substr(0, 8), nullptr, 16) % kSpreadSeconds;
    return due.plus_micros(static_cast<std::int64_t>(spread) * 1'000'000);
}

std::string to_text(const Timing& timing) {
    std::string text = timing.every_minutes ? std::to_string(*timing.every_minutes) : "";
    for (const auto& time : timing.daily_at) text += ' ' + time;
    return text;
}

Timing from_text(std::string_view text) {
    Timing timing;
    const auto space = std::min(text.find(' '), text.size());
    if (space > 0) {
        timing.every_minutes = std::stoll(std::string(text.substr(0, space)));
    }
    for (auto begin = space; begin < text.size(); begin += 6) {
        timing.daily_at.emplace_back(text.substr(begin + 1, 5));
    }
    return timing;
}

bool is_time(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return false;
    const auto hour = Date::digits(text.substr(0, 2));
    const auto minute = Date::digits(text.substr(3, 2));
    return hour && minute && *hour < 24 && *minute < 60;
}

Timing timing_from_config(const std::string& field, const std::string& config) {
    const auto tree = parse_json(config).value;
    const auto* object = tree.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(field);
    if (value == nullptr || value->is_null()) return {};
    const auto schedule = from_json<Schedule>(*value);
    Timing timing;
    if (schedule.every_minutes) {
        if (*schedule.every_minutes < 1 || *schedule.every_minutes > 1440) {
            throw Refusal::invalid("/config/" + field + "/every_minutes", "out_of_range",
                                   "must be from 1 to 1440");
        }
        timing.every_minutes = *schedule.every_minutes;
    }
    for (std::size_t i = 0; i < schedule.daily_at->size(); ++i) {
        const auto& text = (*schedule.daily_at)[i].text();
        if (!is_time(text)) {
            throw Refusal::invalid("/config/" + field + "/daily_at/" + std::to_string(i),
                                   "invalid_time", "must be a time of day such as 02:30");
        }
        timing.daily_at.push_back(text);
    }
    return timing;
}

Timing timing_of(const plugins::ScheduleRule& rule, const std::string& config) {
    if (rule.config) return timing_from_config(*rule.config, config);
    Timing timing;
    timing.every_minutes = rule.every_minutes;
    if (rule.daily_at) timing.daily_at.push_back(*rule.daily_at);
    return timing;
}

void insert(storage::Session& session, std::string_view plugin, std::string_view name,
            const Timing& timing, Instant due, Instant wake) {
    session.execute(
        "INSERT INTO schedule (plugin, name, rule, due_at, wake_at) VALUES (:plugin, :name, :rule, "
        ":due, :wake)",
        {{"plugin", plugin},
         {"name", name},
         {"rule", to_text(timing)},
         {"due", due},
         {"wake", wake}});
}

struct DueRun {
    std::string plugin;
    std::string name;
    Timing timing;
    Instant due;
};

std::vector<DueRun> due_runs(UnitOfWork& unit) {
    auto rows = unit.session.select(
        "SELECT plugin, name, rule, due_at FROM schedule WHERE wake_at <= :now ORDER BY wake_at, "
        "plugin, name LIMIT :limit",
        {{"now", unit.facts.now}, {"limit", kRunsPerUnit}});
    std::vector<DueRun> runs;
    while (rows.next()) {
        runs.push_back({rows.get<std::string>(0), rows.get<std::string>(1), from_text(rows.text(2)),
                        rows.get<Instant>(3)});
    }
    return runs;
}

// False when another host has this run.
bool claim(UnitOfWork& unit, const DueRun& run) {
    const auto taken = unit.session.value<std::int64_t>(
        "SELECT due_at FROM schedule_run WHERE plugin = :plugin AND name = :name AND due_at = :due",
        {{"plugin", run.plugin}, {"name", run.name}, {"due", run.due}});
    if (taken) return false;
    unit.session.execute(
        "INSERT INTO schedule_run (plugin, name, due_at, ran_at, outcome, detail) VALUES (:plugin, "
        ":name, :due, :now, 'done', '')",
        {{"plugin", run.plugin}, {"name", run.name}, {"due", run.due}, {"now", unit.facts.now}});
    return true;
}

// Precondition: the run is claimed.
void do_run(UnitOfWork& unit, const DueRun& run, RunRecord& record) {
    if (run.plugin == kHostSchedules) {
        for (const auto& own : kHostRuns) {
            if (own.name == run.name) own.work(unit, record);
        }
        return;
    }
    const auto* toggle = unit.settings->running(run.plugin, unit.facts.now);
    const auto* entry = unit.services.plugins->find(run.plugin);
    if (toggle == nullptr || entry == nullptr || toggle->state != ToggleState::on) {
        record.outcome = RunOutcome::skipped;
        return;
    }
    domain::Actor actor;
    actor.name = "plugin:" + run.plugin;
    actor.plugin = run.plugin;
    const auto input = to_json(ScheduledRun{run.due});
    enter_plugin(unit, *entry,
                 {WHARF_CALL_SCHEDULE, run.name, input, std::move(actor), 0, false, true});
}

void note_failure(UnitOfWork& unit, const DueRun& run, const std::string& detail) {
    unit.session.execute(
        "UPDATE schedule_run SET outcome = 'failed', detail = :detail WHERE plugin = :plugin AND "
        "name = :name AND due_at = :due",
        {{"detail", detail}, {"plugin", run.plugin}, {"name", run.name}, {"due", run.due}});
}

void attempt(UnitOfWork& unit, const DueRun& run, RunRecord& record) {
    storage::Savepoint savepoint(unit.session);
    try {
        do_run(unit, run, record);
        savepoint.keep();
        return;
    } catch (const Refusal& refusal) {
        record.detail = refusal.code() + ": " + refusal.detail();
    } catch (const plugins::PluginFault& fault) {
        record.detail = fault.what();
    }
    savepoint.undo();
    record.outcome = RunOutcome::failed;
    unit.services.log(LogLevel::warning, "schedules",
                      run.plugin + '.' + run.name + " failed: " + record.detail);
    note_failure(unit, run, record.detail);
}

void journal_run(UnitOfWork& unit, const DueRun& run, const RunRecord& record) {
    JournalEntry entry;
    entry.kind = JournalKind::schedule;
    entry.note = run.due.text();
    entry.input = to_json(record);
    if (run.plugin == kHostSchedules) {
        entry.operation = "host." + run.name;
        entry.actor = "host";
    } else {
        entry.operation = run.plugin + '.' + run.name;
        entry.plugin = run.plugin;
        entry.actor = "plugin:" + run.plugin;
        if (const auto* plugin = unit.services.plugins->find(run.plugin)) {
            entry.plugin_version = plugin->manifest().version;
        }
    }
    append_journal(unit, entry);
}

void plan_next(UnitOfWork& unit, const DueRun& run) {
    const auto due = next_due(run.timing, unit.settings->account.time_zone.text(), unit.facts.now);
    if (!due) return;
    unit.session.execute(
        "UPDATE schedule SET due_at = :due, wake_at = :wake WHERE plugin = :plugin AND name = "
        ":name",
        {{"due", *due},
         {"wake", wake_of(run.timing, *due, unit.facts.account.view())},
         {"plugin", run.plugin},
         {"name", run.name}});
}

}  // namespace

void plan_schedules(UnitOfWork& unit, const PluginEntry& entry, const Toggle& toggle) {
    drop_schedules(unit, entry.name());
    for (const auto& schedule : entry.manifest().schedules) {
        const auto timing = timing_of(schedule.rule, toggle.config);
        const auto due = next_due(timing, unit.settings->account.time_zone.text(), unit.facts.now);
        if (!due) continue;
        const auto wake = wake_of(timing, *due, unit.facts.account.view());
        insert(unit.session, entry.name(), schedule.name, timing, *due, wake);
        wake_at(unit, wake);
    }
}

void drop_schedules(UnitOfWork& unit, const std::string& plugin) {
    unit.session.execute("DELETE FROM schedule WHERE plugin = :plugin", {{"plugin", plugin}});
}

void plan_host_schedules(storage::Session& session, const Account& account, Instant now) {
    for (const auto& own : kHostRuns) {
        const Timing timing{std::nullopt, {own.daily_at}};
        const auto due = *next_due(timing, account.time_zone.text(), now);
        insert(session, kHostSchedules, own.name, timing, due,
               wake_of(timing, due, account.code.view()));
    }
}

void run_due_schedules(UnitOfWork& unit) {
    for (const auto& run : due_runs(unit)) {
        RunRecord record{run.due, RunOutcome::done, {}, {}, {}};
        if (claim(unit, run)) {
            attempt(unit, run, record);
        } else {
            record.outcome = RunOutcome::taken;
        }
        plan_next(unit, run);
        journal_run(unit, run, record);
    }
}

void replay_run(UnitOfWork& unit, const JournalEntry& entry) {
    auto record = from_json<RunRecord>(parse_json(entry.input).value);
    const auto dot = entry.operation.find('.');
    const std::string plugin = entry.plugin.value_or(std::string(kHostSchedules));
    const std::string name = entry.operation.substr(dot + 1);
    const auto rule = unit.session.value<std::string>(
        "SELECT rule FROM schedule WHERE plugin = :plugin AND name = :name",
        {{"plugin", plugin}, {"name", name}});
    if (!rule) throw Refusal::not_found("schedule", entry.operation);
    const DueRun run{plugin, name, from_text(*rule), record.due_at};
    if (record.outcome != RunOutcome::taken) claim(unit, run);
    if (record.outcome == RunOutcome::done) do_run(unit, run, record);
    if (record.outcome == RunOutcome::failed) note_failure(unit, run, record.detail);
    plan_next(unit, run);
}

std::optional<Instant> next_wake(storage::Session& session) {
    std::optional<Instant> earliest;
    const auto consider = [&](std::optional<Instant> due) {
        if (due && (!earliest || *due < *earliest)) earliest = due;
    };
    consider(session.value<Instant>("SELECT MIN(wake_at) FROM schedule"));
    consider(session.value<Instant>("SELECT MIN(until_at) FROM toggle WHERE state <> 'off'"));
    consider(session.value<Instant>("SELECT MIN(retry_at) FROM reaction_cursor"));
    consider(session.value<Instant>(
        "SELECT MIN(created_at) FROM job WHERE state IN ('waiting', 'running')"));
    return earliest;
}

}  // namespace wharf::operations

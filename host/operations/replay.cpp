#include "host/operations/replay.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/operations/accounts.hpp>
#include <wharf/operations/plugins.hpp>

#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/job_operations.hpp"
#include "host/operations/jobs.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/messages/inbox.hpp"
#include "host/operations/plugin_switch.hpp"
#include "host/operations/reactions.hpp"
#include "host/operations/schedules.hpp"
#include "host/operations/table_rows.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

constexpr std::size_t kRowsPerUnit = 200;
constexpr std::size_t kDifferencesTold = 20;

// Thrown by a row that cannot be run; names the row.
struct Stopped {
    ReplayStop stop;
};

[[noreturn]] void stop(const JournalRow& row, std::string reason) {
    throw Stopped{{row.seq, row.entry.operation, std::move(reason)}};
}

const PluginEntry& plugin_of(UnitOfWork& unit, const JournalRow& row) {
    const auto& entry = row.entry;
    const auto* plugin = entry.plugin ? unit.services.plugins->find(*entry.plugin) : nullptr;
    if (plugin == nullptr) stop(row, "the plugin \"" + entry.plugin.value_or("") + "\" is missing");
    return *plugin;
}

// What another version did cannot be told from this one.
void require_version(UnitOfWork& unit, const JournalRow& row) {
    if (!row.entry.plugin || !row.entry.plugin_version) return;
    const auto& installed = plugin_of(unit, row).manifest();
    if (installed.version == *row.entry.plugin_version) return;
    stop(row, "this was done by " + installed.name + ' ' + *row.entry.plugin_version + ", and " +
                  installed.version + " is installed: replay it with the bundle of that time");
}

// A secret is not in the journal: its place is taken by a text that everybody may know.
void fill_secrets(boost::json::value& value, const Shape& shape) {
    if (shape.secret) {
        if (value.is_null()) value = "secret";
    } else if (auto* object = value.if_object(); object != nullptr) {
        for (auto& member : *object) {
            const auto* field = shape.field({member.key().data(), member.key().size()});
            if (field != nullptr) fill_secrets(member.value(), *field->shape);
        }
    } else if (auto* array = value.if_array(); array != nullptr && shape.items) {
        for (auto& item : *array) fill_secrets(item, *shape.items);
    }
}

// Settings have the shape that their plugin declares.
void fill_settings(UnitOfWork& unit, boost::json::object& request) {
    auto* config = request.if_contains("config");
    const auto* entry = unit.services.plugins->find(request.at("plugin").as_string().c_str());
    if (config == nullptr || entry == nullptr || !entry->config) return;
    fill_secrets(*config, *entry->config);
}

void run_request(UnitOfWork& unit, const JournalRow& row) {
    const auto* operation = unit.services.registry->find(row.entry.operation);
    if (operation == nullptr) stop(row, "there is no such operation");
    if (operation->place == Place::outside) {
        // If it started a job, that one's steps have rows of their own; what is left is its id.
        if (starts_job(row.entry)) add_job(unit, {operation->name, "", row.entry.input, {}});
        return;
    }
    auto request = parse_json(row.entry.input).value;
    fill_secrets(request, *operation->request);
    if (row.entry.operation == plugins::SwitchPlugin::kOperation.name) {
        fill_settings(unit, request.as_object());
    }
    Answer answer;
    run_entry(unit, *operation, request, answer);
}

void run_own_work(UnitOfWork& unit, const JournalRow& row) {
    if (row.entry.operation == "host.settle_toggles") {
        settle_toggles(unit);
    } else if (row.entry.operation == kAdoptPluginVersion) {
        replay_adoption(unit, plugin_of(unit, row), row.entry.note);
    } else {
        replay_run(unit, row.entry);
    }
}

void run_row(UnitOfWork& unit, const JournalRow& row) {
    require_version(unit, row);
    switch (row.entry.kind) {
        case JournalKind::request:
            return run_request(unit, row);
        case JournalKind::reaction:
            return replay_reaction(unit, plugin_of(unit, row), row.entry);
        case JournalKind::schedule:
            return run_own_work(unit, row);
        case JournalKind::job:
            return replay_step(unit, plugin_of(unit, row), row.entry);
        case JournalKind::message:
            return replay_message(unit, row.entry);
    }
}

// Rows of the journal as one unit of the fresh account, each under its own facts.
class ReplayUnit final : public accounts::WaitingUnit {
public:
    ReplayUnit(Services& services, const AccountCode& account, storage::Session& original,
               const std::vector<JournalRow>& rows)
        : services_(services), account_(account), original_(original), rows_(rows) {}

    accounts::Verdict run(storage::Session& session) override {
        BatchState state;
        state.settings = load_settings(session, *services_.plugins);
        for (const auto& row : rows_) {
            UnitOfWork unit(services_, session, state, state.settings, facts_of_row(row));
            run_and_keep(unit, row);
            if (!unit.settings_changed) continue;
            state.settings = load_settings(session, *services_.plugins);
        }
        return accounts::Verdict::keep;
    }

private:
    UnitFacts facts_of_row(const JournalRow& row) {
        UnitFacts facts;
        facts.account = account_;
        facts.principal = principal_of(original_, row);
        facts.request_id = row.request_id;
        facts.now = row.at;
        facts.deadline = Instant::from_raw(std::numeric_limits<std::int64_t>::max());
        facts.writes = true;
        return facts;
    }

    static void run_and_keep(UnitOfWork& unit, const JournalRow& row) {
        try {
            run_row(unit, row);
        } catch (const Refusal& refusal) {
            stop(row, "it was refused: " + refusal.code() + ": " + refusal.detail());
        } catch (const plugins::PluginFault& fault) {
            stop(row, fault.what());
        }
        append_journal(unit, row.entry);
    }

    Services& services_;
    AccountCode account_;
    storage::Session& original_;
    const std::vector<JournalRow>& rows_;
};

// The account as its first row says that it was made.
AccountCode make_account(Operations& fresh, const JournalRow& first) {
    if (first.entry.operation != accounts::CreateAccount::kOperation.name) {
        stop(first,
             "the journal does not begin with the account: it was made by a version that "
             "did not write that down");
    }
    const auto account = from_json<Account>(parse_json(first.entry.input).value);
    accounts::run(fresh.accounts().directory(), [&](storage::Session& session) {
        accounts::add_account(session, {account.code,
                                        {account.name.text(), account.plan, account.account_type,
                                         account.inventory_type},
                                        first.entry.input,
                                        account.created_at});
    });
    fresh.accounts().finish_creating(account.code);
    return account.code;
}

void run_journal(storage::Session& original, Operations& fresh, ReplayReport& report) {
    auto rows = journal_after(original, 0, 1);
    if (rows.empty()) {
        throw Refusal::conflict("no_journal", "this account has no journal");
    }
    const auto code = make_account(fresh, rows.front());
    report.account = code.text();
    report.entries = 1;
    const auto account = fresh.accounts().open(code);
    while (!(rows = journal_after(original, rows.back().seq, kRowsPerUnit)).empty()) {
        auto unit = std::make_shared<ReplayUnit>(fresh.services(), code, original, rows);
        account->submit(unit);
        unit->wait();
        report.entries += static_cast<std::int64_t>(rows.size());
    }
}

// Hides one column.
Veil without(std::string_view hidden) {
    return [hidden](std::string_view column, std::string text, const storage::Cursor&) {
        return column == hidden ? std::string() : std::move(text);
    };
}

// Settings hold secrets in the account itself, and none in its journal; a message that was sent
// bears the life of the account that sent it, which a replay does not repeat; and how the content
// of a request is digested may change with the version.
Veil veil_of(const storage::Table& table, const PluginSet& plugins) {
    if (table.name == "outbox_message") return without("incarnation");
    if (table.name == "document_reference") return without("content_hash");
    if (table.name != "toggle") return {};
    return [&plugins](std::string_view column, std::string text, const storage::Cursor& row) {
        if (column != "config") return text;
        const auto* entry = plugins.find(row.text(0));
        if (entry == nullptr || !entry->config) return text;
        return without_secrets(parse_json(text).value, *entry->config);
    };
}

void compare(storage::Session& original, storage::Session& replayed, const storage::Table& table,
             const PluginSet& plugins, ReplayReport& report) {
    TableRows left(original, table, veil_of(table, plugins));
    TableRows right(replayed, table, veil_of(table, plugins));
    while (report.differences.size() < kDifferencesTold) {
        auto before = left.next();
        auto after = right.next();
        if (!before && !after) return;
        ++report.rows;
        if (before == after) continue;
        report.differences.push_back(
            {std::string(table.name), before.value_or(""), after.value_or("")});
    }
}

void compare_all(storage::Session& original, Operations& fresh, ReplayReport& report) {
    auto snapshot = fresh.accounts().open(AccountCode(report.account))->snapshot();
    for (const auto& table : tables_of(whole_account_schema())) {
        const auto& left_out = not_compared();
        if (std::any_of(left_out.begin(), left_out.end(),
                        [&](const auto& one) { return one.table == table.name; })) {
            continue;
        }
        compare(original, snapshot->session(), table, fresh.plugins(), report);
    }
}

}  // namespace

const std::vector<NotCompared>& not_compared() {
    static const std::vector<NotCompared> tables = {
        {"account_state", "it says which copy of the account this is"},
        {"idempotency",
         "replies that were sent, kept for a week for clients that ask again; what they tell of is "
         "in the other tables"},
        {"job",
         "how far long work came, tried again by a clock of its own; what each step did is "
         "in the other tables, and its id in the journal"},
        {"job_error", "what a job told whoever asked for it"},
        {"message_lane",
         "how far messages got, tried again by a clock of its own; the messages are in "
         "outbox_message"},
        {"job_input",
         "the file of an import while it is taken in; what was taken is in the "
         "journal, document by document"}};
    return tables;
}

ReplayReport replay(storage::Session& original, Operations& fresh) {
    ReplayReport report;
    fresh.jobs().stop();
    if (const auto broken = check_journal(original); !broken.empty()) {
        report.stopped = {broken.front().seq, "", broken.front().detail};
        return report;
    }
    try {
        run_journal(original, fresh, report);
    } catch (const Stopped& stopped) {
        report.stopped = stopped.stop;
        return report;
    }
    compare_all(original, fresh, report);
    report.same = report.differences.empty();
    return report;
}

}  // namespace wharf::operations

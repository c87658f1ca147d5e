#include "host/operations/units.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <wharf/json_parse.hpp>

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/account_operations.hpp"
#include "host/operations/effects.hpp"
#include "host/operations/idempotency.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/plugin_switch.hpp"
#include "host/operations/reactions.hpp"

namespace wharf::operations {
namespace {

constexpr std::int64_t kUnitMicros =
    std::chrono::duration_cast<std::chrono::microseconds>(limits::kUnitTimeMax).count();

void journal_request(UnitOfWork& unit, const Operation& operation,
                     const boost::json::value& request) {
    JournalEntry entry;
    entry.operation = operation.name;
    if (!operation.plugin.empty()) {
        entry.plugin = operation.plugin;
        if (const auto* toggle = unit.settings->find(operation.plugin)) {
            entry.plugin_version = toggle->plugin_version;
        }
    }
    entry.actor = unit.caller().name;
    entry.as_plugin = operation.as_plugin;
    // A file that the host takes in is journalled by what came of it, chunk by chunk.
    const bool import = !operation.csv_field.empty() && operation.plugin.empty();
    entry.input = unit.journal_input ? *unit.journal_input
                  : import           ? "{}"
                                     : without_secrets(request, *operation.request);
    append_journal(unit, entry);
}

// After something of the unit changed the account's settings, the rest of it lives under the new.
void renew_settings(UnitOfWork& unit) {
    if (!unit.settings_changed) return;
    unit.settings = load_settings(unit.session, *unit.services.plugins);
    unit.state.settings = unit.settings;
    unit.state.settings_changed = true;
    if (unit.state.cursors) unit.state.cursors->caught_up = false;
}

Answer answer_request(UnitOfWork& unit, const Call& call, const Operation& operation,
                      ReactionOutcome& outcome) {
    std::optional<IdempotencyKey> key;
    if (call.idempotency_key && !unit.facts.dry_run) {
        key.emplace(call, operation);
        if (auto recorded = key->find(unit.session)) return *std::move(recorded);
    }
    const auto effects_begin = unit.facts.dry_run && operation.place == Place::account
                                   ? unit.last_event()
                                   : std::int64_t{0};
    Answer answer;
    answer.body = run_entry(unit, operation, call.request, answer);
    journal_request(unit, operation, call.request);
    if (key) key->record(unit.session, answer, unit.facts.now, operation.reply_is_secret);
    renew_settings(unit);
    outcome = run_reactions(unit);
    if (unit.facts.dry_run) {
        answer.status = 200;
        answer.body = dry_run_body(unit, answer.body, effects_begin, outcome);
    }
    return answer;
}

// A plugin that was finishing and has nothing left is off from here on.
bool end_what_has_finished(UnitOfWork& unit) {
    const auto& active = unit.settings->active;
    const bool finishing = std::any_of(active.begin(), active.end(), [](const auto& one) {
        return one.toggle->state == ToggleState::finishing;
    });
    if (!finishing || !settle_toggles(unit)) return false;
    append_journal(unit,
                   {JournalKind::schedule, "host.settle_toggles", {}, {}, "host", false, "", "{}"});
    return true;
}

// What the two kinds of account units share: the state that the strand's units hand on.
class PipelineUnit : public accounts::WaitingUnit {
public:
    PipelineUnit(Services& services, std::shared_ptr<accounts::Account> account, UnitFacts facts)
        : services_(services),
          account_(std::move(account)),
          runtime_(services.runtimes->of(facts.account)),
          facts_(std::move(facts)) {}

    accounts::Verdict run(storage::Session& session) override {
        auto state = runtime_->take(session);
        // One instant per unit, taken when its turn has come.
        const auto waited = services_.clock();
        facts_.now = waited;
        UnitOfWork unit(services_, session, state, state.settings, facts_);
        const auto before = unit.settings;
        if (adopt_new_versions(unit)) renew_settings(unit);
        work(unit);
        if (end_what_has_finished(unit)) renew_settings(unit);
        if (facts_.dry_run) return accounts::Verdict::undo;
        if (!listed_alike(before->account, unit.settings->account)) to_list_ = unit.settings;
        after_commit_ = unit.take_after_commit();
        runtime_->keep(std::move(state));
        kept_ = true;
        return accounts::Verdict::keep;
    }

    void failed(std::exception_ptr error) noexcept override {
        // Its savepoint could not be kept although its work was done: remember nothing of it.
        if (kept_) runtime_->keep({});
        WaitingUnit::failed(std::move(error));
    }

    void settled(accounts::Outcome outcome) noexcept override {
        if (outcome == accounts::Outcome::committed && outcome_.backlog) go_on();
        if (outcome == accounts::Outcome::committed && to_list_) tell_directory();
        if (outcome == accounts::Outcome::committed) follow_up();
        WaitingUnit::settled(outcome);
    }

protected:
    virtual void work(UnitOfWork& unit) = 0;

    Services& services_;
    ReactionOutcome outcome_;

private:
    void go_on() noexcept {
        try {
            submit_work(services_, account_,
                        facts_of(services_, account_->code(), facts_.request_id, true), {});
        } catch (const std::exception& error) {
            // The account's next unit does it.
            services_.log(LogLevel::info, "reactions", error.what());
        }
    }

    void follow_up() noexcept {
        for (const auto& [what, work] : after_commit_) {
            try {
                work();
            } catch (const std::exception& error) {
                services_.log(LogLevel::warning, "units", what + ": " + error.what());
            }
        }
    }

    void tell_directory() noexcept {
        try {
            accounts::run(services_.accounts->directory(), [&](storage::Session& session) {
                copy_to_directory(session, to_list_->account);
            });
        } catch (const std::exception& error) {
            // It is told again when the account is next attended.
            services_.log(LogLevel::warning, "accounts", error.what());
        }
    }

    std::shared_ptr<accounts::Account> account_;
    std::shared_ptr<Runtime> runtime_;
    std::shared_ptr<const Settings> to_list_;  // when the directory's copy is no longer right
    UnitFacts facts_;
    UnitOfWork::AfterCommit after_commit_;
    bool kept_ = false;
};

class RequestUnit final : public PipelineUnit {
public:
    RequestUnit(Services& services, std::shared_ptr<accounts::Account> account, const Call& call,
                const Operation& operation)
        : PipelineUnit(services, std::move(account), facts_of_call(services, call, true)),
          call_(call),
          operation_(operation) {}
    Answer take() { return std::move(answer_); }

private:
    void work(UnitOfWork& unit) override {
        unit.require_time();  // it may have waited for its turn for too long
        answer_ = answer_request(unit, call_, operation_, outcome_);
    }

    const Call& call_;
    const Operation& operation_;
    Answer answer_;
};

class WorkUnit : public PipelineUnit {
public:
    WorkUnit(Services& services, std::shared_ptr<accounts::Account> account, UnitFacts facts,
             Work given)
        : PipelineUnit(services, std::move(account), std::move(facts)), work_(std::move(given)) {}

private:
    void work(UnitOfWork& unit) override {
        if (work_) work_(unit);
        renew_settings(unit);
        outcome_ = run_reactions(unit);
    }

    Work work_;
};

class UnwatchedUnit final : public WorkUnit {
public:
    using WorkUnit::WorkUnit;
    void failed(std::exception_ptr error) noexcept override {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& thrown) {
            services_.log(LogLevel::error, "operations", thrown.what());
        } catch (...) {
            services_.log(LogLevel::error, "operations", "work of the host failed");
        }
        WorkUnit::failed(std::move(error));
    }
};

// Whether the host's operation held the version against the document that it gives: each does that
// changes one which was there. A plugin's says so itself (enter_operation).
bool checks_version(const CallContext& context) {
    const auto& operation = context.operation();
    return !operation.plugin.empty() ||
           (context.version.has_value() && operation.success_status != 201);
}

}  // namespace

void refuse_unmatched(const Operation& operation) {
    throw Refusal(RefusalKind::stale, "nothing_to_match",
                  operation.name + " changes no document that the version in If-Match could be of",
                  "leave If-Match away");
}

UnitFacts facts_of(Services& services, const AccountCode& account, std::string request_id,
                   bool writes) {
    UnitFacts facts;
    facts.account = account;
    facts.request_id = std::move(request_id);
    facts.now = services.clock();
    facts.deadline = facts.now.plus_micros(kUnitMicros);
    facts.writes = writes;
    return facts;
}

UnitFacts facts_of_call(Services& services, const Call& call, bool writes) {
    auto facts = facts_of(services, call.account, call.request_id, writes);
    facts.principal = call.principal;
    facts.dry_run = call.dry_run;
    facts.if_match = call.if_match;
    if (call.deadline) {
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
            *call.deadline - std::chrono::steady_clock::now());
        facts.deadline = std::min(facts.deadline, facts.now.plus_micros(left.count()));
    }
    return facts;
}

std::string run_entry(UnitOfWork& unit, const Operation& operation,
                      const boost::json::value& request, Answer& answer) {
    CallContext context(unit, operation, unit.caller(), 0);
    auto body = run_operation(context, request);
    if (unit.facts.if_match && !checks_version(context)) refuse_unmatched(operation);
    answer.status = context.status.value_or(operation.success_status);
    answer.version = context.version;
    answer.existing = context.transaction().existing();
    answer.location = std::move(context.location);
    return body;
}

Answer run_request(Services& services, const std::shared_ptr<accounts::Account>& account,
                   const Call& call, const Operation& operation) {
    auto unit = std::make_shared<RequestUnit>(services, account, call, operation);
    account->submit(unit);
    unit->wait();
    return unit->take();
}

Answer run_in_directory(Services& services, const Call& call, const Operation& operation) {
    return accounts::run(
        services.accounts->directory(),
        [&](storage::Session& session) {
            BatchState state;
            UnitOfWork unit(services, session, state, directory_settings(),
                            facts_of_call(services, call, true));
            ReactionOutcome outcome;
            return answer_request(unit, call, operation, outcome);
        },
        call.dry_run ? accounts::Verdict::undo : accounts::Verdict::keep);
}

void run_work(Services& services, const std::shared_ptr<accounts::Account>& account,
              UnitFacts facts, Work work) {
    auto unit = std::make_shared<WorkUnit>(services, account, std::move(facts), std::move(work));
    account->submit(unit);
    unit->wait();
}

void submit_work(Services& services, const std::shared_ptr<accounts::Account>& account,
                 UnitFacts facts, Work work) {
    account->submit(
        std::make_shared<UnwatchedUnit>(services, account, std::move(facts), std::move(work)));
}

}  // namespace wharf::operations

#include "host/operations/messages/inbox.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/validate.hpp>

#include "host/domain/counters.hpp"
#include "host/limits.hpp"
#include "host/operations/messages/inbox_rows.hpp"
#include "host/operations/messages/lane.hpp"
#include "host/operations/messages/messenger.hpp"
#include "host/operations/messages/partners.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

struct Failure {
    std::string code;
    std::string detail;
};

// The plugin's permissions, in the name of the account that sent it.
void enter_receiver(UnitOfWork& unit, const PluginEntry& entry, const InboxRow& row) {
    if (row.message.depth >= limits::kReactionDepthMax) {
        throw Refusal::conflict("chain_too_long", "messages and reactions led to each other " +
                                                      std::to_string(row.message.depth) +
                                                      " times; this is a circle");
    }
    const auto receiver = entry.receivers.find(row.message.name);
    if (receiver == entry.receivers.end()) {
        throw Refusal::not_found("receiver of messages", row.message.name);
    }
    auto faults = faults_of(parse_json(row.message.data.text).value, *receiver->second.shape,
                            Reading::tolerant);
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
    const std::string input = input_of(row);
    domain::Actor actor;
    actor.name = "account:" + row.from.text();
    actor.plugin = entry.name();
    Entering entering{WHARF_CALL_MESSAGE,
                      row.message.name,
                      input,
                      std::move(actor),
                      row.message.depth + 1,
                      false,
                      true};
    entering.sender = row.from;
    enter_plugin(unit, entry, std::move(entering));
}

// What is done for a message bears the request id that it was sent with, in this account too.
class UnderItsRequest {
public:
    UnderItsRequest(UnitOfWork& unit, const Message& message)
        : unit_(unit), before_(std::exchange(unit.facts.request_id, message.request_id)) {}
    UnderItsRequest(const UnderItsRequest&) = delete;
    UnderItsRequest& operator=(const UnderItsRequest&) = delete;
    ~UnderItsRequest() { unit_.facts.request_id = std::move(before_); }

private:
    UnitOfWork& unit_;
    std::string before_;
};

class Worker {
public:
    Worker(UnitOfWork& unit, const Settings::Active& active) : unit_(unit), active_(active) {}

    // Works on up to `budget` messages and takes them off it. True when some are left that could be
    // worked on at once.
    bool run(std::size_t& budget) {
        std::int64_t after = 0;
        while (true) {
            const auto heads = waiting_heads(unit_.session, active_.entry->name(), after,
                                             limits::kMessagesPerUnit);
            for (const auto& head : heads) {
                after = head.number;
                if (!may_go(head)) continue;
                if (budget == 0 || unit_.services.clock() > unit_.facts.deadline) return true;
                --budget;
                if (!attempt(*row_at(unit_.session, head.number))) held_.insert(head.from);
            }
            if (heads.size() < limits::kMessagesPerUnit) return false;
        }
    }

private:
    // Of one partner one after another. While the plugin finishes, what is about its documents goes
    // past what waits for it to be on again.
    bool may_go(const InboxHead& head) {
        if (held_.contains(head.from)) return false;
        if (head.retry_at && unit_.facts.now < *head.retry_at) {
            held_.insert(head.from);
            return false;
        }
        return active_.toggle->state == ToggleState::on || goes_on(head);
    }
    bool goes_on(const InboxHead& head) {
        const auto receiver = active_.entry->receivers.find(head.name);
        if (receiver == active_.entry->receivers.end()) return false;
        const auto& existing = receiver->second.manifest->on_existing;
        if (!existing) return false;
        const auto row = row_at(unit_.session, head.number);
        return predates_switch(unit_, *active_.toggle, existing,
                               parse_json(row->message.data.text).value);
    }

    // False when it failed and is tried again.
    bool attempt(const InboxRow& row) {
        const UnderItsRequest scope(unit_, row.message);
        const auto failure = failure_of(row);
        if (!failure) {
            journal_message(unit_, row, {row.number, MessageStep::done});
            return true;
        }
        unit_.services.log(LogLevel::warning, "messages",
                           active_.entry->name() + " failed on message " + id_of(row) + " (" +
                               row.message.name + "): " + failure->code + ": " + failure->detail);
        const bool last = row.attempts >= std::ssize(limits::kReactionRetries) ||
                          failure->code == "chain_too_long";
        MessageRecord record{row.number,
                             last ? MessageStep::parked : MessageStep::failed,
                             {},
                             row.attempts + 1,
                             {},
                             failure->code,
                             failure->detail};
        if (!last) {
            const auto wait = limits::kReactionRetries[row.attempts];
            record.retry_at = unit_.facts.now.plus_micros(std::chrono::microseconds(wait).count());
            wake_at(unit_, *record.retry_at);
        }
        store_failure(unit_.session, record);
        journal_message(unit_, row, record);
        return last;
    }

    std::optional<Failure> failure_of(const InboxRow& row) {
        storage::Savepoint savepoint(unit_.session);
        try {
            enter_receiver(unit_, *active_.entry, row);
            erase_row(unit_.session, row.number);
            savepoint.keep();
            return std::nullopt;
        } catch (const Refusal& refusal) {
            return given_up(savepoint, {refusal.code(), told(refusal)});
        } catch (const storage::StorageError& error) {
            return given_up(savepoint, {"storage_failing", error.what()});
        } catch (const std::exception& error) {
            return given_up(savepoint, {"plugin_fault", error.what()});
        }
    }

    // A transaction that is gone is no failure of the message.
    std::optional<Failure> given_up(storage::Savepoint& savepoint, Failure failure) {
        if (!unit_.session.in_transaction()) throw;
        savepoint.undo();
        return failure;
    }

    static std::string told(const Refusal& refusal) {
        if (refusal.faults().empty()) return refusal.detail();
        return refusal.faults().front().pointer + ' ' + refusal.faults().front().detail;
    }

    UnitOfWork& unit_;
    const Settings::Active& active_;
    std::set<AccountCode> held_;
};

InboxRow store_taken(UnitOfWork& unit, const AccountCode& from, const Message& message) {
    InboxRow row;
    row.number = domain::take_numbers(unit.session, "message_received");
    row.from = from;
    row.message = message;
    row.received_at = unit.facts.now;
    store_row(unit.session, row);
    return row;
}

void has_been_heard(storage::Session& session, const AccountCode& from) {
    auto lane = lane_of(session, from);
    if (!lane.must_hear) return;
    lane.must_hear = false;
    save_lane(session, from, lane);
}

}  // namespace

Refusal not_agreed() {
    return Refusal::conflict("not_agreed",
                             "the other account has not agreed to exchange messages with this "
                             "one, or there is no such account");
}

DeliveryAnswer take_in(UnitOfWork& unit, const Delivery& delivery) {
    auto& session = unit.session;
    if (!has_agreed(session, delivery.from)) throw not_agreed();
    DeliveryAnswer answer;
    answer.incarnation = unit.settings->incarnation;
    if (delivery.known_incarnation && *delivery.known_incarnation != answer.incarnation) {
        answer.other_life = taken_from(session, delivery.from);
        return answer;
    }
    has_been_heard(session, delivery.from);
    auto waiting = count_unfinished(session, delivery.from);
    for (const auto& message : delivery.messages) {
        if (message.number > taken_up_to(session, delivery.from, message.incarnation)) {
            if (waiting++ >= limits::kInboxWaitingMax) {
                answer.problem = "inbox_full: the other account has not worked on what it has";
                break;
            }
            const UnderItsRequest scope(unit, message);
            const auto row = store_taken(unit, delivery.from, message);
            journal_message(unit, row, {row.number, MessageStep::taken, message});
        }
        ++answer.taken;
    }
    work_on_inbox(unit);
    return answer;
}

void work_on_inbox(UnitOfWork& unit) {
    const auto settings = unit.settings;
    std::size_t budget = limits::kMessagesPerUnit;
    bool more = false;
    for (const auto& active : settings->active) {
        if (active.entry->receivers.empty() || !active.toggle->runs(unit.facts.now)) continue;
        more = Worker(unit, active).run(budget) || more;
    }
    if (more) have_inbox_worked_on(unit);
}

void have_inbox_worked_on(UnitOfWork& unit) {
    wake_at(unit, unit.facts.now);
    unit.after_commit("inbox", [messenger = unit.services.messenger, account = unit.facts.account] {
        messenger->work_on_inbox(account);
    });
}

void retry_parked_message(UnitOfWork& unit, std::int64_t number) {
    const auto row = row_at(unit.session, number);
    if (!row || !row->parked) throw Refusal::not_found("parked message", std::to_string(number));
    const std::string plugin(receiver_of(row->message.name));
    const auto* entry = unit.services.plugins->find(plugin);
    const auto* toggle = unit.settings->running(plugin, unit.facts.now);
    if (entry == nullptr || toggle == nullptr || toggle->state != ToggleState::on) {
        throw Refusal(RefusalKind::plugin_off, "plugin_off",
                      "the plugin \"" + plugin + "\" is not switched on for this account");
    }
    if (!has_agreed(unit.session, row->from)) {
        throw Refusal::conflict(
            "no_partner", "this account takes nothing from \"" + row->from.text() + "\" any more");
    }
    enter_receiver(unit, *entry, *row);
    erase_row(unit.session, number);
}

void replay_message(UnitOfWork& unit, const JournalEntry& entry) {
    const auto record = from_json<MessageRecord>(parse_json(entry.input).value);
    if (record.step == MessageStep::taken) {
        const AccountCode from(entry.actor.substr(entry.actor.find(':') + 1));
        store_taken(unit, from, *record.message);
        return;
    }
    const auto row = row_at(unit.session, record.number);
    if (!row) throw Refusal::not_found("message", std::to_string(record.number));
    if (record.step != MessageStep::done) return store_failure(unit.session, record);
    const auto* plugin = unit.services.plugins->find(receiver_of(row->message.name));
    if (plugin == nullptr) throw Refusal::not_found("plugin", receiver_of(row->message.name));
    enter_receiver(unit, *plugin, *row);
    erase_row(unit.session, record.number);
}

}  // namespace wharf::operations

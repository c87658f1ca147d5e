#include "host/operations/messages/outbox.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/validate.hpp>

#include "host/domain/counters.hpp"
#include "host/limits.hpp"
#include "host/operations/messages/lane.hpp"
#include "host/operations/messages/messenger.hpp"
#include "host/operations/messages/partners.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

void require_partner(UnitOfWork& unit, const AccountCode& partner) {
    if (has_agreed(unit.session, partner)) return;
    throw Refusal::conflict(
        "no_partner",
        "this account has not agreed to exchange messages with \"" + partner.text() + "\"",
        "its admin agrees: PUT /v1/accounts/" + unit.facts.account.text() + "/partners/" +
            partner.text() + " {\"reason\": \"...\"}");
}

// The receiver's plugin is the same in both accounts, so what would not be understood there is
// refused here.
void require_receiver(UnitOfWork& unit, const PluginEntry& sender, const messages::Send& request) {
    const auto receiver = receiver_of(request.message);
    if (receiver != sender.name() && !sender.uses.contains(request.message)) {
        throw Refusal::forbidden("undeclared_use",
                                 "the plugin \"" + sender.name() +
                                     "\" does not say in its manifest that it uses " +
                                     request.message,
                                 "the author adds it to `uses`");
    }
    const auto* entry = unit.services.plugins->find(receiver);
    const auto found = entry == nullptr ? decltype(entry->receivers.end()){}
                                        : entry->receivers.find(request.message);
    if (entry == nullptr || found == entry->receivers.end()) {
        throw Refusal::invalid(
            "/message", "unknown_message",
            "no plugin of this installation takes in \"" + request.message + '"');
    }
    auto faults =
        faults_of(parse_json(request.data.text).value, *found->second.shape, Reading::tolerant);
    for (auto& fault : faults) fault.pointer.insert(0, "/data");
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
}

void require_room(UnitOfWork& unit, const messages::Send& request) {
    if (request.data.text.size() > limits::kMessageBytesMax) {
        throw Refusal::invalid(
            "/data", "message_too_large",
            "a message has at most " + std::to_string(limits::kMessageBytesMax) + " bytes");
    }
    const auto lane = lane_of(unit.session, request.to);
    const auto last = unit.session.value<std::int64_t>(
        "SELECT MAX(number) FROM outbox_message WHERE partner = :partner",
        {{"partner", request.to}});
    // Numbers are those of all partners: no more can wait than lie between.
    if (last.value_or(0) - lane.delivered < limits::kOutboxWaitingMax) return;
    if (count_waiting(unit.session, request.to, lane.delivered) < limits::kOutboxWaitingMax) return;
    throw Refusal::conflict("outbox_full",
                            std::to_string(limits::kOutboxWaitingMax) + " messages wait for \"" +
                                request.to.text() + "\" already",
                            "GET /v1/accounts/" + unit.facts.account.text() + "/partners/" +
                                request.to.text() + " says what holds them up");
}

// One look for the scheduler in case of a crash, and the messenger at once after the commit.
void have_delivered(UnitOfWork& unit, const AccountCode& to) {
    if (!unit.first_message_sent) wake_at(unit, unit.facts.now);
    unit.after_commit("messages to " + to.text(),
                      [messenger = unit.services.messenger, from = unit.facts.account, to] {
                          messenger->deliver(from, to, Messenger::Try::when_due);
                      });
}

}  // namespace

messages::SendReply send_message(CallContext& context, const messages::Send& request) {
    auto& unit = context.unit();
    const auto& sender = context.caller()->entry;
    require_receiver(unit, sender, request);
    require_partner(unit, request.to);
    require_room(unit, request);
    const auto number = domain::take_numbers(unit.session, "message_sent");
    unit.session.execute(
        "INSERT INTO outbox_message (number, partner, name, plugin, incarnation, sent_at, depth, "
        "request_id, data) VALUES (:number, :partner, :name, :plugin, :incarnation, :now, :depth, "
        ":request_id, :data)",
        {{"number", number},
         {"partner", request.to},
         {"name", request.message},
         {"plugin", sender.name()},
         {"incarnation", unit.settings->incarnation},
         {"now", unit.facts.now},
         {"depth", context.transaction().depth()},
         {"request_id", unit.facts.request_id},
         {"data", request.data.text}});
    have_delivered(unit, request.to);
    unit.first_message_sent = std::min(unit.first_message_sent.value_or(number), number);
    return {number};
}

std::vector<Message> next_messages(storage::Session& session, const AccountCode& partner,
                                   std::int64_t after) {
    auto rows = session.select(
        "SELECT incarnation, number, name, sent_at, depth, request_id, data FROM outbox_message "
        "WHERE partner = :partner AND number > :after ORDER BY number LIMIT :limit",
        {{"partner", partner}, {"after", after}, {"limit", limits::kMessagesPerUnit}});
    std::vector<Message> messages;
    std::size_t bytes = 0;
    while (rows.next()) {
        bytes += rows.text(6).size();
        if (!messages.empty() && bytes > limits::kMessageBatchBytesMax) break;
        messages.push_back({rows.get<std::string>(0), rows.integer(1), rows.get<std::string>(2),
                            rows.get<Instant>(3), rows.get<std::int32_t>(4),
                            rows.get<std::string>(5), RawJson{rows.get<std::string>(6)}});
    }
    return messages;
}

std::vector<messages::SentMessage> sent_messages(storage::Session& session,
                                                 const SentQuery& query) {
    auto rows = session.select(
        "SELECT m.number, m.partner, m.name, m.plugin, COALESCE(l.delivered, 0), m.sent_at, "
        "m.request_id, m.data FROM outbox_message m LEFT JOIN message_lane l ON l.partner = "
        "m.partner WHERE m.number > :after AND (:partner = '' OR m.partner = :partner) AND "
        "(:status = '' OR (:status = 'waiting') = (m.number > COALESCE(l.delivered, 0))) ORDER BY "
        "m.number LIMIT :limit",
        {{"after", query.after},
         {"partner", query.partner},
         {"status", query.status},
         {"limit", query.limit}});
    std::vector<messages::SentMessage> sent;
    while (rows.next()) {
        const bool delivered = rows.integer(0) <= rows.integer(4);
        sent.push_back({rows.integer(0), rows.get<AccountCode>(1), rows.get<std::string>(2),
                        rows.get<std::string>(3),
                        delivered ? messages::SentStatus::delivered : messages::SentStatus::waiting,
                        rows.get<Instant>(5), rows.get<std::string>(6),
                        RawJson{rows.get<std::string>(7)}});
    }
    return sent;
}

std::int64_t last_taken(storage::Session& session, const AccountCode& partner,
                        const std::vector<TakenUpTo>& told) {
    std::int64_t last = 0;
    for (const auto& life : told) {
        const auto number = session.value<std::int64_t>(
            "SELECT MAX(number) FROM outbox_message WHERE partner = :partner AND incarnation = "
            ":incarnation AND number <= :number",
            {{"partner", partner}, {"incarnation", life.incarnation}, {"number", life.number}});
        last = std::max(last, number.value_or(0));
    }
    return last;
}

std::vector<OutboxBound> prunable_messages(UnitOfWork& unit) {
    const auto before = unit.facts.now.plus_micros(-limits::kMessageDaysKept * Instant::kDay);
    auto rows = unit.session.select(
        "SELECT m.partner, MAX(m.number) FROM outbox_message m JOIN message_lane l ON l.partner = "
        "m.partner WHERE m.number <= l.delivered AND m.sent_at < :before GROUP BY m.partner ORDER "
        "BY m.partner",
        {{"before", before}});
    std::vector<OutboxBound> bounds;
    while (rows.next()) bounds.push_back({rows.get<AccountCode>(0), rows.integer(1)});
    return bounds;
}

void prune_outbox(storage::Session& session, const std::vector<OutboxBound>& bounds) {
    for (const auto& bound : bounds) {
        session.execute("DELETE FROM outbox_message WHERE partner = :partner AND number <= :number",
                        {{"partner", bound.partner}, {"number", bound.number}});
    }
}

}  // namespace wharf::operations

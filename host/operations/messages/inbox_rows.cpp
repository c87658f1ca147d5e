#include "host/operations/messages/inbox_rows.hpp"

#include <wharf/message.hpp>

#include "host/operations/journal.hpp"

namespace wharf::operations {
namespace {

InboxRow read_row(const storage::Cursor& rows) {
    InboxRow row;
    row.number = rows.integer(0);
    row.from = rows.get<AccountCode>(1);
    row.message = {rows.get<std::string>(2),         rows.integer(3),
                   rows.get<std::string>(4),         rows.get<Instant>(5),
                   rows.get<std::int32_t>(6),        rows.get<std::string>(7),
                   RawJson{rows.get<std::string>(8)}};
    row.received_at = rows.get<Instant>(9);
    row.attempts = rows.get<int>(10);
    row.retry_at = rows.get<std::optional<Instant>>(11);
    row.parked = rows.text(12) == "parked";
    return row;
}

void move_cursor(storage::Session& session, const InboxRow& row) {
    const bool first = taken_up_to(session, row.from, row.message.incarnation) == 0;
    session.execute(
        first ? "INSERT INTO inbox_cursor (partner, incarnation, number) VALUES (:partner, "
                ":incarnation, :number)"
              : "UPDATE inbox_cursor SET number = :number WHERE partner = :partner AND incarnation "
                "= :incarnation",
        {{"partner", row.from},
         {"incarnation", row.message.incarnation},
         {"number", row.message.number}});
}

}  // namespace

std::string input_of(const InboxRow& row) {
    return to_json(Received<RawJson>{id_of(row), row.from, row.message.sent_at, row.message.depth,
                                     row.message.data});
}

void store_row(storage::Session& session, const InboxRow& row) {
    const auto& message = row.message;
    session.execute(
        "INSERT INTO inbox_message (number, partner, incarnation, sent_number, name, plugin, "
        "sent_at, depth, request_id, data, received_at, status, attempts, retry_at, code, detail) "
        "VALUES (:number, :partner, :incarnation, :sent_number, :name, :plugin, :sent_at, :depth, "
        ":request_id, :data, :received_at, 'waiting', 0, NULL, '', '')",
        {{"number", row.number},
         {"partner", row.from},
         {"incarnation", message.incarnation},
         {"sent_number", message.number},
         {"name", message.name},
         {"plugin", receiver_of(message.name)},
         {"sent_at", message.sent_at},
         {"depth", message.depth},
         {"request_id", message.request_id},
         {"data", message.data.text},
         {"received_at", row.received_at}});
    move_cursor(session, row);
}

void erase_row(storage::Session& session, std::int64_t number) {
    session.execute("DELETE FROM inbox_message WHERE number = :number", {{"number", number}});
}

std::vector<InboxHead> waiting_heads(storage::Session& session, const std::string& plugin,
                                     std::int64_t after, std::size_t limit) {
    auto rows = session.select(
        "SELECT m.number, m.partner, m.name, m.retry_at FROM inbox_message m JOIN partner p ON "
        "p.partner = m.partner WHERE m.plugin = :plugin AND m.status = 'waiting' AND m.number > "
        ":after AND p.status = 'agreed' ORDER BY m.number LIMIT :limit",
        {{"plugin", plugin}, {"after", after}, {"limit", limit}});
    std::vector<InboxHead> heads;
    while (rows.next()) {
        heads.push_back({rows.integer(0), rows.get<AccountCode>(1), rows.get<std::string>(2),
                         rows.get<std::optional<Instant>>(3)});
    }
    return heads;
}

std::optional<InboxRow> row_at(storage::Session& session, std::int64_t number) {
    auto rows = session.select(
        "SELECT number, partner, incarnation, sent_number, name, sent_at, depth, request_id, data, "
        "received_at, attempts, retry_at, status FROM inbox_message WHERE number = :number",
        {{"number", number}});
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

std::int64_t taken_up_to(storage::Session& session, const AccountCode& from,
                         const std::string& incarnation) {
    return session
        .value<std::int64_t>(
            "SELECT number FROM inbox_cursor WHERE partner = :partner AND incarnation = "
            ":incarnation",
            {{"partner", from}, {"incarnation", incarnation}})
        .value_or(0);
}

std::vector<TakenUpTo> taken_from(storage::Session& session, const AccountCode& from) {
    auto rows = session.select(
        "SELECT incarnation, number FROM inbox_cursor WHERE partner = :partner ORDER BY "
        "incarnation",
        {{"partner", from}});
    std::vector<TakenUpTo> lives;
    while (rows.next()) lives.push_back({rows.get<std::string>(0), rows.integer(1)});
    return lives;
}

std::int64_t count_unfinished(storage::Session& session, const AccountCode& from) {
    return session
        .value<std::int64_t>("SELECT COUNT(*) FROM inbox_message WHERE partner = :partner",
                             {{"partner", from}})
        .value_or(0);
}

void store_failure(storage::Session& session, const MessageRecord& record) {
    session.execute(
        "UPDATE inbox_message SET status = :status, attempts = :attempts, retry_at = :retry_at, "
        "code = :code, detail = :detail WHERE number = :number",
        {{"status", record.step == MessageStep::parked ? "parked" : "waiting"},
         {"attempts", record.attempts},
         {"retry_at", record.retry_at},
         {"code", record.code},
         {"detail", record.detail},
         {"number", record.number}});
}

void journal_message(UnitOfWork& unit, const InboxRow& row, const MessageRecord& record) {
    JournalEntry entry;
    entry.kind = JournalKind::message;
    entry.operation = row.message.name;
    entry.actor = "account:" + row.from.text();
    entry.note = id_of(row) + ' ' + boost::describe::enum_to_string(record.step, "unknown");
    if (record.step == MessageStep::failed) entry.note += ' ' + std::to_string(record.attempts);
    entry.input = record.step == MessageStep::done
                      ? R"({"number":)" + std::to_string(record.number) + R"(,"step":"done"})"
                      : to_json(record);
    if (record.step != MessageStep::taken) {
        entry.plugin = receiver_of(row.message.name);
        if (const auto* installed = unit.services.plugins->find(*entry.plugin)) {
            entry.plugin_version = installed->manifest().version;
        }
    }
    append_journal(unit, entry);
}

std::vector<messages::ReceivedMessage> received_messages(storage::Session& session,
                                                         const ReceivedQuery& query) {
    auto rows = session.select(
        "SELECT number, partner, incarnation, sent_number, name, status, sent_at, received_at, "
        "attempts, retry_at, code, detail, data FROM inbox_message WHERE number > :after AND "
        "(:partner = '' OR partner = :partner) AND (:status = '' OR status = :status) ORDER BY "
        "number LIMIT :limit",
        {{"after", query.after},
         {"partner", query.partner},
         {"status", query.status},
         {"limit", query.limit}});
    std::vector<messages::ReceivedMessage> received;
    while (rows.next()) {
        const auto from = rows.get<AccountCode>(1);
        received.push_back({rows.integer(0), id_of(from, rows.text(2), rows.integer(3)), from,
                            rows.get<std::string>(4), rows.get<messages::ReceivedStatus>(5),
                            rows.get<Instant>(6), rows.get<Instant>(7), rows.get<std::int32_t>(8),
                            rows.get<std::optional<Instant>>(9), rows.get<std::string>(10),
                            rows.get<std::string>(11), RawJson{rows.get<std::string>(12)}});
    }
    return received;
}

// Of each partner the first decides: the others wait behind it.
std::optional<Instant> next_inbox_due(storage::Session& session, const Settings& settings,
                                      Instant now) {
    std::optional<Instant> earliest;
    for (const auto& active : settings.active) {
        if (active.entry->receivers.empty() || active.toggle->state != ToggleState::on ||
            !active.toggle->runs(now)) {
            continue;
        }
        const auto due = session.value<Instant>(
            "SELECT MIN(COALESCE(m.retry_at, m.received_at)) FROM inbox_message m JOIN partner p "
            "ON p.partner = m.partner WHERE p.status = 'agreed' AND m.number IN (SELECT "
            "MIN(number) FROM inbox_message WHERE plugin = :plugin AND status = 'waiting' GROUP BY "
            "partner)",
            {{"plugin", active.entry->name()}});
        if (due && (!earliest || *due < *earliest)) earliest = due;
    }
    return earliest;
}

std::int64_t count_for_plugin(storage::Session& session, const std::string& plugin,
                              std::string_view status) {
    return session
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM inbox_message WHERE plugin = :plugin AND status = :status",
            {{"plugin", plugin}, {"status", status}})
        .value_or(0);
}

}  // namespace wharf::operations

#include "host/domain/events.hpp"

#include "host/domain/rows.hpp"

namespace wharf::domain {

template <>
struct Stored<EventRecord> : StoredIn<"event", "sequence"> {};

std::vector<EventRecord> events_after(storage::Session& session, std::int64_t sequence,
                                      std::size_t limit) {
    static const std::string sql =
        select_from<EventRecord>() + " WHERE sequence > :sequence ORDER BY sequence LIMIT :limit";
    auto rows = session.select(sql, {{"sequence", sequence}, {"limit", limit}});
    std::vector<EventRecord> events;
    while (rows.next()) events.push_back(read_row<EventRecord>(rows));
    return events;
}

std::vector<EventHead> event_heads_after(storage::Session& session, std::int64_t sequence,
                                         std::size_t limit) {
    auto rows = session.select(
        "SELECT sequence, name FROM event WHERE sequence > :sequence ORDER BY sequence "
        "LIMIT :limit",
        {{"sequence", sequence}, {"limit", limit}});
    std::vector<EventHead> heads;
    while (rows.next()) heads.push_back({rows.integer(0), rows.get<std::string>(1)});
    return heads;
}

std::int64_t last_event(storage::Session& session) {
    return session.value<std::int64_t>("SELECT value FROM counter WHERE name = 'event'")
        .value_or(0);
}

std::int64_t last_event_before(storage::Session& session, Instant instant) {
    const auto first_kept = session.value<std::int64_t>(
        "SELECT MIN(sequence) FROM event WHERE at >= :instant", {{"instant", instant}});
    return first_kept ? *first_kept - 1 : last_event(session);
}

void prune_events(storage::Session& session, std::int64_t sequence) {
    session.execute("DELETE FROM event WHERE sequence <= :sequence", {{"sequence", sequence}});
}

}  // namespace wharf::domain

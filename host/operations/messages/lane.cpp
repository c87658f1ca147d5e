#include "host/operations/messages/lane.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "host/limits.hpp"
#include "host/operations/messages/partners.hpp"

namespace wharf::operations {

Lane lane_of(storage::Session& session, const AccountCode& partner) {
    auto rows = session.select(
        "SELECT delivered, delivered_at, their_incarnation, attempts, retry_at, problem, must_hear "
        "FROM message_lane WHERE partner = :partner",
        {{"partner", partner}});
    Lane lane;
    if (!rows.next()) return lane;
    lane.delivered = rows.integer(0);
    lane.delivered_at = rows.get<std::optional<Instant>>(1);
    lane.their_incarnation = rows.get<std::optional<std::string>>(2);
    lane.attempts = rows.get<int>(3);
    lane.retry_at = rows.get<std::optional<Instant>>(4);
    lane.problem = rows.get<std::string>(5);
    lane.must_hear = rows.get<bool>(6);
    return lane;
}

void save_lane(storage::Session& session, const AccountCode& partner, const Lane& lane) {
    session.execute("DELETE FROM message_lane WHERE partner = :partner", {{"partner", partner}});
    session.execute(
        "INSERT INTO message_lane (partner, delivered, delivered_at, their_incarnation, attempts, "
        "retry_at, problem, must_hear) VALUES (:partner, :delivered, :delivered_at, :theirs, "
        ":attempts, :retry_at, :problem, :must_hear)",
        {{"partner", partner},
         {"delivered", lane.delivered},
         {"delivered_at", lane.delivered_at},
         {"theirs", lane.their_incarnation},
         {"attempts", lane.attempts},
         {"retry_at", lane.retry_at},
         {"problem", lane.problem},
         {"must_hear", lane.must_hear}});
}

std::int64_t count_waiting(storage::Session& session, const AccountCode& partner,
                           std::int64_t delivered) {
    return session
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM outbox_message WHERE partner = :partner AND number > :delivered",
            {{"partner", partner}, {"delivered", delivered}})
        .value_or(0);
}

void note_failure(Lane& lane, Instant now, std::string problem) {
    constexpr auto kLast = std::ssize(limits::kReactionRetries) - 1;
    const auto wait = limits::kReactionRetries[std::min<std::ptrdiff_t>(lane.attempts, kLast)];
    ++lane.attempts;
    lane.retry_at = now.plus_micros(std::chrono::microseconds(wait).count());
    lane.problem = std::move(problem);
}

void tell_partners_of_restore(storage::Session& session) {
    for (const auto& partner : agreed_partners(session)) {
        auto lane = lane_of(session, partner);
        lane.must_hear = true;
        save_lane(session, partner, lane);
    }
}

std::vector<AccountCode> partners_who_must_hear(storage::Session& session) {
    auto rows =
        session.select("SELECT partner FROM message_lane WHERE must_hear = 1 ORDER BY partner");
    std::vector<AccountCode> partners;
    while (rows.next()) partners.push_back(rows.get<AccountCode>(0));
    return partners;
}

LanesDue lanes_due(storage::Session& session, Instant now) {
    LanesDue due;
    auto rows = session.select(
        "SELECT p.partner, l.retry_at FROM partner p LEFT JOIN message_lane l ON l.partner = "
        "p.partner WHERE p.status = 'agreed' AND (SELECT MAX(m.number) FROM outbox_message m WHERE "
        "m.partner = p.partner) > COALESCE(l.delivered, 0) ORDER BY p.partner");
    while (rows.next()) {
        const auto retry_at = rows.get<std::optional<Instant>>(1);
        if (!retry_at || *retry_at <= now) {
            due.now.push_back(rows.get<AccountCode>(0));
        } else if (!due.next || *retry_at < *due.next) {
            due.next = retry_at;
        }
    }
    return due;
}

}  // namespace wharf::operations

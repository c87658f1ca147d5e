// What a domain function works on: one account's session inside its savepoint, the unit's instant,
// who asks, the account's settings, and where facts are recorded.
//
// Threads: one at a time, the strand's; reads use one on a snapshot.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "host/domain/actor.hpp"
#include "host/storage/session.hpp"
#include "wharf/describe.hpp"
#include "wharf/model/account.hpp"

namespace wharf::domain {

// What was recorded in a unit, for whoever would react to it: how much, what was undone since
// included, and whether anything of it has a name that somebody listens to.
struct EventTally {
    const std::set<std::string, std::less<>>* listened_to = nullptr;
    int recorded = 0;
    bool heard = false;
};

class Transaction {
public:
    struct Facts {
        Instant now;  // one per unit, whole milliseconds
        Actor actor;
        std::string request_id;
        int depth = 0;                                 // how many reactions led here
        std::optional<std::int64_t> expected_version;  // If-Match
        EventTally* tally = nullptr;
    };

    Transaction(storage::Session& session, const Account& account, Facts facts)
        : session_(session), account_(account), facts_(std::move(facts)) {}

    [[nodiscard]] storage::Session& session() { return session_; }
    [[nodiscard]] const Account& account() const { return account_; }
    [[nodiscard]] const Policies& policies() const { return account_.policies; }
    [[nodiscard]] const Actor& actor() const { return facts_.actor; }
    [[nodiscard]] Instant now() const { return facts_.now; }
    [[nodiscard]] const std::string& request_id() const { return facts_.request_id; }
    [[nodiscard]] int depth() const { return facts_.depth; }
    // The calendar day of `now` in the account's time zone.
    [[nodiscard]] Date today() const;

    // Refuses (stale) when the caller named another version of the document that it changes.
    void check_version(std::int64_t version) const;

    // The next value of a named counter of the account, from 1. Rolls back with the savepoint.
    std::int64_t next(std::string_view counter);
    // The next number of a series: `PO-000123`.
    DocumentNumber next_number(std::string_view prefix);

    // Records a fact: an event that carries the document as it now is.
    template <class Event>
    void record(const DocumentNumber& document, const typename Event::Document& data) {
        record_event(Event::kName, &document, to_json(data));
    }
    template <class Event>
    void record(const typename Event::Document& data) {
        record_event(Event::kName, nullptr, to_json(data));
    }
    void record_event(std::string_view name, const DocumentNumber* document, std::string_view json);
    // The reply is a document that was there before (same reference, same content): 200, not 201.
    void note_existing() { existing_ = true; }
    [[nodiscard]] bool existing() const { return existing_; }

private:
    storage::Session& session_;
    const Account& account_;
    Facts facts_;
    mutable std::optional<Date> today_;
    bool existing_ = false;
};

}  // namespace wharf::domain

// Keys of requests: the same key with the same request gives the first reply again, for a week. The
// key is recorded in the transaction of its effect, so there is never the one without the other.
#pragma once

#include <optional>
#include <string>

#include "host/operations/call.hpp"
#include "host/operations/operation.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// Of one call that carries a key. Authorisation was checked before.
class IdempotencyKey {
public:
    // Refuses (invalid) a key that is empty or too long.
    IdempotencyKey(const Call& call, const Operation& operation);

    // The recorded answer, or nothing for a new key. Refuses (invalid `idempotency_key_reused`) the
    // key of another request, and (conflict `already_issued`) one whose reply held a secret.
    std::optional<Answer> find(storage::Session& session) const;

    void record(storage::Session& session, const Answer& answer, Instant now,
                bool reply_is_secret) const;

private:
    std::string scope_;
    std::string hash_;
    std::string as_spelled_;  // what was kept before spelling out a default was the same
};

}  // namespace wharf::operations

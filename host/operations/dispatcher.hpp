// Runs calls: finds the operation, asks for the permission, holds the request against its shape and
// gives it a snapshot (reads) or a unit on the account's strand (writes).
#pragma once

#include <string>
#include <vector>
#include <wharf/values/text.hpp>

#include "host/operations/call.hpp"
#include "host/operations/registry.hpp"

namespace wharf::operations {

struct Services;

// From any thread but an executor's.
class Dispatcher {
public:
    explicit Dispatcher(Services& services) : services_(services) {}

    // Blocks until the call is settled: for a write, until its effects are durable. Throws Refusal.
    // not_found for an unknown operation and for an account that the principal may not see;
    // forbidden (`missing_permission`); plugin_off; invalid with all faults at once.
    Answer call(const Call& call);

    // What the account has now: the host's operations and those of the plugins that are on.
    std::vector<const Operation*> operations_of(const AccountCode& account);

private:
    Answer read(const Call& call, const Operation& operation);
    Answer write(const Call& call, const Operation& operation);
    Answer outside(const Call& call, const Operation& operation);

    Services& services_;
};

}  // namespace wharf::operations

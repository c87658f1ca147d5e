// What the handler of an operation is given: the transaction to work on, who asked, and where to
// say what the answer carries beside its body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "host/domain/transaction.hpp"
#include "host/operations/call.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

struct PluginFrame;

class CallContext {
public:
    // Of an operation inside a unit or a snapshot. `caller` is the plugin that calls, if one does;
    // then the version that the client named is checked only where that is said.
    CallContext(UnitOfWork& unit, const Operation& operation, domain::Actor actor, int depth,
                const PluginFrame* caller = nullptr, bool checks_version = false);
    // Of an operation that makes its own units.
    CallContext(Services& services, const Call& call, const Operation& operation);
    CallContext(const CallContext&) = delete;
    CallContext& operator=(const CallContext&) = delete;

    [[nodiscard]] Services& services() { return services_; }
    [[nodiscard]] const Operation& operation() const { return operation_; }
    // Precondition of these: the operation's place is not `outside`.
    [[nodiscard]] UnitOfWork& unit();
    [[nodiscard]] domain::Transaction& transaction();
    [[nodiscard]] storage::Session& session() { return unit().session; }
    // Precondition: the operation's place is `outside`.
    [[nodiscard]] const Call& call() const;
    [[nodiscard]] const PluginFrame* caller() const { return caller_; }

    [[nodiscard]] const AccountCode& account() const;
    [[nodiscard]] Instant now();
    [[nodiscard]] bool dry_run() const;
    // For records: the key's id, or `plugin:<name>`.
    [[nodiscard]] const std::string& actor_name() const { return actor_name_; }

    // What the answer carries beside its body.
    std::optional<int> status;
    std::optional<std::int64_t> version;
    std::optional<std::string> location;
    bool replayed = false;

private:
    Services& services_;
    const Operation& operation_;
    UnitOfWork* unit_ = nullptr;
    const Call* call_ = nullptr;
    const PluginFrame* caller_ = nullptr;
    std::string actor_name_;
    std::optional<domain::Transaction> transaction_;
};

}  // namespace wharf::operations

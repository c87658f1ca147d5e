// The handle of one account: everything that code serving it can reach.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <wharf/values/text.hpp>

#include "host/accounts/account_state.hpp"
#include "host/accounts/executors.hpp"
#include "host/accounts/strand.hpp"
#include "host/storage/engine.hpp"

namespace wharf::accounts {

// From any thread. Held by shared_ptr; while anybody holds it, its database stays open.
class Account : public std::enable_shared_from_this<Account> {
public:
    using AtBegin = std::function<void(Account&, storage::Session&)>;

    // `placement_epoch` is what the directory said when the account was opened; a batch on a
    // database that has moved on since is refused.
    Account(AccountCode code, std::int64_t placement_epoch,
            std::unique_ptr<storage::Database> database, Executors& executors, AtBegin at_begin);

    [[nodiscard]] const AccountCode& code() const { return code_; }

    // Queues the unit; its settled() will be called exactly once. Throws Refusal unavailable when
    // too much waits already.
    void submit(std::shared_ptr<Unit> unit);

    // The account as it was at one commit. For one thread; keeps the account open.
    std::unique_ptr<storage::Snapshot> snapshot();

    // A consistent copy of the account's database, made beside its writes.
    void backup_to(const std::string& path) { database_->backup_to(path); }

    [[nodiscard]] std::size_t waiting() const { return strand_.waiting(); }
    [[nodiscard]] std::uint64_t commits() const { return strand_.commits(); }

    // Refuses new units and returns when those already queued are settled.
    void close() { strand_.close(); }

private:
    void check_placement(storage::Session& session) const;

    AccountCode code_;
    std::int64_t placement_epoch_;
    std::unique_ptr<storage::Database> database_;
    Executors& executors_;
    Strand strand_;
};

}  // namespace wharf::accounts

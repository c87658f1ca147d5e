#include "host/accounts/account.hpp"

#include <utility>
#include <wharf/refusal.hpp>

namespace wharf::accounts {
namespace {

class HeldSnapshot final : public storage::Snapshot {
public:
    HeldSnapshot(std::shared_ptr<Account> account, std::unique_ptr<storage::Snapshot> snapshot)
        : account_(std::move(account)), snapshot_(std::move(snapshot)) {}
    storage::Session& session() override { return snapshot_->session(); }

private:
    std::shared_ptr<Account> account_;
    std::unique_ptr<storage::Snapshot> snapshot_;
};

}  // namespace

Account::Account(AccountCode code, std::int64_t placement_epoch,
                 std::unique_ptr<storage::Database> database, Executors& executors,
                 AtBegin at_begin)
    : code_(std::move(code)),
      placement_epoch_(placement_epoch),
      database_(std::move(database)),
      executors_(executors),
      strand_(*database_, [this, hook = std::move(at_begin)](storage::Session& session) {
          check_placement(session);
          if (hook) hook(*this, session);
      }) {}

void Account::submit(std::shared_ptr<Unit> unit) {
    if (strand_.push(std::move(unit))) {
        executors_.ready(std::shared_ptr<Strand>(shared_from_this(), &strand_));
    }
}

std::unique_ptr<storage::Snapshot> Account::snapshot() {
    return std::make_unique<HeldSnapshot>(shared_from_this(), database_->snapshot());
}

// A database without the row is being created: its first unit writes it.
void Account::check_placement(storage::Session& session) const {
    auto epoch =
        session.value<std::int64_t>("SELECT placement_epoch FROM account_state WHERE id = 1");
    if (epoch && *epoch != placement_epoch_) {
        throw Refusal::unavailable("account_moved", "the account has moved to another place",
                                   "try again");
    }
}

}  // namespace wharf::accounts

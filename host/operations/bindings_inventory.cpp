#include "host/accounts/accounts.hpp"
#include "host/domain/catalog_operations.hpp"
#include "host/domain/inventory_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"
#include "host/operations/job_operations.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/messages/verify_messages.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

// The domain's invariants, A1: the journal's chain, and X1: what passed between accounts.
inventory::Verification verify_all(domain::Transaction& transaction) {
    auto verification = domain::verify(transaction, inventory::Verify{});
    domain::Findings findings(verification);
    verify_messages(transaction.session(), findings);
    for (const auto& broken : check_journal(transaction.session())) {
        verification.ok = false;
        verification.violations.push_back(
            {"A1", "journal entry " + std::to_string(broken.seq) + ": " + broken.detail});
    }
    verification.audit_entries =
        transaction.session().value<std::int64_t>("SELECT count(*) FROM journal").value_or(0);
    return verification;
}

// On a snapshot, beside the account's writes.
std::string verified(Services& services, const AccountCode& code) {
    auto snapshot = services.accounts->open(code)->snapshot();
    const auto settings = services.runtimes->of(code)->settings(snapshot->session());
    domain::Transaction transaction(snapshot->session(), settings->account,
                                    {services.clock(), {}, "", 0, {}});
    return to_json(verify_all(transaction));
}

std::int64_t size_of(Services& services, const AccountCode& code) {
    auto snapshot = services.accounts->open(code)->snapshot();
    auto& session = snapshot->session();
    return session.value<std::int64_t>("SELECT MAX(seq) FROM journal").value_or(0) +
           session.value<std::int64_t>("SELECT MAX(id) FROM movement").value_or(0);
}

std::string verify(CallContext& context, const boost::json::value& json) {
    const auto wait = *from_json<inventory::Verify>(json).wait;
    check_wait(wait);
    auto& services = context.services();
    if (size_of(services, context.account()) <= services.verified_at_once_max) {
        return verified(services, context.account());
    }
    return answer_with_new_job(context, context.account(), wait, [&](UnitOfWork& unit) {
        auto id = add_job(unit, {"verify", "", "{}", {}});
        journal_job_start(unit, context.operation().name, id, "{}");
        return id;
    });
}

}  // namespace

void add_verify_kind(JobRunner& runner) {
    runner.add_free_kind("verify",
                         [](Services& services, const AccountCode& account, JobRecord& record) {
                             record.job.result.text = verified(services, account);
                             record.job.status = jobs::JobStatus::done;
                         });
}

void bind_inventory(Registry& registry) {
    bind<inventory::Levels>(registry, &domain::levels);
    bind<inventory::Movements>(registry, &domain::movements);
    bind<inventory::GetSerial>(registry, &domain::get_serial);
    bind<inventory::Adjust>(registry, &domain::adjust);
    bind<inventory::MoveBin>(registry, &domain::move_bin);
    auto operation = described<inventory::Verify>();
    operation.place = Place::outside;
    operation.handler = &verify;
    registry.add(std::move(operation));
    bind<catalog::LockLot>(registry, &domain::lock_lot);
    bind<catalog::UnlockLot>(registry, &domain::unlock_lot);
}

}  // namespace wharf::operations

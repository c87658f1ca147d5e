#include "host/operations/call_context.hpp"

#include <stdexcept>
#include <utility>

namespace wharf::operations {

CallContext::CallContext(UnitOfWork& unit, const Operation& operation, domain::Actor actor,
                         int depth, const PluginFrame* caller, bool checks_version)
    : services_(unit.services),
      operation_(operation),
      unit_(&unit),
      caller_(caller),
      actor_name_(actor.name) {
    transaction_.emplace(
        unit.session, unit.settings->account,
        domain::Transaction::Facts{
            unit.facts.now, std::move(actor), unit.facts.request_id, depth,
            caller == nullptr || checks_version ? unit.facts.if_match : std::nullopt,
            &unit.events});
}

CallContext::CallContext(Services& services, const Call& call, const Operation& operation)
    : services_(services),
      operation_(operation),
      call_(&call),
      actor_name_(call.principal ? call.principal->key_id : "host") {}

UnitOfWork& CallContext::unit() {
    if (unit_ == nullptr) throw std::logic_error(operation_.name + " runs outside of a unit");
    return *unit_;
}

domain::Transaction& CallContext::transaction() {
    if (!transaction_) throw std::logic_error(operation_.name + " runs outside of a unit");
    return *transaction_;
}

const Call& CallContext::call() const {
    if (call_ == nullptr) throw std::logic_error(operation_.name + " runs inside a unit");
    return *call_;
}

const AccountCode& CallContext::account() const {
    return unit_ != nullptr ? unit_->facts.account : call_->account;
}

Instant CallContext::now() {
    return unit_ != nullptr ? unit_->facts.now : services_.clock();
}

bool CallContext::dry_run() const {
    return unit_ != nullptr ? unit_->facts.dry_run : call_->dry_run;
}

}  // namespace wharf::operations

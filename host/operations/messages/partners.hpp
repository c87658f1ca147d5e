// Trading partners: the accounts that this account has agreed to exchange messages with. Each side
// agrees for itself, in its own database; both must have, or nothing passes.
#pragma once

#include <optional>
#include <string>
#include <vector>
#include <wharf/operations/messages.hpp>

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// Whether this account has agreed with the other, now.
bool has_agreed(storage::Session& session, const AccountCode& partner);
// Those with which it has agreed, by code.
std::vector<AccountCode> agreed_partners(storage::Session& session);

// Refuses not_found for one that was never agreed with.
partners::Partner partner_of(storage::Session& session, const AccountCode& partner);
std::vector<AccountCode> partners_after(storage::Session& session, const std::string& after,
                                        std::size_t limit);

// Both give the partner as it is then; what is so already is left as it is. `agree` refuses the
// account itself (own_account) and one too many (too_many_partners).
partners::Partner agree(UnitOfWork& unit, const partners::Agree& request, const std::string& by);
partners::Partner end(UnitOfWork& unit, const partners::End& request, const std::string& by);

}  // namespace wharf::operations

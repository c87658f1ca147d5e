// Transfer notes: the host's transfer together with what this plugin keeps of it, and its steps.
#pragma once

#include <wharf/plugin.hpp>

#include "model.hpp"

namespace stn {

TransferNote note_of(wharf::Context& context, wharf::Transfer transfer);
TransferNote get_note(wharf::Context& context, const DocumentNumber& number);

// Each step asks the host for its part and adds the documents.
TransferNote create_note(wharf::Context& context, const Settings& settings,
                         const CreateNote& request);
TransferNote approve_note(wharf::Context& context, const Settings& settings,
                          const wharf::transfers::Approve& request);
TransferNote dispatch_note(wharf::Context& context, const Settings& settings,
                           const DispatchNote& request);
TransferNote receive_note(wharf::Context& context, const Settings& settings,
                          wharf::transfers::Receive request);
TransferNote resolve_note(wharf::Context& context, const Settings& settings,
                          const wharf::transfers::Resolve& request);
TransferNote cancel_note(wharf::Context& context, const Settings& settings,
                         const wharf::transfers::Cancel& request);
// Refused (conflict) while anything is in transit or undecided, with each difference.
TransferNote close_note(wharf::Context& context, const DocumentNumber& number);

}  // namespace stn

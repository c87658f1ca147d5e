// Events of transfers between locations; each carries the transfer as it was right after the write.
#pragma once

#include <string_view>

#include "wharf/events.hpp"
#include "wharf/model/transfers.hpp"

namespace wharf::event {

struct TransferCreated : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.created";
};
struct TransferAmended : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.amended";
};
struct TransferApproved : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.approved";
};
struct TransferDispatched : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.dispatched";
};
struct TransferReceived : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.received";
};
// A difference or an excess was decided.
struct TransferResolved : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.resolved";
};
// Nothing is in transit any more, and something came.
struct TransferCompleted : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.completed";
};
struct TransferCancelled : Of<Transfer> {
    static constexpr std::string_view kName = "transfer.cancelled";
};

}  // namespace wharf::event

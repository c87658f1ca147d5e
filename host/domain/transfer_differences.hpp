// Resolving units that are in transit and were reported missing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/domain/ledger.hpp"
#include "host/domain/transfer_store.hpp"
#include "host/domain/transit_parts.hpp"

namespace wharf::domain {

// Units of a line, and where they turned out to be.
struct Found {
    std::int32_t line = 0;
    std::optional<std::int32_t> difference;  // without it: the line's open ones, oldest first
    Quantity quantity;
    DifferenceOutcome outcome = DifferenceOutcome::lost;
    std::optional<LotCode> lot;
    std::vector<Serial> serials;
    bool damaged = false;
    std::optional<Reason> reason;
};

class Resolving {
public:
    Resolving(Transaction& transaction, TransferChange& change);

    // Moves the units to where they are and books them on differences that are open for them.
    // Faults are named below `pointer`.
    void resolve(const Found& found, const std::string& pointer);
    // Saves all, gives what came free to those who wait, records transfer.resolved.
    Transfer finish();

private:
    // A movement's reason is a name of at most 200 characters.
    static constexpr std::size_t kReasonBytes = 160;

    void need_place(DifferenceOutcome outcome) const;
    [[nodiscard]] End target(const Found& found) const;
    void count(const Found& found, TransferLine& line, const std::vector<TransitPart>& parts);
    void book_on_differences(const Found& found, Money value);

    Transaction& transaction_;
    TransferChange& change_;
    std::map<std::int32_t, Quantity> returned_;
    StockKeys freed_;
};

}  // namespace wharf::domain

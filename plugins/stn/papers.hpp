// The documents of a transfer: which one it travels under and why, what the goods are worth on it,
// and the notes that correct it.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"
#include "shares.hpp"

namespace stn {

class Papers {
public:
    Papers(wharf::Context& context, const Settings& settings)
        : context_(context), settings_(settings) {}

    // Refuses (conflict) ends that no document can be made for: only one registered, another PAN.
    [[nodiscard]] wharf::tax::TransferDocument document_for(const LocationCode& source,
                                                            const LocationCode& destination,
                                                            Purpose purpose) const;
    // Refuses (conflict, stn.no_price | stn.no_mrp) a product that the setting has no value for.
    [[nodiscard]] Derivation derive(const wharf::Transfer& transfer, Purpose purpose) const;

    // The challan or invoice that goes with the goods.
    void issue(const wharf::Transfer& transfer, Kept& kept,
               const std::optional<wharf::Transport>& transport) const;
    // A tax invoice is corrected for units that came back (credit note) or are lost (reversal
    // note); nothing on a challan is.
    void correct(Kept& kept, Role role, const std::vector<Correction>& corrections,
                 const std::optional<wharf::Reason>& reason) const;

private:
    [[nodiscard]] Money price_of(const Sku& sku, Money value, Quantity quantity) const;
    [[nodiscard]] std::vector<wharf::documents::NewLine> dispatched_lines(
        const DocumentNumber& transfer) const;

    wharf::Context& context_;
    const Settings& settings_;
};

}  // namespace stn

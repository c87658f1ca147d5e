#include "host/domain/gst/parties.hpp"

#include <utility>

#include "host/domain/catalog.hpp"
#include "host/domain/catalog_rows.hpp"
#include "host/domain/gst/gstin.hpp"

namespace wharf::domain {
namespace {

bool is_abroad(const Transaction& transaction, const std::optional<Address>& address) {
    return address && address->country &&
           address->country->view() != transaction.account().country.view();
}

std::optional<StateCode> state_of(const std::optional<Gstin>& gstin,
                                  const std::optional<Address>& address) {
    if (gstin && gstin->view().size() == 15) return StateCode(gstin->view().substr(0, 2));
    if (address) return address->state_code;
    return std::nullopt;
}

TaxStatus status_of(const Transaction& transaction, const std::optional<Gstin>& gstin,
                    const std::optional<Address>& address) {
    if (gstin) return TaxStatus::regular;
    return is_abroad(transaction, address) ? TaxStatus::overseas : TaxStatus::unregistered;
}

// Only its own country's states are states; those of others go with code 96.
void settle_state(const Transaction& transaction, Party& party) {
    party.state_code = is_abroad(transaction, party.address) && !party.gstin
                           ? std::nullopt
                           : state_of(party.gstin, party.address);
}

// A key that is bound to places names these; a plugin that acts for it names the other end of the
// journey as well, which stands on paper anyway.
Location place_named(Transaction& transaction, const LocationCode& code,
                     const std::string& pointer) {
    if (!transaction.actor().is_plugin()) return usable_location(transaction, code, pointer);
    const auto location = find_row<Location>(transaction.session(), {{"code", code}});
    if (!location || !location->active) {
        throw Refusal::invalid(pointer, location ? "inactive_location" : "unknown_location",
                               "there is no active location \"" + code.text() + "\"");
    }
    return *location;
}

Party by_hand(const Transaction& transaction, const NewParty& given, const std::string& pointer,
              Faults& faults) {
    Party party;
    if (given.legal_name) {
        party.legal_name = *given.legal_name;
    } else {
        faults.add(pointer + "/legal_name", "missing", "a party that is given by hand has a name");
    }
    party.trade_name = given.trade_name;
    party.gstin = given.gstin;
    party.tax_status = given.tax_status;
    party.address = given.address;
    const bool registered =
        party.tax_status == TaxStatus::regular || party.tax_status == TaxStatus::composition;
    faults.add_if(party.gstin && !registered, pointer + "/tax_status", "gstin_without_registration",
                  "a party with a GSTIN is regular or composition");
    settle_state(transaction, party);
    return party;
}

void check_gstin(const Party& party, const std::string& pointer, Faults& faults) {
    if (!party.gstin) return;
    std::optional<std::string_view> state;
    if (party.address && party.address->state_code) state = party.address->state_code->view();
    if (auto fault = gstin_fault(party.gstin->view(), state, pointer + "/gstin")) {
        faults.add(*fault);
    }
}

}  // namespace

Party party_of(Transaction& transaction, const Location& location) {
    Party party;
    party.location = location.code;
    party.legal_name = transaction.account().name;
    party.trade_name = location.name;
    party.gstin = location.gstin;
    party.tax_status = status_of(transaction, location.gstin, location.address);
    party.address = location.address;
    settle_state(transaction, party);
    return party;
}

Party party_of(Transaction& transaction, const Vendor& vendor) {
    Party party;
    party.vendor = vendor.code;
    party.legal_name = vendor.name;
    party.gstin = vendor.gstin;
    party.tax_status = vendor.tax_status;
    party.address = vendor.address;
    settle_state(transaction, party);
    if (!party.gstin && vendor.state_code && vendor.tax_status != TaxStatus::overseas) {
        party.state_code = vendor.state_code;
    }
    return party;
}

Party party_of(Transaction& transaction, const Customer& customer) {
    Party party;
    party.customer = customer.code;
    party.legal_name = customer.name;
    party.gstin = customer.gstin;
    if (!customer.addresses.empty()) party.address = customer.addresses.front();
    party.tax_status = status_of(transaction, party.gstin, party.address);
    settle_state(transaction, party);
    return party;
}

Party resolve_party(Transaction& transaction, const PartyReference& reference,
                    const std::string& pointer, Faults& faults) {
    const int named = (reference.location ? 1 : 0) + (reference.vendor ? 1 : 0) +
                      (reference.customer ? 1 : 0) + (reference.party ? 1 : 0);
    if (named != 1) {
        faults.add(pointer, "one_party", "name exactly one of location, vendor, customer, party");
        return {};
    }
    Party party;
    collect(faults, [&] {
        if (reference.location) {
            party = party_of(transaction,
                             place_named(transaction, *reference.location, pointer + "/location"));
        } else if (reference.vendor) {
            party = party_of(transaction,
                             usable_vendor(transaction, *reference.vendor, pointer + "/vendor"));
        } else if (reference.customer) {
            party = party_of(transaction, usable_customer(transaction, *reference.customer,
                                                          pointer + "/customer"));
        } else {
            party = by_hand(transaction, *reference.party, pointer + "/party", faults);
        }
        if (reference.address) {
            party.address = reference.address;
            if (!party.gstin && !reference.party && !reference.vendor) {
                party.tax_status = status_of(transaction, party.gstin, party.address);
            }
            if (!party.gstin) settle_state(transaction, party);
        }
        // Another address of a registered person may lie in another state: goods may go anywhere.
        if (!reference.address) {
            check_gstin(party, reference.party ? pointer + "/party" : pointer, faults);
        }
    });
    return party;
}

void check_two_persons(const Party& supplier, const Party& recipient, Faults& faults) {
    faults.add_if(supplier.gstin && supplier.gstin == recipient.gstin, "/recipient", "same_gstin",
                  "supplier and recipient have the same GSTIN " +
                      (supplier.gstin ? supplier.gstin->text() : std::string()) +
                      ": nobody supplies to oneself");
}

}  // namespace wharf::domain

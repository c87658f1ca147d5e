// Which document goods travel under between two locations of the account.
#include "host/domain/catalog.hpp"
#include "host/domain/gst/parties.hpp"
#include "host/domain/gst/tax_operations.hpp"

namespace wharf::domain {
namespace {

// A GSTIN is the state, the PAN of its holder, and what tells registrations of one PAN apart.
std::string_view pan_of(const Gstin& gstin) {
    return gstin.view().substr(2, 10);
}

tax::TransferDocument reply(DocumentKind kind, const Party& from, const Party& to, TaxReason why) {
    tax::TransferDocument document;
    document.kind = kind;
    document.inter_state = from.state_code && to.state_code && *from.state_code != *to.state_code;
    document.reasons.push_back(std::move(why));
    return document;
}

}  // namespace

tax::TransferDocument document_for_transfer(Transaction& transaction,
                                            const tax::ForTransfer& request) {
    Faults faults;
    PartyReference source;
    PartyReference destination;
    source.location = request.from;
    destination.location = request.to;
    const auto from = resolve_party(transaction, source, "/from", faults);
    const auto to = resolve_party(transaction, destination, "/to", faults);
    faults.add_if(request.from == request.to, "/to", "same_location",
                  "goods do not travel from a location to itself");
    faults.refuse_if_any();
    if (*request.purpose == DocumentPurpose::job_work) {
        return reply(DocumentKind::delivery_challan, from, to,
                     {"job_work", "goods sent for job work are not supplied",
                      "CGST Act s.143; CGST Rules 45, 55(1)(b)"});
    }
    if (!from.gstin && !to.gstin) {
        return reply(DocumentKind::delivery_challan, from, to,
                     {"unregistered", "neither location is registered", "CGST Rule 55(1)(c)"});
    }
    if (!from.gstin || !to.gstin) {
        throw Refusal::conflict(
            "one_side_registered",
            "only \"" + (from.gstin ? request.from : request.to).text() + "\" has a GSTIN",
            "register the other location, or give it the GSTIN whose additional place it is");
    }
    if (*from.gstin == *to.gstin) {
        return reply(DocumentKind::delivery_challan, from, to,
                     {"same_gstin", "one registered person moves its own goods",
                      "CGST Rule 55(1)(c); CGST Act s.7"});
    }
    if (pan_of(*from.gstin) != pan_of(*to.gstin)) {
        throw Refusal::conflict("other_pan",
                                "the locations belong to two persons: " + from.gstin->text() +
                                    " and " + to.gstin->text(),
                                "sell the goods instead of transferring them");
    }
    return reply(DocumentKind::tax_invoice, from, to,
                 {"distinct_persons", "two registrations of one PAN are distinct persons",
                  "CGST Act s.25(4), Schedule I paragraph 2"});
}

}  // namespace wharf::domain

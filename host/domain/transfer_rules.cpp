#include "host/domain/transfer_rules.hpp"

#include "host/domain/catalog.hpp"
#include "host/domain/catalog_rows.hpp"
#include "host/domain/serial_places.hpp"
#include "host/domain/serials.hpp"

namespace wharf::domain {
namespace {

std::optional<Location> find_end(Transaction& transaction, const LocationCode& code) {
    return find_row<Location>(transaction.session(), {{"code", code}});
}

void check_end(Transaction& transaction, const LocationCode& code, const std::string& pointer,
               Faults& faults) {
    const auto location = find_end(transaction, code);
    if (!location) {
        faults.add(pointer, "unknown_location", "there is no location \"" + code.text() + "\"");
        return;
    }
    faults.add_if(!location->active, pointer, "inactive_location",
                  "the location \"" + code.text() + "\" is not active");
    faults.add_if(!location->holds_stock, pointer, "holds_no_stock",
                  "the location \"" + code.text() + "\" holds no stock");
}

}  // namespace

Location end_of_transfer(Transaction& transaction, const LocationCode& code) {
    auto location = find_end(transaction, code);
    if (!location) throw Refusal::not_found("location", code.view());
    return std::move(*location);
}

void check_ends(Transaction& transaction, const LocationCode& source,
                const LocationCode& destination, Faults& faults) {
    const auto& actor = transaction.actor();
    if (!actor.sees(source) && !actor.sees(destination)) {
        faults.add("/source", "unknown_location", "there is no location \"" + source.text() + "\"");
        return;
    }
    check_end(transaction, source, "/source", faults);
    check_end(transaction, destination, "/destination", faults);
    faults.add_if(source == destination, "/destination", "same_location",
                  "a transfer goes to another location");
}

void need_active_ends(Transaction& transaction, const Transfer& transfer) {
    for (const auto* code : {&transfer.source, &transfer.destination}) {
        const auto location = find_end(transaction, *code);
        if (location && location->active) continue;
        throw Refusal::conflict("inactive_location",
                                "the location \"" + code->text() + "\" is not active");
    }
}

void need_undispatched(const Transfer& transfer, std::string_view step) {
    if (transfer.status == TransferStatus::draft || transfer.status == TransferStatus::approved) {
        return;
    }
    throw Refusal::conflict("wrong_status",
                            transfer.number.text() + " is " +
                                boost::describe::enum_to_string(transfer.status, "unknown") +
                                " and cannot be " + std::string(step));
}

void check_lot_may_leave(Transaction& transaction, const Sku& sku, const LotCode& lot,
                         const std::string& pointer, Faults& faults) {
    const auto found = find_lot(transaction, sku, lot);
    const auto name = "the lot \"" + lot.text() + "\" of \"" + sku.text() + "\"";
    if (!found) {
        faults.add(pointer, "unknown_lot", name + " is not known");
        return;
    }
    faults.conflict_if(found->locked, pointer, "lot_locked", name + " is locked");
    const bool expired = found->expires_on && *found->expires_on < transaction.today();
    faults.conflict_if(expired, pointer, "lot_expired",
                       name + " expired on " + (expired ? found->expires_on->text() : ""));
}

std::optional<std::string> check_serial_at(Transaction& transaction, const Sku& sku,
                                           const Serial& serial, const LocationCode& source,
                                           const std::optional<DocumentNumber>& transfer,
                                           const std::string& pointer, Faults& faults) {
    const auto row = find_serial(transaction, serial);
    if (row && row->sku == sku && row->location == source && row->condition == "sellable") {
        if (row->held_from(transfer)) {
            faults.conflict_if(true, pointer, "serial_reserved", row->held_text());
        }
        if (!row->lot.empty()) {
            check_lot_may_leave(transaction, sku, LotCode(row->lot), pointer, faults);
        }
        return row->lot;
    }
    std::string why = "was never seen";
    if (row && row->sku != sku) {
        why = "is one of \"" + row->sku.text() + "\"";
    } else if (row) {
        const auto place = real_place(transaction, serial);
        why = place ? place->text() : "is no longer here";
    }
    faults.conflict_if(true, pointer, "serial_not_there",
                       "the serial \"" + serial.text() + "\" is not sellable at \"" +
                           source.text() + "\": it " + why);
    return std::nullopt;
}

}  // namespace wharf::domain

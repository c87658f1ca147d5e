// Drafting a transfer: an unapproved order of the kind `transfer`, and what is kept beside it.
#include "host/domain/catalog.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/references.hpp"
#include "host/domain/serials.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "host/domain/transfer_store.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kScope = "transfer";

class Drafting {
public:
    Drafting(Transaction& transaction, const transfers::Create& request)
        : transaction_(transaction), request_(request) {}

    Transfer draft() {
        check_ends(transaction_, request_.source, request_.destination, faults_);
        collect(faults_, [&] { check_expected_on(transaction_, request_.expected_on); });
        check_line_count(request_.lines.size(), faults_);
        fill_header();
        for (std::size_t i = 0; i < request_.lines.size(); ++i) {
            collect(faults_, [&] { take_line(request_.lines[i], pointer_at("/lines", i)); });
        }
        faults_.refuse_if_any();
        return store();
    }

private:
    void fill_header() {
        order_.reference = request_.reference;
        order_.kind = OrderKind::transfer;
        order_.location = request_.source;
        order_.destination = request_.destination;
        order_.ordered_at = transaction_.now();
        order_.status = OrderStatus::unapproved;
        order_.prices_include_tax = false;
        order_.created_at = transaction_.now();
        asked_.reference = request_.reference;
        asked_.made_by = source_of(transaction_);
        asked_.expected_on = request_.expected_on;
        asked_.note = request_.note;
        asked_.explanation = request_.explanation;
    }

    void take_line(const transfers::NewLine& wanted, const std::string& pointer) {
        const auto product = usable_product(transaction_, wanted.sku, pointer + "/sku");
        SalesOrderLine line;
        line.line = static_cast<std::int32_t>(order_.lines.size()) + 1;
        line.sku = wanted.sku;
        line.location = request_.source;
        line.quantity = in_base_units(product, wanted.quantity, wanted.unit, pointer + "/unit");
        if (wanted.unit) {
            line.unit = wanted.unit;
            line.unit_quantity = wanted.quantity;
        }
        line.tax_rate = product.tax_rate;
        line.waiting = line.quantity;
        check_units(product, wanted, line.quantity, pointer);
        order_.lines.push_back(std::move(line));
        TransferLine asked;
        asked.lot = wanted.lot;
        asked.serials = *wanted.serials;
        asked_.lines.push_back(std::move(asked));
    }

    void check_units(const Product& product, const transfers::NewLine& wanted, Quantity quantity,
                     const std::string& pointer) {
        if (wanted.lot) {
            faults_.add_if(product.tracking == Tracking::none, pointer + "/lot", "lot_not_tracked",
                           "\"" + wanted.sku.text() + "\" is not tracked by lot");
            check_lot_may_leave(transaction_, wanted.sku, *wanted.lot, pointer + "/lot", faults_);
        }
        if (wanted.serials->empty()) return;
        if (product.tracking != Tracking::serial) {
            faults_.add(pointer + "/serials", "serials_not_tracked",
                        "\"" + wanted.sku.text() + "\" is not tracked by serial");
            return;
        }
        try {
            check_serial_list(*wanted.serials, quantity);
        } catch (const Refusal& refusal) {
            faults_.add(pointer + "/serials", refusal.code(), refusal.detail());
        }
        for (const auto& serial : *wanted.serials) {
            check_serial_at(transaction_, wanted.sku, serial, request_.source, std::nullopt,
                            pointer + "/serials", faults_);
        }
    }

    Transfer store() {
        order_.number = transaction_.next_number("STN");
        auto& session = transaction_.session();
        insert_row(session, order_);
        for (const auto& line : order_.lines) {
            insert_row(session, line, {{"order_number", order_.number}});
        }
        transaction_.record<event::OrderPlaced>(order_.number, order_);
        return insert_transfer(transaction_, order_, std::move(asked_));
    }

    Transaction& transaction_;
    const transfers::Create& request_;
    Faults faults_;
    SalesOrder order_;
    Transfer asked_;
};

}  // namespace

Transfer create_transfer(Transaction& transaction, const transfers::Create& request) {
    const auto hash = request.reference ? content_hash(request) : ContentHash();
    if (request.reference) {
        if (auto number = find_by_reference(transaction, kScope, *request.reference, hash)) {
            transaction.note_existing();
            return load_transfer(transaction, *number);
        }
    }
    auto transfer = Drafting(transaction, request).draft();
    if (request.reference) {
        keep_reference(transaction, kScope, *request.reference, transfer.number, hash);
    }
    transaction.record<event::TransferCreated>(transfer.number, transfer);
    return transfer;
}

}  // namespace wharf::domain

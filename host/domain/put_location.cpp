// Locations and customers: who we are, and to whom we sell.
#include "host/domain/catalog.hpp"
#include "host/domain/catalog_operations.hpp"
#include "host/domain/catalog_rows.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/gst/gstin.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/put_entry.hpp"

namespace wharf::domain {
namespace {

std::optional<std::string_view> state_of(const std::optional<Address>& address) {
    if (!address || !address->state_code) return std::nullopt;
    return address->state_code->view();
}

void check_state(Faults& faults, const std::optional<Address>& address,
                 const std::string& pointer) {
    const auto state = state_of(address);
    const bool abroad = address && address->country && address->country->view() != "IN";
    faults.add_if(state && !abroad && !known_state(*state), pointer + "/state_code",
                  "unknown_state", "the GST state code is two digits, 01 to 38 or 97");
}

void check_own_vendor(Transaction& transaction, Faults& faults, const Location& location) {
    if (!location.gstin) return;
    auto rows = transaction.session().select("SELECT code FROM vendor WHERE gstin = :gstin",
                                             {{"gstin", location.gstin}});
    if (!rows.next()) return;
    faults.add("/gstin", "own_vendor",
               "the vendor \"" + std::string(rows.text(0)) +
                   "\" has this GSTIN: a location cannot be its own vendor");
}

void check_stock_stays(Transaction& transaction, const Location& location,
                       const std::optional<Location>& existing) {
    if (!existing || !existing->holds_stock || location.holds_stock) return;
    auto rows = transaction.session().select(
        "SELECT sku FROM stock WHERE location = :location AND on_hand > 0 LIMIT 1",
        {{"location", location.code}});
    if (!rows.next()) return;
    throw Refusal::conflict("has_stock",
                            "stock stands at \"" + location.code.text() + "\", so it holds stock");
}

// A customer with several addresses may have its GSTIN in any one of their states.
void check_customer_gstin(Faults& faults, const Customer& customer) {
    if (!customer.gstin) return;
    std::optional<std::string_view> state;
    for (const auto& address : customer.addresses) {
        if (!address.state_code) continue;
        if (!state || address.state_code->view() == customer.gstin->view().substr(0, 2)) {
            state = address.state_code->view();
        }
    }
    if (auto fault = gstin_fault(customer.gstin->view(), state, "/gstin")) faults.add(*fault);
}

}  // namespace

Location put_location(Transaction& transaction, const catalog::PutLocation& request) {
    if (!transaction.actor().sees(request.code)) {
        throw Refusal::not_found("location", request.code.view());
    }
    auto location = copied<Location>(request);
    const auto existing = find_location(transaction, location.code);
    Faults faults;
    faults.add_if(location.code.view().starts_with('@'), "/code", "reserved_code",
                  "codes that begin with @ are outside places");
    check_state(faults, location.address, "/address");
    if (location.gstin) {
        if (auto fault =
                gstin_fault(location.gstin->view(), state_of(location.address), "/gstin")) {
            faults.add(*fault);
        }
        check_own_vendor(transaction, faults, location);
    }
    faults.refuse_if_any();
    check_stock_stays(transaction, location, existing);
    const bool bin_changed = existing && existing->default_bin != location.default_bin;
    auto kept = put_entry(transaction, std::move(location), existing);
    if (bin_changed) recount_docked(transaction, kept.code, kept.default_bin);
    return kept;
}

Customer put_customer(Transaction& transaction, const catalog::PutCustomer& request) {
    auto customer = copied<Customer>(request);
    Faults faults;
    check_customer_gstin(faults, customer);
    for (std::size_t i = 0; i < customer.addresses.size(); ++i) {
        check_state(faults, customer.addresses[i], "/addresses/" + std::to_string(i));
    }
    faults.add_if(customer.credit_limit && *customer.credit_limit < Money(), "/credit_limit",
                  "negative", "a credit limit is not negative");
    faults.refuse_if_any();
    const auto existing = find_customer(transaction, customer.code);
    return put_entry(transaction, std::move(customer), existing);
}

}  // namespace wharf::domain

// Vendors and what they sell.
#include "host/domain/catalog.hpp"
#include "host/domain/catalog_operations.hpp"
#include "host/domain/catalog_rows.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/gst/gstin.hpp"
#include "host/domain/put_entry.hpp"

namespace wharf::domain {
namespace {

constexpr std::int32_t kLeadTimeDaysMax = 3650;

void check_lead_time(Faults& faults, std::optional<std::int32_t> days) {
    faults.add_if(days && (*days < 0 || *days > kLeadTimeDaysMax), "/lead_time_days",
                  "out_of_range", "a lead time is 0 to 3650 days");
}

void check_vendor_gstin(Transaction& transaction, Faults& faults, const Vendor& vendor) {
    if (!vendor.gstin) return;
    std::optional<std::string_view> state;
    if (vendor.address && vendor.address->state_code) state = vendor.address->state_code->view();
    if (vendor.state_code) state = vendor.state_code->view();
    if (auto fault = gstin_fault(vendor.gstin->view(), state, "/gstin")) faults.add(*fault);
    auto rows = transaction.session().select("SELECT code FROM location WHERE gstin = :gstin",
                                             {{"gstin", vendor.gstin}});
    if (!rows.next()) return;
    faults.add("/gstin", "own_vendor",
               "the location \"" + std::string(rows.text(0)) +
                   "\" has this GSTIN: a location cannot be its own vendor");
}

void check_vendor(Transaction& transaction, Faults& faults, const Vendor& vendor) {
    check_vendor_gstin(transaction, faults, vendor);
    check_lead_time(faults, vendor.lead_time_days);
    const bool overseas = vendor.tax_status == TaxStatus::overseas;
    faults.add_if(!overseas && vendor.state_code && !known_state(vendor.state_code->view()),
                  "/state_code", "unknown_state",
                  "the GST state code is two digits, 01 to 38 or 97");
    const bool by_account = vendor.channel == VendorChannel::account;
    faults.add_if(by_account && !vendor.account, "/account", "account_required",
                  "a vendor that is reached in an account of its own names it");
    faults.add_if(!by_account && vendor.account, "/account", "account_unused",
                  "only the channel `account` has an account");
    faults.add_if(vendor.account == transaction.account().code, "/account", "own_account",
                  "an account is not its own vendor");
    for (char letter : vendor.currency.view()) {
        if (letter >= 'A' && letter <= 'Z') continue;
        faults.add("/currency", "bad_currency", "a currency is three capital letters");
        break;
    }
}

void check_item(Faults& faults, const VendorItem& item) {
    faults.add_if(item.price < Money(), "/price", "negative", "a price is not negative");
    Quantity last(0);
    for (std::size_t i = 0; i < item.price_breaks.size(); ++i) {
        const auto& step = item.price_breaks[i];
        const auto pointer = "/price_breaks/" + std::to_string(i);
        faults.add_if(step.from_quantity <= last, pointer + "/from_quantity", "not_ascending",
                      "price breaks go up, each quantity once");
        faults.add_if(step.price < Money(), pointer + "/price", "negative",
                      "a price is not negative");
        last = step.from_quantity;
    }
    faults.add_if(item.maximum_quantity && *item.maximum_quantity < Quantity(item.minimum_quantity),
                  "/maximum_quantity", "below_minimum", "the maximum is not below the minimum");
    faults.add_if(item.valid_from && item.valid_to && *item.valid_to < *item.valid_from,
                  "/valid_to", "ends_before_start", "the item ends before it begins");
    check_lead_time(faults, item.lead_time_days);
}

}  // namespace

Vendor put_vendor(Transaction& transaction, const catalog::PutVendor& request) {
    auto vendor = copied<Vendor>(request);
    vendor.currency = request.currency.value_or(transaction.account().currency);
    Faults faults;
    check_vendor(transaction, faults, vendor);
    faults.refuse_if_any();
    const auto existing = find_vendor(transaction, vendor.code);
    return put_entry(transaction, std::move(vendor), existing);
}

VendorItem put_vendor_item(Transaction& transaction, const catalog::PutVendorItem& request) {
    auto item = copied<VendorItem>(request);
    Faults faults;
    faults.add_if(!find_vendor(transaction, item.vendor), "/vendor", "unknown_vendor",
                  "there is no vendor \"" + item.vendor.text() + "\"");
    faults.add_if(!find_product(transaction, item.sku), "/sku", "unknown_sku",
                  "there is no sku \"" + item.sku.text() + "\"");
    check_item(faults, item);
    faults.refuse_if_any();
    const auto existing = find_vendor_item(transaction, item.vendor, item.sku);
    return put_entry(transaction, std::move(item), existing);
}

}  // namespace wharf::domain

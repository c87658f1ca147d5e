#include "host/operations/account_rules.hpp"

#include <date/tz.h>

#include <algorithm>
#include <exception>

namespace wharf::operations {
namespace {

bool known_zone(const std::string& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::exception&) {
        return false;
    }
}

bool capital_letters(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// 29 February would be no day in most years.
bool month_and_day(std::string_view text) {
    return text != "02-29" && Date::parse("2000-" + std::string(text)).has_value();
}

void check_serial_mode(const Account& account, std::vector<Fault>& faults) {
    if (!account.serial_mode) return;
    if (account.inventory_type != InventoryType::serialized) {
        faults.push_back({"/serial_mode", "not_allowed",
                          "only an account with serialized inventory has a serial mode"});
    } else if (*account.serial_mode < 1 || *account.serial_mode > 5) {
        faults.push_back({"/serial_mode", "out_of_range", "a serial mode is 1, 2, 3, 4 or 5"});
    }
}

}  // namespace

std::vector<Fault> account_faults(const Account& account) {
    std::vector<Fault> faults;
    if (!capital_letters(account.currency.view())) {
        faults.push_back({"/currency", "invalid_currency",
                          "must be three capital letters of ISO 4217, such as INR"});
    }
    if (!capital_letters(account.country.view())) {
        faults.push_back({"/country", "invalid_country",
                          "must be two capital letters of ISO 3166-1, such as IN"});
    }
    if (!known_zone(account.time_zone.text())) {
        faults.push_back({"/time_zone", "unknown_time_zone",
                          "must be a name of the IANA time zone database, such as Asia/Kolkata"});
    }
    if (!month_and_day(account.fiscal_year_start.view())) {
        faults.push_back(
            {"/fiscal_year_start", "invalid_date", "must be a month and a day, such as 04-01"});
    }
    check_serial_mode(account, faults);
    const auto days = *account.policies.event_days_kept;
    if (days < 1 || days > 3650) {
        faults.push_back({"/policies/event_days_kept", "out_of_range", "must be from 1 to 3650"});
    }
    if (account.policies.purchase_approval_limit &&
        *account.policies.purchase_approval_limit < Money()) {
        faults.push_back(
            {"/policies/purchase_approval_limit", "out_of_range", "must not be negative"});
    }
    return faults;
}

}  // namespace wharf::operations

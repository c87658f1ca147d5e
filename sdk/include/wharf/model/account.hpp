// The account and its policies.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

enum class Plan { growth, enterprise, other, unknown };
BOOST_DESCRIBE_ENUM(Plan, growth, enterprise, other, unknown)

enum class AccountType { seller, aggregator_3pl, vendor, unknown };
BOOST_DESCRIBE_ENUM(AccountType, seller, aggregator_3pl, vendor, unknown)

enum class InventoryType { serialized, non_serialized, unknown };
BOOST_DESCRIBE_ENUM(InventoryType, serialized, non_serialized, unknown)

// Which waiting line is served first; lines without the value come last, ties go by order number,
// then line.
enum class AllocationOrder { promised_for, priority, ordered_at, unknown };
BOOST_DESCRIBE_ENUM(AllocationOrder, promised_for, priority, ordered_at, unknown)

// Which lot is reserved first: first expired first out, or first received first out.
enum class LotOrder { first_expired, first_received, unknown };
BOOST_DESCRIBE_ENUM(LotOrder, first_expired, first_received, unknown)

// What happens to goods beyond what was ordered and tolerated.
enum class BeyondTolerance { refuse, quarantine, wait_for_approval, unknown };
BOOST_DESCRIBE_ENUM(BeyondTolerance, refuse, quarantine, wait_for_approval, unknown)

// Over-receipt that is taken: floor(ordered x percent) or `absolute` units, whichever is more, over
// all receipts of the line. The most specific rule wins: sku before vendor before location.
struct Tolerance {
    std::optional<VendorCode> vendor;
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    Defaulted<Percent> percent;
    Defaulted<Count> absolute;
    std::optional<Money> value;  // the excess may not be worth more than this
    Defaulted<BeyondTolerance> beyond = BeyondTolerance::refuse;
};
BOOST_DESCRIBE_STRUCT(Tolerance, (), (vendor, sku, location, percent, absolute, value, beyond))

// Every policy of an account with its default.
struct Policies {
    Defaulted<AllocationOrder> allocation_order = AllocationOrder::ordered_at;
    Defaulted<LotOrder> lot_order = LotOrder::first_expired;
    Defaulted<bool> orders_beyond_stock_allowed = true;
    Defaulted<bool> orders_need_approval = false;
    Defaulted<bool> quality_check_required = false;
    Defaulted<bool> putaway_required = false;
    std::optional<Money> purchase_approval_limit;  // orders worth more need a second person
    Defaulted<std::vector<Tolerance>> tolerances;
    Defaulted<std::int32_t> event_days_kept = 90;
};
BOOST_DESCRIBE_STRUCT(Policies, (),
                      (allocation_order, lot_order, orders_beyond_stock_allowed,
                       orders_need_approval, quality_check_required, putaway_required,
                       purchase_approval_limit, tolerances, event_days_kept))

struct Account {
    AccountCode code;
    Name name;
    Plan plan = Plan::growth;
    AccountType account_type = AccountType::seller;
    InventoryType inventory_type = InventoryType::non_serialized;
    std::optional<std::int32_t> serial_mode;  // 1..5, serialized accounts only
    Text<3, 3> currency;                      // ISO 4217
    Name time_zone;                           // IANA name
    Text<2, 2> country;                       // ISO 3166-1
    Text<5, 5> fiscal_year_start;             // MM-DD
    Policies policies;
    std::int64_t version = 1;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (code, name, plan, account_type, inventory_type, serial_mode, currency,
                       time_zone, country, fiscal_year_start, policies, version, created_at))

}  // namespace wharf

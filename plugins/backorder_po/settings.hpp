// What support sets per account, with every default.
#pragma once

#include <wharf/plugin.hpp>

namespace backorder_po {

// immediate: buys in the same commit as the order that needs it. scheduled: buys at `run_at`.
// suggest_only: makes nothing by itself; a run that is asked for buys.
enum class Mode { immediate, scheduled, suggest_only, unknown };
BOOST_DESCRIBE_ENUM(Mode, immediate, scheduled, suggest_only, unknown)

enum class InitialStatus { draft, waiting_for_approval, approved, unknown };
BOOST_DESCRIBE_ENUM(InitialStatus, draft, waiting_for_approval, approved, unknown)

// Which vendor is asked first. Ties go by the vendor item's priority, then by code.
enum class VendorRule { priority, cheapest, fastest, unknown };
BOOST_DESCRIBE_ENUM(VendorRule, priority, cheapest, fastest, unknown)

// A need below a vendor's minimum: buy the minimum, or pass the vendor over.
enum class BelowMinimum { raise, pass_over, unknown };
BOOST_DESCRIBE_ENUM(BelowMinimum, raise, pass_over, unknown)

// What shares one purchase order. `vendor`: with the plugin split_delivery on, one parent with a
// leg per location; while that is off, as vendor_location.
enum class Consolidate { vendor_location, order, vendor, unknown };
BOOST_DESCRIBE_ENUM(Consolidate, vendor_location, order, vendor, unknown)

// An approved order that is no longer needed. Never below received + dispatched.
enum class OnDemandShrink { keep_as_stock, shrink_to_received, exception, unknown };
BOOST_DESCRIBE_ENUM(OnDemandShrink, keep_as_stock, shrink_to_received, exception, unknown)

struct Settings {
    wharf::Defaulted<Mode> mode = Mode::immediate;
    std::optional<wharf::Schedule> run_at;
    wharf::Defaulted<InitialStatus> initial_status = InitialStatus::draft;
    std::optional<wharf::Money> daily_value_ceiling;
    wharf::Defaulted<VendorRule> vendor_rule = VendorRule::priority;
    wharf::Defaulted<BelowMinimum> below_minimum = BelowMinimum::raise;
    wharf::Defaulted<Consolidate> consolidate = Consolidate::vendor_location;
    wharf::Defaulted<OnDemandShrink> on_demand_shrink = OnDemandShrink::keep_as_stock;
    wharf::Defaulted<std::uint16_t> delivery_window_days = std::uint16_t{7};
    std::optional<std::uint16_t> horizon_days;
    wharf::Defaulted<bool> count_sellable = true;
    wharf::Defaulted<bool> count_open_purchase_orders = true;
    wharf::Defaulted<bool> count_in_transit = true;
    wharf::Defaulted<bool> count_quality_check = true;
    wharf::Defaulted<wharf::Percent> expected_returns_percent;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (mode, run_at, initial_status, daily_value_ceiling, vendor_rule,
                       below_minimum, consolidate, on_demand_shrink, delivery_window_days,
                       horizon_days, count_sellable, count_open_purchase_orders, count_in_transit,
                       count_quality_check, expected_returns_percent))

}  // namespace backorder_po

template <>
struct wharf::FieldDocs<backorder_po::Settings> {
    static std::string_view of(std::string_view field) {
        if (field == "mode") return "When orders are made: immediate, scheduled or suggest_only";
        if (field == "run_at") return "When a scheduled run happens, in the account's time zone";
        if (field == "initial_status") return "The status that an order is left in";
        if (field == "daily_value_ceiling") {
            return "Past this value of a day, approved becomes waiting_for_approval";
        }
        if (field == "vendor_rule") return "Which vendor is asked first";
        if (field == "below_minimum")
            return "A need below the minimum: raise it, or pass the vendor over";
        if (field == "consolidate") return "What shares one purchase order";
        if (field == "on_demand_shrink")
            return "What becomes of an approved order no longer needed";
        if (field == "delivery_window_days") return "Needs due within so many days share a draft";
        if (field == "horizon_days") return "Lines promised later than this are no demand yet";
        if (field == "expected_returns_percent")
            return "The share of announced returns that is counted";
        if (field.starts_with("count_")) return "Whether this free supply reduces the need";
        return {};
    }
};

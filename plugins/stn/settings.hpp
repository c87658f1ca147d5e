// What support sets per account, with every default.
#pragma once

#include <wharf/plugin.hpp>

namespace stn {

// What the goods of a transfer are worth on its document. The ledger keeps what they cost.
enum class TaxableValue { cost, price_list, percent_of_mrp, unknown };
BOOST_DESCRIBE_ENUM(TaxableValue, cost, price_list, percent_of_mrp, unknown)

// suggest_only: shown, and made when somebody asks. request: drafted at `low_stock_at`.
enum class LowStock { suggest_only, request, unknown };
BOOST_DESCRIBE_ENUM(LowStock, suggest_only, request, unknown)

// Where a location is supplied from; without a sku every product. The most specific route wins.
struct Route {
    wharf::LocationCode destination;
    wharf::LocationCode source;
    std::optional<wharf::Sku> sku;
};
BOOST_DESCRIBE_STRUCT(Route, (), (destination, source, sku))

struct Settings {
    wharf::Defaulted<TaxableValue> taxable_value = TaxableValue::cost;
    wharf::Defaulted<wharf::Percent> mrp_percent = wharf::Percent::whole(100);
    wharf::Defaulted<bool> round_to_rupee = false;
    std::optional<wharf::Name> difference_owner;
    wharf::Defaulted<std::uint16_t> difference_due_days = std::uint16_t{7};
    wharf::Defaulted<bool> cover_demand = true;
    wharf::Defaulted<LowStock> low_stock = LowStock::suggest_only;
    std::optional<wharf::Schedule> low_stock_at;
    wharf::Defaulted<std::vector<Route>> routes;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (taxable_value, mrp_percent, round_to_rupee, difference_owner,
                       difference_due_days, cover_demand, low_stock, low_stock_at, routes))

}  // namespace stn

template <>
struct wharf::FieldDocs<stn::Settings> {
    static std::string_view of(std::string_view field) {
        if (field == "taxable_value") return "What goods are worth on a transfer's document";
        if (field == "mrp_percent") return "The share of the MRP, with percent_of_mrp";
        if (field == "round_to_rupee") return "Whether tax invoices are rounded to the rupee";
        if (field == "difference_owner")
            return "Who looks for what is missing, when the receipt names nobody";
        if (field == "difference_due_days")
            return "In how many days a difference is due, when the receipt names no day";
        if (field == "cover_demand")
            return "Whether waiting lines at the destination are pegged to transfers";
        if (field == "low_stock") return "Whether low stock drafts transfers by itself";
        if (field == "low_stock_at") return "When it does, in the account's time zone";
        if (field == "routes") return "Where a location is supplied from; else where most is spare";
        return {};
    }
};

#include "demo/split_chapter.hpp"

#include <boost/json.hpp>
#include <ostream>
#include <string>

#include "demo/pages.hpp"
#include "demo/table.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::demo {

namespace json = boost::json;

namespace {

constexpr std::int64_t kUnits = 300;
constexpr std::int64_t kReceived = 40;

std::int64_t count(const json::value& document, std::string_view field) {
    return document.at(field).to_number<std::int64_t>();
}

std::string text(const json::value& document, std::string_view field) {
    return tests::plain_text(document.at(field));
}

// The leg for a location, as its parent shows it.
const json::value& leg_for(const json::value& parent, std::string_view location) {
    for (const auto& leg : parent.at("legs").as_array()) {
        if (tests::plain_text(leg.at("location")) == location) return leg;
    }
    throw std::runtime_error("no leg for " + std::string(location));
}

// The parent and its legs, one row each; false when they do not add up.
bool show(const std::string& what, const json::value& split, std::ostream& out) {
    const auto& parent = split.at("purchase_order");
    out << "  " << what << '\n';
    Table table({"order", "goes to", "status", "ordered", "received", "to come", "total GBP"});
    std::int64_t ordered = 0;
    std::int64_t pence = 0;
    for (const auto& child : split.at("children").as_array()) {
        const auto& line = child.at("lines").as_array().front();
        table.row({text(child, "number"), text(child, "ship_to"), text(child, "status"),
                   text(line, "quantity"), text(line, "received"), text(line, "outstanding"),
                   text(child, "total")});
        ordered += count(line, "quantity");
        pence += pence_of(text(child, "total"));
    }
    const auto& line = parent.at("lines").as_array().front();
    table.row({text(parent, "number"), "together", text(parent, "status"), text(line, "quantity"),
               text(line, "received"), text(line, "outstanding"), text(parent, "total")});
    table.print(out);
    return ordered == kUnits && count(line, "quantity") == kUnits &&
           pence == pence_of(text(parent, "total"));
}

}  // namespace

bool tell_split(tests::Client& platform, tests::Client& admin, std::ostream& out) {
    platform.must_put("plugins/split_delivery", R"({"enabled":true,"reason":"the demo"})");
    const auto sold = admin.must_get("vendor-items?limit=1").at("items").as_array().at(0);
    const auto order = admin.must_post(
        "purchase-orders",
        json::serialize(json::object{
            {"vendor", sold.at("vendor")},
            {"ship_to", "LON"},
            {"lines", {{{"sku", sold.at("sku")}, {"quantity", kUnits}}}},
            {"charges", {{{"name", "Freight"}, {"amount", "25.00"}, {"before_tax", false}}}}}));
    const auto number = text(order, "number");
    out << "\nPurchase order " << number << ": " << kUnits << " of " << text(sold, "sku")
        << " and 25.00 of freight, for two locations\n";
    const auto path = "plugins/split_delivery/purchase-orders/" + number;
    const auto split = admin.must_post(
        path + "/split", R"({"rule":"ratio","locations":[{"location":"LON","weight":"2"},
                             {"location":"RTM","weight":"1.5"}]})");
    bool exact = show("split 2 : 1.5", split, out);

    admin.must_post("purchase-orders/" + number + "/approve", "{}");
    const auto rotterdam = text(leg_for(split.at("purchase_order"), "RTM"), "number");
    admin.must_post("receipts",
                    json::serialize(json::object{
                        {"purchase_order", rotterdam},
                        {"location", "RTM"},
                        {"lines", {{{"sku", sold.at("sku")}, {"quantity", kReceived}}}}}));
    const auto looked = admin.must_get(path);
    const auto anew =
        admin.must_post(path + "/redistribute",
                        json::serialize(json::object{
                            {"version", looked.at("version")},
                            {"rule", "even"},
                            {"locations", {{{"location", "LON"}}, {{"location", "RTM"}}}}}));
    const auto what = std::to_string(kReceived) + " came to Rotterdam; the rest is shared evenly";
    exact = show(what, anew, out) && exact;
    const auto& received = leg_for(anew.at("purchase_order"), "RTM").at("received");
    return exact && received.to_number<std::int64_t>() == kReceived;
}

}  // namespace wharf::demo

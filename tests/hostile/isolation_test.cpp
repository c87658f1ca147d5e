// What a key may not see answers like what is not there: every path that the running host tells of,
// with identifiers of another account, another warehouse, another vendor.
#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "tests/hostile/endpoints.hpp"
#include "tests/hostile/warehouse_town.hpp"

namespace wharf::tests {
namespace {

// Status and body; what must differ is left out: the request's id, and the identifier itself.
std::string answer(const HttpReply& reply, const std::string& identifier) {
    std::string text = std::to_string(reply.status) + ' ' + reply.body;
    if (reply.status >= 400) {
        auto problem = reply.json().as_object();
        problem.erase("request_id");
        text = std::to_string(reply.status) + ' ' + json::serialize(problem);
    }
    for (auto at = text.find(identifier); at != std::string::npos;
         at = text.find(identifier, at + 1)) {
        text.replace(at, identifier.size(), "@");
    }
    return text;
}

// Compares the answers for something foreign and something that is not there, and counts.
class Comparison {
public:
    void expect_same(const std::string& what, const HttpReply& foreign, const std::string& its_name,
                     const HttpReply& missing, const std::string& no_name) {
        EXPECT_EQ(answer(foreign, its_name), answer(missing, no_name)) << what;
        ++compared_;
        if (foreign.status == 404) ++not_found_;
    }
    [[nodiscard]] int compared() const { return compared_; }
    [[nodiscard]] int not_found() const { return not_found_; }

private:
    int compared_ = 0;
    int not_found_ = 0;
};

json::value openapi(Shop& shop, const std::string& path) {
    return shop.admin().must_get(path);
}

// The host's paths, and those of the account's plugins.
std::vector<Endpoint> all_endpoints(Shop& shop) {
    auto all = endpoints_of(openapi(shop, "/openapi.json"));
    std::set<std::string> known;
    for (const auto& endpoint : all) known.insert(endpoint.method + ' ' + endpoint.path);
    for (auto endpoint : endpoints_of(openapi(shop, "/v1/accounts/acme/openapi.json"))) {
        const auto own = endpoint.path.find("/acme/");
        if (own != std::string::npos) endpoint.path.replace(own, 6, "/{account}/");
        if (known.insert(endpoint.method + ' ' + endpoint.path).second) all.push_back(endpoint);
    }
    return all;
}

void switch_on(WarehouseTown& town, const std::string& plugin) {
    auto platform = town.shop().platform_client();
    platform.must_put("plugins/" + plugin, R"({"enabled":true,"reason":"hostile test"})");
}

void switch_all_on(WarehouseTown& town) {
    const auto plugins = town.shop().admin().must_get("plugins");
    for (const auto& plugin : plugins.at("items").as_array()) {
        if (plugin.at("eligible").as_bool()) switch_on(town, plain_text(plugin.at("plugin")));
    }
}

TEST(Isolation, AnotherAccountAnswersLikeOneThatIsNotThere) {
    WarehouseTown town;
    auto& shop = town.shop();
    shop.backorder_po(true, "immediate");
    const auto url = shop.host().url();
    auto stranger = make_account(url, shop.host().platform_key(), "beta");
    const auto keys = shop.admin().must_get("keys");
    Comparison comparison;
    for (const auto* document : {"/openapi.json", "/v1/accounts/acme/openapi.json"}) {
        for (auto endpoint : endpoints_of(openapi(shop, document))) {
            const auto own = endpoint.path.find("/acme/");
            if (own != std::string::npos) endpoint.path.replace(own, 6, "/{account}/");
            if (!endpoint.in_account()) continue;
            const Values values{{"account", "acme"},
                                {"id", plain_text(keys.at("items").at(0).at("id"))},
                                {"plugin", "backorder_po"},
                                {"event", "1"},
                                {"job", "x"},
                                {"code", "BLR"},
                                {"sku", "TEA"},
                                {"vendor", "V1"},
                                {"location", "BLR"},
                                {"serial", "S1"},
                                {"lot", "L1"},
                                {"kind", "products"},
                                {"name", "x"},
                                {"number", town.bengaluru.order}};
            auto nowhere = values;
            nowhere["account"] = "nosuch";
            const auto foreign = call(stranger, endpoint, filled(endpoint.path, values));
            comparison.expect_same(endpoint.method + ' ' + endpoint.path, foreign, "acme",
                                   call(stranger, endpoint, filled(endpoint.path, nowhere)),
                                   "nosuch");
            EXPECT_EQ(foreign.status, 404) << endpoint.method << ' ' << endpoint.path;
        }
    }
    std::cout << "proof: " << comparison.compared() << " paths of another account\n";
    EXPECT_GT(comparison.compared(), 100);
    shop.close();
}

std::string made(Client& client, const std::string& path, const std::string& body) {
    return plain_text(client.must_post(path, body).at("number"));
}

// What goes beyond two documents of each kind: of Delhi and V2, and of the plugins that keep it.
struct Kept {
    std::string cancelled;  // a purchase order; an order was pegged to it
    std::string split;      // a purchase order
    std::string waiting;    // a receipt at a hub, not sent on
    std::string transfer;
};

std::string cancelled_supply(Client& admin) {
    const auto order = made(admin, "orders",
                            R"({"location":"DEL","lines":[{"sku":"TEA","quantity":50,
                                "unit_price":"2.00"}]})");
    const auto supply = made(admin, "purchase-orders",
                             R"({"vendor":"V2","ship_to":"DEL",
                                 "lines":[{"sku":"TEA","quantity":50}]})");
    admin.must_post("planning/pegs", R"({"covers":[{"supply":{"kind":"purchase_order","number":")" +
                                         supply + R"(","line":1},"quantity":50}]})");
    admin.must_post("purchase-orders/" + supply + "/cancel", "{}");
    admin.must_post("orders/" + order + "/cancel", "{}");
    const auto released = admin.must_get("planning/released-pegs?supply=" + supply);
    EXPECT_EQ(released.at("items").as_array().size(), 1U);
    return supply;
}

// An order of V2 for Delhi, part of which goes on to Mumbai.
std::string split_supply(WarehouseTown& town, std::string& leg) {
    auto& admin = town.shop().admin();
    admin.must_put("locations/MUM", R"({"name":"Mumbai","kind":"warehouse"})");
    const auto split = made(admin, "purchase-orders",
                            R"({"vendor":"V2","ship_to":"DEL",
                                "lines":[{"sku":"TEA","quantity":10}]})");
    const auto reply = admin.must_post("plugins/split_delivery/purchase-orders/" + split + "/split",
                                       R"({"rows":[{"sku":"TEA","location":"DEL","quantity":6},
                            {"sku":"TEA","location":"MUM","quantity":4,"via":"DEL"}]})");
    for (const auto& child : reply.at("children").as_array()) {
        if (!child.at("destination").is_null()) leg = plain_text(child.at("number"));
    }
    auto platform = town.shop().platform_client();
    platform.must_post("purchase-orders/" + split + "/approve", "{}");
    return split;
}

// While stn is off, what comes for Mumbai waits in Delhi.
std::string goods_at_hub(WarehouseTown& town, const std::string& leg) {
    auto platform = town.shop().platform_client();
    platform.must_put("plugins/stn",
                      R"({"enabled":false,"reason":"hostile test","in_flight":"frozen"})");
    const auto receipt = made(town.shop().admin(), "receipts",
                              R"({"purchase_order":")" + leg +
                                  R"(","location":"DEL","lines":[{"sku":"TEA","quantity":4}]})");
    switch_on(town, "stn");
    return receipt;
}

Kept fill_plugins(WarehouseTown& town) {
    auto& admin = town.shop().admin();
    Kept kept;
    kept.cancelled = cancelled_supply(admin);
    switch_all_on(town);
    std::string leg;
    kept.split = split_supply(town, leg);
    kept.waiting = goods_at_hub(town, leg);
    kept.transfer = made(admin, "plugins/stn/transfers",
                         R"({"source":"DEL","destination":"MUM",
                             "lines":[{"sku":"TEA","quantity":1}]})");
    // Nobody sells it, which backorder_po tells.
    admin.must_put("products/RARE", R"({"name":"Rare"})");
    made(admin, "orders",
         R"({"location":"DEL","lines":[{"sku":"RARE","quantity":3,"unit_price":"2.00"}]})");
    for (const auto* list : {"plugins/backorder_po/exceptions", "plugins/split_delivery/onward"}) {
        EXPECT_FALSE(admin.must_get(list).at("items").as_array().empty()) << list;
    }
    return kept;
}

struct Pair {
    std::string foreign;
    std::string missing;
};

// Documents of Delhi and of V2, each with a number that nobody has, by the head of their paths.
std::vector<std::pair<std::string, Pair>> documents(const WarehouseTown& town, const Kept& kept) {
    return {{"/orders/", {town.delhi.order, "SO-999999"}},
            {"/purchase-orders/", {town.delhi.purchase_order, "PO-999999"}},
            {"/purchase-orders/", {kept.split, "PO-999999"}},
            {"/receipts/", {town.delhi.receipt, "GRN-999999"}},
            {"/onward/", {kept.waiting, "GRN-999999"}},
            {"/transfers/", {kept.transfer, "STN-999999"}},
            {"/returns/", {town.delhi.expected_return, "RET-999999"}}};
}

void compare_paths(Comparison& comparison, WarehouseTown& town, const Kept& kept, Client& bound,
                   const std::vector<Endpoint>& endpoints) {
    for (const auto& endpoint : endpoints) {
        if (!endpoint.in_account()) continue;
        for (const auto& [head, pair] : documents(town, kept)) {
            if (endpoint.path.find(head + "{number}") == std::string::npos) continue;
            const auto path = [&](const std::string& number) {
                return filled(endpoint.path, {{"account", "acme"}, {"number", number}});
            };
            comparison.expect_same(endpoint.method + ' ' + endpoint.path,
                                   call(bound, endpoint, path(pair.foreign)), pair.foreign,
                                   call(bound, endpoint, path(pair.missing)), pair.missing);
        }
    }
}

// `filters`: query parameters that name something that this key may not see.
void compare_filters(Comparison& comparison, Client& bound, const std::vector<Endpoint>& endpoints,
                     const std::map<std::string, Pair>& filters) {
    for (const auto& endpoint : endpoints) {
        if (endpoint.method != "GET" || !endpoint.in_account()) continue;
        if (endpoint.path.find('{', 15) != std::string::npos) continue;
        for (const auto& name : endpoint.query) {
            const auto found = filters.find(name);
            if (found == filters.end()) continue;
            const auto path = filled(endpoint.path, {{"account", "acme"}}) + '?' + name + '=';
            comparison.expect_same(endpoint.path + '?' + name,
                                   bound.get(path + found->second.foreign), found->second.foreign,
                                   bound.get(path + found->second.missing), found->second.missing);
        }
    }
}

// No list of a bound key holds anything of the other side.
void expect_unseen(Client& bound, const std::vector<Endpoint>& endpoints,
                   const std::vector<std::string>& names) {
    for (const auto& endpoint : endpoints) {
        if (endpoint.method != "GET" || endpoint.path.find("{number}") != std::string::npos)
            continue;
        if (!endpoint.in_account() || endpoint.path.find('{', 15) != std::string::npos) continue;
        const auto reply = bound.get(filled(endpoint.path, {{"account", "acme"}}));
        for (const auto& name : names) {
            EXPECT_EQ(reply.body.find('"' + name + '"'), std::string::npos)
                << endpoint.path << " shows " << name;
        }
    }
}

struct Sent {
    std::string method;
    std::string path;
    std::string body;  // @L, @P, @O, @V: a location, purchase order, order, vendor
};

std::string with(std::string text, const Documents& documents, const std::string& location,
                 const std::string& vendor) {
    const std::pair<std::string, std::string> places[] = {{"@L", location},
                                                          {"@P", documents.purchase_order},
                                                          {"@O", documents.order},
                                                          {"@V", vendor}};
    for (const auto& [place, value] : places) {
        for (auto at = text.find(place); at != std::string::npos; at = text.find(place)) {
            text.replace(at, 2, value);
        }
    }
    return text;
}

void compare_bodies(Comparison& comparison, WarehouseTown& town, Client& bound) {
    const Documents nowhere{"SO-999999", "PO-999999", "GRN-999999", "RET-999999"};
    const std::string line = R"({"sku":"TEA","quantity":1,"unit_price":"1.00"})";
    for (const auto& sent : std::vector<Sent>{
             {"POST", "orders", R"({"location":"@L","lines":[)" + line + "]}"},
             {"POST", "stock/adjustments",
              R"({"location":"@L","reason":"x","lines":[{"sku":"TEA","quantity":1}]})"},
             {"POST", "stock/bin-moves",
              R"({"location":"@L","sku":"TEA","from_bin":"DEFAULT","to_bin":"B","quantity":1})"},
             {"POST", "receipts",
              R"({"purchase_order":"@P","location":"BLR","lines":[{"purchase_order_line":1,
                  "sku":"TEA","quantity":1}]})"},
             {"POST", "receipts",
              R"({"location":"@L","lines":[{"sku":"TEA","quantity":1,"unit_cost":"1.00"}]})"},
             {"POST", "returns",
              R"({"order":"@O","location":"BLR","lines":[{"line":1,"quantity":1}]})"},
             {"POST", "purchase-orders",
              R"({"vendor":"@V","ship_to":"BLR","lines":[)" + line + "]}"},
             {"POST", "purchase-orders",
              R"({"vendor":"V1","ship_to":"@L","lines":[)" + line + "]}"},
             {"POST", "planning/pegs",
              R"({"order":"@O","order_line":1,"supply":"@P","supply_line":1,"quantity":1})"},
             {"POST", "serials", R"({"purchase_order":"@P","line":1,"quantity":1})"},
             {"PUT", "stock-levels/@L/TEA", R"({"minimum":1,"maximum":2})"},
             {"GET", "stock-levels/@L/TEA", ""},
             {"GET", "plugins/backorder_po/requirements/@L/TEA/why", ""}}) {
        const auto send = [&](const Documents& documents, const std::string& location,
                              const std::string& vendor) {
            return bound.send({sent.method,
                               with(sent.path, documents, location, vendor),
                               {},
                               with(sent.body, documents, location, vendor)});
        };
        auto foreign = send(town.delhi, "DEL", "V2");
        auto missing = send(nowhere, "NOPE", "V9");
        for (const auto& name :
             {town.delhi.order, town.delhi.purchase_order, std::string("DEL"), std::string("V2")}) {
            foreign.body = answer({foreign.status, {}, foreign.body}, name).substr(4);
        }
        for (const auto& name :
             {nowhere.order, nowhere.purchase_order, std::string("NOPE"), std::string("V9")}) {
            missing.body = answer({missing.status, {}, missing.body}, name).substr(4);
        }
        comparison.expect_same(sent.method + ' ' + sent.path, foreign, "@", missing, "@");
    }
}

TEST(Isolation, AnotherWarehouseAnswersLikeOneThatIsNotThere) {
    WarehouseTown town;
    const auto kept = fill_plugins(town);
    auto bound = town.key("warehouse", R"({"locations":["BLR"]})");
    const auto endpoints = all_endpoints(town.shop());
    Comparison comparison;
    compare_paths(comparison, town, kept, bound, endpoints);
    const auto& delhi = town.delhi;
    compare_filters(comparison, bound, endpoints,
                    {{"location", {"DEL", "NOPE"}},
                     {"ship_to", {"DEL", "NOPE"}},
                     {"order", {delhi.order, "SO-999999"}},
                     {"purchase_order", {delhi.purchase_order, "PO-999999"}},
                     {"supply", {kept.cancelled, "PO-999999"}},
                     {"document", {delhi.order, "SO-999999"}},
                     {"reference", {"R-DEL", "R-NOPE"}}});
    compare_bodies(comparison, town, bound);
    expect_unseen(bound, endpoints,
                  {"DEL", delhi.order, delhi.purchase_order, delhi.receipt, delhi.expected_return,
                   kept.cancelled, kept.split, kept.waiting, kept.transfer});
    std::cout << "proof: " << comparison.compared() << " questions about another warehouse, "
              << comparison.not_found() << " of them 404\n";
    EXPECT_GE(comparison.not_found(), 5);
    town.shop().close();
}

TEST(Isolation, AnotherVendorAnswersLikeOneThatIsNotThere) {
    WarehouseTown town;
    const auto kept = fill_plugins(town);
    auto bound = town.key("vendor", R"({"vendor":"V1"})");
    const auto endpoints = all_endpoints(town.shop());
    Comparison comparison;
    compare_paths(comparison, town, kept, bound, endpoints);
    compare_filters(comparison, bound, endpoints,
                    {{"vendor", {"V2", "V9"}},
                     {"ship_to", {"DEL", "NOPE"}},
                     {"location", {"DEL", "NOPE"}},
                     {"supply", {kept.cancelled, "PO-999999"}},
                     {"purchase_order", {town.delhi.purchase_order, "PO-999999"}}});
    compare_bodies(comparison, town, bound);
    expect_unseen(bound, endpoints,
                  {"V2", "DEL", town.delhi.purchase_order, town.delhi.receipt, town.delhi.order,
                   kept.cancelled, kept.split, kept.waiting, kept.transfer});
    // It does see its own.
    EXPECT_EQ(bound.get("purchase-orders/" + town.bengaluru.purchase_order).status, 200);
    std::cout << "proof: " << comparison.compared() << " questions about another vendor, "
              << comparison.not_found() << " of them 404\n";
    EXPECT_GT(comparison.not_found(), 0);
    town.shop().close();
}

// A rule weighs places by what they need: that is no vendor's business, though the order is.
TEST(Isolation, AVendorIsNotToldWhatEachPlaceNeeds) {
    WarehouseTown town;
    auto& admin = town.shop().admin();
    switch_on(town, "split_delivery");
    for (const auto* location : {"BLR", "DEL"}) {
        made(admin, "orders",
             R"({"location":")" + std::string(location) +
                 R"(","lines":[{"sku":"TEA","quantity":40,"unit_price":"2.00"}]})");
    }
    const auto split = made(admin, "purchase-orders",
                            R"({"vendor":"V1","ship_to":"BLR",
                                "lines":[{"sku":"TEA","quantity":30}]})");
    const auto path = "plugins/split_delivery/purchase-orders/" + split;
    admin.must_post(path + "/split", R"({"rule":"need"})");
    EXPECT_NE(admin.get(path).body.find(R"("weight")"), std::string::npos);
    auto bound = town.key("vendor", R"({"vendor":"V1"})");
    EXPECT_EQ(bound.get(path).body.find(R"("weight")"), std::string::npos);
    town.shop().close();
}

}  // namespace
}  // namespace wharf::tests

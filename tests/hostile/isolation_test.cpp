// What a key may not see answers like what is not there: every path that the running host tells of,
// with identifiers of another account, another warehouse, another vendor.
#include <gtest/gtest.h>

#include <iostream>

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

struct Pair {
    std::string foreign;
    std::string missing;
};

// Documents of Delhi and of V2, each with a number that nobody has, by the head of their paths.
std::map<std::string, Pair> documents(const WarehouseTown& town) {
    return {{"/orders/", {town.delhi.order, "SO-999999"}},
            {"/purchase-orders/", {town.delhi.purchase_order, "PO-999999"}},
            {"/receipts/", {town.delhi.receipt, "GRN-999999"}},
            {"/returns/", {town.delhi.expected_return, "RET-999999"}}};
}

void compare_paths(Comparison& comparison, WarehouseTown& town, Client& bound,
                   const std::vector<Endpoint>& endpoints) {
    for (const auto& endpoint : endpoints) {
        for (const auto& [head, pair] : documents(town)) {
            if (!endpoint.path.starts_with("/v1/accounts/{account}" + head + "{number}")) continue;
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
             {"GET", "stock-levels/@L/TEA", ""}}) {
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
    auto bound = town.key("warehouse", R"({"locations":["BLR"]})");
    const auto endpoints = endpoints_of(openapi(town.shop(), "/openapi.json"));
    Comparison comparison;
    compare_paths(comparison, town, bound, endpoints);
    const auto& delhi = town.delhi;
    compare_filters(comparison, bound, endpoints,
                    {{"location", {"DEL", "NOPE"}},
                     {"ship_to", {"DEL", "NOPE"}},
                     {"order", {delhi.order, "SO-999999"}},
                     {"purchase_order", {delhi.purchase_order, "PO-999999"}},
                     {"supply", {delhi.purchase_order, "PO-999999"}},
                     {"document", {delhi.order, "SO-999999"}},
                     {"reference", {"R-DEL", "R-NOPE"}}});
    compare_bodies(comparison, town, bound);
    expect_unseen(bound, endpoints,
                  {"DEL", delhi.order, delhi.purchase_order, delhi.receipt, delhi.expected_return});
    std::cout << "proof: " << comparison.compared() << " questions about another warehouse, "
              << comparison.not_found() << " of them 404\n";
    EXPECT_GE(comparison.not_found(), 5);
    town.shop().close();
}

TEST(Isolation, AnotherVendorAnswersLikeOneThatIsNotThere) {
    WarehouseTown town;
    auto bound = town.key("vendor", R"({"vendor":"V1"})");
    const auto endpoints = endpoints_of(openapi(town.shop(), "/openapi.json"));
    Comparison comparison;
    compare_paths(comparison, town, bound, endpoints);
    compare_filters(comparison, bound, endpoints,
                    {{"vendor", {"V2", "V9"}},
                     {"ship_to", {"DEL", "NOPE"}},
                     {"purchase_order", {town.delhi.purchase_order, "PO-999999"}}});
    compare_bodies(comparison, town, bound);
    expect_unseen(bound, endpoints,
                  {"V2", "DEL", town.delhi.purchase_order, town.delhi.receipt, town.delhi.order});
    // It does see its own.
    EXPECT_EQ(bound.get("purchase-orders/" + town.bengaluru.purchase_order).status, 200);
    std::cout << "proof: " << comparison.compared() << " questions about another vendor, "
              << comparison.not_found() << " of them 404\n";
    EXPECT_GT(comparison.not_found(), 0);
    town.shop().close();
}

}  // namespace
}  // namespace wharf::tests

#include "demo/transfer_chapter.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <ostream>
#include <set>
#include <string>

#include "demo/pages.hpp"
#include "demo/table.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::demo {

namespace json = boost::json;

namespace {

constexpr std::int64_t kUnitsMax = 12;

struct Goods {
    std::string sku;
    std::string source;
    std::string destination;
    std::int64_t quantity = 0;
};

Goods goods_of(const json::value& item, std::int64_t quantity) {
    const auto source = tests::plain_text(item.at("location"));
    return {tests::plain_text(item.at("sku")), source, source == "LON" ? "RTM" : "LON",
            std::min(quantity, kUnitsMax)};
}

// The first free stock that is at least two units. Where everything is promised, a count finds a
// few more of the first product that nobody waits for.
Goods movable_goods(tests::Client& admin) {
    std::set<std::string> waited_for;
    each_item(admin, "orders", [&](const json::value& order) {
        for (const auto& line : order.at("lines").as_array()) {
            if (line.at("waiting") != 0) waited_for.insert(tests::plain_text(line.at("sku")));
        }
    });
    Goods free;
    Goods promised;
    each_item(admin, "stock", [&](const json::value& item) {
        const auto available = item.at("available").to_number<std::int64_t>();
        if (free.quantity == 0 && available >= 2) free = goods_of(item, available);
        const bool wanted = waited_for.contains(tests::plain_text(item.at("sku")));
        if (promised.quantity == 0 && !wanted) promised = goods_of(item, kUnitsMax);
    });
    if (free.quantity > 0 || promised.quantity == 0) return free;
    admin.must_post("stock/adjustments",
                    json::serialize(json::object{
                        {"location", promised.source},
                        {"reason", "found"},
                        {"lines", {{{"sku", promised.sku}, {"quantity", promised.quantity}}}}}));
    return promised;
}

void add_row(Table& table, const std::string& what, const json::value& note) {
    const auto& line = note.at("lines").as_array().front();
    table.row({what, tests::plain_text(note.at("status")), tests::plain_text(line.at("reserved")),
               tests::plain_text(line.at("in_transit")), tests::plain_text(line.at("received")),
               tests::plain_text(line.at("returned"))});
}

}  // namespace

bool tell_transfer(tests::Client& platform, tests::Client& admin, std::ostream& out) {
    const auto goods = movable_goods(admin);
    if (goods.quantity == 0) {
        out << "\nA transfer note: there is nothing that could be moved.\n";
        return false;
    }
    platform.must_put("plugins/stn", R"({"enabled":true,"reason":"the demo"})");
    const auto draft =
        admin.must_post("plugins/stn/transfers",
                        json::serialize(json::object{
                            {"source", goods.source},
                            {"destination", goods.destination},
                            {"lines", {{{"sku", goods.sku}, {"quantity", goods.quantity}}}}}));
    const auto number = tests::plain_text(draft.at("number"));
    const auto step = [&](const std::string& name, const json::object& body) {
        return admin.must_post("plugins/stn/transfers/" + number + "/" + name,
                               json::serialize(body));
    };
    out << "\nTransfer note " << number << ": " << goods.quantity << " of " << goods.sku << " from "
        << goods.source << " to " << goods.destination << '\n';
    Table table({"", "status", "reserved", "in transit", "received", "returned"});
    add_row(table, "approved", step("approve", {}));
    const auto sent = step("dispatch", {});
    add_row(table, "dispatched", sent);
    const json::object came{{"line", 1}, {"quantity", goods.quantity - 1}, {"missing", 1}};
    add_row(table, "one did not come", step("receive", {{"lines", json::array{came}}}));
    const auto found = step(
        "resolve",
        {{"difference", 1}, {"outcome", "returned_to_source"}, {"reason", "it was never loaded"}});
    add_row(table, "it was never loaded", found);
    table.print(out);
    const auto& document = sent.at("documents").as_array().front();
    out << "  it travelled under the " << tests::plain_text(document.at("kind")) << ' '
        << tests::plain_text(document.at("number")) << '\n';
    return tests::plain_text(found.at("status")) == "received";
}

}  // namespace wharf::demo

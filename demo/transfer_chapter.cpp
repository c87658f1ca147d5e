#include "demo/transfer_chapter.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <ostream>
#include <string>

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

// The first free stock that is at least two units.
Goods free_goods(tests::Client& admin) {
    std::string after;
    while (true) {
        const auto page = admin.must_get("stock?limit=200" + after);
        for (const auto& item : page.at("items").as_array()) {
            const auto available = item.at("available").to_number<std::int64_t>();
            if (available < 2) continue;
            const auto source = tests::plain_text(item.at("location"));
            return {tests::plain_text(item.at("sku")), source, source == "LON" ? "RTM" : "LON",
                    std::min(available, kUnitsMax)};
        }
        if (page.at("next").is_null()) return {};
        after = "&after=" + tests::plain_text(page.at("next"));
    }
}

void add_row(Table& table, const std::string& what, const json::value& note) {
    const auto& line = note.at("lines").as_array().front();
    table.row({what, tests::plain_text(note.at("status")), tests::plain_text(line.at("reserved")),
               tests::plain_text(line.at("in_transit")), tests::plain_text(line.at("received")),
               tests::plain_text(line.at("returned"))});
}

}  // namespace

bool tell_transfer(tests::Client& platform, tests::Client& admin, std::ostream& out) {
    const auto goods = free_goods(admin);
    if (goods.quantity == 0) {
        out << "\nA transfer note: nothing is free to be moved.\n";
        return true;
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

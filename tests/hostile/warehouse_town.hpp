// One account with two of everything that a key may be bound to: a warehouse and a vendor each of
// its own, with an order, a purchase order, a receipt and a return of each.
#pragma once

#include <string>

#include "tests/support/shop.hpp"

namespace wharf::tests {

struct Documents {
    std::string order;
    std::string purchase_order;
    std::string receipt;
    std::string expected_return;
};

class WarehouseTown {
public:
    WarehouseTown() {
        shop_.admin().must_put("locations/DEL", R"({"name":"Delhi","kind":"warehouse"})");
        shop_.product("TEA", 5);
        shop_.admin().must_put("vendors/V2", R"({"name":"Assam Tea"})");
        shop_.admin().must_put("vendor-items/V2/TEA", R"({"price":"80.00"})");
        shop_.admin().must_post("stock/adjustments",
                                R"({"location":"DEL","reason":"opening","lines":[{"sku":"TEA",
                                    "quantity":5,"unit_cost":"90.00"}]})");
        bengaluru = make_documents("BLR", "V1");
        delhi = make_documents("DEL", "V2");
    }

    Shop& shop() { return shop_; }
    // A key of the account with this role and these bindings.
    Client key(const std::string& role, const std::string& bindings = "{}") {
        return make_key(shop_.host().url(), shop_.host().platform_key(), "acme",
                        role + std::to_string(++keys_), role, bindings);
    }

    Documents bengaluru;  // at BLR, with V1
    Documents delhi;      // at DEL, with V2

private:
    Documents make_documents(const std::string& location, const std::string& vendor) {
        auto& admin = shop_.admin();
        const auto number = [](const json::value& document) {
            return plain_text(document.at("number"));
        };
        Documents made;
        made.order = number(admin.must_post(
            "orders", R"({"reference":"R-)" + location + R"(","location":")" + location +
                          R"(","lines":[{"sku":"TEA","quantity":3,"unit_price":"2.00"}]})"));
        made.purchase_order = number(admin.must_post(
            "purchase-orders",
            R"({"vendor":")" + vendor + R"(","ship_to":")" + location +
                R"(","lines":[{"sku":"TEA","quantity":10,"unit_price":"100.00"}]})"));
        const auto order_path = "purchase-orders/" + made.purchase_order;
        admin.must_post(order_path + "/submit", "{}");
        auto platform = shop_.platform_client();
        platform.must_post(order_path + "/approve", "{}");
        made.receipt = number(admin.must_post(
            "receipts", R"({"purchase_order":")" + made.purchase_order + R"(","location":")" +
                            location +
                            R"(","lines":[{"purchase_order_line":1,"sku":"TEA","quantity":2}]})"));
        admin.must_post("orders/" + made.order + "/ship", R"({"lines":[{"line":1,"quantity":1}]})");
        made.expected_return = number(
            admin.must_post("returns", R"({"order":")" + made.order + R"(","location":")" +
                                           location + R"(","lines":[{"line":1,"quantity":1}]})"));
        return made;
    }

    Shop shop_;
    int keys_ = 0;
};

}  // namespace wharf::tests

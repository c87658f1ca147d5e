// A running host with one account, one warehouse and a few products: where the concurrency tests
// and the proofs begin.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>

#include "tests/support/account.hpp"
#include "tests/support/host_process.hpp"
#include "tests/support/json_match.hpp"
#include "tests/support/together.hpp"

namespace wharf::tests {

namespace json = boost::json;

class Shop {
public:
    explicit Shop(std::string_view settings = "{}") : admin_(start(settings)) {
        admin_.must_put("locations/BLR", R"({"name":"Bengaluru","kind":"warehouse"})");
    }

    // Makes a further account like the first and turns to it.
    Shop& another(const std::string& code) {
        admin_ = make_account(host_.url(), host_.platform_key(), code);
        admin_.must_put("locations/BLR", R"({"name":"Bengaluru","kind":"warehouse"})");
        return *this;
    }

    // A product that the vendor V1 sells singly for 100.00, `on_hand` of it on the shelf.
    Shop& product(const std::string& sku, int on_hand) {
        admin_.must_put("products/" + sku, R"({"name":")" + sku + R"("})");
        admin_.must_put("vendors/V1", R"({"name":"Nilgiri Estates","lead_time_days":7})");
        admin_.must_put("vendor-items/V1/" + sku, R"({"price":"100.00"})");
        if (on_hand > 0) {
            admin_.must_post(
                "stock/adjustments",
                json::serialize(json::object{
                    {"location", "BLR"},
                    {"reason", "opening"},
                    {"lines", {{{"sku", sku}, {"quantity", on_hand}, {"unit_cost", "90.00"}}}}}));
        }
        return *this;
    }
    Shop& backorder_po(bool enabled, const std::string& mode) {
        Client platform = platform_client();
        platform.must_put("plugins/backorder_po",
                          json::serialize(json::object{{"enabled", enabled},
                                                       {"reason", "concurrency test"},
                                                       {"config", {{"mode", mode}}}}));
        return *this;
    }

    [[nodiscard]] static std::string order(const std::string& reference, const std::string& sku,
                                           int quantity) {
        json::object body{
            {"location", "BLR"},
            {"lines", {{{"sku", sku}, {"quantity", quantity}, {"unit_price", "240.00"}}}}};
        if (!reference.empty()) body["reference"] = reference;
        return json::serialize(body);
    }

    // All items of a list, page by page.
    json::array all(const std::string& path) {
        json::array items;
        const auto first = path + "?limit=200";
        auto next = first;
        while (true) {
            const auto page = admin_.must_get(next);
            for (const auto& item : page.at("items").as_array()) items.push_back(item);
            if (page.at("next").is_null()) return items;
            next = first + "&after=";
            next += plain_text(page.at("next"));
        }
    }

    // What waits, and what is pegged, per order line as SO-000001/1; lines with nothing are left
    // out.
    std::map<std::string, std::int64_t> waiting_by_line() {
        std::map<std::string, std::int64_t> waiting;
        for (const auto& order : all("orders")) {
            // Held and unapproved orders are no demand.
            if (plain_text(order.at("status")) != "open") continue;
            for (const auto& line : order.at("lines").as_array()) {
                const auto count = line.at("waiting").to_number<std::int64_t>();
                if (count > 0) waiting[line_name(order.at("number"), line.at("line"))] = count;
            }
        }
        return waiting;
    }
    std::map<std::string, std::int64_t> pegged_by_line() {
        std::map<std::string, std::int64_t> pegged;
        for (const auto& peg : all("planning/pegs")) {
            pegged[line_name(peg.at("order"), peg.at("order_line"))] +=
                peg.at("quantity").to_number<std::int64_t>();
        }
        return pegged;
    }

    [[nodiscard]] Client& admin() { return admin_; }
    [[nodiscard]] Client client() const { return client(admin_.account(), admin_.key()); }
    // The same account or another by its key, for one more thread.
    [[nodiscard]] Client client(const std::string& account, const std::string& key) const {
        return {host_.url(), account, key};
    }
    [[nodiscard]] Client platform_client() const {
        return client(admin_.account(), host_.platform_key());
    }
    [[nodiscard]] HostProcess& host() { return host_; }
    // After a restart on another port the admin's client speaks to the new one.
    void reconnect() { admin_ = client(); }

    // Every test ends here: the ledger adds up and the host goes in peace.
    void close() {
        expect_verified(admin_);
        host_.stop();
    }

private:
    static std::string line_name(const json::value& number, const json::value& line) {
        auto name = plain_text(number);
        name += '/';
        name += plain_text(line);
        return name;
    }
    Client start(std::string_view settings) {
        host_.start();
        return make_account(host_.url(), host_.platform_key(), "acme", settings);
    }

    HostProcess host_;
    Client admin_;
};

inline std::int64_t number_at(const json::value& document, std::string_view path) {
    const auto* value = at_path(document, path);
    return value == nullptr ? -1 : value->to_number<std::int64_t>();
}

// A field of every line of every document, added up.
inline std::int64_t sum_of_lines(const json::array& documents, std::string_view field) {
    std::int64_t sum = 0;
    for (const auto& document : documents) {
        for (const auto& line : document.at("lines").as_array()) {
            sum += line.at(field).to_number<std::int64_t>();
        }
    }
    return sum;
}

}  // namespace wharf::tests

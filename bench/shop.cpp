#include "bench/shop.hpp"

#include "bench/orders.hpp"
#include "tests/support/together.hpp"

namespace wharf::bench {
namespace {

// One key alone places more orders than the usual rate of a key allows.
const std::vector<std::string> kFlags{"--rate", "0", "--log", "error"};

}  // namespace

Shop::Shop(std::int64_t stock, std::string_view settings, tests::Installation installation)
    : host_(std::move(installation)), admin_(start(settings)) {
    admin_.must_put("locations/BLR", R"({"name":"Bengaluru","kind":"warehouse"})");
    add_products(stock);
}

tests::Client Shop::start(std::string_view settings) {
    host_.start(0, kFlags);
    return tests::make_account(host_.url(), host_.platform_key(), "acme", settings);
}

void Shop::restart() {
    host_.stop();
    host_.start(0, kFlags);
    admin_ = {host_.url(), "acme", admin_.key()};
}

void Shop::add_products(std::int64_t stock) {
    put_all(kProducts, [](std::uint64_t i) {
        return std::pair("products/" + sku_of(i), R"({"name":")" + sku_of(i) + R"("})");
    });
    std::string lines;
    for (std::uint64_t i = 0; i < kProducts; ++i) {
        if (!lines.empty()) lines += ',';
        lines += R"({"sku":")" + sku_of(i) + R"(","quantity":)" + std::to_string(stock) +
                 R"(,"unit_cost":"90.00"})";
    }
    if (stock == 0) return;
    admin_.must_post("stock/adjustments",
                     R"({"location":"BLR","reason":"opening","lines":[)" + lines + "]}");
}

void Shop::put_all(std::uint64_t count,
                   const std::function<std::pair<std::string, std::string>(std::uint64_t)>& entry) {
    constexpr std::uint64_t kClients = 32;
    tests::together(kClients, [&](int first) {
        auto client = admin_.another();
        for (auto i = static_cast<std::uint64_t>(first); i < count; i += kClients) {
            const auto [path, body] = entry(i);
            client.must_put(path, body);
        }
    });
}

tests::Client Shop::platform() const {
    return {host_.url(), "acme", host_.platform_key()};
}

std::filesystem::path Shop::file() const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(host_.data())) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("acme") && entry.path().extension() == ".db") return entry.path();
    }
    throw std::runtime_error("the account's file is not in " + host_.data().string());
}

Load Shop::orders(const std::string& prefix) const {
    Load load;
    load.url = host_.url();
    load.doors = {{"/v1/accounts/acme/orders", admin_.key()}};
    load.body = [prefix](std::uint64_t number, std::string& out) {
        write_order(number, prefix, out);
    };
    return load;
}

}  // namespace wharf::bench

// A running host with accounts of a thousand products, seen through an admin's key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "bench/load.hpp"
#include "tests/support/account.hpp"
#include "tests/support/host_process.hpp"

namespace wharf::bench {

class Shop {
public:
    // `stock` units of each product on the shelf at BLR.
    explicit Shop(std::int64_t stock, std::string_view settings = "{}",
                  tests::Installation installation = tests::Installation::beside_this_program());

    [[nodiscard]] tests::HostProcess& host() { return host_; }
    [[nodiscard]] tests::Client& admin() { return admin_; }
    [[nodiscard]] tests::Client platform() const;
    // Puts paths(0) .. paths(count - 1), each with its body, by several clients at once.
    void put_all(std::uint64_t count,
                 const std::function<std::pair<std::string, std::string>(std::uint64_t)>& entry);
    [[nodiscard]] std::filesystem::path file() const;

    // Orders of this account, to be sent as load.
    [[nodiscard]] Load orders(const std::string& prefix) const;
    void restart();

private:
    tests::Client start(std::string_view settings);
    void add_products(std::int64_t stock);

    tests::HostProcess host_;
    tests::Client admin_;
};

}  // namespace wharf::bench

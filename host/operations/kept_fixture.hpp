// A host with the keeper and its clerk, for the tests of what the host does around a plugin.
#pragma once

#include <string>

#include "host/operations/host_fixture.hpp"
#include "host/operations/keeper_fixture.hpp"

namespace wharf::operations {

// A host with the keeper, switched on for the account unless said otherwise.
struct Kept : Host {
    Kept() : Host({keeper::plugin(), keeper::clerk()}) { account(); }
    Kept& on(const std::string& config = "{}") {
        call("plugins.switch",
             R"({"plugin":"keeper","enabled":true,"reason":"test","config":)" + config + '}');
        return *this;
    }
    boost::json::value off(const std::string& in_flight = "frozen") {
        return call("plugins.switch", R"({"plugin":"keeper","enabled":false,"reason":"test",)"
                                      R"("in_flight":")" +
                                          in_flight + "\"}");
    }
    Kept& write(const std::string& sku, const std::string& text) {
        call("keeper.write", R"({"sku":")" + sku + R"(","text":")" + text + "\"}");
        return *this;
    }
    boost::json::array notes(const std::string& query = "{}") {
        return call("keeper.list", query).at("items").as_array();
    }
    std::string text_of(const std::string& sku) {
        const auto found = notes(R"({"sku":")" + sku + "\"}");
        return found.empty() ? "" : found[0].at("document").at("text").as_string().c_str();
    }
};

}  // namespace wharf::operations

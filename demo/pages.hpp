// Lists of the host, page by page.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "tests/support/account.hpp"

namespace wharf::demo {

void each_item(tests::Client& client, const std::string& list,
               const std::function<void(const boost::json::value&)>& take);

// 150 of `1.50`: an amount of a document, which has two decimals.
std::int64_t pence_of(const std::string& amount);

}  // namespace wharf::demo

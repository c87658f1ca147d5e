#include "demo/pages.hpp"

#include <boost/json.hpp>

#include "tests/support/json_match.hpp"

namespace wharf::demo {

void each_item(tests::Client& client, const std::string& list,
               const std::function<void(const boost::json::value&)>& take) {
    std::string path = list + "?limit=200";
    const auto first = path;
    while (true) {
        const auto page = client.must_get(path);
        for (const auto& item : page.at("items").as_array()) take(item);
        if (page.at("next").is_null()) return;
        path = first + "&after=";
        path += tests::plain_text(page.at("next"));
    }
}

std::int64_t pence_of(const std::string& amount) {
    const auto dot = amount.find('.');
    return std::stoll(amount.substr(0, dot)) * 100 + std::stoll(amount.substr(dot + 1, 2));
}

}  // namespace wharf::demo

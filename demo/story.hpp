// The main job on real orders, told step by step: an account is made, its shop filled, a plugin
// switched on, the orders imported, and what came of it shown.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>

#include "demo/retail.hpp"
#include "demo/shop.hpp"
#include "tests/support/account.hpp"

namespace wharf::demo {

class Story {
public:
    // `terminal`: a person watches, so progress is a bar.
    Story(const std::string& url, const std::string& platform_key, std::ostream& out,
          bool terminal);

    // The whole of it; false when a figure does not add up. `refused_file` gets every refused line.
    bool tell(const RetailFile& file, const std::filesystem::path& refused_file);

    // The key of the account's admin, for who goes on from here.
    [[nodiscard]] const std::string& key() const { return admin_.key(); }

private:
    void fill_shop(const Shop& shop);
    void switch_plugin_on();
    void import_orders(const Shop& shop, std::size_t lines);
    boost::json::value import(const std::string& kind, const std::string& csv);
    boost::json::value finished_job(const tests::HttpReply& accepted);

    bool show_lines(const RetailFile& file, const std::filesystem::path& refused_file);
    void show_orders();
    void wait_until_bought();
    bool show_purchase_orders();
    void show_explanation();
    bool show_verification();

    tests::Client platform_;
    tests::Client admin_;
    std::ostream& out_;
    bool terminal_;
    std::vector<Refused> refused_by_host_;
    std::int64_t rows_taken_ = 0;
    std::int64_t units_waiting_ = 0;
    boost::json::value explained_;  // the line with the greatest need of those with a surplus
    std::string explained_order_;
};

}  // namespace wharf::demo

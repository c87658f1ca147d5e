#include "demo/story.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "demo/csv.hpp"
#include "demo/pages.hpp"
#include "demo/progress.hpp"
#include "demo/split_chapter.hpp"
#include "demo/table.hpp"
#include "demo/transfer_chapter.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::demo {

namespace json = boost::json;

namespace {

constexpr const char* kAccount = "demo";
constexpr const char* kPlugin = "plugins/backorder_po";
constexpr std::size_t kRowsPerFile = 400;
constexpr auto kJobPause = std::chrono::milliseconds(100);

tests::Client make_shop_account(const std::string& url, const std::string& platform_key) {
    return tests::make_account(
        url, platform_key, kAccount,
        R"({"name":"Online shop","currency":"GBP","time_zone":"Europe/London","country":"GB"})");
}

}  // namespace

Story::Story(const std::string& url, const std::string& platform_key, std::ostream& out,
             bool terminal)
    : platform_(url, kAccount, platform_key),
      admin_(make_shop_account(url, platform_key)),
      out_(out),
      terminal_(terminal) {}

bool Story::tell(const RetailFile& file, const std::filesystem::path& refused_file) {
    const Shop shop(file);
    fill_shop(shop);
    switch_plugin_on();
    import_orders(shop, file.taken.size());
    const bool complete = show_lines(file, refused_file);
    show_orders();
    wait_until_bought();
    const bool covered = show_purchase_orders();
    show_explanation();
    const bool split = tell_split(platform_, admin_, out_);
    const bool moved = tell_transfer(platform_, admin_, out_);
    return show_verification() && complete && covered && split && moved;
}

void Story::fill_shop(const Shop& shop) {
    admin_.must_put("locations/LON", R"({"name":"London","kind":"warehouse"})");
    admin_.must_put("locations/RTM", R"({"name":"Rotterdam","kind":"warehouse"})");
    Table table({"made", "rows", "refused"});
    const auto take = [&](const std::string& kind, const std::string& csv) {
        const auto report = import(kind, csv);
        table.row(
            {kind, tests::plain_text(report.at("taken")), tests::plain_text(report.at("refused"))});
    };
    take("products", shop.products_csv());
    take("vendors", shop.vendors_csv());
    take("vendor-items", shop.vendor_items_csv());
    take("stock", shop.stock_csv());
    out_ << "An account with two locations, and what the file implies (demo/README.md has the "
            "rules):\n";
    table.print(out_);
}

void Story::switch_plugin_on() {
    platform_.must_put(kPlugin,
                       R"({"enabled":true,"reason":"the demo","config":{"mode":"immediate"}})");
    out_ << "\nbackorder_po is on: what an order cannot have is bought in the same commit.\n\n";
}

void Story::import_orders(const Shop& shop, std::size_t lines) {
    Progress progress(out_, terminal_, "order lines", lines);
    for (const auto& file : shop.orders_csv(kRowsPerFile)) {
        const auto report = import("orders", file.text);
        rows_taken_ += report.at("taken").to_number<std::int64_t>();
        for (const auto& refusal : report.at("refusals").as_array()) {
            // Row 1 is the header; no row of ours holds a line break.
            const auto row = refusal.at("row").to_number<std::size_t>();
            refused_by_host_.push_back({row >= 2 ? file.lines.at(row - 2) : 0,
                                        tests::plain_text(refusal.at("code")),
                                        tests::plain_text(refusal.at("detail"))});
        }
        progress.done(file.lines.size());
    }
}

json::value Story::import(const std::string& kind, const std::string& csv) {
    const auto reply =
        admin_.send({"POST", "imports/" + kind, {{"Content-Type", "text/csv"}}, csv});
    if (reply.status == 202) return finished_job(reply);
    return admin_.expect(200, reply);
}

json::value Story::finished_job(const tests::HttpReply& accepted) {
    const auto place = accepted.header("location");
    while (true) {
        const auto job = admin_.must_get(place);
        const auto status = tests::plain_text(job.at("status"));
        if (status == "done" || status == "succeeded" || status == "finished")
            return job.at("result");
        if (status == "failed" || status == "cancelled")
            throw std::runtime_error(json::serialize(job));
        std::this_thread::sleep_for(kJobPause);
    }
}

// Every line of the file is either taken or refused with its number; nothing may be missing.
bool Story::show_lines(const RetailFile& file, const std::filesystem::path& refused_file) {
    auto refused = file.refused;
    refused.insert(refused.end(), refused_by_host_.begin(), refused_by_host_.end());
    std::map<std::string, std::pair<int, int>> reasons;  // code -> how many, the first line
    std::ofstream list(refused_file);
    list << csv_line({"line", "code", "detail"});
    for (const auto& one : refused) {
        auto& [count, first] = reasons[one.code];
        if (count++ == 0) first = one.line;
        list << csv_line({std::to_string(one.line), one.code, one.detail});
    }
    out_ << "\nOrder lines\n";
    Table table({"", "lines", "first"});
    table.row({"read", with_commas(file.lines_read)});
    table.row({"taken", with_commas(rows_taken_)});
    for (const auto& [code, entry] : reasons) {
        table.row(
            {"refused: " + code, with_commas(entry.first), "line " + std::to_string(entry.second)});
    }
    table.print(out_);
    const auto told = rows_taken_ + static_cast<std::int64_t>(refused.size());
    out_ << "  each refused line with its reason: " << refused_file.string() << '\n';
    if (told == file.lines_read) return true;
    out_ << "  " << file.lines_read - told << " lines were neither taken nor refused\n";
    return false;
}

void Story::show_orders() {
    int reserved = 0;
    int waiting = 0;
    std::int64_t units_reserved = 0;
    each_item(admin_, "orders", [&](const json::value& order) {
        std::int64_t short_units = 0;
        for (const auto& line : order.at("lines").as_array()) {
            short_units += line.at("waiting").to_number<std::int64_t>();
            units_reserved += line.at("reserved").to_number<std::int64_t>();
        }
        units_waiting_ += short_units;
        ++(short_units == 0 ? reserved : waiting);
    });
    out_ << "\nOrders\n";
    Table table({"", "orders", "units reserved", "units waiting"});
    table.row({"fully reserved", with_commas(reserved)});
    table.row({"waiting", with_commas(waiting)});
    table.row({"together", with_commas(reserved + waiting), with_commas(units_reserved),
               with_commas(units_waiting_)});
    table.print(out_);
}

// Reactions follow their orders in the same commit, or soon after it on a busy machine.
void Story::wait_until_bought() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < until) {
        const auto open = admin_.must_get("planning/waiting-lines?unpegged_only=true&limit=1");
        if (open.at("items").as_array().empty()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

bool Story::show_purchase_orders() {
    struct Sum {
        int orders = 0;
        std::int64_t lines = 0;
        std::int64_t quantity = 0;
        std::int64_t pegged = 0;
        std::int64_t pence = 0;
    };
    std::map<std::string, Sum> vendors;
    std::int64_t most = -1;
    each_item(admin_, "purchase-orders", [&](const json::value& order) {
        for (auto* sum : {&vendors[tests::plain_text(order.at("vendor"))], &vendors["together"]}) {
            ++sum->orders;
            sum->pence += pence_of(tests::plain_text(order.at("amount")));
            for (const auto& line : order.at("lines").as_array()) {
                ++sum->lines;
                sum->quantity += line.at("quantity").to_number<std::int64_t>();
                sum->pegged += line.at("pegged").to_number<std::int64_t>();
            }
        }
        for (const auto& line : order.at("lines").as_array()) {
            const auto* surplus = tests::at_path(line, ".explanation.surplus");
            if (surplus == nullptr || *surplus == 0) continue;
            const auto need = line.at("explanation").at("net_need").to_number<std::int64_t>();
            if (need <= most) continue;
            most = need;
            explained_ = line;
            explained_order_ = tests::plain_text(order.at("number"));
        }
    });
    out_ << "\nPurchase orders made by backorder_po\n";
    Table table({"vendor", "orders", "lines", "quantity", "for waiting orders", "value GBP"});
    for (const auto& [vendor, sum] : vendors) {
        table.row({vendor, with_commas(sum.orders), with_commas(sum.lines),
                   with_commas(sum.quantity), with_commas(sum.pegged), pounds(sum.pence)});
    }
    table.print(out_);
    const auto pegged = vendors["together"].pegged;
    if (pegged == units_waiting_) return true;
    out_ << "  only " << with_commas(pegged) << " of " << with_commas(units_waiting_)
         << " waiting units are on order\n";
    return false;
}

void Story::show_explanation() {
    if (explained_.is_null()) return;
    const auto& why = explained_.at("explanation");
    out_ << "\nWhy does " << explained_order_ << " line "
         << tests::plain_text(explained_.at("line")) << " buy "
         << tests::plain_text(explained_.at("quantity")) << " of "
         << tests::plain_text(explained_.at("sku")) << "?\n";
    Table table({"", "", ""});
    const auto row = [&](const char* what, std::string_view path, const char* meaning) {
        const auto* value = tests::at_path(why, path);
        if (value != nullptr) table.row({what, tests::plain_text(*value), meaning});
    };
    row("waiting", ".waiting", "units of open orders that have no stock");
    row("- pegged", ".pegged", "already tied to supply that is coming");
    row("- free", ".free_supply.sellable", "sellable and not promised");
    row("- on order", ".free_supply.open_purchase_orders", "ordered before and not promised");
    row("= net need", ".net_need", "");
    row("minimum", ".minimum_quantity", "of this vendor");
    row("multiple", ".multiple", "of this vendor");
    row("vendor", ".vendor", "chosen by the rule below");
    row("rule", ".rule", "");
    row("surplus", ".surplus", "what minimum and multiple add: free stock when it arrives");
    table.print(out_);
}

bool Story::show_verification() {
    const auto found = admin_.must_get("verify");
    const bool ok = found.at("ok") == true;
    out_ << "\nLedger: " << (ok ? "verified, every invariant holds" : json::serialize(found))
         << " (" << tests::plain_text(found.at("movements")) << " movements, "
         << tests::plain_text(found.at("documents")) << " documents, "
         << tests::plain_text(found.at("audit_entries")) << " audit entries)\n";
    return ok;
}

}  // namespace wharf::demo

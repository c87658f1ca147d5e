#include "demo/shop.hpp"

#include <algorithm>
#include <set>

#include "demo/csv.hpp"

namespace wharf::demo {

namespace {

constexpr int kBaseLeadDays = 3;
constexpr const char* kChannel = "web";

// `2.55` or `0.125` of thousandths.
std::string price_text(std::int64_t mills) {
    auto text = std::to_string(mills % 1000 + 1000).substr(1);
    if (text.back() == '0') text.pop_back();
    return std::to_string(mills / 1000) + "." + text;
}

std::set<std::string> first_three_quarters(const std::vector<RetailLine>& lines) {
    std::vector<std::string> orders;
    for (const auto& line : lines) {
        if (orders.empty() || orders.back() != line.invoice) orders.push_back(line.invoice);
    }
    const auto end = orders.begin() + static_cast<std::ptrdiff_t>(orders.size() * 3 / 4);
    return {orders.begin(), end};
}

}  // namespace

std::string vendor_of(const std::string& sku) {
    const char first = sku.front();
    return std::string("V") + (first >= '0' && first <= '9' ? first : '0');
}

std::int64_t cost_in_pence(std::int64_t lowest_mills) {
    return std::max<std::int64_t>(1, (lowest_mills * 6 + 50) / 100);
}

int pack_of(std::int64_t cost_pence) {
    if (cost_pence < 100) return 12;
    return cost_pence < 500 ? 6 : 1;
}

std::string pounds(std::int64_t pence) {
    return std::to_string(pence / 100) + "." + std::to_string(pence % 100 + 100).substr(1);
}

Shop::Shop(const RetailFile& file) : lines_(file.taken) {
    const auto early_orders = first_three_quarters(lines_);
    for (const auto& line : lines_) {
        auto& product = products_[line.sku];
        if (product.name.empty()) product.name = line.description;
        if (product.lowest_mills == 0 || line.mills < product.lowest_mills) {
            product.lowest_mills = line.mills;
        }
        const bool early = early_orders.contains(line.invoice);
        product.early_at[line.location] += early ? line.quantity : 0;
        product.late_at[line.location] += early ? 0 : line.quantity;
    }
}

std::string Shop::products_csv() const {
    std::string text = csv_line({"sku", "name", "tax_rate"});
    for (const auto& [sku, product] : products_) {
        text += csv_line({sku, product.name.empty() ? sku : product.name, "20"});
    }
    return text;
}

std::string Shop::vendors_csv() const {
    std::set<std::string> codes;
    for (const auto& [sku, product] : products_) codes.insert(vendor_of(sku));
    std::string text = csv_line({"code", "name", "lead_time_days", "currency"});
    for (const auto& code : codes) {
        const int digit = code.back() - '0';
        text += csv_line({code, "Vendor " + std::to_string(digit),
                          std::to_string(kBaseLeadDays + digit), "GBP"});
    }
    return text;
}

std::string Shop::vendor_items_csv() const {
    std::string text = csv_line({"vendor", "sku", "price", "minimum_quantity", "multiple"});
    for (const auto& [sku, product] : products_) {
        const auto cost = cost_in_pence(product.lowest_mills);
        const int pack = pack_of(cost);
        text += csv_line(
            {vendor_of(sku), sku, pounds(cost), std::to_string(2 * pack), std::to_string(pack)});
    }
    return text;
}

std::string Shop::stock_csv() const {
    std::string text = csv_line({"location", "sku", "quantity", "unit_cost"});
    for (const auto& [sku, product] : products_) {
        for (const auto& [location, early] : product.early_at) {
            const auto stock = early + product.late_at.at(location) / 2;
            if (stock == 0) continue;
            text += csv_line({location, sku, std::to_string(stock),
                              pounds(cost_in_pence(product.lowest_mills))});
        }
    }
    return text;
}

std::vector<ImportFile> Shop::orders_csv(std::size_t rows_max) const {
    const auto header = csv_line(
        {"reference", "channel", "location", "ordered_at", "sku", "quantity", "unit_price"});
    std::vector<ImportFile> files;
    std::string invoice;
    std::string ordered_at;
    for (const auto& line : lines_) {
        if (line.invoice != invoice) {
            const bool full = files.empty() || files.back().lines.size() >= rows_max;
            if (full) files.push_back({header, {}});
            invoice = line.invoice;
            ordered_at = line.ordered_at;  // some invoices were typed over a minute's end
        }
        files.back().lines.push_back(line.line);
        files.back().text += csv_line({invoice, kChannel, line.location, ordered_at, line.sku,
                                       std::to_string(line.quantity), price_text(line.mills)});
    }
    return files;
}

}  // namespace wharf::demo

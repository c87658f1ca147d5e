#include "demo/retail.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <set>
#include <stdexcept>

#include "demo/csv.hpp"

namespace wharf::demo {

namespace {

constexpr std::array<std::string_view, 8> kHeader = {"InvoiceNo",  "StockCode",   "Description",
                                                     "Quantity",   "InvoiceDate", "UnitPrice",
                                                     "CustomerID", "Country"};
enum Column { kInvoice, kCode, kDescription, kQuantity, kDate, kPrice, kCustomer, kCountry };

constexpr std::int64_t kQuantityMax = 1'000'000;
constexpr int kPriceDecimals = 3;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.empty() || result.ec != std::errc() || result.ptr != end) return std::nullopt;
    return value;
}

// `2.55` as 2550; more than three decimals are no price of this file.
std::optional<std::int64_t> price_of(std::string_view text) {
    const auto dot = text.find('.');
    auto decimals =
        dot == std::string_view::npos ? std::string() : std::string(text.substr(dot + 1));
    if (decimals.size() > kPriceDecimals || (dot != std::string_view::npos && decimals.empty())) {
        return std::nullopt;
    }
    if (!std::all_of(decimals.begin(), decimals.end(), is_digit)) return std::nullopt;
    decimals.resize(kPriceDecimals, '0');
    const auto whole = whole_number(text.substr(0, dot));
    if (!whole || *whole > kQuantityMax || *whole < -kQuantityMax) return std::nullopt;
    const auto part = *whole_number(decimals);
    const bool negative = text.front() == '-';
    return *whole * 1000 + (negative ? -part : part);
}

// `2010-12-01 08:26:00`, in London, where December is UTC.
std::optional<std::string> instant_of(const std::string& text) {
    constexpr std::string_view pattern = "0000-00-00 00:00:00";
    if (text.size() != pattern.size()) return std::nullopt;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i]) return std::nullopt;
    }
    return text.substr(0, 10) + "T" + text.substr(11) + ".000Z";
}

// Goods have five digits and sometimes letters behind them (85123A); the shop's own brand has DCGS.
bool is_goods(const std::string& code) {
    if (code.starts_with("DCGS")) return true;
    return code.size() >= 5 && std::all_of(code.begin(), code.begin() + 5, is_digit);
}

class Reader {
public:
    void take(const CsvRecord& record) {
        ++file.lines_read;
        RetailLine line;
        if (auto fault = convert(record, line)) {
            fault->line = record.line;
            file.refused.push_back(std::move(*fault));
        } else {
            file.taken.push_back(std::move(line));
        }
    }

    RetailFile file;

private:
    std::optional<Refused> convert(const CsvRecord& record, RetailLine& line) {
        const auto& fields = record.fields;
        if (record.broken) return Refused{0, "malformed", "a quote is not closed"};
        if (fields.size() != kHeader.size()) {
            return Refused{0, "malformed", std::to_string(fields.size()) + " columns instead of 8"};
        }
        line.line = record.line;
        line.invoice = trimmed(fields[kInvoice]);
        line.sku = trimmed(fields[kCode]);
        line.description = trimmed(fields[kDescription]);
        line.location = fields[kCountry] == "United Kingdom" ? "LON" : "RTM";
        if (line.invoice.empty()) return Refused{0, "malformed", "there is no invoice number"};
        if (line.invoice.front() == 'C') {
            return Refused{0, "cancellation", line.invoice + " takes an order back"};
        }
        if (!is_goods(line.sku))
            return Refused{0, "not_goods", "\"" + line.sku + "\" is no product"};
        if (auto fault = convert_figures(fields, line)) return fault;
        return repeated(record, line);
    }

    static std::optional<Refused> convert_figures(const std::vector<std::string>& fields,
                                                  RetailLine& line) {
        const auto quantity = whole_number(fields[kQuantity]);
        const auto price = price_of(fields[kPrice]);
        const auto instant = instant_of(fields[kDate]);
        if (!quantity || *quantity > kQuantityMax) {
            return Refused{0, "malformed", "the quantity is \"" + fields[kQuantity] + "\""};
        }
        if (!price) return Refused{0, "malformed", "the price is \"" + fields[kPrice] + "\""};
        if (!instant) return Refused{0, "malformed", "the date is \"" + fields[kDate] + "\""};
        if (*quantity <= 0) {
            return Refused{0, "quantity_not_positive", "the quantity is " + fields[kQuantity]};
        }
        if (*price <= 0) return Refused{0, "no_price", "the price is " + fields[kPrice]};
        line.quantity = *quantity;
        line.mills = *price;
        line.ordered_at = *instant;
        return std::nullopt;
    }

    // Lines of one invoice stand together, so only the current invoice's lines are remembered.
    std::optional<Refused> repeated(const CsvRecord& record, const RetailLine& line) {
        if (line.invoice != invoice_) {
            invoice_ = line.invoice;
            seen_.clear();
        }
        if (seen_.insert(record.fields).second) return std::nullopt;
        return Refused{0, "duplicate", "equals an earlier line of " + line.invoice};
    }

    std::string invoice_;
    std::set<std::vector<std::string>> seen_;
};

}  // namespace

RetailFile read_retail(std::string_view text) {
    Reader reader;
    bool header = true;
    read_csv(text, [&](const CsvRecord& record) {
        if (!header) return reader.take(record);
        header = false;
        if (!std::equal(kHeader.begin(), kHeader.end(), record.fields.begin(),
                        record.fields.end())) {
            throw std::runtime_error("this is no Online Retail file: its columns are others");
        }
    });
    if (header) throw std::runtime_error("the file is empty");
    return std::move(reader.file);
}

}  // namespace wharf::demo

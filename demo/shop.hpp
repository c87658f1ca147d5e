// What the data set does not have, derived from it by the rules of README.md, and the files that
// are imported. Column names are those of the host's imports.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "demo/retail.hpp"

namespace wharf::demo {

// A file to import; row i (the header is not counted, from 0) came of line lines[i] of the source.
struct ImportFile {
    std::string text;
    std::vector<int> lines;
};

struct Product {
    std::string name;
    std::int64_t lowest_mills = 0;                 // the lowest price that it was sold at
    std::map<std::string, std::int64_t> early_at;  // location -> what the earlier orders ask for
    std::map<std::string, std::int64_t> late_at;   // location -> what the rest asks for
};

class Shop {
public:
    explicit Shop(const RetailFile& file);

    [[nodiscard]] const std::map<std::string, Product>& products() const { return products_; }

    [[nodiscard]] std::string products_csv() const;
    [[nodiscard]] std::string vendors_csv() const;
    [[nodiscard]] std::string vendor_items_csv() const;
    [[nodiscard]] std::string stock_csv() const;
    // Orders in parts of about `rows_max` rows, so that progress can be shown; an order is never
    // cut.
    [[nodiscard]] std::vector<ImportFile> orders_csv(std::size_t rows_max) const;

private:
    std::map<std::string, Product> products_;
    std::vector<RetailLine> lines_;
};

// `V2` for 22752, `V0` for codes that begin with a letter.
std::string vendor_of(const std::string& sku);
// 60 % of the lowest price, rounded to the penny, at least a penny.
std::int64_t cost_in_pence(std::int64_t lowest_mills);
// Twelves below 1.00, sixes below 5.00, else singly.
int pack_of(std::int64_t cost_pence);
// `1.50` of 150.
std::string pounds(std::int64_t pence);

}  // namespace wharf::demo

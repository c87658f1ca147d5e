// The maximum retail price: nobody sells a package to a consumer above it, and it includes all
// taxes (Legal Metrology (Packaged Commodities) Rules 2011, rule 18(2)).
#pragma once

#include <string>

#include "host/domain/faults.hpp"
#include "wharf/model/catalog.hpp"

namespace wharf::domain {

// What a line for a consumer asks for one base unit.
struct RetailPrice {
    Money unit_price;
    bool includes_tax = true;
    Percent tax_rate;
    Percent cess;
};

// A fault `above_mrp` where the price with its taxes passes the product's MRP, if it has one.
void check_retail_price(const RetailPrice& price, const Product& product,
                        const std::string& pointer, Faults& faults);

}  // namespace wharf::domain

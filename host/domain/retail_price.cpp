#include "host/domain/retail_price.hpp"

namespace wharf::domain {

void check_retail_price(const RetailPrice& price, const Product& product,
                        const std::string& pointer, Faults& faults) {
    if (!product.mrp) return;
    const Int128 hundred = Percent::kHundred;
    const Int128 taxes = price.includes_tax ? 0 : price.tax_rate.raw() + price.cess.raw();
    const Int128 asked = Int128{price.unit_price.raw()} * (hundred + taxes);
    faults.add_if(asked > Int128{product.mrp->raw()} * hundred, pointer, "above_mrp",
                  "a consumer pays at most the MRP of " + product.mrp->text() + ", taxes included");
}

}  // namespace wharf::domain

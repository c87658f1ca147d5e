// Products and their stock levels.
#include <set>

#include "host/domain/catalog.hpp"
#include "host/domain/catalog_operations.hpp"
#include "host/domain/catalog_rows.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/put_entry.hpp"

namespace wharf::domain {
namespace {

void check_packs(Faults& faults, const Product& product) {
    std::set<std::string_view> units{product.base_unit.view()};
    std::set<std::string_view> gtins;
    if (product.gtin) gtins.insert(product.gtin->view());
    for (std::size_t i = 0; i < product.packs.size(); ++i) {
        const auto& pack = product.packs[i];
        const auto pointer = "/packs/" + std::to_string(i);
        faults.add_if(!units.insert(pack.unit.view()).second, pointer + "/unit", "unit_twice",
                      "each unit of a product is named once");
        faults.add_if(pack.gtin && !gtins.insert(pack.gtin->view()).second, pointer + "/gtin",
                      "gtin_twice", "each unit has its own GTIN");
    }
}

void check_product(const Transaction& transaction, Faults& faults, const Product& product) {
    const bool serial = product.tracking == Tracking::serial;
    faults.add_if(serial && transaction.account().inventory_type != InventoryType::serialized,
                  "/tracking", "not_serialized", "the account is not a serialized one");
    const bool dated = product.expiry_required || product.manufactured_required;
    faults.add_if(dated && product.tracking == Tracking::none, "/tracking", "dates_need_lots",
                  "dates are kept by lot: a product that needs them is tracked by lot or serial");
    faults.add_if(product.mrp && *product.mrp < Money(), "/mrp", "negative",
                  "an MRP is not negative");
    auto all_digits = [](std::string_view text) {
        return text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    faults.add_if(product.hsn && !all_digits(product.hsn->view()), "/hsn", "not_digits",
                  "an HSN code is 4 to 8 digits");
    faults.add_if(product.gtin && !all_digits(product.gtin->view()), "/gtin", "not_digits",
                  "a GTIN is 8 to 14 digits");
}

// What was counted one way cannot be counted in another from now on.
void check_kept(Transaction& transaction, const Product& product, const Product& existing) {
    if (product.tracking == existing.tracking && product.base_unit == existing.base_unit) return;
    auto rows = transaction.session().select("SELECT id FROM movement WHERE sku = :sku LIMIT 1",
                                             {{"sku", product.sku}});
    if (!rows.next()) return;
    if (product.tracking != existing.tracking) {
        throw Refusal::conflict("tracking_fixed",
                                "\"" + product.sku.text() + "\" has movements: its tracking stays");
    }
    throw Refusal::conflict("base_unit_fixed",
                            "\"" + product.sku.text() + "\" has movements: its base unit stays");
}

}  // namespace

Product put_product(Transaction& transaction, const catalog::PutProduct& request) {
    auto product = copied<Product>(request);
    Faults faults;
    check_product(transaction, faults, product);
    check_packs(faults, product);
    faults.refuse_if_any();
    const auto existing = find_product(transaction, product.sku);
    if (existing) check_kept(transaction, product, *existing);
    return put_entry(transaction, std::move(product), existing);
}

StockLevel put_stock_level(Transaction& transaction, const catalog::PutStockLevel& request) {
    auto level = copied<StockLevel>(request);
    Faults faults;
    collect(faults, [&] { usable_location(transaction, level.location, "/location"); });
    collect(faults, [&] { usable_product(transaction, level.sku, "/sku"); });
    faults.add_if(level.maximum < level.minimum, "/maximum", "below_minimum",
                  "the maximum is not below the minimum");
    faults.refuse_if_any();
    const auto existing = find_row<StockLevel>(transaction.session(),
                                               {{"location", level.location}, {"sku", level.sku}});
    return put_entry(transaction, std::move(level), existing);
}

}  // namespace wharf::domain

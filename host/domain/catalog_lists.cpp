// Reading the catalog: one entry, and pages in the order of the keys.
#include "host/domain/catalog.hpp"
#include "host/domain/catalog_operations.hpp"
#include "host/domain/catalog_rows.hpp"
#include "host/domain/pages.hpp"

namespace wharf::domain {
namespace {

// Pages of entries with one key column.
template <class T, class Seen, class KeyOf>
Page<T> list_by_code(Transaction& transaction, std::int32_t limit,
                     const std::optional<std::string>& after, Seen seen, KeyOf key_of) {
    static const std::string sql = [] {
        const std::string key(Stored<T>::kKey.front());
        return select_from<T>() + " WHERE " + key + " > :after ORDER BY " + key;
    }();
    const auto most = page_limit(transaction, limit);
    const auto key = decode_cursor(after, 1).front();
    auto rows = transaction.session().select(sql, {{"after", key}});
    auto next = [&]() -> std::optional<T> {
        while (rows.next()) {
            auto entry = read_row<T>(rows);
            if (seen(entry)) return entry;
        }
        return std::nullopt;
    };
    return collect_page<T>(most, next,
                           [&](const T& last) { return encode_cursor({key_of(last).view()}); });
}

// What a list by two key columns is asked for; without either, everything.
struct PairWanted {
    std::optional<std::string> first;
    std::optional<std::string> second;
};

// Pages of entries with two key columns. Each way of asking is a statement of its own that begins
// where the page before ended and reads no entry of another key: the key's columns serve it, and
// where only the second is given an index that begins with that column.
template <class T>
const std::string& select_pairs(const PairWanted& wanted) {
    static const std::array<std::string, 4> sql = [] {
        const std::string one(Stored<T>::kKey[0]);
        const std::string two(Stored<T>::kKey[1]);
        const auto order = " ORDER BY " + one + ", " + two;
        const auto where = select_from<T>() + " WHERE ";
        return std::array{
            where + "(" + one + ", " + two + ") > (:one, :two)" + order,
            where + one + " = :first AND " + two + " > :two" + order,
            where + two + " = :second AND (" + one + ", " + two + ") > (:one, :two)" + order,
            where + one + " = :first AND " + two + " = :second AND " + two + " > :two"};
    }();
    return sql[(wanted.first ? 1U : 0U) + (wanted.second ? 2U : 0U)];
}

template <class T, class Seen, class KeyOf>
Page<T> list_by_pair(Transaction& transaction, const PairWanted& wanted, std::int32_t limit,
                     const std::optional<std::string>& after, Seen seen, KeyOf key_of) {
    const auto most = page_limit(transaction, limit);
    const auto key = decode_cursor(after, 2);
    std::vector<storage::Parameter> parameters;
    if (wanted.first) parameters.emplace_back("first", *wanted.first);
    if (wanted.second) parameters.emplace_back("second", *wanted.second);
    if (!wanted.first) parameters.emplace_back("one", key[0]);
    parameters.emplace_back("two", key[1]);
    auto rows = transaction.session().select(select_pairs<T>(wanted), parameters);
    auto next = [&]() -> std::optional<T> {
        while (rows.next()) {
            auto entry = read_row<T>(rows);
            if (seen(entry)) return entry;
        }
        return std::nullopt;
    };
    return collect_page<T>(most, next, key_of);
}

constexpr auto kAll = [](const auto&) { return true; };

template <class CodeType>
std::optional<std::string> text_of(const std::optional<CodeType>& code) {
    return code ? std::optional(code->text()) : std::nullopt;
}

}  // namespace

Location get_location(Transaction& transaction, const catalog::GetLocation& request) {
    return get_location(transaction, request.code);
}

Product get_product(Transaction& transaction, const catalog::GetProduct& request) {
    return get_product(transaction, request.sku);
}

Vendor get_vendor(Transaction& transaction, const catalog::GetVendor& request) {
    return get_vendor(transaction, request.code);
}

VendorItem get_vendor_item(Transaction& transaction, const catalog::GetVendorItem& request) {
    return get_vendor_item(transaction, request.vendor, request.sku);
}

Customer get_customer(Transaction& transaction, const catalog::GetCustomer& request) {
    return get_customer(transaction, request.code);
}

StockLevel get_stock_level(Transaction& transaction, const catalog::GetStockLevel& request) {
    auto level = transaction.actor().sees(request.location)
                     ? find_row<StockLevel>(transaction.session(),
                                            {{"location", request.location}, {"sku", request.sku}})
                     : std::nullopt;
    if (!level) {
        throw Refusal::not_found("stock level", request.location.text() + "/" + request.sku.text());
    }
    return *level;
}

Page<Location> list_locations(Transaction& transaction, const catalog::ListLocations& request) {
    auto seen = [&](const Location& entry) { return transaction.actor().sees(entry.code); };
    return list_by_code<Location>(transaction, request.limit, request.after, seen,
                                  [](const Location& entry) { return entry.code; });
}

Page<Product> list_products(Transaction& transaction, const catalog::ListProducts& request) {
    return list_by_code<Product>(transaction, request.limit, request.after, kAll,
                                 [](const Product& entry) { return entry.sku; });
}

Page<Vendor> list_vendors(Transaction& transaction, const catalog::ListVendors& request) {
    auto seen = [&](const Vendor& entry) { return transaction.actor().sees(entry.code); };
    return list_by_code<Vendor>(transaction, request.limit, request.after, seen,
                                [](const Vendor& entry) { return entry.code; });
}

Page<Customer> list_customers(Transaction& transaction, const catalog::ListCustomers& request) {
    return list_by_code<Customer>(transaction, request.limit, request.after, kAll,
                                  [](const Customer& entry) { return entry.code; });
}

Page<VendorItem> list_vendor_items(Transaction& transaction,
                                   const catalog::ListVendorItems& request) {
    const auto& actor = transaction.actor();
    const auto& vendor = request.vendor ? request.vendor : actor.vendor;
    auto seen = [&](const VendorItem& entry) { return actor.sees(entry.vendor); };
    return list_by_pair<VendorItem>(transaction, {text_of(vendor), text_of(request.sku)},
                                    request.limit, request.after, seen, [](const VendorItem& last) {
                                        return encode_cursor({last.vendor.view(), last.sku.view()});
                                    });
}

Page<StockLevel> list_stock_levels(Transaction& transaction,
                                   const catalog::ListStockLevels& request) {
    auto seen = [&](const StockLevel& entry) { return transaction.actor().sees(entry.location); };
    return list_by_pair<StockLevel>(
        transaction, {text_of(request.location), {}}, request.limit, request.after, seen,
        [](const StockLevel& last) {
            return encode_cursor({last.location.view(), last.sku.view()});
        });
}

Page<Lot> list_lots(Transaction& transaction, const catalog::ListLots& request) {
    return list_by_pair<Lot>(transaction, {text_of(request.sku), {}}, request.limit, request.after,
                             kAll, [](const Lot& last) {
                                 return encode_cursor({last.sku.view(), last.code.view()});
                             });
}

}  // namespace wharf::domain

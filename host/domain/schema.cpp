#include "host/domain/schema.hpp"

#include <algorithm>

#include "host/domain/documents/documents_schema.hpp"
#include "host/domain/purchase_legs_schema.hpp"
#include "host/domain/purchasing_schema.hpp"
#include "host/domain/transfer_schema.hpp"

namespace wharf::domain {
namespace {

using storage::Column;
using storage::ColumnType;
using storage::Migration;
using storage::Schema;
using storage::Table;

constexpr Column text(std::string_view name) {
    return {name, ColumnType::text, false};
}
constexpr Column text_or_null(std::string_view name) {
    return {name, ColumnType::text, true};
}
constexpr Column integer(std::string_view name) {
    return {name, ColumnType::integer, false};
}
constexpr Column integer_or_null(std::string_view name) {
    return {name, ColumnType::integer, true};
}

// Columns are named like the fields of the model; lists and nested objects are kept as JSON text.
std::vector<Table> catalog_tables() {
    return {
        {"location",
         {text("code"), text("name"), text("kind"), integer("holds_stock"), text_or_null("address"),
          text_or_null("gstin"), text("default_bin"), integer("active"), integer("version")},
         {"code"}},
        {"product",
         {text("sku"), text("name"), text_or_null("gtin"), text("tracking"),
          integer("expiry_required"), integer("manufactured_required"), text_or_null("hsn"),
          text("taxability"), integer("tax_rate"), integer("cess"), integer_or_null("mrp"),
          text("base_unit"), text("packs"), integer("active"), integer("discontinued"),
          integer("version")},
         {"sku"}},
        {"lot",
         {text("sku"), text("code"), integer_or_null("manufactured_on"),
          integer_or_null("expires_on"), integer_or_null("mrp"), integer("locked"),
          integer("version")},
         {"sku", "code"},
         {{"lot_by_expiry", {"expires_on"}}}},
        {"vendor",
         {text("code"), text("name"), text_or_null("gstin"), text("tax_status"),
          text_or_null("state_code"), integer("lead_time_days"), text("currency"),
          text_or_null("terms"), integer("hold"), integer("active"), text("channel"),
          text_or_null("account"), text_or_null("address"), integer("version")},
         {"code"},
         {{"vendor_by_gstin", {"gstin"}}}},
        {"vendor_item",
         {text("vendor"), text("sku"), text_or_null("vendor_sku"), integer("price"),
          text("price_breaks"), integer("minimum_quantity"), integer("multiple"),
          integer_or_null("maximum_quantity"), integer_or_null("lead_time_days"),
          integer("priority"), integer_or_null("valid_from"), integer_or_null("valid_to"),
          integer("version")},
         {"vendor", "sku"},
         {{"vendor_item_by_sku", {"sku", "priority", "vendor"}}}},
        {"customer",
         {text("code"), text("name"), text("kind"), text_or_null("gstin"), text("addresses"),
          text_or_null("group_code"), text_or_null("price_list"), integer_or_null("credit_limit"),
          text_or_null("terms"), integer("active"), integer("version")},
         {"code"}},
        {"stock_level",
         {text("location"), text("sku"), integer("minimum"), integer("maximum"),
          integer("version")},
         {"location", "sku"}},
    };
}

// `lot` is the empty text where there is none, so that it can be part of a key. An outside place is
// a location such as `@vendor` with an empty bin and condition.
std::vector<Table> ledger_tables() {
    return {
        {"movement",
         {integer("id"), integer("at"), text("sku"), text("lot"), integer("quantity"),
          text("from_location"), text("from_bin"), text("from_condition"), text("to_location"),
          text("to_bin"), text("to_condition"), integer("value"), text("reason"),
          text_or_null("document")},
         {"id"},
         {{"movement_by_sku", {"sku", "id"}},
          {"movement_by_document", {"document", "id"}},
          {"movement_by_source", {"from_location", "id"}},
          {"movement_by_target", {"to_location", "id"}}}},
        {"movement_serial",
         {integer("movement"), text("serial")},
         {"movement", "serial"},
         {{"movement_serial_by_serial", {"serial", "movement"}}}},
        // What stands at each position: the sum of its movements.
        {"balance",
         {text("location"), text("sku"), text("lot"), text("condition"), text("bin"),
          integer("quantity"), integer("value")},
         {"location", "sku", "lot", "condition", "bin"}},
        // The same by location, sku and lot, which is what is promised and costed: all conditions
        // (`on_hand`, `value`), the sellable part, of that the part in the default bin (`docked`),
        // and what is reserved.
        {"stock",
         {text("location"), text("sku"), text("lot"), integer("on_hand"), integer("value"),
          integer("sellable"), integer("docked"), integer("reserved"), integer("first_received")},
         {"location", "sku", "lot"},
         {{"stock_by_sku", {"sku", "lot"}}}},
        {"serial",
         {text("serial"), text("sku"), text("lot"), text("location"), text("bin"),
          text("condition"), integer("cost")},
         {"serial"},
         {{"serial_by_place", {"sku", "location"}}}},
        {"adjustment",
         {text("number"), text_or_null("reference"), text("location"), text("reason"),
          integer("created_at")},
         {"number"}},
    };
}

std::vector<Table> sales_tables() {
    return {
        {"sales_order",
         {text("number"), text_or_null("reference"), text("kind"), text_or_null("channel"),
          text_or_null("customer"), text("location"), text_or_null("destination"),
          integer_or_null("priority"), integer("ordered_at"), integer_or_null("promised_for"),
          text("status"), integer("prices_include_tax"), integer("amount"),
          text_or_null("explanation"), integer("version"), integer("created_at")},
         {"number"},
         {{"sales_order_by_status", {"status", "number"}},
          {"sales_order_by_customer", {"customer", "number"}}}},
        {"sales_order_line",
         {text("order_number"), integer("line"), text("sku"), text("location"), integer("quantity"),
          text_or_null("unit"), integer_or_null("unit_quantity"), integer("unit_price"),
          integer("discount"), integer("tax_rate"), integer("amount"), integer("cancelled"),
          integer("reserved"), integer("shipped"), integer("returned"), integer("waiting")},
         {"order_number", "line"}},
        // Demand: lines of open orders that wait, with the terms of the allocation order. A missing
        // priority or promised_for is the largest integer, so that it sorts last.
        {"waiting_line",
         {text("order_number"), integer("line"), text("location"), text("sku"), integer("waiting"),
          integer("promised_for"), integer("priority"), integer("ordered_at")},
         {"order_number", "line"},
         {{"waiting_line_by_promise", {"location", "sku", "promised_for", "order_number", "line"}},
          {"waiting_line_by_priority", {"location", "sku", "priority", "order_number", "line"}},
          {"waiting_line_by_age", {"location", "sku", "ordered_at", "order_number", "line"}}}},
        // Keyed by order, so that placing appends. Who holds a lot is asked only when its stock
        // goes away: that reads the live reservations through.
        {"reservation",
         {text("order_number"), integer("line"), text("lot"), text("location"), text("sku"),
          integer("quantity")},
         {"order_number", "line", "lot"}},
        // What left for an order line, by lot, bin and serial, so that it can come back the same
        // way and at the same cost. `serial` is the empty text where there is none.
        {"shipped_part",
         {text("order_number"), integer("line"), integer("part"), text("lot"), text("bin"),
          text("serial"), integer("quantity"), integer("value"), integer("returned"),
          integer("returned_value")},
         {"order_number", "line", "part"}},
        {"customer_return",
         {text("number"), text_or_null("reference"), text("order_number"), text("location"),
          integer_or_null("expected_on"), text("status"), integer("version"),
          integer("created_at")},
         {"number"},
         {{"customer_return_by_order", {"order_number", "number"}}}},
        {"customer_return_line",
         {text("return_number"), integer("line"), integer("order_line"), text("sku"),
          integer("quantity"), integer("received")},
         {"return_number", "line"},
         {{"customer_return_line_by_sku", {"sku"}}}},
    };
}

std::vector<Table> record_tables() {
    return {
        {"counter", {text("name"), integer("value")}, {"name"}},
        // The client's own names of documents: scope `order/consumer/web`, `receipt`, ...
        {"document_reference",
         {text("reference"), text("scope"), text("number"), text("content_hash")},
         {"reference", "scope"}},
        {"event",
         {integer("sequence"), text("name"), integer("at"), text_or_null("document"),
          integer("depth"), text("request_id"), text("data")},
         {"sequence"}},
    };
}

// Each decision of the allocation stands with its line.
Migration explained_lines() {
    Migration migration{104, "why an order line was served"};
    migration.add_columns = {{"sales_order_line", {"explanation", ColumnType::text, true}}};
    return migration;
}

Schema whole_schema() {
    Schema schema = {
        {100, "catalog", catalog_tables()},
        {101, "ledger", ledger_tables()},
        {102, "sales", sales_tables()},
        {103, "records", record_tables()},
        explained_lines(),
        {120, "transfers", transfer_tables()},
        {121, "serials held for a transfer", held_serial_tables()},
        {130, "purchase orders over several places", purchase_legs_tables()},
    };
    for (const auto* more : {&documents_schema(), &purchasing_schema()}) {
        schema.insert(schema.end(), more->begin(), more->end());
    }
    std::sort(schema.begin(), schema.end(),
              [](const Migration& a, const Migration& b) { return a.number < b.number; });
    return schema;
}

}  // namespace

const Schema& domain_schema() {
    static const Schema schema = whole_schema();
    return schema;
}

}  // namespace wharf::domain

// Every line of a dirty file is taken or refused with its number; what is derived follows its rule.
#include "demo/retail.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "demo/csv.hpp"
#include "demo/shop.hpp"
#include "demo/table.hpp"

namespace wharf::demo {
namespace {

constexpr const char* kHeader =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

RetailFile read(const std::string& lines) {
    return read_retail(kHeader + lines);
}

std::string only_reason(const std::string& line) {
    const auto file = read(line);
    EXPECT_EQ(file.lines_read, 1);
    return file.refused.size() == 1 ? file.refused.front().code : "taken";
}

TEST(Retail, TakesALineAsItIs) {
    const auto file =
        read("536365,85123A, HOLDER ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n");
    ASSERT_EQ(file.taken.size(), 1U);
    const auto& line = file.taken.front();
    EXPECT_EQ(line.line, 2);
    EXPECT_EQ(line.invoice, "536365");
    EXPECT_EQ(line.sku, "85123A");
    EXPECT_EQ(line.description, "HOLDER");
    EXPECT_EQ(line.quantity, 6);
    EXPECT_EQ(line.mills, 2550);
    EXPECT_EQ(line.ordered_at, "2010-12-01T08:26:00.000Z");
    EXPECT_EQ(line.location, "LON");
}

TEST(Retail, TakesALineWithoutACustomer) {
    EXPECT_EQ(only_reason("536592,20665,PURSE,3,2010-12-01 17:06:00,2.95,,France\n"), "taken");
}

TEST(Retail, RefusesWhatIsNoOrderLineWithItsReason) {
    EXPECT_EQ(only_reason("C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,1,United Kingdom\n"),
              "cancellation");
    EXPECT_EQ(only_reason("536370,POST,POSTAGE,3,2010-12-01 08:45:00,18.0,1,France\n"),
              "not_goods");
    EXPECT_EQ(only_reason("536370,BANK CHARGES,x,3,2010-12-01 08:45:00,18.0,1,France\n"),
              "not_goods");
    EXPECT_EQ(only_reason("536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom\n"),
              "quantity_not_positive");
    EXPECT_EQ(only_reason("536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom\n"),
              "no_price");
}

TEST(Retail, RefusesWhatCannotBeRead) {
    const std::string good = ",2010-12-01 08:26:00,2.55,1,United Kingdom\n";
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,six" + good), "malformed");
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,6.5" + good), "malformed");
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,9999999999999999999999" + good), "malformed");
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,6,2010-12-01,2.55,1,United Kingdom\n"),
              "malformed");
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.5555,1,United Kingdom\n"),
              "malformed");
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,6,2010-12-01 08:26:00,1e3,1,United Kingdom\n"),
              "malformed");
    EXPECT_EQ(only_reason("536365,85123A,HOLDER,6\n"), "malformed");
    EXPECT_EQ(only_reason("536365,85123A,\"HOLDER,6" + good), "malformed");
}

TEST(Retail, RefusesALineThatStandsTwiceInOneInvoice) {
    const std::string line = "536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,1,United Kingdom\n";
    const std::string other = "536366,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,1,United Kingdom\n";
    const auto file = read(line + line + other);
    EXPECT_EQ(file.taken.size(), 2U);
    ASSERT_EQ(file.refused.size(), 1U);
    EXPECT_EQ(file.refused.front().code, "duplicate");
    EXPECT_EQ(file.refused.front().line, 3);
}

TEST(Retail, CountsLinesOfTheFileNotRecords) {
    const auto file = read(
        "536365,85123A,\"A\nHOLDER\",6,2010-12-01 08:26:00,2.55,1,United Kingdom\n"
        "536365,POST,x,6,2010-12-01 08:26:00,2.55,1,United Kingdom\n");
    EXPECT_EQ(file.refused.front().line, 4);
}

TEST(Retail, RefusesAnotherFileWhole) {
    EXPECT_THROW(read_retail("a,b\n1,2\n"), std::runtime_error);
    EXPECT_THROW(read_retail(""), std::runtime_error);
}

TEST(Csv, QuotesAndLineBreaksSurvive) {
    const std::vector<std::string> fields = {"a", "b,c", "d \"e\"", "f\ng", ""};
    std::vector<std::string> got;
    read_csv(csv_line(fields), [&](const CsvRecord& record) { got = record.fields; });
    EXPECT_EQ(got, fields);
}

RetailFile small_shop() {
    return read(
        "1,22752,BOXES,6,2010-12-01 08:26:00,2.55,1,United Kingdom\n"
        "1,22752,BOXES,3,2010-12-01 08:26:00,2.10,1,United Kingdom\n"
        "2,22752,BOXES,5,2010-12-01 08:27:00,2.55,1,France\n"
        "2,DCGS0076,JAR,1,2010-12-01 08:28:00,16.13,1,France\n");
}

// Of two orders the first is early: its nine are in stock, and half of the five of the second.
TEST(Shop, DerivesVendorsCostsPacksAndStockByItsRules) {
    EXPECT_EQ(vendor_of("22752"), "V2");
    EXPECT_EQ(vendor_of("DCGS0076"), "V0");
    EXPECT_EQ(cost_in_pence(2100), 126);
    EXPECT_EQ(cost_in_pence(1), 1);
    EXPECT_EQ(pack_of(99), 12);
    EXPECT_EQ(pack_of(100), 6);
    EXPECT_EQ(pack_of(500), 1);
    const Shop shop(small_shop());
    EXPECT_EQ(
        shop.vendor_items_csv(),
        "vendor,sku,price,minimum_quantity,multiple\nV2,22752,1.26,12,6\nV0,DCGS0076,9.68,2,1\n");
    EXPECT_EQ(shop.stock_csv(),
              "location,sku,quantity,unit_cost\nLON,22752,9,1.26\nRTM,22752,2,1.26\n");
    EXPECT_EQ(shop.vendors_csv(),
              "code,name,lead_time_days,currency\nV0,Vendor 0,3,GBP\nV2,Vendor 2,5,GBP\n");
}

TEST(Shop, NeverCutsAnOrderAndKnowsWhereEachRowCameFrom) {
    const Shop shop(small_shop());
    const auto files = shop.orders_csv(1);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].lines, (std::vector<int>{2, 3}));
    EXPECT_EQ(files[1].lines, (std::vector<int>{4, 5}));
    EXPECT_NE(files[0].text.find("1,web,LON,2010-12-01T08:26:00.000Z,22752,6,2.55\n"),
              std::string::npos);
    // One order has one date, though its lines were typed over a minute's end.
    EXPECT_NE(files[1].text.find("2,web,RTM,2010-12-01T08:27:00.000Z,DCGS0076,1,16.13\n"),
              std::string::npos);
}

TEST(Table, FiguresHaveCommas) {
    EXPECT_EQ(with_commas(0), "0");
    EXPECT_EQ(with_commas(999), "999");
    EXPECT_EQ(with_commas(1234567), "1,234,567");
    EXPECT_EQ(with_commas(-1234), "-1,234");
}

}  // namespace
}  // namespace wharf::demo

#include "sheet.hpp"

#include <gmock/gmock.h>

namespace split_delivery {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHeader = "SKU,Receiving Location Key,PO Qty\n";

std::vector<std::string> faults_of(const std::string& csv) {
    SheetFaults faults;
    read_sheet(csv, faults);
    try {
        faults.refuse_if_any();
    } catch (const wharf::Refusal& refusal) {
        std::vector<std::string> told;
        for (const auto& fault : refusal.faults()) told.push_back(fault.code + ", " + fault.detail);
        return told;
    }
    return {};
}

TEST(Sheet, IsReadWithTheLineThatEachRowBeganOn) {
    SheetFaults faults;
    const auto rows = read_sheet(
        "\xEF\xBB\xBF" + std::string(kHeader) + "TEA,BLR,4\r\n\n\"TEA\",DEL,6\n", faults);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(rows[0].number, 2);
    EXPECT_EQ(rows[1].number, 4);
    EXPECT_EQ(rows[1].row.location.view(), "DEL");
    EXPECT_EQ(rows[1].row.quantity.raw(), 6);
}

TEST(Sheet, TakesExactlyItsThreeColumns) {
    EXPECT_THAT(faults_of("SKU,Location,PO Qty\nTEA,BLR,4\n"),
                ElementsAre(HasSubstr("wrong_columns")));
    EXPECT_THAT(faults_of("SKU,Receiving Location Key,PO Qty,Note\n"),
                ElementsAre(HasSubstr("wrong_columns")));
    EXPECT_THAT(faults_of(""), ElementsAre(HasSubstr("wrong_columns")));
}

TEST(Sheet, TellsEveryFaultWithItsRow) {
    EXPECT_THAT(
        faults_of(std::string(kHeader) + "TEA,BLR,0\nTEA,BLR\n,\" X\",1.5\nTEA,DEL,4\n"
                                         "TEA,DEL,\"4"),
        ElementsAre("bad_quantity, row 2: \"0\" is no quantity: a whole number from 1",
                    "wrong_columns, row 3: has 2 cells, not 3", "bad_sku, row 4: \"\" is no SKU",
                    "bad_location, row 4: \" X\" is no location key",
                    "bad_quantity, row 4: \"1.5\" is no quantity: a whole number from 1",
                    "unreadable, row 6: has a quote that is never closed"));
    EXPECT_THAT(faults_of(std::string(kHeader) + "TEA,DEL,4"), IsEmpty());
}

}  // namespace
}  // namespace split_delivery

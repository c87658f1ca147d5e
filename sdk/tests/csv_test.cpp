#include "wharf/csv.hpp"

#include <gtest/gtest.h>

namespace wharf {
namespace {

using Cells = std::vector<std::string>;

std::vector<CsvRow> rows(std::string_view text) {
    CsvReader reader(text);
    std::vector<CsvRow> all;
    while (auto row = reader.next()) all.push_back(std::move(*row));
    return all;
}

TEST(Csv, ReadsQuotesCommasAndLineBreaksInsideCells) {
    const auto all = rows(
        "\xEF\xBB\xBF"
        "a,b\r\n\"x, \"\"y\"\"\nz\",2\n\n,\n");
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].cells, (Cells{"a", "b"}));
    EXPECT_EQ(all[1].cells, (Cells{"x, \"y\"\nz", "2"}));
    EXPECT_EQ(all[1].line, 2);
    EXPECT_EQ(all[2].cells, (Cells{"", ""}));
    EXPECT_EQ(all[2].line, 5);
}

TEST(Csv, TheLastLineNeedsNoBreak) {
    EXPECT_EQ(rows("a\nb").back().cells, Cells{"b"});
    EXPECT_EQ(rows("a,\n").front().cells, (Cells{"a", ""}));
    EXPECT_TRUE(rows("").empty());
    EXPECT_TRUE(rows("\r\n\n").empty());
}

TEST(Csv, ABadRowSaysWhyAndTheNextIsReadAgain) {
    const auto all = rows("a,b\n\"x\"y,1\nfine,2\nx\"y,3\nl\xFF,4\nz,5\n");
    ASSERT_EQ(all.size(), 6U);
    EXPECT_EQ(all[1].fault, "has text after a closing quote");
    EXPECT_EQ(all[2].fault, "");
    EXPECT_EQ(all[3].fault, "has a quote inside a cell that is not quoted");
    EXPECT_EQ(all[4].fault, "is not valid UTF-8 text");
    EXPECT_EQ(all[5].cells, (Cells{"z", "5"}));
}

TEST(Csv, AQuoteThatIsNeverClosedIsOneRowWithItsFault) {
    const auto all = rows("a\n\"b\nc\nd");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].fault, "has a quote that is never closed");
}

TEST(Csv, ARowPastItsLimitsKeepsNothingOfTheExcess) {
    std::string many_cells(5'000'000, ',');
    const auto wide = rows(many_cells.append("\na\n"));
    ASSERT_EQ(wide.size(), 2U);
    EXPECT_EQ(wide[0].fault, "has more than 1000 cells");
    EXPECT_EQ(wide[0].cells.size(), 1000U);
    std::string large_cells(1024 * 1024 + 1, 'x');
    large_cells.append(",y\n").append(1024 * 1024, 'x');
    const auto huge = rows(large_cells);
    ASSERT_EQ(huge.size(), 2U);
    EXPECT_EQ(huge[0].fault, "has a cell of more than 1048576 bytes");
    EXPECT_EQ(huge[0].cells, (Cells{"", "y"}));
    EXPECT_EQ(huge[1].fault, "");
}

}  // namespace
}  // namespace wharf

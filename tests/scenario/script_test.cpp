#include "tests/scenario/script.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/scenario/expectation.hpp"

namespace wharf::scenario {
namespace {

class Script : public testing::Test {
protected:
    Script() { std::filesystem::create_directories(folder_ / "parts"); }
    ~Script() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name) << text;
        return folder_ / name;
    }

private:
    std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("script_") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Script, JoinsIndentedLinesAndKeepsBodiesAsTheyStand) {
    const auto steps = read_script(write("a.scenario",
                                         "# a comment\n"
                                         "POST orders\n"
                                         "    {\"a\":\n"
                                         "     1}\n"
                                         "> 201\n"
                                         "POST imports/products Content-Type:text/csv\n"
                                         "| sku,name\n"
                                         "|  spaced\n"));
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0].line.text, "POST orders {\"a\": 1}");
    EXPECT_EQ(steps[0].line.place.line, 2);
    ASSERT_EQ(steps[0].expectations.size(), 1U);
    EXPECT_EQ(steps[0].expectations[0].text, "201");
    EXPECT_EQ(steps[1].line.body, "sku,name\n spaced\n");
}

TEST_F(Script, InsertsWhatIsIncluded) {
    write("parts/tea.part", "PUT products/TEA {}\n> 200\n");
    const auto steps = read_script(write("a.scenario", "include tea\nGET stock\n> 200\n"));
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0].line.text, "PUT products/TEA {}");
    EXPECT_EQ(steps[0].line.place.file.filename(), "tea.part");
}

TEST_F(Script, RefusesAnExpectationOfNothing) {
    EXPECT_THROW(read_script(write("a.scenario", "> 200\n")), BadScript);
    EXPECT_THROW(read_script(write("b.scenario", "  {}\n")), BadScript);
}

tests::HttpReply reply() {
    return {201, {{"etag", "\"1\""}}, R"({"a":[{"b":1},{"b":2}],"next":null})"};
}

TEST(Expectation, HoldsStatusAndNamedFields) {
    EXPECT_TRUE(faults("201", reply()).empty());
    EXPECT_TRUE(faults(R"(201 {"a":[{"b":1},"..."]})", reply()).empty());
    EXPECT_EQ(faults("200", reply()).front(), "expected 200, got 201");
    EXPECT_FALSE(faults(R"(201 {"a":[]})", reply()).empty());
}

TEST(Expectation, HoldsOneValueAListAndAnAbsence) {
    EXPECT_TRUE(faults(".a[1].b 2", reply()).empty());
    EXPECT_FALSE(faults(".a[1].b 3", reply()).empty());
    EXPECT_FALSE(faults(".a[7].b 3", reply()).empty());
    EXPECT_TRUE(faults(".a size 2", reply()).empty());
    EXPECT_FALSE(faults(".a size 3", reply()).empty());
    EXPECT_TRUE(faults(R"(.a has {"b":2})", reply()).empty());
    EXPECT_FALSE(faults(R"(.a has {"b":3})", reply()).empty());
    EXPECT_TRUE(faults(R"(.a none {"b":3})", reply()).empty());
    EXPECT_FALSE(faults(R"(.a none {"b":2})", reply()).empty());
    EXPECT_TRUE(faults("no .next", reply()).empty());
    EXPECT_TRUE(faults("no .other", reply()).empty());
    EXPECT_FALSE(faults("no .a", reply()).empty());
}

TEST(Expectation, HoldsHeadersAndText) {
    EXPECT_TRUE(faults("header ETag \"1\"", reply()).empty());
    EXPECT_TRUE(faults("header ETag *", reply()).empty());
    EXPECT_FALSE(faults("header Retry-After *", reply()).empty());
    EXPECT_TRUE(faults("text \"next\":null", reply()).empty());
    EXPECT_FALSE(faults("text absent", reply()).empty());
    EXPECT_THROW(faults("something else", reply()), std::runtime_error);
}

}  // namespace
}  // namespace wharf::scenario

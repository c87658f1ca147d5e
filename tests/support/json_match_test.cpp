#include "tests/support/json_match.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace wharf::tests {
namespace {

std::vector<std::string> compare(const char* expected, const char* got) {
    return differences(boost::json::parse(expected), boost::json::parse(got));
}

TEST(JsonMatch, NamesOnlyWhatMustBeEqual) {
    EXPECT_TRUE(compare(R"({"a":1})", R"({"a":1,"b":2})").empty());
    EXPECT_EQ(compare(R"({"a":1})", R"({"a":2})").front(), "/a: expected 1, got 2");
    EXPECT_EQ(compare(R"({"a":{"b":1}})", R"({"a":{}})").front(),
              "/a/b: expected 1, but it is absent");
}

TEST(JsonMatch, TellsAllDifferencesAtOnce) {
    EXPECT_EQ(compare(R"({"a":1,"b":2,"c":3})", R"({"a":0,"b":2,"c":0})").size(), 2U);
}

TEST(JsonMatch, ArraysAreExactUnlessTheyEndWithDots) {
    EXPECT_TRUE(compare("[1,2]", "[1,2]").empty());
    EXPECT_FALSE(compare("[1,2]", "[1,2,3]").empty());
    EXPECT_TRUE(compare(R"([1,2,"..."])", "[1,2,3]").empty());
    EXPECT_FALSE(compare(R"([1,2,3,"..."])", "[1,2]").empty());
    EXPECT_FALSE(compare("[]", "[1]").empty());
}

TEST(JsonMatch, AStarIsAnythingThatIsThere) {
    EXPECT_TRUE(compare(R"({"a":"*"})", R"({"a":null})").empty());
    EXPECT_FALSE(compare(R"({"a":"*"})", "{}").empty());
}

TEST(JsonMatch, TypesAreNotMixedUp) {
    EXPECT_FALSE(compare(R"({"a":"1"})", R"({"a":1})").empty());
    EXPECT_FALSE(compare(R"({"a":{}})", R"({"a":[]})").empty());
}

TEST(AtPath, WalksMembersAndElements) {
    const auto document = boost::json::parse(R"({"a":[{"b":"x"},{"b":"y"}],"n":7})");
    EXPECT_EQ(plain_text(*at_path(document, ".a[1].b")), "y");
    EXPECT_EQ(plain_text(*at_path(document, ".a[-1].b")), "y");
    EXPECT_EQ(plain_text(*at_path(document, ".n")), "7");
    EXPECT_EQ(at_path(document, "."), &document);
    EXPECT_EQ(at_path(document, ".a[2].b"), nullptr);
    EXPECT_EQ(at_path(document, ".missing"), nullptr);
    EXPECT_EQ(at_path(document, "a"), nullptr);
}

}  // namespace
}  // namespace wharf::tests

// What a reference was sent with means the same after its request has grown a field.
#include "host/domain/content_hash.hpp"

#include <gtest/gtest.h>

#include <vector>
#include <wharf/values/defaulted.hpp>

namespace wharf::domain {
namespace {

struct LineBefore {
    std::string sku;
};
BOOST_DESCRIBE_STRUCT(LineBefore, (), (sku))

struct Before {
    std::string name;
    std::vector<LineBefore> lines;
    Defaulted<bool> approved = true;
};
BOOST_DESCRIBE_STRUCT(Before, (), (name, lines, approved))

struct LineAfter {
    std::string sku;
    std::optional<std::string> unit;
};
BOOST_DESCRIBE_STRUCT(LineAfter, (), (sku, unit))

struct After {
    std::string name;
    std::vector<LineAfter> lines;
    Defaulted<bool> approved = true;
    Defaulted<std::int32_t> priority = 5;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(After, (), (name, lines, approved, priority, note))

After after() {
    return {"a", {{"TEA", {}}, {"MILK", {}}}, true, 5, {}};
}

TEST(ContentHash, IsTheSameWhenAFieldIsAddedThatIsLeftOut) {
    const auto before = content_hash(Before{"a", {{"TEA"}, {"MILK"}}, true});
    EXPECT_TRUE(content_hash(after()).is(before.said));
    EXPECT_FALSE(content_hash(after()).is(before.whole)) << "the test compares two structs";
}

TEST(ContentHash, CountsWhatIsSaid) {
    const auto kept = content_hash(after()).said;
    auto other = after();
    other.priority = 6;
    EXPECT_FALSE(content_hash(other).is(kept));
    other = after();
    other.note = "x";
    EXPECT_FALSE(content_hash(other).is(kept));
    other = after();
    other.approved = false;
    EXPECT_FALSE(content_hash(other).is(kept));
    other = after();
    other.lines[1].unit = "CASE";
    EXPECT_FALSE(content_hash(other).is(kept));
    other = after();
    other.lines.pop_back();
    EXPECT_FALSE(content_hash(other).is(kept));
}

TEST(ContentHash, KnowsWhatWasKeptOfEveryField) {
    EXPECT_TRUE(content_hash(after()).is(digest(to_json(after()))));
}

}  // namespace
}  // namespace wharf::domain

#include "wharf/values/clean_text.hpp"

#include <gtest/gtest.h>

namespace wharf {
namespace {

TEST(CleanText, IsUtf8WithoutNul) {
    EXPECT_TRUE(is_clean_text("\xE0\xA4\xA8\xE0\xA4\xAE \xF0\x9F\x98\x80"));
    EXPECT_FALSE(is_clean_text(std::string_view("a\0b", 3)));
    for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x80", "\xE2\x82"}) {
        EXPECT_FALSE(is_clean_text(bad));
    }
}

}  // namespace
}  // namespace wharf

// Files as replies: their bytes survive the door.
#include "wharf/file.hpp"

#include <gtest/gtest.h>

#include "wharf/describe.hpp"
#include "wharf/json_parse.hpp"

namespace {

TEST(File, Base64OfTheStandardsExamples) {
    const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : cases) {
        EXPECT_EQ(wharf::to_base64(plain), encoded);
        EXPECT_EQ(wharf::from_base64(encoded), plain);
    }
    for (const char* wrong : {"Zg=", "Z", "Zg==Zg==", "Z*==", "====", "Zg\n="}) {
        EXPECT_FALSE(wharf::from_base64(wrong)) << wrong;
    }
}

TEST(File, AnyBytesSurviveWritingAndReading) {
    std::string bytes;
    for (int i = 0; i < 257; ++i) bytes += static_cast<char>(i * 7);
    const auto text = wharf::to_json(wharf::file_of<wharf::PdfFile>("a.pdf", bytes));
    const auto read = wharf::from_json<wharf::PdfFile>(wharf::parse_json(text).value);
    EXPECT_EQ(wharf::bytes_of(read), bytes);
    EXPECT_EQ(read.media_type, "application/pdf");
    EXPECT_EQ(wharf::shape_of<wharf::PdfFile>()->name, "PdfFile");
}

}  // namespace

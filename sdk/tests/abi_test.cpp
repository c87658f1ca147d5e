// The C door must stay as it was recorded: offsets never move, structs only grow at their end.
#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>

extern "C" void wharf_layout_in_c(char* text, std::size_t size);
extern "C" void wharf_layout_in_cpp(char* text, std::size_t size);

namespace {

std::string recorded() {
    std::ifstream stream(WHARF_ABI_GOLDEN);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string seen(void (*compiler)(char*, std::size_t)) {
    std::string text(16384, '\0');
    compiler(text.data(), text.size());
    return text.c_str();
}

TEST(Abi, IsInCWhatWasRecorded) {
    EXPECT_EQ(seen(wharf_layout_in_c), recorded());
}

TEST(Abi, IsInCppWhatWasRecorded) {
    EXPECT_EQ(seen(wharf_layout_in_cpp), recorded());
}

}  // namespace

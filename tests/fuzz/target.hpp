// What every target is: one function over bytes that may be anything, which ends the process when a
// promise is broken. libFuzzer calls it with what it invents, replay.cpp with the files of a
// corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace wharf::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// `promise` says what must be true, as a sentence.
inline void require(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

// Takes the first byte as a number for choices that the input makes; 0 when there is none.
inline unsigned take_choice(std::string_view& text) {
    if (text.empty()) return 0;
    const auto choice = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return choice;
}

}  // namespace wharf::fuzz

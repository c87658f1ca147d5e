// A proof is a test that repeats itself: a few times in script/test, as often as it is told by
// script/prove, which sets the environment. It ends with one line of figures.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <string_view>

namespace wharf::tests {

// The number in the environment variable, or `otherwise` when there is none.
inline int repetitions(const char* variable, int otherwise) {
    const char* text = std::getenv(variable);
    if (text == nullptr) return otherwise;
    const std::string_view view(text);
    int number = 0;
    const auto read = std::from_chars(view.data(), view.data() + view.size(), number);
    if (read.ec != std::errc() || read.ptr != view.data() + view.size() || number < 1) {
        throw std::runtime_error(std::string(variable) + " must be a number above 0, not " + text);
    }
    return number;
}

// Each run takes another seed, and prints it; WHARF_SEED repeats one.
inline std::uint32_t seed_of_proof() {
    const auto seed = static_cast<std::uint32_t>(
        repetitions("WHARF_SEED", static_cast<int>(std::random_device{}() % 1'000'000 + 1)));
    std::cout << "seed " << seed << ": WHARF_SEED=" << seed << " repeats it\n";
    return seed;
}

// The line that script/prove gathers.
inline void report(std::string_view proof, const std::string& figures) {
    std::cout << "proof: " << proof << ": " << figures << std::endl;
}

}  // namespace wharf::tests

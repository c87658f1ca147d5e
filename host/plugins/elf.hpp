// What the shared object of a bundle may contain, checked on its bytes alone.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::plugins {

// Libraries that the file asks the loader for, and where it asks it to look.
struct ElfNeeds {
    std::vector<std::string> libraries;
    bool has_search_path = false;  // RPATH or RUNPATH
};

// Throws Blocked `elf` when the file is no complete 64-bit ELF shared object of this machine.
[[nodiscard]] ElfNeeds read_elf_needs(const std::filesystem::path& path);

// True for the C and C++ runtimes: all that a bundle may need.
[[nodiscard]] bool is_runtime_library(std::string_view name);

// The whole step: complete, exports the one entry symbol, needs runtimes only, has no search path.
// Throws Blocked `elf`.
void check_elf(const std::filesystem::path& path);

}  // namespace wharf::plugins

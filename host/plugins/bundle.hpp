// Finds the bundles in a folder and reads what they say about themselves. Runs none of their code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/plugins/blocked.hpp"
#include "host/plugins/manifest.hpp"

namespace wharf::plugins {

// One installed folder. Without a readable manifest it goes by the folder's name.
struct Bundle {
    std::filesystem::path folder;
    std::string name;
    std::optional<Manifest> manifest;
    std::optional<Blocked> blocked;
};

// Every folder below `directory`, by folder name; hidden ones are left out. Two bundles of one name
// block each other: neither is more right. Throws Refusal not_found without such a directory.
[[nodiscard]] std::vector<Bundle> discover(const std::filesystem::path& directory);

}  // namespace wharf::plugins

// The files of a bundle: their bytes, hashes, and replacing them by renaming.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace wharf::bundle {

// Throws std::runtime_error when the file cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// Writes beside the target and renames over it: whoever has the earlier file open keeps it whole.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

// Lower-case hex.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace wharf::bundle

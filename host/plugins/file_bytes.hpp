// A whole file in one read: bundles are a megabyte each, and the host reads them before it is
// ready.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace wharf::plugins {

// Nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> file_bytes(const std::filesystem::path& path);

}  // namespace wharf::plugins

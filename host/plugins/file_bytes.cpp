#include "host/plugins/file_bytes.hpp"

#include <fstream>
#include <system_error>

namespace wharf::plugins {

std::optional<std::string> file_bytes(const std::filesystem::path& path) {
    std::error_code error;
    std::string bytes(std::filesystem::file_size(path, error), '\0');
    if (error) return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream) return std::nullopt;
    return bytes;
}

}  // namespace wharf::plugins

#include "sdk/tools/bundle/files.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace wharf::bundle {
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error(path.string() + " cannot be opened");
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad()) throw std::runtime_error(path.string() + " cannot be read");
    return bytes;
}

void replace_file(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    const fs::path fresh = path.string() + ".new";
    std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) throw std::runtime_error(fresh.string() + " cannot be written");
    fs::rename(fresh, path);
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

}  // namespace wharf::bundle

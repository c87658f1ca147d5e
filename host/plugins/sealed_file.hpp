// A copy of a file in memory that nobody can change any more: what was hashed is what is loaded,
// whatever happens to the file. Changing a loaded file would end the host with SIGBUS.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace wharf::plugins {

// Owns the descriptor of the copy. Once its path was given to dlopen the descriptor must never be
// closed: glibc knows libraries by name, and a reused number would silently give the earlier one.
class SealedFile {
public:
    // Throws Blocked `seal`. Symbolic links are not followed.
    explicit SealedFile(const std::filesystem::path& source);
    ~SealedFile();
    SealedFile(SealedFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    SealedFile(const SealedFile&) = delete;
    SealedFile& operator=(const SealedFile&) = delete;
    SealedFile& operator=(SealedFile&&) = delete;

    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] std::filesystem::path path() const;
    [[nodiscard]] std::string sha256() const;
    // Gives up ownership: the descriptor stays open for the life of the process.
    int keep_for_ever() { return std::exchange(fd_, -1); }

private:
    int fd_ = -1;
};

// The path under which this process sees one of its descriptors.
[[nodiscard]] std::filesystem::path descriptor_path(int fd);

// SHA-256 of a file's bytes in lower-case hex. Throws Blocked `hash`; follows no symbolic link.
[[nodiscard]] std::string file_sha256(const std::filesystem::path& path);

}  // namespace wharf::plugins

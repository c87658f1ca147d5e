#include "host/storage/sqlite/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "host/storage/session.hpp"

namespace wharf::storage::sqlite {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
    throw StorageError(StorageError::Kind::io, false, path.string() + ": " + std::strerror(error));
}

std::string read_holder(int descriptor) {
    char text[32] = {};
    auto size = ::pread(descriptor, text, sizeof text - 1, 0);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder) {
    auto path = folder / "lock";
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) fail(path, errno);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        int error = errno;
        auto holder = read_holder(descriptor_);
        ::close(descriptor_);
        if (error != EWOULDBLOCK) fail(path, error);
        throw StorageError(StorageError::Kind::in_use, false,
                           "the data folder " + folder.string() +
                               " is in use by another process (" + holder + ")");
    }
    auto holder = std::to_string(::getpid());
    bool written = ::ftruncate(descriptor_, 0) == 0 &&
                   ::pwrite(descriptor_, holder.data(), holder.size(), 0) ==
                       static_cast<ssize_t>(holder.size());
    if (!written) {
        int error = errno;
        ::close(descriptor_);
        fail(path, error);
    }
}

FolderLock::~FolderLock() {
    ::close(descriptor_);
}

std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& name) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string safe;
    for (char c : name) {
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '_' || (c == '/' && !safe.empty() && safe.back() != '/');
        if (plain) {
            safe += c;
        } else {
            auto byte = static_cast<unsigned char>(c);
            safe += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return folder / (safe + ".db");
}

void sync_folder(const std::filesystem::path& folder) {
    const auto& path = folder.empty() ? std::filesystem::path(".") : folder;
    int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail(path, errno);
    int code = ::fsync(descriptor);
    int error = errno;
    ::close(descriptor);
    if (code != 0) fail(path, error);
}

}  // namespace wharf::storage::sqlite

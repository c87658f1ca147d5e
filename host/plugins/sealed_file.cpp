#include "host/plugins/sealed_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <functional>
#include <system_error>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"

namespace wharf::plugins {
namespace fs = std::filesystem;

namespace {

std::string errno_text() {
    return std::generic_category().message(errno);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

int open_regular(const fs::path& path, Step step) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const std::string name = path.filename().string();
    if (fd < 0) throw Blocked{step, name + " cannot be opened: " + errno_text()};
    struct stat status {};
    if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        std::cmp_less_equal(status.st_size, limits::kBundleFileBytesMax)) {
        return fd;
    }
    ::close(fd);
    throw Blocked{step, name + " is no regular file of at most " +
                            std::to_string(limits::kBundleFileBytesMax) + " bytes"};
}

// Hands over the bytes from the descriptor's start, piece by piece, without moving its position.
void each_piece(int fd, Step step, const std::function<void(const char*, std::size_t)>& take) {
    std::array<char, 65536> piece{};
    off_t offset = 0;
    while (true) {
        const ssize_t got = ::pread(fd, piece.data(), piece.size(), offset);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Blocked{step, "reading failed: " + errno_text()};
        if (got == 0) return;
        take(piece.data(), static_cast<std::size_t>(got));
        offset += got;
    }
}

void write_all(int fd, const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t put = ::write(fd, data, size);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) throw Blocked{Step::seal, "copying failed: " + errno_text()};
        data += put;
        size -= static_cast<std::size_t>(put);
    }
}

std::string sha256_of(int fd, Step step) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    each_piece(fd, step, [&](const char* data, std::size_t size) {
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(data), size);
    });
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

}  // namespace

SealedFile::SealedFile(const fs::path& source) {
    const Descriptor from(open_regular(source, Step::seal));
    fd_ = ::memfd_create(source.filename().c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd_ < 0) throw Blocked{Step::seal, "no memory file could be made: " + errno_text()};
    try {
        each_piece(from.get(), Step::seal,
                   [&](const char* data, std::size_t size) { write_all(fd_, data, size); });
        constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
        if (::fcntl(fd_, F_ADD_SEALS, seals) != 0) {
            throw Blocked{Step::seal, "the copy could not be sealed: " + errno_text()};
        }
    } catch (...) {
        ::close(fd_);
        throw;
    }
}

SealedFile::~SealedFile() {
    if (fd_ >= 0) ::close(fd_);
}

fs::path SealedFile::path() const {
    return descriptor_path(fd_);
}

std::string SealedFile::sha256() const {
    return sha256_of(fd_, Step::hash);
}

fs::path descriptor_path(int fd) {
    return "/proc/self/fd/" + std::to_string(fd);
}

std::string file_sha256(const fs::path& path) {
    const Descriptor file(open_regular(path, Step::hash));
    return sha256_of(file.get(), Step::hash);
}

}  // namespace wharf::plugins

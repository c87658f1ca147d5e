// The data folder: its lock, the names of its files, making directory entries durable. Inside
// host/storage/sqlite only.
#pragma once

#include <filesystem>
#include <string>

namespace wharf::storage::sqlite {

// Holds <folder>/lock exclusively for its own life; the kernel frees it when the process dies.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder);
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

private:
    int descriptor_;
};

// "accounts/acme" -> <folder>/accounts/acme.db. Two names never share a file.
std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& name);

// Makes created, renamed and removed entries of a folder survive a power cut.
void sync_folder(const std::filesystem::path& folder);

}  // namespace wharf::storage::sqlite

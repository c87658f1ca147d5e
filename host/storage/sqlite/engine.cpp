#include "host/storage/sqlite/engine.hpp"

#include <sqlite3.h>

#include <mutex>
#include <set>
#include <stdexcept>

#include "host/sanitizer_suppressions.hpp"
#include "host/storage/sqlite/database.hpp"
#include "host/storage/sqlite/files.hpp"

namespace wharf::storage::sqlite {
namespace {

// The names that are open, so that one file never has two writers. Shared with the databases,
// which keep the folder locked until the last of them is closed.
struct Folder {
    explicit Folder(const std::filesystem::path& path) : lock(path) {}

    FolderLock lock;
    std::mutex mutex;
    std::set<std::string> open;

    void add(const std::string& name) {
        std::lock_guard guard(mutex);
        if (!open.insert(name).second) throw std::logic_error(name + " is open already");
    }
    void erase(const std::string& name) {
        std::lock_guard guard(mutex);
        open.erase(name);
    }
};

std::filesystem::path made(const std::filesystem::path& folder) {
    try {
        if (std::filesystem::create_directories(folder)) {
            std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
        }
    } catch (const std::filesystem::filesystem_error& error) {
        throw StorageError(StorageError::Kind::io, false, error.what());
    }
    return folder;
}

class SqliteEngine final : public Engine {
public:
    explicit SqliteEngine(Settings settings)
        : settings_(std::move(settings)),
          folder_(std::make_shared<Folder>(made(settings_.folder))) {}

    std::unique_ptr<Database> open(const std::string& name, const Schema& schema) override {
        auto file = file_of(settings_.folder, name);
        bool is_new_file = !std::filesystem::exists(file);
        if (is_new_file) made(file.parent_path());
        folder_->add(name);
        try {
            auto database = std::make_unique<SqliteDatabase>(
                file, settings_, schema, [folder = folder_, name] { folder->erase(name); });
            if (is_new_file) sync_folder(file.parent_path());
            return database;
        } catch (...) {
            folder_->erase(name);
            throw;
        }
    }

    bool exists(const std::string& name) const override {
        return std::filesystem::exists(file_of(settings_.folder, name));
    }

    // The database file goes first: a log without its file is thrown away at the next opening.
    void remove(const std::string& name) override {
        auto file = file_of(settings_.folder, name);
        folder_->add(name);
        try {
            for (const char* suffix : {"", "-wal", "-shm"}) {
                std::filesystem::remove(file.string() + suffix);
            }
            if (std::filesystem::exists(file.parent_path())) sync_folder(file.parent_path());
        } catch (const std::filesystem::filesystem_error& error) {
            folder_->erase(name);
            throw StorageError(StorageError::Kind::io, false, error.what());
        }
        folder_->erase(name);
    }

private:
    Settings settings_;
    std::shared_ptr<Folder> folder_;
};

// SQLite would count every byte that it takes, under one lock of the whole process; nobody asks.
// Only before its first use, and only once.
void take_memory_uncounted() {
    [[maybe_unused]] static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

}  // namespace

std::unique_ptr<Engine> open_engine(Settings settings) {
    take_memory_uncounted();
    return std::make_unique<SqliteEngine>(std::move(settings));
}

}  // namespace wharf::storage::sqlite

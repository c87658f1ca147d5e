#include "host/storage/sqlite/database.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Exception.h>

#include <utility>

#include "host/limits.hpp"
#include "host/storage/sqlite/errors.hpp"
#include "host/storage/sqlite/files.hpp"
#include "host/storage/sqlite/migrations.hpp"

namespace wharf::storage::sqlite {
namespace {

class SqliteSnapshot final : public Snapshot {
public:
    explicit SqliteSnapshot(std::shared_ptr<ReaderPool> pool)
        : pool_(std::move(pool)), reader_(pool_->take()) {
        reader_->session.begin("BEGIN DEFERRED");
        // A deferred transaction sees the commit of its first read, not of its BEGIN.
        reader_->session.value<std::int64_t>(
            "SELECT count(*) FROM schema_migration WHERE number=0");
    }
    SqliteSnapshot(const SqliteSnapshot&) = delete;
    SqliteSnapshot& operator=(const SqliteSnapshot&) = delete;
    ~SqliteSnapshot() override {
        reader_->session.rollback();
        pool_->give_back(std::move(reader_));
    }

    Session& session() override { return reader_->session; }
    [[nodiscard]] SQLite::Database& database() { return reader_->connection.database(); }

private:
    std::shared_ptr<ReaderPool> pool_;
    std::unique_ptr<Reader> reader_;
};

int note_wal_pages(void* counter, sqlite3*, const char*, int pages) {
    *static_cast<int*>(counter) = pages;
    return SQLITE_OK;
}

}  // namespace

std::unique_ptr<Reader> ReaderPool::take() {
    {
        std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto reader = std::move(idle_.back());
            idle_.pop_back();
            return reader;
        }
    }
    return std::make_unique<Reader>(file_, settings_);
}

void ReaderPool::give_back(std::unique_ptr<Reader> reader) noexcept {
    std::lock_guard lock(mutex_);
    bool usable = !closed_ && !reader->session.in_transaction();
    if (usable && idle_.size() < limits::kIdleReadersMax) idle_.push_back(std::move(reader));
}

void ReaderPool::close() noexcept {
    std::lock_guard lock(mutex_);
    closed_ = true;
    idle_.clear();
}

SqliteDatabase::SqliteDatabase(const std::filesystem::path& file, const Settings& settings,
                               const Schema& schema, std::function<void()> closed)
    : settings_(settings), closed_(std::move(closed)) {
    connection_ = std::make_unique<Connection>(file, Connection::Mode::writer, settings_);
    migrate(*connection_, schema);
    sqlite3_wal_hook(connection_->handle(), note_wal_pages, &wal_pages_);
    session_ = std::make_unique<SqliteSession>(*connection_, settings_.fault);
    readers_ = std::make_shared<ReaderPool>(file, settings_);
}

SqliteDatabase::~SqliteDatabase() {
    readers_->close();
    session_->rollback();
    session_.reset();
    connection_.reset();
    closed_();
}

void SqliteDatabase::commit_batch() {
    session_->commit();
    // Only for a caller that never tidies; the strand does, after its replies have left.
    checkpoint_from(4 * settings_.checkpoint_pages);
}

void SqliteDatabase::tidy() noexcept {
    checkpoint_from(settings_.checkpoint_pages);
}

void SqliteDatabase::checkpoint_from(int pages) noexcept {
    if (wal_pages_ < pages || connection_->in_transaction()) return;
    int in_log = 0;
    int copied = 0;
    // A reader may hold pages back: what is left is taken next time.
    int code = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                         &in_log, &copied);
    if (code == SQLITE_OK) wal_pages_ = in_log - copied;
}

std::unique_ptr<Snapshot> SqliteDatabase::snapshot() {
    return std::make_unique<SqliteSnapshot>(readers_);
}

void SqliteDatabase::backup_to(const std::string& path) {
    std::filesystem::path target(path);
    if (std::filesystem::exists(target)) {
        throw StorageError(StorageError::Kind::other, false, path + " exists already");
    }
    auto part = target;
    part += ".part";
    std::filesystem::remove(part);
    try {
        // The snapshot keeps the copy consistent while the writer goes on.
        SqliteSnapshot source(readers_);
        SQLite::Database copy(part, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup backup(copy, source.database());
        backup.executeStep(-1);
    } catch (const SQLite::Exception& error) {
        throw StorageError(kind_of(error.getErrorCode()), false, path + ": " + error.what());
    }
    std::filesystem::rename(part, target);
    sync_folder(target.parent_path());
}

}  // namespace wharf::storage::sqlite

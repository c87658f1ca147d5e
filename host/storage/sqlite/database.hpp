// One opened SQLite file: its writer, its pool of readers, its checkpoints. Inside
// host/storage/sqlite only.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "host/storage/sqlite/session.hpp"

namespace wharf::storage::sqlite {

// A read-only connection with its session.
struct Reader {
    Reader(const std::filesystem::path& file, const Settings& settings)
        : connection(file, Connection::Mode::reader, settings), session(connection, no_fault) {}

    const FaultHook no_fault;
    Connection connection;
    SqliteSession session;
};

// Idle readers of one file. Any thread may take and give back; shared with the snapshots, so that
// one of them may outlive the database.
class ReaderPool {
public:
    ReaderPool(std::filesystem::path file, const Settings& settings)
        : file_(std::move(file)), settings_(settings) {}

    std::unique_ptr<Reader> take();
    void give_back(std::unique_ptr<Reader> reader) noexcept;
    // From now on what comes back is closed.
    void close() noexcept;

private:
    std::filesystem::path file_;
    Settings settings_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Reader>> idle_;
    bool closed_ = false;
};

class SqliteDatabase final : public Database {
public:
    // `closed` is told when the file is no longer open.
    SqliteDatabase(const std::filesystem::path& file, const Settings& settings,
                   const Schema& schema, std::function<void()> closed);
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;
    ~SqliteDatabase() override;

    void begin_batch() override { session_->begin("BEGIN IMMEDIATE"); }
    void commit_batch() override;
    void rollback_batch() noexcept override { session_->rollback(); }
    Session& writer() override { return *session_; }
    std::unique_ptr<Snapshot> snapshot() override;
    void tidy() noexcept override;
    void backup_to(const std::string& path) override;

private:
    void checkpoint_from(int pages) noexcept;

    Settings settings_;
    std::function<void()> closed_;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<SqliteSession> session_;
    std::shared_ptr<ReaderPool> readers_;
    int wal_pages_ = 0;  // in the write-ahead log since the last complete checkpoint
};

}  // namespace wharf::storage::sqlite

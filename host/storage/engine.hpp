// What a storage engine offers to the rooms above: databases that are made, opened, copied and
// removed by name, each with one writer and many readers.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "host/storage/session.hpp"
#include "host/storage/table.hpp"

namespace wharf::storage {

// A view of the database as it was at one commit, for one thread, until destroyed. Refuses writes.
class Snapshot {
public:
    virtual ~Snapshot() = default;
    virtual Session& session() = 0;
};

// One opened database. The writer belongs to the strand's executor; snapshots may be taken from any
// thread beside it.
class Database {
public:
    virtual ~Database() = default;

    // Between begin_batch and commit_batch the writer session is inside one transaction that no
    // other writer of this database can enter (on PostgreSQL: also none of another host).
    virtual void begin_batch() = 0;
    // Durable on return. A failure means that the outcome is unknown to the caller.
    virtual void commit_batch() = 0;
    virtual void rollback_batch() noexcept = 0;
    virtual Session& writer() = 0;

    virtual std::unique_ptr<Snapshot> snapshot() = 0;

    // Housekeeping that need not delay a reply (checkpoints); outside a batch, from the writer's
    // thread.
    virtual void tidy() noexcept {}

    // A consistent copy of the whole database, made while it is served.
    virtual void backup_to(const std::string& path) = 0;
};

class Engine {
public:
    virtual ~Engine() = default;
    // Makes the database when it does not exist and brings its schema up to date. Throws
    // StorageError(newer_schema) when the database was written by a newer program.
    virtual std::unique_ptr<Database> open(const std::string& name, const Schema& schema) = 0;
    virtual bool exists(const std::string& name) const = 0;
    virtual void remove(const std::string& name) = 0;
};

}  // namespace wharf::storage

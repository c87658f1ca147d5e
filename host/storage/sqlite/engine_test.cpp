// The embedded engine on a real folder: batches, savepoints, snapshots, refusals, a full disk.
#include "host/storage/sqlite/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>

#include "host/storage/sqlite/test_folder.hpp"

namespace wharf::storage::sqlite {
namespace {

using Kind = StorageError::Kind;
using testing::HasSubstr;

Schema notes_schema() {
    return {{1,
             "notes",
             {{"note",
               {{"number", ColumnType::integer},
                {"text", ColumnType::text},
                {"extra", ColumnType::integer, true}},
               {"number"},
               {{"note_text", {"text"}, true}}}}}};
}

class EngineTest : public testing::Test {
protected:
    void open(Settings settings = {}) {
        settings.folder = folder_.path();
        settings.fault = faults_.hook();
        engine_ = open_engine(std::move(settings));
        database_ = engine_->open("accounts/acme", notes_schema());
    }
    Session& writer() { return database_->writer(); }
    void note(std::int64_t number, std::string_view text) {
        writer().execute("INSERT INTO note (number, text) VALUES (:number, :text)",
                         {{"number", number}, {"text", text}});
    }
    std::int64_t count() {
        return *database_->snapshot()->session().value<std::int64_t>("SELECT count(*) FROM note");
    }
    template <class Action>
    StorageError failure(Action action) {
        try {
            action();
        } catch (const StorageError& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was thrown";
        return {Kind::other, false, ""};
    }

    TestFolder folder_;
    Faults faults_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Database> database_;
};

TEST_F(EngineTest, ABatchIsKeptAcrossReopening) {
    open();
    database_->begin_batch();
    note(1, "one");
    database_->commit_batch();
    database_.reset();
    database_ = engine_->open("accounts/acme", notes_schema());
    EXPECT_EQ(count(), 1);
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "accounts" / "acme.db"));
}

TEST_F(EngineTest, IntegersAreExactAndEmptyTextIsNotNull) {
    open();
    constexpr auto big = std::numeric_limits<std::int64_t>::max();
    constexpr auto small = std::numeric_limits<std::int64_t>::min();
    database_->begin_batch();
    note(big, "");
    note(small, "x");
    auto rows = writer().select("SELECT number, text, extra FROM note ORDER BY number");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), small);
    EXPECT_THROW(static_cast<void>(rows.get<int>(0)), std::logic_error);
    EXPECT_THROW(static_cast<void>(rows.text(0)), std::logic_error);
    EXPECT_THROW(static_cast<void>(rows.integer(2)), std::logic_error);
    EXPECT_EQ(rows.get<std::optional<std::int64_t>>(2), std::nullopt);
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), big);
    EXPECT_EQ(rows.text(1), "");
}

TEST_F(EngineTest, TextWithNulIsRefused) {
    open();
    database_->begin_batch();
    auto error = failure([&] { note(1, std::string_view("a\0b", 3)); });
    EXPECT_EQ(error.kind(), Kind::constraint);
    EXPECT_FALSE(error.poisoned());
    EXPECT_TRUE(writer().in_transaction());
}

TEST_F(EngineTest, TextDoesNotGoIntoAnIntegerColumn) {
    open();
    database_->begin_batch();
    auto error = failure([&] {
        writer().execute("INSERT INTO note (number, text, extra) VALUES (1, 'a', :extra)",
                         {{"extra", "many"}});
    });
    EXPECT_EQ(error.kind(), Kind::constraint);
}

TEST_F(EngineTest, ParametersGoByNameInAnyOrder) {
    open();
    database_->begin_batch();
    writer().execute("INSERT INTO note (number, text) VALUES (:number, :text)",
                     {{"text", "t"}, {"number", 7}});
    EXPECT_EQ(writer().value<std::string>("SELECT text FROM note WHERE number = :n OR extra = :n",
                                          {{"n", 7}}),
              "t");
}

TEST_F(EngineTest, UnknownMissingAndDoubledParametersAreProgrammersErrors) {
    open();
    database_->begin_batch();
    constexpr std::string_view sql = "INSERT INTO note (number, text) VALUES (:number, :text)";
    EXPECT_THROW(writer().execute(sql, {{"number", 1}}), std::logic_error);
    EXPECT_THROW(writer().execute(sql, {{"number", 1}, {"txt", "a"}}), std::logic_error);
    EXPECT_THROW(writer().execute(sql, {{"number", 1}, {"text", "a"}, {"x", 1}}), std::logic_error);
    EXPECT_THROW(writer().execute(sql, {{"number", 1}, {"number", 1}}), std::logic_error);
    note(1, "still usable");
}

TEST_F(EngineTest, SqlThatTheEnginesDoNotShareIsRefused) {
    open();
    database_->begin_batch();
    for (const char* sql :
         {"SELECT text FROM note WHERE text LIKE 'a'", "SELECT CURRENT_TIMESTAMP",
          "INSERT INTO note (number, text) VALUES (1, 'a') ON CONFLICT DO NOTHING",
          "INSERT OR REPLACE INTO note (number, text) VALUES (1, 'a')",
          "SELECT json_extract(text, '$.a') FROM note", "PRAGMA synchronous = OFF", "COMMIT",
          "DROP TABLE note", "SELECT \"text\" FROM note", "SELECT 1; SELECT 2",
          "SELECT text FROM note WHERE number = ?", "SELECT random()", "SELECT rowid FROM note",
          "SELECT nosuch FROM note", "SELECT date('now')", "SELECT total(number) FROM note", ""}) {
        EXPECT_THROW(writer().select(sql), std::logic_error) << sql;
    }
    EXPECT_EQ(writer().value<std::int64_t>("SELECT count(*) AS total FROM note AS changes"), 0);
    note(1, "what you like; CONFLICT -> json_");
    EXPECT_EQ(writer().value<std::int64_t>(
                  "INSERT INTO note (number, text) VALUES (2, 'LIKE') RETURNING number"),
              2);
}

TEST_F(EngineTest, AStatementOutsideABatchIsRefused) {
    open();
    EXPECT_THROW(note(1, "a"), std::logic_error);
    EXPECT_THROW(Savepoint guard(writer()), std::logic_error);
}

TEST_F(EngineTest, TheSameStatementRunsInsideItself) {
    open();
    database_->begin_batch();
    for (int i = 1; i <= 3; ++i) note(i, std::to_string(i));
    constexpr std::string_view sql = "SELECT number FROM note ORDER BY number";
    int pairs = 0;
    auto outer = writer().select(sql);
    while (outer.next()) {
        auto inner = writer().select(sql);
        while (inner.next()) ++pairs;
    }
    EXPECT_EQ(pairs, 9);
}

TEST_F(EngineTest, SavepointsNestAndOnlyTheUndoneIsGone) {
    open();
    database_->begin_batch();
    {
        Savepoint outer(writer());
        note(1, "kept");
        {
            Savepoint inner(writer());
            note(2, "dropped by the guard");
        }
        Savepoint inner(writer());
        note(3, "undone");
        inner.undo();
        outer.keep();
    }
    database_->commit_batch();
    EXPECT_EQ(count(), 1);
}

TEST_F(EngineTest, AConstraintLeavesTheTransactionAlive) {
    open();
    database_->begin_batch();
    note(1, "same");
    auto error = failure([&] { note(2, "same"); });
    EXPECT_EQ(error.kind(), Kind::constraint);
    EXPECT_FALSE(error.poisoned());
    database_->commit_batch();
    EXPECT_EQ(count(), 1);
}

TEST_F(EngineTest, AFullDiskKillsTheWholeBatchAndNothingOfItIsKept) {
    Settings settings;
    settings.max_page_count = 12;
    open(settings);
    database_->begin_batch();
    note(1, "before");
    database_->commit_batch();

    database_->begin_batch();
    bool dead = false;
    for (int i = 2; i < 100 && !dead; ++i) {
        Savepoint unit(writer());
        try {
            note(i, std::string(3000, static_cast<char>('a' + i % 26)) + std::to_string(i));
            unit.keep();
        } catch (const StorageError& error) {
            EXPECT_EQ(error.kind(), Kind::full);
            EXPECT_TRUE(error.poisoned());
            dead = true;
        }
    }
    ASSERT_TRUE(dead);
    EXPECT_FALSE(writer().in_transaction());
    EXPECT_TRUE(failure([&] { note(200, "after"); }).poisoned());
    EXPECT_TRUE(failure([&] { Savepoint unit(writer()); }).poisoned());
    EXPECT_TRUE(failure([&] { database_->commit_batch(); }).poisoned());
    EXPECT_EQ(count(), 1);

    database_->begin_batch();
    note(2, "again");
    database_->commit_batch();
    EXPECT_EQ(count(), 2);
}

TEST_F(EngineTest, AnInjectedFaultEndsTheTransactionAsADiskWould) {
    open();
    database_->begin_batch();
    faults_.arm(3, Kind::io);
    note(1, "a");
    note(2, "b");
    auto error = failure([&] { note(3, "c"); });
    EXPECT_EQ(error.kind(), Kind::io);
    EXPECT_TRUE(error.poisoned());
    EXPECT_FALSE(writer().in_transaction());
    database_->rollback_batch();
    EXPECT_EQ(count(), 0);
}

TEST_F(EngineTest, WhatCannotBeRolledBackKillsTheBatch) {
    open();
    database_->begin_batch();
    {
        Savepoint unit(writer());
        note(1, "a");
        faults_.arm(1, Kind::other);
    }
    EXPECT_FALSE(writer().in_transaction());
    database_->rollback_batch();
    EXPECT_EQ(count(), 0);
}

TEST_F(EngineTest, AFailedCommitKeepsNothing) {
    open();
    database_->begin_batch();
    note(1, "a");
    faults_.arm(1, Kind::io);
    EXPECT_EQ(failure([&] { database_->commit_batch(); }).kind(), Kind::io);
    EXPECT_EQ(count(), 0);
    database_->begin_batch();
    note(1, "a");
    database_->commit_batch();
    EXPECT_EQ(count(), 1);
}

TEST_F(EngineTest, ASnapshotSeesOneCommitUntilItEnds) {
    open();
    auto before = database_->snapshot();
    database_->begin_batch();
    note(1, "a");
    EXPECT_EQ(count(), 0);
    database_->commit_batch();
    EXPECT_EQ(before->session().value<std::int64_t>("SELECT count(*) FROM note"), 0);
    EXPECT_EQ(count(), 1);
}

TEST_F(EngineTest, ASnapshotRefusesWritesAndOutlivesItsDatabase) {
    open();
    auto snapshot = database_->snapshot();
    EXPECT_THROW(snapshot->session().execute("DELETE FROM note"), std::logic_error);
    database_.reset();
    EXPECT_EQ(snapshot->session().value<std::int64_t>("SELECT count(*) FROM note"), 0);
}

TEST_F(EngineTest, ABackupIsConsistentAndNeverOverwrites) {
    open();
    database_->begin_batch();
    note(1, "a");
    database_->commit_batch();
    std::filesystem::create_directories(folder_.path() / "copy" / "accounts");
    auto copy = (folder_.path() / "copy" / "accounts" / "acme.db").string();
    database_->begin_batch();
    note(2, "not yet committed");
    database_->backup_to(copy);
    database_->rollback_batch();
    EXPECT_THROW(database_->backup_to(copy), StorageError);

    auto other = open_engine({.folder = folder_.path() / "copy"});
    auto restored = other->open("accounts/acme", notes_schema());
    EXPECT_EQ(restored->snapshot()->session().value<std::int64_t>("SELECT count(*) FROM note"), 1);
}

TEST_F(EngineTest, TheDataFolderIsLockedUntilTheLastDatabaseIsClosed) {
    open();
    auto error = failure([&] { open_engine({.folder = folder_.path()}); });
    EXPECT_EQ(error.kind(), Kind::in_use);
    EXPECT_THAT(error.what(), HasSubstr("in use by another process"));
    engine_.reset();
    EXPECT_EQ(failure([&] { open_engine({.folder = folder_.path()}); }).kind(), Kind::in_use);
    database_.reset();
    EXPECT_NO_THROW(open_engine({.folder = folder_.path()}));
}

TEST_F(EngineTest, OneNameIsOpenOnceAndARemovedOneIsGone) {
    open();
    EXPECT_THROW(engine_->open("accounts/acme", notes_schema()), std::logic_error);
    EXPECT_THROW(engine_->remove("accounts/acme"), std::logic_error);
    database_.reset();
    engine_->remove("accounts/acme");
    EXPECT_FALSE(engine_->exists("accounts/acme"));
}

TEST_F(EngineTest, NamesNeverLeaveTheFolder) {
    open();
    auto other = engine_->open("../evil/.x", notes_schema());
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "%2E%2E" / "evil" / "%2Ex.db"));
}

TEST_F(EngineTest, AFileThatIsNotOursIsRefused) {
    open();
    std::ofstream(folder_.path() / "junk.db") << std::string(5000, 'j');
    EXPECT_EQ(failure([&] { engine_->open("junk", notes_schema()); }).kind(), Kind::corrupt);
}

// Else its pages would be written to the log before their time, and read again, over and over.
TEST_F(EngineTest, ALargeTransactionStaysInMemoryUntilItsCommit) {
    open();
    const auto log = folder_.path() / "accounts" / "acme.db-wal";
    database_->begin_batch();
    const auto before = std::filesystem::file_size(log);
    for (int number = 0; number < 10'000; ++number) {
        note(number, std::to_string(number) + std::string(200, 'x'));
    }
    EXPECT_EQ(std::filesystem::file_size(log), before);
    database_->commit_batch();
    EXPECT_GT(std::filesystem::file_size(log), before + 2'000'000);
    EXPECT_EQ(count(), 10'000);
}

}  // namespace
}  // namespace wharf::storage::sqlite

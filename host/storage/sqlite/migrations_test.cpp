// Schemas over the life of a database: added steps, edited steps, files of a newer program.
#include <gtest/gtest.h>

#include "host/storage/schema.hpp"
#include "host/storage/sqlite/ddl.hpp"
#include "host/storage/sqlite/engine.hpp"
#include "host/storage/sqlite/test_folder.hpp"

namespace wharf::storage::sqlite {
namespace {

using Kind = StorageError::Kind;

Migration first() {
    return {1, "things", {{"thing", {{"code", ColumnType::text}}, {"code"}}}};
}

Migration second() {
    return {2,
            "things have owners",
            {},
            {{"thing", {"owner", ColumnType::text, true}}},
            {{"thing", {"thing_owner", {"owner"}}}}};
}

Kind opening_fails(Engine& engine, const Schema& schema) {
    try {
        engine.open("directory", schema);
    } catch (const StorageError& error) {
        return error.kind();
    }
    ADD_FAILURE() << "it opened";
    return Kind::busy;
}

TEST(Migrations, AnAddedStepIsAppliedToAnOldFile) {
    TestFolder folder;
    auto engine = open_engine({.folder = folder.path()});
    engine->open("directory", {first()});
    auto database = engine->open("directory", {first(), second()});
    EXPECT_EQ(database->snapshot()->session().value<std::int64_t>(
                  "SELECT count(*) FROM thing WHERE owner = 'me'"),
              0);
}

TEST(Migrations, AFileOfANewerProgramIsRefused) {
    TestFolder folder;
    auto engine = open_engine({.folder = folder.path()});
    engine->open("directory", {first(), second()});
    EXPECT_EQ(opening_fails(*engine, {first()}), Kind::newer_schema);
}

TEST(Migrations, AnEditedStepIsRefused) {
    TestFolder folder;
    auto engine = open_engine({.folder = folder.path()});
    engine->open("directory", {first()});
    auto edited = first();
    edited.create_tables[0].columns.push_back({"extra", ColumnType::integer});
    EXPECT_EQ(opening_fails(*engine, {edited}), Kind::other);
}

TEST(Migrations, AFailingStepLeavesTheFileAsItWas) {
    TestFolder folder;
    auto engine = open_engine({.folder = folder.path()});
    engine->open("directory", {first()});
    Migration again{2, "twice the same table", {first().create_tables[0]}};
    EXPECT_THROW(engine->open("directory", {first(), again}), StorageError);
    EXPECT_NO_THROW(engine->open("directory", {first()}));
}

TEST(Migrations, MalformedSchemasAreProgrammersErrors) {
    EXPECT_THROW(check_schema({second(), first()}), std::logic_error);
    EXPECT_THROW(check_schema({first(), first()}), std::logic_error);
    EXPECT_THROW(check_schema({{1, "t", {{"Thing", {{"a"}}, {"a"}}}}}), std::logic_error);
    EXPECT_THROW(check_schema({{1, "t", {{"thing", {{"a"}}, {}}}}}), std::logic_error);
    EXPECT_THROW(check_schema({{1, "t", {{"thing", {{"a"}}, {"b"}}}}}), std::logic_error);
    EXPECT_THROW(check_schema({{1, "t", {}, {{"thing", {"a", ColumnType::text, false}}}}}),
                 std::logic_error);
    EXPECT_NO_THROW(check_schema({first(), second()}));
}

TEST(Migrations, ChecksumsFollowTheContentAndNotTheTitle) {
    auto renamed = first();
    renamed.title = "other words";
    EXPECT_EQ(checksum(first()), checksum(renamed));
    EXPECT_NE(checksum(first()), checksum(second()));
}

TEST(Migrations, OnlyASingleIntegerKeyIsARowNumber) {
    Migration migration{1,
                        "t",
                        {{"line", {{"a", ColumnType::integer}, {"b"}}, {"a", "b"}},
                         {"event", {{"seq", ColumnType::integer}}, {"seq"}}}};
    EXPECT_EQ(ddl(migration)[0],
              "CREATE TABLE line (a INTEGER NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT, "
              "WITHOUT ROWID");
    auto wide = migration;
    wide.create_tables[0].wide_rows = true;
    EXPECT_EQ(ddl(wide)[0],
              "CREATE TABLE line (a INTEGER NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT");
    EXPECT_EQ(ddl(migration)[1],
              "CREATE TABLE event (seq INTEGER NOT NULL, PRIMARY KEY (seq)) STRICT");
}

}  // namespace
}  // namespace wharf::storage::sqlite

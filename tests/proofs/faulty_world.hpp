// A host whose statements fail on purpose, on a folder that can be put back to what it was, with
// every row of every database to look at.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <thread>

#include "host/operations/keeper_fixture.hpp"
#include "host/storage/sqlite/test_folder.hpp"
#include "host/storage/sqlite/testing/file_access.hpp"
#include "tests/proofs/inner_host.hpp"
#include "tests/proofs/statement_faults.hpp"

namespace wharf::tests {

// What became of a call: its answer, or why not.
struct Outcome {
    std::optional<operations::Answer> answer;
    std::string code;  // of the refusal
    std::string text;
    bool right = false;  // a refusal that fits the fault
};

class World {
public:
    World() {
        host_ = std::make_unique<InnerHost>(settings(), std::vector{operations::keeper::plugin()});
    }

    InnerHost& host() { return *host_; }
    StatementFaults& faults() { return faults_; }
    [[nodiscard]] std::filesystem::path directory() const {
        return folder_.path() / "directory.db";
    }

    // Keeps what is on the disk now, to come back to.
    void save() { copy(folder_.path(), saved_.path()); }
    void rewind() {
        const auto now = host_->now();
        host_.reset();
        copy(saved_.path(), folder_.path());
        start(now);
    }

    [[nodiscard]] std::map<std::string, storage::sqlite::Dump> dump() const {
        std::map<std::string, storage::sqlite::Dump> all{
            {"directory", storage::sqlite::dump_file(directory())}};
        // Lowered before the account commits, whether or not it does: it may be too early, never
        // too late.
        for (auto& row : all.at("directory").at("account")) row.at(kNextDueAt) = "*";
        const auto accounts = folder_.path() / "accounts";
        if (!std::filesystem::exists(accounts)) return all;
        for (const auto& entry : std::filesystem::directory_iterator(accounts)) {
            if (entry.path().extension() != ".db") continue;
            all[entry.path().stem()] = storage::sqlite::dump_file(entry.path());
        }
        return all;
    }

    Outcome attempt(const operations::Call& call, storage::StorageError::Kind kind) {
        Outcome outcome;
        try {
            outcome.answer = host_->answer(call);
        } catch (const Refusal& refusal) {
            outcome.code = refusal.code();
            outcome.text = refusal.detail();
            outcome.right =
                refusal.kind() == RefusalKind::unavailable &&
                (kind != storage::StorageError::Kind::full || refusal.code() == "storage_full" ||
                 refusal.code() == "guard_unavailable");
        } catch (const storage::StorageError& error) {
            outcome.code = "storage";
            outcome.text = error.what();
            outcome.right = error.kind() == kind;
        } catch (const std::exception& error) {
            outcome.code = "exception";
            outcome.text = error.what();
        }
        return outcome;
    }

    // Jobs are worked on by threads of their own: nothing may be under way when it is looked at.
    void wait_for_jobs() {
        for (int i = 0; i < 2000 && open_jobs() > 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        EXPECT_EQ(open_jobs(), 0);
    }

    void expect_verified() {
        for (const auto& row :
             storage::sqlite::run_on_file(directory(), "SELECT code FROM account")) {
            const auto found = host_->call("inventory.verify", "{}", row.front());
            EXPECT_EQ(found.at("ok"), true) << boost::json::serialize(found);
        }
    }

private:
    static constexpr std::size_t kNextDueAt = 10;  // among the columns of the directory's account

    [[nodiscard]] storage::sqlite::Settings settings() const {
        return {.folder = folder_.path(), .fault = faults_.hook()};
    }
    void start(Instant now) {
        host_ =
            std::make_unique<InnerHost>(settings(), std::vector{operations::keeper::plugin()}, now);
    }
    static void copy(const std::filesystem::path& from, const std::filesystem::path& to) {
        for (const auto& entry : std::filesystem::directory_iterator(to))
            std::filesystem::remove_all(entry.path());
        std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(to)) {
            if (entry.path().string().ends_with("-shm")) std::filesystem::remove(entry.path());
        }
    }
    [[nodiscard]] int open_jobs() const {
        const std::string sql = "SELECT COUNT(*) FROM job WHERE state IN ('waiting', 'running')";
        int open = std::stoi(storage::sqlite::run_on_file(directory(), sql).front().front());
        for (const auto& row :
             storage::sqlite::run_on_file(directory(), "SELECT code FROM account")) {
            const auto file = folder_.path() / "accounts" / (row.front() + ".db");
            open += std::stoi(storage::sqlite::run_on_file(file, sql).front().front());
        }
        return open;
    }

    StatementFaults faults_;
    storage::sqlite::TestFolder folder_;
    storage::sqlite::TestFolder saved_;
    std::unique_ptr<InnerHost> host_;
};

inline std::string differences_of(const std::map<std::string, storage::sqlite::Dump>& before,
                                  const std::map<std::string, storage::sqlite::Dump>& after) {
    std::string text;
    const auto name = [&](const std::string& what, const std::vector<storage::sqlite::TextRow>& a,
                          const std::vector<storage::sqlite::TextRow>& b) {
        text += "\n  " + what + ": " + std::to_string(a.size()) + " rows, then " +
                std::to_string(b.size());
        for (const auto& row : b) {
            if (std::find(a.begin(), a.end(), row) != a.end()) continue;
            text += "\n    new:";
            for (const auto& cell : row) text += ' ' + cell.substr(0, 60);
        }
    };
    for (const auto& [file, tables] : after) {
        if (!before.contains(file)) {
            text += "\n  new database " + file;
            continue;
        }
        for (const auto& [table, rows] : tables) {
            const auto& old = before.at(file).at(table);
            if (old != rows) name(file + '.' + table, old, rows);
        }
    }
    return text;
}

}  // namespace wharf::tests

// Each statement of each operation that writes fails once, in each way that an engine fails. The
// account is then what it was, the answer says what to do, and the units before and after it in the
// same batch come out right. The operations are those of the registry; every_write.story says how
// each is called.
#include <gtest/gtest.h>

#include <latch>
#include <set>
#include <thread>

#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/storage/sqlite/testing/file_access.hpp"
#include "tests/proofs/faulty_world.hpp"
#include "tests/proofs/story.hpp"
#include "tests/support/proof.hpp"

namespace wharf::tests {
namespace {

using storage::sqlite::Dump;
using storage::sqlite::run_on_file;
using Kind = storage::StorageError::Kind;

constexpr Kind kKinds[] = {Kind::busy, Kind::io, Kind::full, Kind::constraint};
// In script/test: so many statements of each operation, the first and the COMMIT among them.
constexpr int kStatementsOfEach = 4;
constexpr const char* kKeeper = "keeper";

const char* name_of(Kind kind) {
    return kind == Kind::busy   ? "BUSY"
           : kind == Kind::io   ? "IOERR"
           : kind == Kind::full ? "FULL"
                                : "CONSTRAINT";
}

struct Figures {
    int operations = 0;
    int faults = 0;
    int absorbed = 0;  // the write succeeded all the same
    int batches = 0;
};

class Sweep {
public:
    Sweep(World& world, Figures& figures, std::mt19937& random, bool all)
        : world_(world), figures_(figures), random_(random), all_(all) {}

    // The call with its statements failing one after another. Leaves the world as it was.
    void run(operations::Place place, const operations::Call& call) {
        SCOPED_TRACE(call.operation);
        ++figures_.operations;
        world_.save();
        before_ = world_.dump();
        // A plan is made of the host as it is after a start: with nothing remembered.
        world_.rewind();
        world_.faults().arm(0, Kind::other);
        world_.host().answer(call);
        const auto statements = world_.faults().count();
        world_.wait_for_jobs();
        world_.rewind();
        for (const auto n : chosen(statements)) {
            for (const auto kind : kKinds) fail_at(place, call, n, kind);
        }
        if (place == operations::Place::account) in_batches(call, statements);
    }

private:
    std::set<std::int64_t> chosen(std::int64_t statements) {
        std::set<std::int64_t> numbers;
        if (all_) {
            for (std::int64_t n = 1; n <= statements; ++n) numbers.insert(n);
            return numbers;
        }
        numbers = {1, statements};
        while (std::ssize(numbers) < std::min<std::int64_t>(kStatementsOfEach, statements)) {
            numbers.insert(std::uniform_int_distribution<std::int64_t>(1, statements)(random_));
        }
        return numbers;
    }

    void fail_at(operations::Place place, const operations::Call& call, std::int64_t n, Kind kind) {
        world_.faults().arm(n, kind);
        const auto outcome = world_.attempt(call, kind);
        const bool fired = world_.faults().fired();
        const auto where =
            std::string(name_of(kind)) + " at " + std::to_string(n) + ": " + world_.faults().sql();
        world_.faults().disarm();
        SCOPED_TRACE(where);
        figures_.faults += fired ? 1 : 0;
        if (outcome.answer) {
            absorbed(call, *outcome.answer);
            if (fired) ++figures_.absorbed;
            return;
        }
        EXPECT_TRUE(outcome.right) << outcome.code << ": " << outcome.text;
        if (place == operations::Place::outside) {
            settled_by_another_try(call);
            return;
        }
        const auto after = world_.dump();
        if (after == before_) return;
        ADD_FAILURE() << "it left something behind:" << differences_of(before_, after);
        world_.rewind();
    }

    // It succeeded in spite of the fault: a reaction failed, which is tried again, or it hit what
    // comes after the commit.
    void absorbed(const operations::Call& call, const operations::Answer& answer) {
        const auto again = world_.attempt(call, Kind::other);
        EXPECT_TRUE(again.code == "already_issued" ||
                    (again.answer && (again.answer->replayed || answer.replayed)))
            << again.code << ": " << again.text;
        world_.wait_for_jobs();
        world_.host().pass(std::chrono::seconds(2));
        if (!call.account.empty()) {
            const auto waits = run_on_file(
                world_.directory().parent_path() / "accounts" / (call.account.text() + ".db"),
                "SELECT plugin FROM reaction_cursor WHERE retry_at IS NOT NULL");
            EXPECT_TRUE(waits.empty()) << "a reaction was not made up for";
        }
        world_.expect_verified();
        world_.rewind();
    }

    // An operation of several units may have done some of them: the same request does the rest.
    void settled_by_another_try(const operations::Call& call) {
        world_.host().pass(std::chrono::seconds(1));
        const auto outcome = world_.attempt(call, Kind::other);
        EXPECT_TRUE(outcome.answer) << outcome.code << ": " << outcome.text;
        world_.wait_for_jobs();
        world_.expect_verified();
        world_.rewind();
    }

    // The call between two others in one batch.
    void in_batches(const operations::Call& call, std::int64_t statements) {
        const auto in_unit = std::max<std::int64_t>(1, statements - 3);  // BEGIN, a check, COMMIT
        for (const auto kind : kKinds) {
            if (!all_ && std::uniform_int_distribution(0, 1)(random_) == 0) continue;
            const auto n = std::uniform_int_distribution<std::int64_t>(1, in_unit)(random_);
            SCOPED_TRACE("in a batch, " + std::string(name_of(kind)) + " at " + std::to_string(n));
            in_batch(call, n, kind);
        }
    }

    void in_batch(const operations::Call& call, std::int64_t n, Kind kind) {
        const auto neighbours = {neighbour(call, "BEFORE"), neighbour(call, "AFTER")};
        std::vector<Outcome> outcomes(3);
        {
            const auto account = world_.host().operations().accounts().open(call.account);
            Block block(*account);
            world_.faults().arm(n, kind, 2);
            std::vector<std::thread> threads;
            const std::vector<operations::Call> calls{*neighbours.begin(), call,
                                                      *(neighbours.end() - 1)};
            for (std::size_t i = 0; i < calls.size(); ++i) {
                threads.emplace_back([&, i] { outcomes[i] = world_.attempt(calls[i], kind); });
                block.until_waiting(i + 2);
            }
            block.open();
            for (auto& thread : threads) thread.join();
        }
        SCOPED_TRACE(world_.faults().sql());
        world_.faults().disarm();
        if (!outcomes[1].answer) ++figures_.batches;
        expect_right(neighbours, outcomes);
        world_.rewind();
    }

    void expect_right(const std::initializer_list<operations::Call>& neighbours,
                      const std::vector<Outcome>& outcomes) {
        for (const auto& outcome : outcomes) {
            EXPECT_TRUE(outcome.answer || outcome.right) << outcome.code << ": " << outcome.text;
        }
        world_.wait_for_jobs();
        world_.expect_verified();
        if (outcomes[1].answer) return;
        const auto found = world_.dump();
        world_.rewind();
        if (outcomes[0].answer) world_.host().answer(*neighbours.begin());
        if (outcomes[2].answer) world_.host().answer(*(neighbours.end() - 1));
        const auto expected = world_.dump();
        EXPECT_TRUE(found == expected) << "not what the acknowledged neighbours alone make:"
                                       << differences_of(expected, found);
    }

    static operations::Call neighbour(const operations::Call& call, const std::string& sku) {
        return InnerHost::make("catalog.put_product", R"({"sku":")" + sku + R"(","name":"Next"})",
                               call.account.text(), sku);
    }

    // Holds an account's strand until what follows is queued.
    class Block {
    public:
        explicit Block(accounts::Account& account) : account_(account) {
            account_.submit(unit_);
            unit_->began.wait();
        }
        Block(const Block&) = delete;
        Block& operator=(const Block&) = delete;
        ~Block() {
            open();
            unit_->wait();
        }
        void until_waiting(std::size_t count) const {
            while (account_.waiting() < count) std::this_thread::yield();
        }
        // The batch that it holds has then worked long enough: what waits meets a new one.
        void open() {
            if (std::exchange(opened_, true)) return;
            std::this_thread::sleep_for(2 * limits::kBatchTimeMax);
            unit_->gate.count_down();
        }

    private:
        struct Waits final : accounts::WaitingUnit {
            accounts::Verdict run(storage::Session&) override {
                began.count_down();
                gate.wait();
                return accounts::Verdict::undo;
            }
            std::latch began{1};
            std::latch gate{1};
        };
        accounts::Account& account_;
        std::shared_ptr<Waits> unit_ = std::make_shared<Waits>();
        bool opened_ = false;
    };

    World& world_;
    Figures& figures_;
    std::mt19937& random_;
    bool all_;
    std::map<std::string, Dump> before_;
};

std::set<std::string> writes_of(const operations::Registry& registry) {
    std::set<std::string> writes;
    for (const auto& operation : registry.all()) {
        // What only plugins call runs inside of theirs; the keeper is the test's own.
        if (!operation.is_write() || operation.plugins_only || operation.plugin == kKeeper)
            continue;
        writes.insert(operation.name);
    }
    return writes;
}

class Story {
public:
    explicit Story(bool all) : random_(seed_of_proof()), sweep_(world_, figures_, random_, all) {}

    void tell() {
        auto missing = writes_of(world_.host().operations().registry());
        for (const auto& step : read_story(WHARF_STORY)) {
            SCOPED_TRACE("every_write.story:" + std::to_string(step.line));
            take(step, missing);
            if (testing::Test::HasFatalFailure()) return;
        }
        for (const auto& name : missing)
            ADD_FAILURE() << name << " has no line in every_write.story";
        world_.expect_verified();
    }
    [[nodiscard]] const Figures& figures() const { return figures_; }

private:
    void take(const StoryStep& step, std::set<std::string>& missing) {
        if (step.word == "use") {
            account_ = step.rest;
            return;
        }
        if (step.word == "pass") {
            world_.host().pass(std::chrono::seconds(std::stoi(step.rest)));
            return;
        }
        const auto* operation = world_.host().operations().registry().find(step.word);
        ASSERT_NE(operation, nullptr) << "there is no operation " << step.word;
        const bool in_account = operation->scope == operations::Scope::account;
        auto call =
            InnerHost::make(step.word, filled_in(step.rest, replies_, world_.directory()),
                            in_account ? account_ : "", "story-" + std::to_string(step.line));
        if (missing.erase(step.word) > 0) sweep_.run(operation->place, call);
        const auto outcome = world_.attempt(call, Kind::other);
        ASSERT_TRUE(outcome.answer) << outcome.code << ": " << outcome.text;
        replies_[step.word] = parse_json(outcome.answer->body).value;
        world_.wait_for_jobs();
    }

    std::mt19937 random_;
    World world_;
    Figures figures_;
    Sweep sweep_;
    std::string account_;
    std::map<std::string, boost::json::value> replies_;
};

TEST(StatementFaults, LeaveNothingBehindAndAreAnsweredRightly) {
    const bool all = std::getenv("WHARF_ALL_STATEMENTS") != nullptr;
    Story story(all);
    story.tell();
    const auto& figures = story.figures();
    report("statements", std::to_string(figures.operations) + " operations, " +
                             std::to_string(figures.faults) + " failing statements (" +
                             std::to_string(figures.absorbed) + " did not touch the write), " +
                             std::to_string(figures.batches) +
                             " batches with a failing unit between two others");
}

}  // namespace
}  // namespace wharf::tests

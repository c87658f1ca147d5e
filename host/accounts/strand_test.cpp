// Units and batches with real threads: one after another within an account, all in one commit, and
// what happens when the batch dies.
#include "host/accounts/strand.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <latch>
#include <thread>

#include "host/accounts/testing.hpp"

namespace wharf::accounts {
namespace {

// A unit that does not wait for anybody and tells what became of it.
class Recorded final : public Unit {
public:
    using Work = std::function<Verdict(storage::Session&)>;
    explicit Recorded(Work work, std::latch* settled = nullptr)
        : work_(std::move(work)), settled_(settled) {}

    Verdict run(storage::Session& session) override { return work_(session); }
    void failed(std::exception_ptr thrown) noexcept override { error = std::move(thrown); }
    void settled(Outcome told) noexcept override {
        outcome = told;
        ++times_settled;
        if (settled_ != nullptr) settled_->count_down();
    }

    std::exception_ptr error;
    std::optional<Outcome> outcome;
    std::atomic<int> times_settled = 0;

private:
    Work work_;
    std::latch* settled_;
};

std::shared_ptr<Recorded> adding(std::int64_t id, Verdict verdict = Verdict::keep) {
    return std::make_shared<Recorded>([id, verdict](storage::Session& session) {
        add_note(session, id);
        return verdict;
    });
}

// A strand that is turned by hand, so that a test decides what shares a batch.
class StrandTest : public testing::Test {
protected:
    StrandTest()
        : engine_(
              storage::sqlite::open_engine({.folder = folder_.path(), .fault = faults_.hook()})),
          database_(engine_->open("acme", note_schema())) {}

    std::int64_t count() {
        auto snapshot = database_->snapshot();
        return *snapshot->session().value<std::int64_t>("SELECT count(*) FROM note");
    }
    void push(Strand& strand, std::shared_ptr<Unit> unit) {
        static_cast<void>(strand.push(std::move(unit)));
    }

    storage::sqlite::TestFolder folder_;
    storage::sqlite::Faults faults_;
    std::unique_ptr<storage::Engine> engine_;
    std::unique_ptr<storage::Database> database_;
};

TEST_F(StrandTest, WhatWaitsSharesOneCommit) {
    Strand strand(*database_, {});
    std::vector<std::shared_ptr<Recorded>> units;
    for (int i = 0; i < 10; ++i) push(strand, units.emplace_back(adding(i)));
    EXPECT_EQ(strand.waiting(), 10U);
    EXPECT_FALSE(strand.turn());
    EXPECT_EQ(strand.commits(), 1U);
    EXPECT_EQ(strand.waiting(), 0U);
    EXPECT_EQ(count(), 10);
    for (auto& unit : units) {
        EXPECT_EQ(unit->outcome, Outcome::committed);
        EXPECT_EQ(unit->times_settled, 1);
    }
}

TEST_F(StrandTest, OnlyTheFirstPushMakesItReady) {
    Strand strand(*database_, {});
    EXPECT_TRUE(strand.push(adding(1)));
    EXPECT_FALSE(strand.push(adding(2)));
    strand.turn();
    EXPECT_TRUE(strand.push(adding(3)));
    strand.turn();
}

TEST_F(StrandTest, ABatchClosesAtItsBoundAndTheRestGetsAnother) {
    Strand strand(*database_, {});
    for (int i = 0; i < 70; ++i) push(strand, adding(i));
    EXPECT_TRUE(strand.turn());
    EXPECT_LE(count(), 64);
    while (strand.turn()) continue;
    EXPECT_EQ(count(), 70);
}

TEST_F(StrandTest, ARefusedUnitLeavesNothingAndItsNeighboursStay) {
    Strand strand(*database_, {});
    auto refused = std::make_shared<Recorded>([](storage::Session& session) -> Verdict {
        add_note(session, 2);
        throw Refusal::conflict("no", "not this one");
    });
    auto before = adding(1);
    auto after = adding(3);
    for (const auto& unit : {before, refused, after}) push(strand, unit);
    strand.turn();
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(refused->outcome, Outcome::undone);
    EXPECT_THROW(std::rethrow_exception(refused->error), Refusal);
    EXPECT_EQ(after->outcome, Outcome::committed);
}

TEST_F(StrandTest, ADryRunIsUndoneAndToldAfterTheCommit) {
    Strand strand(*database_, {});
    auto dry = adding(1, Verdict::undo);
    push(strand, dry);
    strand.turn();
    EXPECT_EQ(dry->outcome, Outcome::undone);
    EXPECT_EQ(dry->error, nullptr);
    EXPECT_EQ(count(), 0);
}

TEST_F(StrandTest, SettledComesAfterTheCommit) {
    Strand strand(*database_, {});
    struct Looking final : Unit {
        Verdict run(storage::Session& session) override {
            add_note(session, 1);
            return Verdict::keep;
        }
        void failed(std::exception_ptr) noexcept override {}
        void settled(Outcome) noexcept override { seen = look(); }
        std::function<std::int64_t()> look;
        std::int64_t seen = -1;
    };
    auto unit = std::make_shared<Looking>();
    unit->look = [this] { return count(); };
    push(strand, unit);
    strand.turn();
    EXPECT_EQ(unit->seen, 1);
}

TEST_F(StrandTest, ADeadBatchAnswersAllOfItAndTheRestMeetsANewOne) {
    Strand strand(*database_, {});
    std::vector<std::shared_ptr<Recorded>> units;
    for (int i = 0; i < 3; ++i) push(strand, units.emplace_back(adding(i)));
    auto dying = std::make_shared<Recorded>([this](storage::Session& session) {
        faults_.arm(1, storage::StorageError::Kind::full);
        try {
            add_note(session, 100);
        } catch (const storage::StorageError&) {
            // A unit that looks away does not save the batch.
        }
        return Verdict::keep;
    });
    push(strand, dying);
    auto later = adding(200);
    push(strand, later);
    EXPECT_TRUE(strand.turn());
    for (auto& unit : units) EXPECT_EQ(unit->outcome, Outcome::lost);
    EXPECT_EQ(dying->outcome, Outcome::lost);
    EXPECT_EQ(later->outcome, std::nullopt);
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(strand.commits(), 0U);
    EXPECT_FALSE(strand.turn());
    EXPECT_EQ(later->outcome, Outcome::committed);
    EXPECT_EQ(count(), 1);
}

TEST_F(StrandTest, AFailedCommitLosesAll) {
    Strand strand(*database_, {});
    auto unit = std::make_shared<Recorded>([this](storage::Session& session) {
        add_note(session, 1);
        faults_.arm(2, storage::StorageError::Kind::io);  // RELEASE, then COMMIT
        return Verdict::keep;
    });
    push(strand, unit);
    strand.turn();
    EXPECT_EQ(unit->outcome, Outcome::lost);
    EXPECT_EQ(count(), 0);
}

TEST_F(StrandTest, AFullDiskIsToldToAllWhoWait) {
    Strand strand(*database_, {});
    auto waits = adding(1);
    push(strand, waits);
    auto fills = std::make_shared<Recorded>([this](storage::Session& session) {
        faults_.arm(1, storage::StorageError::Kind::full);
        add_note(session, 2);
        return Verdict::keep;
    });
    push(strand, fills);
    strand.turn();
    EXPECT_EQ(waits->outcome, Outcome::no_room);
    EXPECT_EQ(fills->outcome, Outcome::no_room);

    auto at_the_end = std::make_shared<Recorded>([this](storage::Session& session) {
        add_note(session, 3);
        faults_.arm(2, storage::StorageError::Kind::full);  // RELEASE, then COMMIT
        return Verdict::keep;
    });
    push(strand, at_the_end);
    strand.turn();
    EXPECT_EQ(at_the_end->outcome, Outcome::no_room);
    EXPECT_EQ(count(), 0);
}

TEST_F(StrandTest, ABatchThatCannotBeginLosesAllThatWaits) {
    Strand strand(*database_, {});
    auto unit = adding(1);
    push(strand, unit);
    faults_.arm(1, storage::StorageError::Kind::busy);
    EXPECT_FALSE(strand.turn());
    EXPECT_EQ(unit->outcome, Outcome::lost);
}

TEST_F(StrandTest, TheFirstCheckOfABatchMayRefuseIt) {
    Strand strand(*database_,
                  [](storage::Session&) { throw Refusal::unavailable("moved", "elsewhere"); });
    auto unit = adding(1);
    push(strand, unit);
    strand.turn();
    EXPECT_EQ(unit->outcome, Outcome::undone);
    EXPECT_THROW(std::rethrow_exception(unit->error), Refusal);
    EXPECT_EQ(count(), 0);
}

TEST_F(StrandTest, AFullQueueAndAClosedStrandRefuse) {
    Strand strand(*database_, {});
    for (std::size_t i = 0; i < limits::kStrandQueueMax; ++i) {
        push(strand, adding(static_cast<std::int64_t>(i)));
    }
    try {
        push(strand, adding(-1));
        FAIL() << "it was taken";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.kind(), RefusalKind::unavailable);
        EXPECT_EQ(refusal.code(), "account_busy");
        EXPECT_TRUE(refusal.retryable());
    }
    while (strand.turn()) continue;
    strand.close();
    EXPECT_THROW(push(strand, adding(-1)), Refusal);
}

TEST(Strand, UnitsOfOneAccountNeverOverlap) {
    TestHost host;
    auto account = host.created("acme");
    std::atomic<int> inside = 0;
    std::atomic<bool> overlapped = false;
    std::vector<std::thread> clients;
    for (int client = 0; client < 8; ++client) {
        clients.emplace_back([&, client] {
            for (int i = 0; i < 50; ++i) {
                run(*account, [&](storage::Session& session) {
                    if (++inside != 1) overlapped = true;
                    add_note(session, client * 1000 + i);
                    --inside;
                });
            }
        });
    }
    for (auto& client : clients) client.join();
    EXPECT_FALSE(overlapped);
    EXPECT_EQ(count_notes(*account), 400);
}

TEST(Strand, AccountsRunInParallel) {
    TestHost host;
    auto one = host.created("one");
    auto two = host.created("two");
    std::barrier both(2);  // each waits inside its unit until the other is inside its own
    std::latch settled(2);
    for (const auto& account : {one, two}) {
        account->submit(std::make_shared<Recorded>(
            [&](storage::Session&) {
                both.arrive_and_wait();
                return Verdict::keep;
            },
            &settled));
    }
    settled.wait();
}

TEST(Strand, AReplyShowsWhatIsCommitted) {
    TestHost host;
    auto account = host.created("acme");
    for (int i = 1; i <= 20; ++i) {
        run(*account, [i](storage::Session& session) { add_note(session, i); });
        EXPECT_EQ(count_notes(*account), i);
    }
}

TEST(Strand, WorkReturnsItsValueAndThrowsItsRefusal) {
    TestHost host;
    auto account = host.created("acme");
    EXPECT_EQ(run(*account, [](storage::Session&) { return std::string("answer"); }), "answer");
    EXPECT_THROW(run(*account,
                     [](storage::Session& session) {
                         add_note(session, 1);
                         throw Refusal::not_found("thing", "x");
                     }),
                 Refusal);
    run(
        *account, [](storage::Session& session) { add_note(session, 2); }, Verdict::undo);
    EXPECT_EQ(count_notes(*account), 0);
}

TEST(Strand, ALostUnitIsUnavailableAndRetryable) {
    TestHost host;
    auto account = host.created("acme");
    for (const auto& [kind, code] :
         {std::pair{storage::StorageError::Kind::io, "not_committed"},
          std::pair{storage::StorageError::Kind::full, "storage_full"}}) {
        try {
            run(*account, [&, fault = kind](storage::Session& session) {
                host.faults().arm(1, fault);
                add_note(session, 1);
            });
            FAIL() << "it was kept";
        } catch (const Refusal& refusal) {
            EXPECT_EQ(refusal.code(), code);
            EXPECT_TRUE(refusal.retryable());
        }
    }
    run(*account, [](storage::Session& session) { add_note(session, 1); });
    EXPECT_EQ(count_notes(*account), 1);
}

TEST(Strand, StoppingSettlesWhatWasTaken) {
    TestHost host;
    auto account = host.created("acme");
    std::latch settled(100);
    for (int i = 0; i < 100; ++i) {
        account->submit(std::make_shared<Recorded>(
            [i](storage::Session& session) {
                add_note(session, i);
                return Verdict::keep;
            },
            &settled));
    }
    account.reset();
    host.stop();
    EXPECT_TRUE(settled.try_wait());
    host.start();
    EXPECT_EQ(count_notes(*host.accounts().open(AccountCode("acme"))), 100);
}

}  // namespace
}  // namespace wharf::accounts

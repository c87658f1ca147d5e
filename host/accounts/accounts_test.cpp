// Creating, opening, closing and removing accounts; resuming what a crash left half done.
#include "host/accounts/accounts.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "host/accounts/descriptors.hpp"
#include "host/accounts/testing.hpp"

namespace wharf::accounts {
namespace {

NewAccount named(const std::string& code) {
    return {AccountCode(code),
            {code + " Ltd", Plan::enterprise, AccountType::vendor, InventoryType::serialized},
            R"({"zone":"UTC"})",
            Instant::from_raw(5)};
}

template <class Action>
std::string refusal_code(Action action) {
    try {
        action();
    } catch (const Refusal& refusal) {
        return refusal.code();
    }
    return "none";
}

template <class Work>
auto in_directory(TestHost& host, Work work) {
    return run(host.accounts().directory(), work);
}

TEST(Accounts, ACreatedAccountIsFilledActiveAndListed) {
    AccountsSetup setup;
    setup.initialise = [](storage::Session& session, const AccountRecord& record) {
        add_note(session, 1, record.settings);
    };
    TestHost host(setup);
    auto record = host.accounts().create(named("acme"));
    EXPECT_EQ(record.phase, AccountPhase::active);
    EXPECT_EQ(record.copy.plan, Plan::enterprise);
    EXPECT_EQ(record.settings, "");
    auto account = host.accounts().open(AccountCode("acme"));
    EXPECT_EQ(account->snapshot()->session().value<std::string>("SELECT text FROM note"),
              R"({"zone":"UTC"})");
    auto state = read_account_state(account->snapshot()->session());
    ASSERT_TRUE(state);
    EXPECT_EQ(state->incarnation, record.incarnation);
}

TEST(Accounts, UnknownTakenAndUnfitCodesAreRefused) {
    TestHost host;
    host.created("acme");
    EXPECT_EQ(refusal_code([&] { host.accounts().open(AccountCode("other")); }), "not_found");
    EXPECT_EQ(refusal_code([&] { host.accounts().create(named("acme")); }), "account_exists");
    for (const char* code : {"", "a b", "../x", "a/b", "ä"}) {
        EXPECT_EQ(refusal_code([&] { host.accounts().create(named(code)); }), "invalid_code");
    }
    EXPECT_EQ(host.accounts().open_count(), 1U);
}

TEST(Accounts, PagesOfTheDirectoryGoByCode) {
    TestHost host;
    for (const char* code : {"c", "a", "b"}) host.created(code);
    auto snapshot = host.accounts().directory().snapshot();
    auto page = list_accounts(snapshot->session(), AccountCode(""), 2);
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(page[1].code, AccountCode("b"));
    EXPECT_EQ(list_accounts(snapshot->session(), page[1].code, 2).size(), 1U);
}

TEST(Accounts, CreatingIsResumedAtStartAndFillsOnce) {
    std::atomic<int> filled = 0;
    bool fail = true;
    AccountsSetup setup;
    setup.initialise = [&](storage::Session& session, const AccountRecord&) {
        add_note(session, 1);
        if (fail) throw std::runtime_error("power cut");
        ++filled;
    };
    TestHost host(setup);
    EXPECT_THROW(host.accounts().create(named("acme")), std::runtime_error);
    EXPECT_EQ(refusal_code([&] { host.accounts().open(AccountCode("acme")); }), "not_found");

    host.stop();
    host.start();
    EXPECT_EQ(host.accounts().faults_at_start().size(), 1U);
    fail = false;
    host.stop();
    host.start();
    EXPECT_TRUE(host.accounts().faults_at_start().empty());
    EXPECT_EQ(filled, 1);
    host.accounts().finish_creating(AccountCode("acme"));
    EXPECT_EQ(filled, 1);
    EXPECT_EQ(count_notes(*host.accounts().open(AccountCode("acme"))), 1);
}

TEST(Accounts, ARemovedAccountIsGoneWithItsFileAndMayBeMadeAgain) {
    TestHost host;
    run(*host.created("acme"), [](storage::Session& session) { add_note(session, 1); });
    host.accounts().remove(AccountCode("acme"));
    EXPECT_FALSE(host.engine().exists("accounts/acme"));
    EXPECT_EQ(refusal_code([&] { host.accounts().open(AccountCode("acme")); }), "not_found");
    EXPECT_EQ(refusal_code([&] { host.accounts().remove(AccountCode("acme")); }), "not_found");
    EXPECT_EQ(count_notes(*host.created("acme")), 0);
}

TEST(Accounts, RemovingIsResumedAtStart) {
    TestHost host;
    host.created("acme");
    in_directory(host, [](storage::Session& session) {
        set_phase(session, AccountCode("acme"), AccountPhase::deleting);
    });
    host.stop();
    host.start();
    EXPECT_FALSE(host.engine().exists("accounts/acme"));
}

TEST(Accounts, DueAccountsAreFoundWhileClosed) {
    TestHost host;
    for (const char* code : {"a", "b", "c"}) host.created(code);
    auto at = [](std::int64_t raw) { return Instant::from_raw(raw); };
    auto due = in_directory(host, [&](storage::Session& session) {
        lower_next_due(session, AccountCode("a"), at(20));
        lower_next_due(session, AccountCode("a"), at(10));
        lower_next_due(session, AccountCode("a"), at(30));
        lower_next_due(session, AccountCode("b"), at(5));
        set_next_due(session, AccountCode("b"), at(50));
        return due_accounts(session, at(10), 10);
    });
    EXPECT_EQ(due, std::vector{AccountCode("a")});
    in_directory(host, [&](storage::Session& session) {
        EXPECT_EQ(accounts_without_due(session), std::vector{AccountCode("c")});
        set_next_due(session, AccountCode("a"), std::nullopt);
        EXPECT_TRUE(due_accounts(session, at(40), 10).empty());
        set_phase(session, AccountCode("c"), AccountPhase::deleting);
        EXPECT_EQ(accounts_without_due(session), std::vector{AccountCode("a")});
    });
}

TEST(Accounts, TheLeastRecentlyUsedIsClosedAndOneInUseIsNot) {
    AccountsSetup setup;
    setup.open_max = 2;
    TestHost host(setup);
    auto held = host.created("a");
    host.created("b");
    host.created("c");
    EXPECT_EQ(host.accounts().open_count(), 2U);
    auto second = host.accounts().open(AccountCode("c"));
    EXPECT_EQ(refusal_code([&] { host.accounts().open(AccountCode("b")); }), "accounts_busy");
    second.reset();
    // The executor may let go of the account a moment after its last reply.
    while (refusal_code([&] { host.accounts().open(AccountCode("b")); }) != "none") {
        std::this_thread::yield();
    }
    EXPECT_EQ(host.accounts().open(AccountCode("a")), held);
}

TEST(Accounts, OpenAtOnceIsWhatTheDescriptorsAllow) {
    EXPECT_EQ(accounts_within(descriptors_for(1000), 1000), 1000U);
    EXPECT_EQ(connections_within(descriptors_for(1000), 1000), limits::kHttpConnectionsMax);
    EXPECT_EQ(accounts_within(20'000, 1000), 1000U);
    EXPECT_EQ(connections_within(20'000, 1000), 20'000U - 12'000U - 256U);
    EXPECT_EQ(accounts_within(1'024, 1000), 51U);
    EXPECT_EQ(connections_within(1'024, 51), 1'024U - 51U * 12U - 256U);
    EXPECT_EQ(accounts_within(10, 1000), 1U);
    EXPECT_EQ(connections_within(10, 1), 2U);
}

TEST(Accounts, OpeningAndClosingUnderLoadLosesNothing) {
    AccountsSetup setup;
    setup.open_max = 3;
    TestHost host(setup);
    constexpr int kAccounts = 8;
    constexpr int kClients = 6;
    constexpr int kWrites = 60;
    for (int i = 0; i < kAccounts; ++i) host.created("a" + std::to_string(i));
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client) {
        clients.emplace_back([&, client] {
            for (int i = 0; i < kWrites;) {
                AccountCode code("a" + std::to_string((client + i) % kAccounts));
                try {
                    auto account = host.accounts().open(code);
                    run(*account,
                        [&](storage::Session& session) { add_note(session, client * 1000 + i); });
                    ++i;
                } catch (const Refusal& refusal) {
                    ASSERT_EQ(refusal.code(), "accounts_busy");
                    std::this_thread::yield();
                }
            }
        });
    }
    for (auto& client : clients) client.join();
    std::int64_t total = 0;
    for (int i = 0; i < kAccounts; ++i) {
        host.stop();
        host.start();
        total += count_notes(*host.accounts().open(AccountCode("a" + std::to_string(i))));
    }
    EXPECT_EQ(total, kClients * kWrites);
}

TEST(Accounts, AnAccountThatHasMovedOnIsNotWritten) {
    TestHost host;
    auto account = host.created("acme");
    run(*account, [](storage::Session& session) {
        auto state = read_account_state(session);
        ++state->placement_epoch;
        write_account_state(session, *state);
    });
    EXPECT_EQ(refusal_code(
                  [&] { run(*account, [](storage::Session& session) { add_note(session, 1); }); }),
              "account_moved");
}

TEST(Accounts, TheVersionGrowsInTheTransactionOfTheChange) {
    TestHost host;
    auto account = host.created("acme");
    run(*account, raise_version);
    run(*account, raise_version, Verdict::undo);
    EXPECT_EQ(read_account_state(account->snapshot()->session())->version, 2);
}

}  // namespace
}  // namespace wharf::accounts

// The host ends between any two steps of a message, or an account comes back from a backup: each
// message is taken in once all the same. And both accounts are the same when they are replayed.
#include <gmock/gmock.h>

#include "host/accounts/account_state.hpp"
#include "host/accounts/run.hpp"
#include "host/operations/messages/lane.hpp"
#include "host/operations/messages/outbox.hpp"
#include "host/operations/messages/two_accounts_fixture.hpp"
#include "host/operations/replay.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using std::chrono_literals::operator""s;

const AccountCode kAcme("acme");
const AccountCode kShop("shop");

// The receiver's half of a delivery, as if the host ended before the sender heard of it.
void take_in_and_forget(TwoAccounts& host) {
    auto& operations = host.operations();
    const auto sender = operations.accounts().open(kAcme);
    Delivery delivery;
    delivery.from = kAcme;
    {
        const auto snapshot = sender->snapshot();
        const auto lane = lane_of(snapshot->session(), kShop);
        delivery.known_incarnation = lane.their_incarnation;
        delivery.messages = next_messages(snapshot->session(), kShop, lane.delivered);
    }
    run_work(operations.services(), operations.accounts().open(kShop),
             facts_of(operations.services(), kShop, "r", true),
             [&](UnitOfWork& unit) { take_in(unit, delivery); });
}

// As restore does: another life of the account. What `sql` forgets is what the backup had not.
void come_back(TwoAccounts& host, const AccountCode& code, const std::vector<std::string>& sql) {
    accounts::run(*host.operations().accounts().open(code), [&](storage::Session& session) {
        for (const auto& statement : sql) session.execute(statement);
        auto state = *accounts::read_account_state(session);
        state.incarnation += "x";
        ++state.version;
        accounts::write_account_state(session, state);
        tell_partners_of_restore(session);
    });
    accounts::run(host.operations().accounts().directory(), [&](storage::Session& session) {
        accounts::lower_next_due(session, code, host.operations().services().clock());
    });
}

TEST(MessagesAcrossACrash, BetweenTheSendersCommitAndTheDelivery) {
    TwoAccounts host;
    host.linked().tell("one").tell("two");
    host.restart();
    host.carry();
    EXPECT_THAT(host.heard(), IsEmpty()) << "the new host's messenger knows nothing of it";
    host.wait(1s);
    EXPECT_THAT(host.heard(), SizeIs(2)) << "but the account is due";
    host.expect_verified();
}

TEST(MessagesAcrossACrash, BetweenTheDeliveryAndItsAcknowledgement) {
    TwoAccounts host;
    host.linked().tell("one");
    take_in_and_forget(host);
    EXPECT_THAT(host.heard(), SizeIs(1));
    host.restart();
    host.tell("two").wait(1s);
    EXPECT_THAT(host.heard(),
                ElementsAre("account:acme (account) said one", "account:acme (account) said two"));
    EXPECT_THAT(host.steps(), ElementsAre("taken", "done", "taken", "done"));
    EXPECT_EQ(host.partner("acme", "shop").at("sent_waiting"), 0);
    host.expect_verified();
}

TEST(MessagesAcrossACrash, BetweenTakingInAndWorkingOn) {
    TwoAccounts host;
    host.linked().on("shop", R"({"reaction_fails":true})").tell("sulk").carry();
    host.on("shop", R"({"reaction_fails":false})");
    host.restart();
    host.wait(2s);
    EXPECT_THAT(host.heard(), SizeIs(1));
    EXPECT_THAT(host.steps(), ElementsAre("taken", "failed 1", "done"));
    host.expect_verified();
}

TEST(MessagesAcrossACrash, BetweenSwitchingOnAndWorkingOn) {
    TwoAccounts host;
    host.linked().off("shop").tell("one").carry().on("shop");
    host.restart();
    host.wait(1s);
    EXPECT_THAT(host.heard(), SizeIs(1));
}

TEST(MessagesAcrossARestore, OfTheSenderWhatItSentBeforeComesOnceAndWhatItSendsNowComesToo) {
    TwoAccounts host;
    host.linked().tell("one").tell("two").carry();
    // The backup was made when "two" was sent and not yet delivered.
    come_back(host, kAcme, {"UPDATE message_lane SET delivered = 1 WHERE partner = 'shop'"});
    host.tell("three").wait(1s);
    EXPECT_THAT(host.heard(),
                ElementsAre("account:acme (account) said one", "account:acme (account) said two",
                            "account:acme (account) said three"));
    EXPECT_THAT(host.steps(), SizeIs(6));
    host.expect_verified();
}

// The numbers begin again where the backup was: only the incarnation tells them apart.
TEST(MessagesAcrossARestore, OfTheSenderTheSameNumberIsAnotherMessage) {
    TwoAccounts host;
    host.linked().tell("one").tell("two").carry();
    come_back(host, kAcme,
              {"DELETE FROM outbox_message WHERE number = 2",
               "UPDATE counter SET value = 1 WHERE name = 'message_sent'",
               "UPDATE message_lane SET delivered = 1 WHERE partner = 'shop'"});
    host.tell("instead of two").wait(1s);
    EXPECT_THAT(host.heard(), SizeIs(3));
    host.expect_verified();
}

TEST(MessagesAcrossARestore, OfTheReceiverWhatItHasLostComesAgainByItself) {
    TwoAccounts host;
    host.linked().tell("one").tell("two").tell("three").carry();
    ASSERT_THAT(host.heard(), SizeIs(3));
    come_back(host, kShop,
              {"DELETE FROM collection_document WHERE id IN ('000000000002', '000000000003')",
               "DELETE FROM collection_index WHERE id IN ('000000000002', '000000000003')",
               "UPDATE inbox_cursor SET number = 1"});
    host.wait(1s);
    EXPECT_THAT(host.heard(), SizeIs(3));
    EXPECT_EQ(host.partner("acme", "shop").at("sent_waiting"), 0);
}

TEST(MessagesAcrossARestore, OfTheReceiverNewMessagesWaitForThoseThatItHasLost) {
    TwoAccounts host;
    host.linked().tell("one").tell("two").carry();
    come_back(host, kShop,
              {"DELETE FROM collection_document WHERE id = '000000000002'",
               "DELETE FROM collection_index WHERE id = '000000000002'",
               "UPDATE inbox_cursor SET number = 1"});
    host.tell("three").carry();
    EXPECT_THAT(host.heard(),
                ElementsAre("account:acme (account) said one", "account:acme (account) said two",
                            "account:acme (account) said three"));
}

// Ends the host, keeps one account's database, and replays it in a host of its own.
ReplayReport replayed(TwoAccounts& host, const AccountCode& code) {
    storage::sqlite::TestFolder folder;
    host.operations().accounts().open(code)->backup_to(
        (std::filesystem::path(folder.path()) / "account.db").string());
    host.end();
    auto kept = storage::sqlite::open_engine({folder.path()});
    auto schema = accounts::account_state_schema();
    const auto above = whole_account_schema();
    schema.insert(schema.end(), above.begin(), above.end());
    auto database = kept->open("account", schema);
    auto original = database->snapshot();
    storage::sqlite::TestFolder empty;
    auto engine = storage::sqlite::open_engine({empty.path()});
    OperationsSetup setup;
    setup.background = false;
    Operations fresh(*engine, std::vector{keeper::plugin(), keeper::clerk()}, std::move(setup));
    return replay(original->session(), fresh);
}

// Everything that can become of a message.
void live(TwoAccounts& host) {
    host.linked().tell("one").tell("break").carry();
    host.on("shop", R"({"reaction_fails":true})").tell("sulk").tell("back").carry();
    host.wait_for_the_last_try();
    host.wait(31s);  // the plugin that broke is let in again
    host.on("shop", R"({"reaction_fails":false})");
    for (const auto& parked : host.received("shop", R"({"status":"parked"})")) {
        if (parked.at("data").at("text") != "sulk") continue;
        host.call("messages.retry",
                  R"({"number":)" + boost::json::serialize(parked.at("number")) + '}', "shop");
    }
    host.end_with("shop", "acme").tell("late").carry().off("shop").agree("shop", "acme").carry();
    // Past the night in which what was delivered is forgotten.
    host.wait(std::chrono::hours(24 * 32)).wait(std::chrono::hours(24));
    host.expect_verified();
}

TEST(MessagesReplayed, TheSenderIsTheSame) {
    TwoAccounts host;
    live(host);
    EXPECT_LT(host.sent("acme").size(), 4U) << "old ones are forgotten";
    const auto report = replayed(host, kAcme);
    EXPECT_TRUE(report.same) << to_json(report);
}

TEST(MessagesReplayed, TheReceiverIsTheSame) {
    TwoAccounts host;
    live(host);
    EXPECT_FALSE(host.received("shop").empty());
    const auto report = replayed(host, kShop);
    EXPECT_TRUE(report.same) << to_json(report);
}

}  // namespace
}  // namespace wharf::operations

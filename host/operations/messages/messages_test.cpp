// A message gets from one account to another exactly once, in order, if both have agreed.
#include <gmock/gmock.h>

#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/messages/two_accounts_fixture.hpp"

namespace wharf::operations {
namespace {

// As the scheduler does when nothing told the messenger.
void operations_deliver(TwoAccounts& host) {
    host.operations().messenger().deliver(AccountCode("acme"), AccountCode("shop"),
                                          Messenger::Try::now);
    host.carry();
}

using testing::ElementsAre;
using testing::IsEmpty;
using std::chrono_literals::operator""s;

TEST(Messages, GetToTheOtherAccountInTheNameOfTheirSender) {
    TwoAccounts host;
    host.linked().tell("one").tell("two");
    EXPECT_THAT(host.heard(), IsEmpty()) << "before the messenger carried it";
    EXPECT_EQ(host.partner("acme", "shop").at("sent_waiting"), 2);
    host.carry();
    EXPECT_THAT(host.heard(),
                ElementsAre("account:acme (account) said one", "account:acme (account) said two"));
    EXPECT_EQ(host.partner("acme", "shop").at("sent_waiting"), 0);
    EXPECT_FALSE(host.partner("acme", "shop").at("delivered_at").is_null());
    EXPECT_THAT(host.steps(), ElementsAre("taken", "taken", "done", "done"));
    EXPECT_THAT(host.received("shop"), IsEmpty());
    const auto sent = host.sent("acme");
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].at("status").as_string(), "delivered");
    EXPECT_EQ(sent[0].at("plugin").as_string(), "keeper");
    host.expect_verified();
}

TEST(Messages, CarryTheRequestIdOfTheirSenderIntoTheOtherAudit) {
    TwoAccounts host;
    host.linked();
    auto call = Host::make("keeper.tell", TwoAccounts::tell_request("one"));
    call.request_id = "r-of-the-sender";
    host.answer(call);
    host.carry();
    const auto audit = host.call("audit.list", R"({"operation":"keeper.note_told"})", "shop");
    const auto& entries = audit.at("items").as_array();
    ASSERT_EQ(entries.size(), 2U);
    for (const auto& entry : entries) {
        EXPECT_EQ(entry.at("request_id").as_string(), "r-of-the-sender");
        EXPECT_EQ(entry.at("actor").as_string(), "account:acme");
    }
}

// What may not be sent: a message that nobody takes in, one that does not fit its shape, one of
// another plugin that the manifest does not list, one that is too large.
TEST(Messages, AreHeldAgainstTheirReceiverWhenTheyAreSent) {
    TwoAccounts host;
    host.linked();
    const auto send = [&](const std::string& message, const std::string& data) {
        return host.refusal("keeper.send_raw",
                            R"({"message":")" + message + R"(","data":)" + data + '}');
    };
    EXPECT_EQ(send("keeper.nothing", "{}"), "unknown_message");
    EXPECT_EQ(send("keeper.note_told", R"({"sku":5,"text":"x"})"), "invalid");
    EXPECT_EQ(send("clerk.told", "{}"), "undeclared_use");
    EXPECT_EQ(send("keeper.note_told",
                   R"({"sku":"TEA","text":")" + std::string(limits::kMessageBytesMax, 'x') + "\"}"),
              "message_too_large");
    EXPECT_EQ(host.refusal(Host::make("messages.send",
                                      R"({"to":"shop","message":"keeper.note_told","data":{}})")),
              "not_found")
        << "for plugins only";
}

TEST(Messages, AreRefusedWhenTooManyWait) {
    TwoAccounts host;
    host.linked();
    // As if so many had been sent: rows are cheaper to make than messages.
    accounts::run(
        *host.operations().accounts().open(AccountCode("acme")), [](storage::Session& session) {
            for (std::int64_t i = 1; i <= limits::kOutboxWaitingMax; ++i) {
                session.execute(
                    "INSERT INTO outbox_message (number, partner, name, plugin, "
                    "incarnation, sent_at, depth, request_id, data) VALUES (:number, "
                    "'shop', 'keeper.note_told', 'keeper', 'i', 0, 0, '', "
                    "'{\"sku\":\"TEA\",\"text\":\"x\"}')",
                    {{"number", i}});
            }
            session.execute("INSERT INTO counter (name, value) VALUES ('message_sent', :value)",
                            {{"value", limits::kOutboxWaitingMax}});
        });
    EXPECT_EQ(host.refusal("keeper.tell", TwoAccounts::tell_request("one")), "outbox_full");
    host.off("shop");
    operations_deliver(host);
    EXPECT_EQ(host.partner("shop", "acme").at("received_waiting"), limits::kInboxWaitingMax);
    host.tell("one").carry();
    const auto held = host.partner("acme", "shop");
    EXPECT_EQ(held.at("sent_waiting"), 1);
    EXPECT_TRUE(held.at("problem").as_string().starts_with("inbox_full")) << held;
    host.on("shop").carry();
    host.wait(2s);
    EXPECT_EQ(host.partner("acme", "shop").at("sent_waiting"), 0);
}

TEST(Messages, FallWithTheUnitThatSentThem) {
    TwoAccounts host;
    host.linked();
    EXPECT_EQ(host.refusal("keeper.tell_and_fail", TwoAccounts::tell_request("never")),
              "keeper.no");
    host.carry();
    EXPECT_THAT(host.sent("acme"), IsEmpty());
    EXPECT_THAT(host.heard(), IsEmpty());
    host.tell("one").carry();
    EXPECT_EQ(host.heard().size(), 1U);
}

TEST(Messages, StandAmongTheEffectsOfADryRunAndAreNotSent) {
    TwoAccounts host;
    host.linked();
    const auto shown = host.preview("keeper.tell", TwoAccounts::tell_request("one"));
    const auto& effects = shown.at("effects").as_array();
    ASSERT_EQ(effects.size(), 1U);
    EXPECT_EQ(effects[0].at("message").as_string(), "keeper.note_told");
    EXPECT_EQ(effects[0].at("to").as_string(), "shop");
    EXPECT_EQ(effects[0].at("data").at("text").as_string(), "one");
    host.carry();
    EXPECT_THAT(host.sent("acme"), IsEmpty());
    EXPECT_THAT(host.heard(), IsEmpty());
}

TEST(Messages, AreRefusedWithoutTheSendersOwnConsent) {
    TwoAccounts host;
    EXPECT_EQ(host.refusal("keeper.tell", TwoAccounts::tell_request("one")), "no_partner");
    host.agree("shop", "acme");
    EXPECT_EQ(host.refusal("keeper.tell", TwoAccounts::tell_request("one")), "no_partner");
}

TEST(Messages, WaitForTheOtherSidesConsentAndGoOnWithIt) {
    TwoAccounts host;
    host.agree("acme", "shop").tell("one").carry();
    EXPECT_THAT(host.heard(), IsEmpty());
    EXPECT_THAT(host.steps(), IsEmpty())
        << "nothing is written into an account that has not agreed";
    const auto waiting = host.partner("acme", "shop");
    EXPECT_EQ(waiting.at("sent_waiting"), 1);
    EXPECT_TRUE(waiting.at("problem").as_string().starts_with("not_agreed")) << waiting;
    host.agree("shop", "acme").carry();
    EXPECT_EQ(host.heard().size(), 1U);
    EXPECT_EQ(host.partner("acme", "shop").at("problem").as_string(), "");
    host.expect_verified();
}

// So nobody learns from it which accounts there are.
TEST(Messages, AnAccountThatIsNotThereAnswersLikeOneThatHasNotAgreed) {
    TwoAccounts host;
    host.agree("acme", "shop").agree("acme", "nobody");
    host.tell("one").tell("one", "acme", "nobody").carry();
    auto here = host.partner("acme", "shop");
    auto there = host.partner("acme", "nobody");
    EXPECT_EQ(here.at("problem"), there.at("problem"));
    EXPECT_EQ(here.at("retry_at"), there.at("retry_at"));
}

TEST(Messages, TriesGrowApartAndNeverEnd) {
    TwoAccounts host;
    host.agree("acme", "shop").tell("one").carry();
    host.wait(2s).wait(6s).wait(31s).wait(121s).wait_for_the_last_try();
    const auto waiting = host.partner("acme", "shop");
    EXPECT_EQ(waiting.at("sent_waiting"), 1);
    EXPECT_FALSE(waiting.at("retry_at").is_null());
    // Without the messenger's being told: the account is due.
    host.call("partners.agree", R"({"partner":"acme","reason":"test"})", "shop");
    host.restart();
    host.pass(601s);
    host.operations().look_at_the_clock();
    EXPECT_EQ(host.heard().size(), 1U);
}

TEST(Messages, StopWhenEitherSideEndsItAndGoOnWhenItAgreesAgain) {
    TwoAccounts host;
    host.linked().tell("one").carry().end_with("shop", "acme").tell("two").carry();
    EXPECT_EQ(host.heard().size(), 1U);
    host.agree("shop", "acme").carry();
    EXPECT_EQ(host.heard().size(), 2U);
    host.tell("three").end_with("acme", "shop").carry();
    EXPECT_EQ(host.heard().size(), 2U);
    EXPECT_EQ(host.refusal("keeper.tell", TwoAccounts::tell_request("four")), "no_partner");
    host.agree("acme", "shop").carry();
    EXPECT_EQ(host.heard().size(), 3U);
    host.expect_verified();
}

TEST(Messages, WaitInTheirReceiverUntilItsPluginIsOn) {
    TwoAccounts host;
    host.linked().off("shop").tell("one").tell("two").carry();
    EXPECT_EQ(host.partner("acme", "shop").at("sent_waiting"), 0);
    EXPECT_EQ(host.partner("shop", "acme").at("received_waiting"), 2);
    EXPECT_EQ(host.received("shop", R"({"status":"waiting"})").size(), 2U);
    const auto state = host.call("plugins.get", R"({"plugin":"keeper"})", "shop");
    EXPECT_EQ(state.at("messages_waiting"), 2);
    host.on("shop").carry();
    EXPECT_EQ(host.heard().size(), 2U);
    EXPECT_THAT(host.steps(), ElementsAre("taken", "taken", "done", "done"));
    host.expect_verified();
}

TEST(Messages, ThatFailAreTriedAgainInOrderAndThenParked) {
    TwoAccounts host;
    host.linked().on("shop", R"({"reaction_fails":true})");
    host.tell("sulk").tell("after").carry();
    EXPECT_THAT(host.heard(), IsEmpty()) << "what comes after waits behind it";
    host.wait(2s);
    EXPECT_THAT(host.steps(), ElementsAre("taken", "taken", "failed 1", "failed 2"));
    host.wait_for_the_last_try();
    EXPECT_THAT(host.heard(), ElementsAre("account:acme (account) said after"));
    const auto parked = host.received("shop", R"({"status":"parked"})");
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked[0].at("code").as_string(), "keeper.sulks");
    EXPECT_EQ(parked[0].at("attempts"), 6);
    EXPECT_EQ(host.call("plugins.get", R"({"plugin":"keeper"})", "shop").at("messages_parked"), 1);
    host.expect_verified();
}

TEST(Messages, ThatAreParkedRunAgainWhenSupportSaysSo) {
    TwoAccounts host;
    host.linked().on("shop", R"({"reaction_fails":true})").tell("sulk").carry();
    host.wait_for_the_last_try();
    const auto number = boost::json::serialize(host.received("shop").at(0).at("number"));
    const auto retry = R"({"number":)" + number + '}';
    EXPECT_EQ(host.refusal("messages.retry", retry, "shop"), "keeper.sulks");
    EXPECT_EQ(host.received("shop").size(), 1U) << "still parked";
    host.off("shop");
    EXPECT_EQ(host.refusal("messages.retry", retry, "shop"), "plugin_off");
    host.on("shop", R"({"reaction_fails":false})");
    host.call("messages.retry", retry, "shop");
    EXPECT_THAT(host.heard(), ElementsAre("account:acme (account) said sulk"));
    EXPECT_EQ(host.refusal("messages.retry", retry, "shop"), "not_found");
    host.expect_verified();
}

TEST(Messages, ABreakingReceiverHarmsNobodyElse) {
    TwoAccounts host;
    host.linked().tell("break").carry();
    EXPECT_EQ(host.received("shop").at(0).at("code").as_string(), "plugin_fault");
    host.call("catalog.put_product", R"({"sku":"TEA","name":"Tea"})", "shop");
    host.expect_verified();
}

TEST(Messages, ThatAnswerEachOtherWithoutEndAreACircle) {
    TwoAccounts host;
    host.linked().tell("back").carry();
    const auto parked_here = host.received("acme", R"({"status":"parked"})");
    const auto parked_there = host.received("shop", R"({"status":"parked"})");
    ASSERT_EQ(parked_here.size() + parked_there.size(), 1U);
    const auto& parked = parked_here.empty() ? parked_there[0] : parked_here[0];
    EXPECT_EQ(parked.at("code").as_string(), "chain_too_long");
    host.expect_verified();
}

TEST(Messages, MoreThanOneUnitTakesAllGetThere) {
    TwoAccounts host;
    host.linked().off("shop");
    for (int i = 0; i < 150; ++i) host.tell("note " + std::to_string(1000 + i));
    host.carry();
    EXPECT_EQ(host.partner("shop", "acme").at("received_waiting"), 150);
    host.on("shop").carry();
    const auto all = host.call("keeper.list", R"({"sku":"TEA","limit":200})", "shop");
    EXPECT_EQ(all.at("items").as_array().size(), 150U);
    host.expect_verified();
}

TEST(Partners, AreAgreedOnceAndKeepTheirReason) {
    TwoAccounts host;
    const auto request = R"({"partner":"shop","reason":"they are our vendor"})";
    const auto partner = host.call("partners.agree", request);
    EXPECT_EQ(partner.at("status").as_string(), "agreed");
    EXPECT_EQ(partner.at("version"), 1);
    EXPECT_EQ(host.call("partners.agree", request).at("version"), 1) << "again is fine";
    EXPECT_EQ(host.refusal("partners.agree", R"({"partner":"acme","reason":"x"})"), "own_account");
    EXPECT_EQ(host.refusal("partners.end", R"({"partner":"nobody","reason":"x"})"), "not_found");
    EXPECT_EQ(host.refusal("partners.get", R"({"partner":"nobody"})"), "not_found");
    host.end_with("acme", "shop");
    const auto all = host.call("partners.list", "{}").at("items").as_array();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].at("status").as_string(), "ended");
    auto stale = Host::make("partners.agree", request);
    stale.if_match = 1;
    EXPECT_EQ(host.refusal(stale), "stale");
}

TEST(Partners, AreOnlySoMany) {
    TwoAccounts host;
    accounts::run(*host.operations().accounts().open(AccountCode("acme")),
                  [](storage::Session& session) {
                      for (std::int64_t i = 0; i < limits::kPartnersMax; ++i) {
                          session.execute(
                              "INSERT INTO partner (partner, status, reason, changed_by, "
                              "changed_at, version) VALUES (:code, 'ended', '', '', 0, 1)",
                              {{"code", "p" + std::to_string(i)}});
                      }
                  });
    EXPECT_EQ(host.refusal("partners.agree", R"({"partner":"shop","reason":"x"})"),
              "too_many_partners");
    host.agree("acme", "p1");
}

struct Leak {
    static constexpr std::string_view kName = "leaky.leak";
    Secret password;
};
BOOST_DESCRIBE_STRUCT(Leak, (), (password))

class Leaky : public wharf::Plugin {
    void setup(Setup& setup) override { setup.receive<Leak>(&Leaky::leaked); }
    void leaked(Context&, const Received<Leak>&) const {}
};

// Refused as secret_in_message before the plugin is ever used.
TEST(Messages, CarryNoSecret) {
    const PluginSet set({in_process<Leaky>("leaky")});
    EXPECT_EQ(set.find("leaky"), nullptr);
    ASSERT_TRUE(set.unusable().contains("leaky"));
    EXPECT_THAT(set.unusable().at("leaky"), testing::HasSubstr("holds a secret"));
}

// The journal keeps what a job was asked for, step by step.
class LeakyAtWork : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.job<LeakyAtWork, Leak, std::int64_t>("leak", &LeakyAtWork::leak);
    }
    JobStep<std::int64_t> leak(Context&, const Leak&, const std::int64_t&) const { return {}; }
};

TEST(Jobs, CarryNoSecret) {
    const PluginSet set({in_process<LeakyAtWork>("leaky_at_work")});
    ASSERT_TRUE(set.unusable().contains("leaky_at_work"));
    EXPECT_THAT(set.unusable().at("leaky_at_work"), testing::HasSubstr("holds a secret"));
}

TEST(Partners, AreTheAccountsOwnToChoose) {
    TwoAccounts host;
    auto call = Host::make("partners.agree", R"({"partner":"shop","reason":"x"})");
    call.principal = Host::member(accounts::Role::purchasing);
    EXPECT_EQ(host.refusal(call), "missing_permission");
    accounts::Principal support;
    support.role = accounts::Role::support;
    call.principal = std::make_shared<const accounts::Principal>(support);
    EXPECT_EQ(host.refusal(call), "missing_permission");
    call.principal = Host::member(accounts::Role::admin);
    EXPECT_EQ(host.refusal(call), "");
}

}  // namespace
}  // namespace wharf::operations

// What a transaction records: numbers and events; and that verify finds what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/domain/pages.hpp"
#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

struct RecordsTest : ::testing::Test {
    RecordsTest() { account.location("BLR").product("TEA"); }
    // The invariants that are broken after a statement behind the domain's back.
    std::vector<std::string> broken_by(std::string_view sql) {
        storage::Savepoint savepoint(account.session());
        account.session().execute(sql);
        std::vector<std::string> invariants;
        for (const auto& violation : account.verification().violations) {
            invariants.push_back(violation.invariant);
        }
        return invariants;
    }
    TestAccount account;
};

TEST_F(RecordsTest, NumbersOfARefusedUnitAreGivenOutAgain) {
    account.refusal([](Transaction& t) -> DocumentNumber {
        t.next_number("SO");
        throw Refusal::conflict("no", "no");
    });
    EXPECT_EQ(account.order({{"TEA", 1}}).number.text(), "SO-000001");
    EXPECT_EQ(account.order({{"TEA", 1}}).number.text(), "SO-000002");
}

TEST_F(RecordsTest, NumbersSortAsTheyCountPastAMillionAsWell) {
    account.order({{"TEA", 1}});
    std::string last = "SO-000001";
    for (const std::int64_t before : {999'998, 999'999, 1'999'999, 24'999'999, 25'999'998,
                                      25'999'999, 26'999'999, 50'999'999, 51'999'999}) {
        account.session().execute("UPDATE counter SET value = :value WHERE name = 'SO'",
                                  {{"value", before}});
        const auto number = account.order({{"TEA", 1}}).number.text();
        EXPECT_LT(last, number);
        last = number;
    }
}

TEST_F(RecordsTest, PastAMillionALetterStandsBeforeTheDigits) {
    account.order({{"TEA", 1}});
    account.session().execute("UPDATE counter SET value = 999999 WHERE name = 'SO'");
    EXPECT_EQ(account.order({{"TEA", 1}}).number.text(), "SO-A000000");
    EXPECT_EQ(account.order({{"TEA", 1}}).number.text(), "SO-A000001");
    account.session().execute("UPDATE counter SET value = 25999999 WHERE name = 'SO'");
    EXPECT_EQ(account.order({{"TEA", 1}}).number.text(), "SO-ZA000000");
}

TEST_F(RecordsTest, EventsCarryTheDocumentAsItIs) {
    const auto order = account.order({{"TEA", 1}});
    const auto events = events_after(account.session(), 0, 10);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].sequence, 1);
    EXPECT_EQ(events[0].document, order.number);
    EXPECT_EQ(events[0].data.text, to_json(order));
    EXPECT_EQ(events[0].request_id, "request-1");
    EXPECT_EQ(last_event(account.session()), 1);
}

TEST_F(RecordsTest, PrunedEventsLeaveTheNumbering) {
    account.order({{"TEA", 1}});
    account.pass_days(1);
    account.order({{"TEA", 1}});
    EXPECT_EQ(last_event_before(account.session(), account.now), 1);
    prune_events(account.session(), 1);
    EXPECT_EQ(events_after(account.session(), 0, 10).front().sequence, 2);
    account.order({{"TEA", 1}});
    EXPECT_EQ(events_after(account.session(), 0, 10).back().sequence, 3);
    prune_events(account.session(), 3);
    EXPECT_EQ(last_event_before(account.session(), account.now), 3) << "none is left, none is new";
    account.expect_sound();
}

TEST_F(RecordsTest, TodayIsTheAccountsDay) {
    account.now = *Instant::parse("2026-03-31T18:30:00Z");
    account.run([](Transaction& t) { EXPECT_EQ(t.today().text(), "2026-04-01"); });
    account.now = *Instant::parse("2026-03-31T18:29:59Z");
    account.run([](Transaction& t) { EXPECT_EQ(t.today().text(), "2026-03-31"); });
}

TEST_F(RecordsTest, CursorsComeBackAsTheyWere) {
    const auto cursor = encode_cursor({"a/b", "", "ü"});
    EXPECT_EQ(decode_cursor(cursor, 3), (std::vector<std::string>{"a/b", "", "ü"}));
    EXPECT_THROW(decode_cursor(cursor, 2), Refusal);
    EXPECT_THROW(decode_cursor(encode_cursor({"\xC3\x28"}), 1), Refusal);
    EXPECT_THROW(decode_cursor("VjE\x9DVEVBHw", 2), Refusal);
    EXPECT_THROW(decode_counter(cursor), Refusal);
    EXPECT_EQ(decode_counter(encode_cursor({"42"})), 42);
}

TEST_F(RecordsTest, VerifyFindsWhatIsWrong) {
    account.stock("TEA", "BLR", 5);
    account.ship(account.order({{"TEA", 1}}));
    account.order({{"TEA", 8}});
    account.expect_sound();
    using ::testing::Contains;
    EXPECT_THAT(broken_by("UPDATE balance SET quantity = quantity + 1 WHERE bin = 'DEFAULT'"),
                Contains("S1"));
    EXPECT_THAT(broken_by("UPDATE balance SET value = value + 1 WHERE bin = 'DEFAULT'"),
                Contains("S1"));
    EXPECT_THAT(broken_by("DELETE FROM movement WHERE id = 1"), Contains("S1"));
    EXPECT_THAT(broken_by("UPDATE stock SET reserved = sellable + 1"), Contains("S2"));
    EXPECT_THAT(broken_by("DELETE FROM reservation"), Contains("S4"));
    EXPECT_THAT(broken_by("UPDATE sales_order SET status = 'completed'"), Contains("S4"));
    EXPECT_THAT(broken_by("UPDATE sales_order_line SET waiting = waiting + 1"), Contains("O1"));
    EXPECT_THAT(broken_by("DELETE FROM waiting_line"), Contains("O1"));
    EXPECT_THAT(broken_by("DELETE FROM shipped_part"), Contains("O1"));
    EXPECT_THAT(broken_by("UPDATE sales_order SET amount = amount + 1"), Contains("M1"));
    EXPECT_THAT(broken_by("UPDATE sales_order_line SET amount = amount + 1"), Contains("M1"));
    EXPECT_THAT(broken_by("DELETE FROM event WHERE sequence = 2"), Contains("events"));
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

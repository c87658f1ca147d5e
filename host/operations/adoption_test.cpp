// A plugin that was installed in another version: what it declares now holds in every account that
// has it on, from the account's first call on, and a version that cannot be taken over stands in
// nobody's way.
#include <gmock/gmock.h>

#include "host/operations/host_fixture.hpp"
#include "host/operations/plugin_fixture.hpp"

namespace wharf::operations {
namespace {

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Runs {
    std::vector<std::string> due;
};
BOOST_DESCRIBE_STRUCT(Runs, (), (due))

struct OldBook {
    std::string title;
    std::int64_t shelf = 0;
};
BOOST_DESCRIBE_STRUCT(OldBook, (), (title, shelf))

struct Book {
    std::string title;
    std::string room;
};
BOOST_DESCRIBE_STRUCT(Book, (), (title, room))

struct InRoom {
    std::string room;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(InRoom, (), (room, after))

struct OldSettings {
    Defaulted<std::int64_t> rooms = 1;
};
BOOST_DESCRIBE_STRUCT(OldSettings, (), (rooms))

struct Settings {
    Defaulted<std::int64_t> rooms = 1;
    Defaulted<std::string> colour = std::string("white");
};
BOOST_DESCRIBE_STRUCT(Settings, (), (rooms, colour))

struct StrictSettings {
    std::string owner;
};
BOOST_DESCRIBE_STRUCT(StrictSettings, (), (owner))

class FirstShelf : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.config<OldSettings>();
        setup.write("put", "POST /books", &FirstShelf::put).permission("catalog.write");
        setup.every("count", daily_at("02:00"), &FirstShelf::count);
        setup.collection<OldBook>("books").index(&OldBook::title);
    }
    OldBook put(Context& context, const OldBook& book) const {
        context.collection<OldBook>("books").put(book, book.title);
        return book;
    }
    void count(Context&, const ScheduledRun&) const {}
};

// Books have a room instead of a shelf: shelves 0 to 99 were in room R-0, and so on.
class SecondShelf : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.config<Settings>();
        setup.read("in_room", "GET /rooms/{room}", &SecondShelf::in_room)
            .permission("catalog.read");
        setup.write("put", "POST /books", &SecondShelf::put).permission("catalog.write");
        setup.read("runs", "GET /runs", &SecondShelf::runs).permission("catalog.read");
        setup.every("count", daily_at("04:00"), &SecondShelf::count);
        setup.collection<Book>("books")
            .index(&Book::room, &Book::title)
            .version(2, &SecondShelf::upgrade);
        setup.collection<Runs>("runs");
    }
    Book put(Context& context, const Book& book) const {
        context.collection<Book>("books").put(book, book.title);
        return book;
    }
    Page<Stored<Book>> in_room(Context& context, const InRoom& request) const {
        return context.collection<Book>("books").find(
            Find("room_title").equals(request.room).limit(1000));
    }
    Runs runs(Context& context, const Nothing&) const {
        const auto stored = context.collection<Runs>("runs").get("all");
        return stored ? stored->document : Runs{};
    }
    void count(Context& context, const ScheduledRun& run) const {
        auto all = runs(context, {});
        all.due.push_back(run.due_at.text());
        context.collection<Runs>("runs").put(all, "all");
    }
    boost::json::value upgrade(std::int64_t from, boost::json::value document) const {
        if (from != 1) throw std::runtime_error("there was only one before");
        auto& book = document.as_object();
        const auto shelf = book.at("shelf").as_int64();
        book["room"] = "R-" + std::to_string(shelf / 100);
        book.erase("shelf");
        return document;
    }
};

// One that no account can take over: it wants a setting that has no default.
class GreedyShelf : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.config<StrictSettings>();
        setup.read("runs", "GET /runs", &GreedyShelf::runs).permission("catalog.read");
    }
    Nothing runs(Context&, const Nothing& nothing) const { return nothing; }
};

struct Library : Host {
    Library() : Host({first()}) {
        account();
        call("plugins.switch", R"({"plugin":"shelf","enabled":true,"reason":"t"})");
    }
    static const plugins::Plugin* first() { return in_process<FirstShelf>("shelf", "1.0.0"); }
    static const plugins::Plugin* second() { return in_process<SecondShelf>("shelf", "2.0.0"); }
    static const plugins::Plugin* greedy() { return in_process<GreedyShelf>("shelf", "3.0.0"); }
    Library& book(const std::string& title, int shelf) {
        call("shelf.put", R"({"title":")" + title + R"(","shelf":)" + std::to_string(shelf) + '}');
        return *this;
    }
    boost::json::array in_room(const std::string& room) {
        return call("shelf.in_room", R"({"room":")" + room + "\"}").at("items").as_array();
    }
    boost::json::array adoptions() {
        return call("audit.list", R"({"operation":"host.adopt_plugin_version"})")
            .at("items")
            .as_array();
    }
    boost::json::value state() { return call("plugins.get", R"({"plugin":"shelf"})"); }
};

TEST(Adoption, HappensOnceWithTheFirstWriteAndIsInTheAudit) {
    Library host;
    host.restart_with({Library::second()});
    host.product("TEA");
    host.product("COFFEE");
    const auto adoptions = host.adoptions();
    ASSERT_EQ(adoptions.size(), 1U);
    EXPECT_EQ(adoptions[0].at("plugin").as_string(), "shelf");
    EXPECT_EQ(adoptions[0].at("plugin_version").as_string(), "2.0.0");
    EXPECT_TRUE(host.call("inventory.verify", "{}").at("ok").as_bool());
}

TEST(Adoption, NothingIsAdoptedWhereTheVersionIsTheSame) {
    Library host;
    host.restart();
    host.product("TEA");
    EXPECT_TRUE(host.adoptions().empty());
}

TEST(Adoption, ComesBeforeTheFirstReadAsWell) {
    Library host;
    host.book("Emma", 7).book("Persuasion", 107);
    host.restart_with({Library::second()});
    const auto found = host.in_room("R-1");
    ASSERT_EQ(found.size(), 1U) << "the new index is over a field that only the new shape has";
    EXPECT_EQ(found[0].at("document").at("title").as_string(), "Persuasion");
    EXPECT_EQ(host.adoptions().size(), 1U);
}

TEST(Adoption, DocumentsReadInTheShapeOfNowAndAreStoredSoWithTheirNextPut) {
    Library host;
    host.book("Emma", 7);
    host.restart_with({Library::second()});
    const auto read = host.in_room("R-0");
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].at("document").at("room").as_string(), "R-0");
    EXPECT_EQ(read[0].at("version").as_int64(), 1) << "reading writes nothing";
    host.call("shelf.put", R"({"title":"Emma","room":"R-5"})");
    EXPECT_TRUE(host.in_room("R-0").empty());
    EXPECT_EQ(host.in_room("R-5")[0].at("version").as_int64(), 2);
}

TEST(Adoption, SchedulesFollowTheNewVersion) {
    Library host;
    host.restart_with({Library::second()});
    host.product("TEA");
    host.pass(std::chrono::hours(24));
    host.operations().look_at_the_clock();
    const auto runs = host.call("shelf.runs", "{}").at("due").as_array();
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].as_string(), "2026-11-01T22:30:00.000Z") << "04:00 in Kolkata";
}

TEST(Adoption, NewSettingsGetTheirDefaults) {
    Library host;
    host.restart_with({Library::second()});
    host.product("TEA");
    EXPECT_EQ(host.state().at("config").at("colour").as_string(), "white");
}

TEST(Adoption, AVersionThatCannotBeTakenOverIsSwitchedOffWithTheReason) {
    Library host;
    host.restart_with({Library::greedy()});
    host.product("TEA");
    const auto state = host.state();
    EXPECT_EQ(state.at("state").as_string(), "off");
    EXPECT_EQ(state.at("changed_by").as_string(), "host");
    EXPECT_THAT(state.at("reason").as_string().c_str(), testing::HasSubstr("3.0.0"));
    EXPECT_THAT(state.at("reason").as_string().c_str(), testing::HasSubstr("/config/owner"));
    EXPECT_EQ(host.refusal("shelf.runs", "{}"), "plugin_off");
    const auto events = host.call("events.list", "{}").at("items").as_array();
    EXPECT_EQ(events.back().at("name").as_string(), "plugin.switched_off");
    EXPECT_EQ(host.adoptions().size(), 1U);
}

TEST(Adoption, ManyDocumentsAreIndexedByAJobAndUntilThenSearchesSaySo) {
    constexpr int kBooks = 1201;
    Library host;
    for (int i = 0; i < kBooks; ++i) host.book("B" + std::to_string(10'000 + i), i);
    host.restart_with({Library::second()});
    host.product("TEA");
    host.operations().jobs().wait(AccountCode("acme"), "J000000001", std::chrono::seconds(20));
    const auto job = host.call("jobs.get", R"({"id":"J000000001"})");
    EXPECT_EQ(job.at("status").as_string(), "done") << boost::json::serialize(job);
    EXPECT_EQ(job.at("kind").as_string(), "reindex");
    for (int room = 0; room < 12; ++room) {
        EXPECT_EQ(host.in_room("R-" + std::to_string(room)).size(), 100U) << room;
    }
    EXPECT_EQ(host.in_room("R-12").size(), 1U);
}

TEST(Adoption, UntilTheJobIsDoneSearchesOverAnIndexAreRefused) {
    Library host;
    for (int i = 0; i < 501; ++i) host.book("B" + std::to_string(10'000 + i), i);
    host.restart_with({Library::second()});
    host.operations().jobs().stop();
    host.product("TEA");
    EXPECT_EQ(host.refusal("shelf.in_room", R"({"room":"R-0"})"), "index_building");
    host.restart();
    host.operations().look_at_the_clock();
    host.operations().jobs().wait(AccountCode("acme"), "J000000001", std::chrono::seconds(20));
    EXPECT_EQ(host.in_room("R-5").size(), 1U);
}

}  // namespace
}  // namespace wharf::operations

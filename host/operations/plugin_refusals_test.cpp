// What the host refuses to a plugin: each with its code, and nothing of it kept.
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "host/operations/host_fixture.hpp"
#include "host/operations/plugin_fixture.hpp"

namespace wharf::operations {
namespace {

// Any operation with any request, as a plugin on the C door could ask for it.
struct Ask {
    std::string operation;
    boost::json::value request;
};
BOOST_DESCRIBE_STRUCT(Ask, (), (operation, request))

struct Document {
    std::optional<std::string> text;
    std::optional<boost::json::value> anything;
};
BOOST_DESCRIBE_STRUCT(Document, (), (text, anything))

struct Answered {
    boost::json::value reply;
};
BOOST_DESCRIBE_STRUCT(Answered, (), (reply))

class Asker : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.uses<documents::Pdf>();
        setup.write("ask", "POST /asks", &Asker::ask).permission("catalog.write");
        setup.read("look", "GET /asks", &Asker::ask).permission("catalog.read");
        setup.collection<Document>("documents")
            .index(&Document::text)
            .index(&Document::anything)
            .index(&Document::text, &Document::anything);
    }
    Answered ask(Context& context, const Ask& request) const {
        return {context.call<boost::json::value>(request.operation, request.request)};
    }
};

struct Asking : Host {
    Asking() : Host({in_process<Asker>("asker")}) {
        account();
        call("plugins.switch", R"({"plugin":"asker","enabled":true,"reason":"t"})");
    }
    static std::string asking(const std::string& operation, const std::string& request) {
        return R"({"operation":")" + operation + R"(","request":)" + request + '}';
    }
    boost::json::value ask(const std::string& operation, const std::string& request) {
        return call("asker.ask", asking(operation, request)).at("reply");
    }
    // The code of the refusal; of an invalid request that of its first fault, with its pointer.
    std::string refused(const std::string& operation, const std::string& request) {
        try {
            ask(operation, request);
            return "taken";
        } catch (const Refusal& refusal) {
            EXPECT_EQ(refusal.caused_by(), operation);
            if (refusal.faults().empty()) return refusal.code();
            return refusal.faults()[0].pointer + ' ' + refusal.faults()[0].code;
        }
    }
};

TEST(PluginRefusals, OfCollectionsThatAreNotDeclared) {
    Asking host;
    EXPECT_EQ(host.refused("collections.put", R"({"collection":"others","document":{}})"),
              "/collection undeclared_collection");
    EXPECT_EQ(host.refused("collections.find", R"({"collection":"documents","index":"size"})"),
              "/index undeclared_index");
    EXPECT_EQ(host.refused("collections.find", R"({"collection":"documents","equals":["a"]})"),
              "/equals no_index");
    EXPECT_EQ(host.refused("collections.find",
                           R"({"collection":"documents","index":"text","equals":["a","b"]})"),
              "/equals too_many");
    EXPECT_EQ(
        host.refused("collections.find", R"({"collection":"documents","index":"text","limit":0})"),
        "/limit out_of_range");
}

TEST(PluginRefusals, OfDocumentsThatCannotBeKept) {
    Asking host;
    EXPECT_EQ(
        host.refused("collections.put", R"({"collection":"documents","id":"","document":{}})"),
        "/id invalid_id");
    EXPECT_EQ(
        host.refused("collections.put", R"({"collection":"documents","document":{"text":7}})"),
        "/document/text wrong_type");
    EXPECT_EQ(host.refused("collections.put",
                           R"({"collection":"documents","document":{"anything":[1]}})"),
              "not_indexable");
    EXPECT_EQ(host.refused("collections.put", R"({"collection":"documents","document":{"text":")" +
                                                  std::string(2000, 'x') + "\"}}"),
              "key_too_long");
    EXPECT_EQ(
        host.refused("collections.put", R"({"collection":"documents","document":{"filling":")" +
                                            std::string(1024 * 1024, 'x') + "\"}}"),
        "/document too_large");
    EXPECT_EQ(host.ask("collections.count", R"({"collection":"documents"})").at("count").as_int64(),
              0);
}

TEST(Collections, FindARangeInEitherDirectionAndCountIt) {
    Asking host;
    for (const char* text : {"a", "b", "c", "d"}) {
        host.ask("collections.put", std::string(R"({"collection":"documents","id":")") + text +
                                        R"(","document":{"text":")" + text + R"("}})");
    }
    const auto ids = [&](const std::string& search) {
        const auto page = host.ask("collections.find",
                                   R"({"collection":"documents","index":"text",)" + search + '}');
        std::string found;
        for (const auto& item : page.at("items").as_array()) {
            found += item.at("id").as_string().c_str();
        }
        return found;
    };
    EXPECT_EQ(ids(R"("from":"b","to":"c")"), "bc");
    EXPECT_EQ(ids(R"("from":"b","to":"c","descending":true)"), "cb");
    EXPECT_EQ(ids(R"("from":"c")"), "cd");
    EXPECT_EQ(ids(R"("equals":["b"])"), "b");
    EXPECT_EQ(host.ask("collections.count",
                       R"({"collection":"documents","index":"text","from":"b","to":"d"})")
                  .at("count")
                  .as_int64(),
              3);
}

TEST(PluginRefusals, OfADocumentThatHasMovedOn) {
    Asking host;
    host.ask("collections.put", R"({"collection":"documents","id":"a","document":{}})");
    EXPECT_EQ(host.refused("collections.put", R"({"collection":"documents","id":"a",)"
                                              R"("document":{},"expected_version":0})"),
              "version_changed");
    EXPECT_EQ(host.refused("collections.remove",
                           R"({"collection":"documents","id":"a","expected_version":2})"),
              "version_changed");
    EXPECT_EQ(host.refused("collections.put", R"({"collection":"documents","id":"b",)"
                                              R"("document":{},"expected_version":3})"),
              "version_changed");
    EXPECT_EQ(host.refused("collections.get", R"({"collection":"documents","id":"b"})"),
              "not_found");
}

TEST(PluginRefusals, OfEventsAndJobsThatAreNotDeclared) {
    Asking host;
    EXPECT_EQ(host.refused("events.record", R"({"name":"asker.thought","data":{}})"),
              "/name undeclared_event");
    EXPECT_EQ(host.refused("jobs.start", R"({"job":"think","request":{}})"), "/job undeclared_job");
}

TEST(PluginRefusals, OfTheHostsOwnOperations) {
    Asking host;
    EXPECT_EQ(host.refusal("asker.ask",
                           Asking::asking("sales.place_order", R"({"location":"BLR","lines":[]})")),
              "undeclared_use");
    EXPECT_EQ(host.refusal("asker.ask", Asking::asking("accounts.create", "{}")), "not_found");
    EXPECT_EQ(host.refusal("asker.ask", Asking::asking("nothing.at_all", "{}")), "not_found");
    EXPECT_EQ(host.refusal("asker.ask", Asking::asking("imports.run", "{}")), "not_found");
}

// Printing takes long; in a write all other writes of the account would wait for it.
TEST(PluginRefusals, APluginPrintsInItsReadsOnly) {
    Asking host;
    EXPECT_EQ(host.refused("documents.pdf", R"({"id":"DKA1_2627_000001"})"), "printing_in_a_write");
    try {
        host.call("asker.look", Asking::asking("documents.pdf", R"({"id":"DKA1_2627_000001"})"));
        ADD_FAILURE() << "there is no such document";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code(), "not_found");
    }
}

}  // namespace
}  // namespace wharf::operations

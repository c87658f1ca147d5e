// `in_flight: finished`: a plugin that is being switched off ends what it began, and is off by
// itself when nothing is left.
#include <gmock/gmock.h>

#include <wharf/operations/sales.hpp>

#include "host/operations/host_fixture.hpp"
#include "host/operations/plugin_fixture.hpp"

namespace wharf::operations {
namespace {

struct Tender {
    std::string number;
};
BOOST_DESCRIBE_STRUCT(Tender, (), (number))

struct Remark {
    std::string order;
};
BOOST_DESCRIBE_STRUCT(Remark, (), (order))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Seen {
    std::int64_t orders = 0;
    std::int64_t cancelled = 0;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (orders, cancelled))

struct Open {
    std::int64_t in_flight = 0;
};
BOOST_DESCRIBE_STRUCT(Open, (), (in_flight))

// Holds tenders until they are closed, and counts the orders that it hears of.
class Tenders : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.write("open", "POST /tenders", &Tenders::open).permission("catalog.write");
        setup.write("close", "POST /tenders/{number}/close", &Tenders::close)
            .permission("catalog.write")
            .on_existing("tender", &Tender::number);
        setup.write("remark", "POST /orders/{order}/remark", &Tenders::remark)
            .permission("catalog.write")
            .on_existing("order", &Remark::order);
        setup.read("seen", "GET /seen", &Tenders::seen).permission("catalog.read");
        setup.on<event::OrderPlaced>(&Tenders::placed)
            .on<event::OrderCancelled>(&Tenders::cancelled)
            .on_existing("order", &SalesOrder::number);
        setup.preview(&Tenders::in_flight);
        setup.collection<Tender>("tenders");
        setup.collection<Seen>("seen");
    }
    Tender open(Context& context, const Tender& request) const {
        context.collection<Tender>("tenders").put(request, request.number);
        return request;
    }
    Tender close(Context& context, const Tender& request) const {
        if (!context.collection<Tender>("tenders").remove(request.number)) {
            throw Refusal::not_found("tender", request.number);
        }
        return request;
    }
    Remark remark(Context&, const Remark& request) const { return request; }
    Seen seen(Context& context, const Nothing&) const {
        const auto stored = context.collection<Seen>("seen").get("all");
        return stored ? stored->document : Seen{};
    }
    void placed(Context& context, const Occurrence<event::OrderPlaced>&) const {
        auto counted = seen(context, {});
        ++counted.orders;
        context.collection<Seen>("seen").put(counted, "all");
    }
    void cancelled(Context& context, const Occurrence<event::OrderCancelled>&) const {
        auto counted = seen(context, {});
        ++counted.cancelled;
        context.collection<Seen>("seen").put(counted, "all");
    }
    Open in_flight(Context& context) const {
        return {context.collection<Tender>("tenders").count()};
    }
};

struct Tendering : Host {
    Tendering() : Host({in_process<Tenders>("tenders")}) {
        account().location().product();
        turn(true);
    }
    std::string turn(bool on, const std::string& in_flight = "finished") {
        const auto state =
            call("plugins.switch", R"({"plugin":"tenders","reason":"test","enabled":)" +
                                       std::string(on ? "true" : "false") + R"(,"in_flight":")" +
                                       in_flight + "\"}");
        return state.at("state").as_string().c_str();
    }
    std::string state() {
        return call("plugins.get", R"({"plugin":"tenders"})").at("state").as_string().c_str();
    }
    Tendering& tender(const std::string& number) {
        call("tenders.open", R"({"number":")" + number + "\"}");
        return *this;
    }
    std::string order() {
        const auto reference = std::to_string(++orders_);
        return call(
                   "sales.place_order",
                   R"({"reference":"W-)" + reference +
                       R"(","location":"BLR","lines":[{"sku":"TEA","quantity":1,"unit_price":"1"}]})")
            .at("number")
            .as_string()
            .c_str();
    }

private:
    int orders_ = 0;
};

TEST(Finishing, WithNothingInFlightIsOffAtOnce) {
    Tendering host;
    EXPECT_EQ(host.turn(false), "off");
}

TEST(Finishing, FrozenIsOffAtOnceWhateverIsInFlight) {
    Tendering host;
    host.tender("T1");
    EXPECT_EQ(host.turn(false, "frozen"), "off");
    EXPECT_EQ(host.refusal("tenders.close", R"({"number":"T1"})"), "plugin_off");
}

TEST(Finishing, BeginsNothingNewAndEndsByItselfWhenNothingIsLeft) {
    Tendering host;
    host.tender("T1").tender("T2");
    EXPECT_EQ(host.turn(false), "finishing");
    EXPECT_EQ(host.refusal("tenders.open", R"({"number":"T3"})"), "plugin_off");
    EXPECT_EQ(host.refusal("tenders.seen", "{}"), "plugin_off");
    host.call("tenders.close", R"({"number":"T1"})");
    EXPECT_EQ(host.state(), "finishing");
    host.call("tenders.close", R"({"number":"T2"})");
    const auto state = host.call("plugins.get", R"({"plugin":"tenders"})");
    EXPECT_EQ(state.at("state").as_string(), "off");
    EXPECT_EQ(state.at("changed_by").as_string(), "host");
    EXPECT_EQ(state.at("reason").as_string(), "nothing was left to finish");
    EXPECT_EQ(host.refusal("tenders.close", R"({"number":"T2"})"), "plugin_off");
}

TEST(Finishing, IsOverInTheUnitThatEndsTheLastDocument) {
    Tendering host;
    host.tender("T1");
    host.turn(false);
    host.call("tenders.close", R"({"number":"T1"})");
    const auto events = host.call("events.list", "{}").at("items").as_array();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events.back().at("name").as_string(), "plugin.switched_off");
    EXPECT_EQ(events.back().at("data").at("state").as_string(), "off");
    EXPECT_EQ(host.call("inventory.verify", "{}").at("ok").as_bool(), true);
}

TEST(Finishing, GoesOnWithOrdersFromBeforeTheSwitchOnly) {
    Tendering host;
    host.tender("T1");
    const auto before = host.order();
    host.pass(std::chrono::seconds(1));
    host.turn(false);
    host.pass(std::chrono::seconds(1));
    const auto after = host.order();
    host.call("tenders.remark", R"({"order":")" + before + "\"}");
    EXPECT_EQ(host.refusal("tenders.remark", R"({"order":")" + after + "\"}"), "plugin_off");
    EXPECT_EQ(host.refusal("tenders.remark", R"({"order":"SO-999999"})"), "plugin_off");
}

TEST(Finishing, ReactsToWhatBecomesOfOrdersFromBeforeTheSwitchOnly) {
    Tendering host;
    host.tender("T1");
    const auto before = host.order();
    host.pass(std::chrono::seconds(1));
    host.turn(false);
    host.pass(std::chrono::seconds(1));
    const auto after = host.order();
    host.call("sales.cancel_order", R"({"number":")" + before + "\"}");
    host.call("sales.cancel_order", R"({"number":")" + after + "\"}");
    host.turn(true);
    const auto seen = host.call("tenders.seen", "{}");
    EXPECT_EQ(seen.at("orders").as_int64(), 1) << "the order placed while it finished is not seen";
    EXPECT_EQ(seen.at("cancelled").as_int64(), 1);
}

TEST(Finishing, CanBeSwitchedOnAgain) {
    Tendering host;
    host.tender("T1");
    EXPECT_EQ(host.turn(false), "finishing");
    EXPECT_EQ(host.turn(true), "on");
    host.tender("T2");
}

}  // namespace
}  // namespace wharf::operations

// Keeps a quantity of a product at a location out of sale.
#include <wharf/plugin.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

using wharf::Context;
using wharf::Quantity;
using wharf::Refusal;

// What the account may set, with its default.
struct Settings {
    wharf::Defaulted<bool> business_orders_too = true;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (business_orders_too))

// A request, and at the same time what is stored.
struct Hold {
    wharf::Sku sku;
    wharf::LocationCode location;
    Quantity quantity;  // base units
    std::optional<wharf::Reason> reason;
};
BOOST_DESCRIBE_STRUCT(Hold, (), (sku, location, quantity, reason))

struct HoldPlaced {
    std::string id;
};
BOOST_DESCRIBE_STRUCT(HoldPlaced, (), (id))

struct HoldQuery {
    std::optional<wharf::Sku> sku;
    wharf::Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(HoldQuery, (), (sku, limit, after))

struct LiftHold {
    std::string id;
};
BOOST_DESCRIBE_STRUCT(LiftHold, (), (id))

class SafetyHold : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Safety hold").plans({"growth", "enterprise"}).config<Settings>();
        setup.uses<wharf::inventory::Levels>();
        setup.write("place", "POST /holds", &SafetyHold::place).permission("inventory.write");
        setup.write("lift", "DELETE /holds/{id}", &SafetyHold::lift).permission("inventory.write");
        setup.read("list", "GET /holds", &SafetyHold::list).permission("inventory.read");
        setup.guard<wharf::sales::PlaceOrder>(&SafetyHold::may_sell);
        setup.collection<Hold>("holds").index(&Hold::sku, &Hold::location);
    }

    HoldPlaced place(Context& context, const Hold& request) const {
        return {context.collection<Hold>("holds").put(request).id};
    }

    wharf::Done lift(Context& context, const LiftHold& request) const {
        if (!context.collection<Hold>("holds").remove(request.id)) {
            throw Refusal::not_found("hold", request.id);
        }
        return {};
    }

    // A key that is bound to locations sees the holds there.
    wharf::Page<wharf::Stored<Hold>> list(Context& context, const HoldQuery& query) const {
        wharf::Find find(query.sku ? "sku_location" : "");
        if (query.sku) find.equals(*query.sku);
        auto page =
            context.collection<Hold>("holds").find(find.limit(query.limit).after(query.after));
        const auto& own = context.principal().locations;
        std::erase_if(page.items, [&](const wharf::Stored<Hold>& hold) {
            return !own.empty() &&
                   std::find(own.begin(), own.end(), hold.document.location) == own.end();
        });
        return page;
    }

    // Asked before every order: what is held may not be sold.
    void may_sell(Context& context, const wharf::sales::PlaceOrder& order) const {
        if (order.kind == wharf::OrderKind::business &&
            !context.config<Settings>().business_orders_too) {
            return;
        }
        std::map<std::pair<wharf::Sku, wharf::LocationCode>, Quantity> wanted;
        for (const auto& line : order.lines) {
            wanted[{line.sku, line.location.value_or(order.location)}] += line.quantity;
        }
        for (const auto& [place, quantity] : wanted) {
            const auto held_back = held(context, place.first, place.second);
            if (held_back.zero()) continue;
            if (available(context, place.first, place.second) - held_back < quantity) {
                throw Refusal::conflict("safety_hold.held_back",
                                        std::to_string(held_back.raw()) + " of " +
                                            place.first.text() + " at " + place.second.text() +
                                            " are held back",
                                        "order less, or have the hold lifted");
            }
        }
    }

    static Quantity held(Context& context, const wharf::Sku& sku,
                         const wharf::LocationCode& location) {
        Quantity sum;
        context.collection<Hold>("holds").each(
            wharf::Find("sku_location").equals(sku).equals(location),
            [&](const wharf::Stored<Hold>& hold) { sum += hold.document.quantity; });
        return sum;
    }

    static Quantity available(Context& context, const wharf::Sku& sku,
                              const wharf::LocationCode& location) {
        wharf::inventory::Levels query;
        query.sku = sku;
        query.location = location;
        Quantity sum;
        context.each(query, [&](const wharf::StockItem& item) { sum += item.available; });
        return sum;
    }
};
WHARF_PLUGIN(SafetyHold, "safety_hold", "1.0.0")

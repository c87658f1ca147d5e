// Asks the account of a supplier whether it can deliver, and is told. The plugin is on in both
// accounts: in the one that asks and in the one that is asked.
#include <wharf/plugin.hpp>

#include <optional>
#include <string>

using wharf::AccountCode;
using wharf::Context;
using wharf::Count;
using wharf::Quantity;
using wharf::Received;

// From the account that asks to its supplier's.
struct Asked {
    static constexpr std::string_view kName = "supply_request.asked";
    std::string request;  // its number, in the account that asks
    wharf::Sku sku;
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (request, sku, quantity))

// And back.
struct Answered {
    static constexpr std::string_view kName = "supply_request.answered";
    std::string request;
    Count available;
};
BOOST_DESCRIBE_STRUCT(Answered, (), (request, available))

struct NewRequest {
    AccountCode supplier;
    wharf::Sku sku;
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(NewRequest, (), (supplier, sku, quantity))

// What the account that asks remembers; `available` is empty until the supplier has answered.
struct Request {
    AccountCode supplier;
    wharf::Sku sku;
    Quantity quantity;
    std::optional<Count> available;
};
BOOST_DESCRIBE_STRUCT(Request, (), (supplier, sku, quantity, available))

// What the account that is asked remembers.
struct Inquiry {
    AccountCode from;
    wharf::Sku sku;
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Inquiry, (), (from, sku, quantity))

struct Query {
    wharf::Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Query, (), (limit, after))

class SupplyRequest : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Supply request").uses<wharf::inventory::Levels, wharf::catalog::GetProduct>();
        setup.write("ask", "POST /requests", &SupplyRequest::ask).permission("purchasing.write");
        setup.read("list", "GET /requests", &SupplyRequest::list).permission("purchasing.read");
        setup.read("inquiries", "GET /inquiries", &SupplyRequest::inquiries)
            .permission("inventory.read");
        setup.receive<Asked>(&SupplyRequest::asked);
        setup.receive<Answered>(&SupplyRequest::answered);
        setup.collection<Request>("requests");
        setup.collection<Inquiry>("inquiries");
    }

    wharf::Stored<Request> ask(Context& context, const NewRequest& request) const {
        const Request open{request.supplier, request.sku, request.quantity, {}};
        const auto stored = context.collection<Request>("requests").put(open);
        context.send(request.supplier, Asked{stored.id, request.sku, request.quantity});
        return {stored.id, stored.version, open};
    }

    // In the supplier's account. A product that it does not have is a refusal: the message is tried
    // again, then parked there, and nothing is answered.
    void asked(Context& context, const Received<Asked>& message) const {
        const auto& asked = message.data;
        context.catalog().get_product({asked.sku});
        context.collection<Inquiry>("inquiries").put({message.from, asked.sku, asked.quantity});
        context.send(message.from, Answered{asked.request, available(context, asked.sku)});
    }

    // Back in the account that asked. Who answers what it was not asked is not believed.
    void answered(Context& context, const Received<Answered>& message) const {
        auto requests = context.collection<Request>("requests");
        auto stored = requests.get(message.data.request);
        if (!stored || stored->document.supplier != message.from) {
            throw wharf::Refusal::not_found("request", message.data.request);
        }
        stored->document.available = message.data.available;
        requests.put(stored->document, stored->id);
    }

    wharf::Page<wharf::Stored<Request>> list(Context& context, const Query& query) const {
        return context.collection<Request>("requests")
            .find(wharf::Find().limit(query.limit).after(query.after));
    }
    wharf::Page<wharf::Stored<Inquiry>> inquiries(Context& context, const Query& query) const {
        return context.collection<Inquiry>("inquiries")
            .find(wharf::Find().limit(query.limit).after(query.after));
    }

    static Count available(Context& context, const wharf::Sku& sku) {
        wharf::inventory::Levels query;
        query.sku = sku;
        Count sum;
        context.each(query, [&](const wharf::StockItem& item) { sum += item.available; });
        return sum;
    }
};
WHARF_PLUGIN(SupplyRequest, "supply_request", "1.0.0")

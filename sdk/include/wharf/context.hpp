// What a handler is given: who, when, which account, and the way to every operation of the host.
//
// Threads: a context belongs to the call that it was made for; use it on that call's thread only
// and keep no reference to it.
#pragma once

#include <wharf_abi.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wharf/collection.hpp"
#include "wharf/describe.hpp"
#include "wharf/door.hpp"
#include "wharf/message.hpp"
#include "wharf/model/account.hpp"
#include "wharf/operation.hpp"
#include "wharf/operations/jobs.hpp"
#include "wharf/operations/messages.hpp"
#include "wharf/services.hpp"

namespace wharf {

// Who asked. Within reactions and schedules it is the plugin itself; while a message is taken in it
// is the account that sent it, with the role `account`.
struct Principal {
    std::string name;
    std::string role;
    std::optional<VendorCode> vendor;     // a vendor's key: sees only its own purchase orders
    std::vector<LocationCode> locations;  // a bound warehouse key: sees only these; empty: all
};
BOOST_DESCRIBE_STRUCT(Principal, (), (name, role, vendor, locations))

// The facts that come with a call.
struct CallFacts {
    Account account;
    Instant now;  // one per unit of work, whole milliseconds; never ask the clock
    Date today;   // of `now`, in the account's time zone
    PluginName plugin;
    boost::json::value config;
    Principal principal;
    std::string request_id;
    bool dry_run = false;
    std::int32_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(CallFacts, (),
                      (account, now, today, plugin, config, principal, request_id, dry_run, depth))

enum class LogLevel { debug = 0, info = 1, warning = 2, error = 3 };

class Context {
public:
    Context(Door door, CallFacts facts) : door_(door), facts_(std::move(facts)) {}
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    [[nodiscard]] const Account& account() const { return facts_.account; }
    [[nodiscard]] Instant now() const { return facts_.now; }
    [[nodiscard]] Date today() const { return facts_.today; }
    [[nodiscard]] const Principal& principal() const { return facts_.principal; }
    [[nodiscard]] const std::string& request_id() const { return facts_.request_id; }
    // True when everything will be rolled back: nothing to do differently, except for saying so.
    [[nodiscard]] bool dry_run() const { return facts_.dry_run; }

    // The plugin's settings for this account, as `Setup::config<T>()` declared them.
    template <class Settings>
    [[nodiscard]] Settings config() const {
        return facts_.config.is_null() ? Settings{} : from_json<Settings>(facts_.config);
    }

    // Runs an operation in the same unit of work. Throws the Refusal that it answers with; its own
    // effects are then undone, and the handler may go on.
    template <OperationRequest Request>
    typename Request::Reply call(const Request& request) {
        return door_.call<typename Request::Reply>(Request::kOperation.name, to_json(request));
    }
    // The same for an operation of another plugin, by name. The manifest must list it under `uses`.
    template <class Reply, class Request>
    Reply call(std::string_view operation, const Request& request) {
        return door_.call<Reply>(operation, to_json(request));
    }

    // Runs a list operation page by page and visits every item.
    template <OperationRequest Request, class Visit>
    void each(Request request, Visit visit) {
        request.limit = kPageRows;
        while (true) {
            auto page = call(request);
            for (const auto& item : page.items) visit(item);
            if (!page.next) return;
            request.after = std::move(page.next);
        }
    }

    // The plugin's own documents in this account.
    template <class Document>
    Collection<Document> collection(std::string_view name) {
        return Collection<Document>(door_, std::string(name));
    }

    // Records an event of the plugin's own, declared with `Setup::event<Event>()`.
    template <class Event>
    void record(const typename Event::Document& data,
                const std::optional<DocumentNumber>& document = {}) {
        std::string request = "{\"name\":";
        append_json_string(request, Event::kName);
        request += ",\"document\":";
        append_json(request, document);
        request += ",\"data\":";
        append_json(request, data);
        request += '}';
        door_.call_text("events.record", request);
    }

    // Sends a message to another account of the installation, when this unit of work is committed
    // and not at all when it is undone. It gets there exactly once, in the order in which this
    // account sent to that one; the other side must have agreed (docs/support.md). Returns its
    // number in this account. Another plugin's message must be listed under `uses`.
    template <MessageType Message>
    std::int64_t send(const AccountCode& to, const Message& message) {
        return call(messages::Send{to, std::string(Message::kName), RawJson{to_json(message)}})
            .number;
    }

    // Starts a job that the plugin declares with `Setup::job()`; its first step runs after this
    // unit of work is committed, and not at all when it is undone. Returns the job's id.
    template <class Request>
    std::string start_job(std::string_view job, const Request& request) {
        return call(jobs::StartJob{std::string(job), Door::parse(to_json(request))}).id;
    }

    void log(LogLevel level, std::string_view text) { door_.log(static_cast<int>(level), text); }

    services::Catalog catalog() { return services::Catalog(door_); }
    services::Inventory inventory() { return services::Inventory(door_); }
    services::Sales sales() { return services::Sales(door_); }
    services::Purchasing purchasing() { return services::Purchasing(door_); }
    services::Receiving receiving() { return services::Receiving(door_); }
    services::Planning planning() { return services::Planning(door_); }
    services::Tax tax() { return services::Tax(door_); }
    services::Documents documents() { return services::Documents(door_); }
    services::Transfers transfers() { return services::Transfers(door_); }

private:
    // Rows per internal page; the host's bound is 10,000.
    static constexpr std::int32_t kPageRows = 1000;

    Door door_;
    CallFacts facts_;
};

}  // namespace wharf

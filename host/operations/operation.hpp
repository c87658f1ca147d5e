// An operation: the one thing that every door opens. Those of the host and of plugins look alike.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <optional>
#include <string>
#include <wharf/operation.hpp>
#include <wharf/shape.hpp>

#include "host/plugins/manifest.hpp"

namespace wharf::operations {

class CallContext;

// Where its route begins: below /v1/accounts/{account}, or below /v1.
enum class Scope { account, host };

// Where its handler runs: in a unit or snapshot of the account, in one of the directory (account
// zero), or outside of both, because it needs several units (imports, creating an account); such a
// handler itself records the request's key, in the unit of its effect.
enum class Place { account, directory, outside };

// Takes the validated request, writes the reply as JSON, or throws a Refusal.
using Handler = std::function<std::string(CallContext&, const boost::json::value&)>;

struct Operation {
    std::string name;  // "sales.place_order", "/2" and so on for later revisions
    Access access = Access::read;
    std::string permission;  // empty: any key of the account
    std::string method;      // "POST"; empty: no HTTP
    std::string route;       // "/orders/{number}/ship", "/plugins/stn/notes"; relative to its scope
    std::string summary;
    int success_status = 200;
    ShapePtr request;  // of an object; path, query and body fields together
    ShapePtr reply;
    std::string plugin;  // the owner, or empty for the host's own
    Scope scope = Scope::account;
    Place place = Place::account;
    bool as_plugin = false;  // nested calls drop the caller's row bindings
    std::optional<plugins::ExistingDocument> on_existing;
    // The reply holds what is shown once: a retry is refused instead of answered again.
    bool reply_is_secret = false;
    bool plugins_only = false;  // only through the door of plugins: collections, own events
    // The field of the request that a text/csv body becomes; empty: bodies are JSON.
    std::string csv_field;
    Handler handler;

    [[nodiscard]] bool is_write() const { return access == Access::write; }
    [[nodiscard]] bool over_http() const { return !method.empty(); }
};

}  // namespace wharf::operations

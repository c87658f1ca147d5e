// Entering a plugin: the one way from the pipeline into foreign code. Each stay has a frame with a
// token; while it lasts, the plugin may call back on that thread with that token.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "host/operations/call_context.hpp"
#include "host/operations/plugin_set.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

struct Entering {
    wharf_call_kind kind = WHARF_CALL_OPERATION;
    std::string_view name;
    std::string_view input;  // JSON
    domain::Actor actor;     // of the calls that the plugin makes
    int depth = 0;           // of the events that are recorded within
    bool reads_only = false;
    bool by_itself = false;  // a reaction, schedule or job: the plugin is its own principal
    // The number of the document that the request is on: its version is held against If-Match by
    // the calls on it before anything was changed, reads included.
    std::string document = {};
    // The account whose message is taken in.
    std::optional<AccountCode> sender = {};
};

// One stay inside a plugin.
struct PluginFrame {
    UnitOfWork& unit;
    const PluginEntry& entry;
    Entering entering;
    std::uint64_t token = 0;
    std::uint64_t id = 0;
    const PluginFrame* outer = nullptr;
    // A statement that failed for something that the plugin asked. Whatever it makes of the
    // refusal, its call has failed with this, and it is given nothing more.
    mutable std::exception_ptr storage_fault = nullptr;
    mutable bool wrote = false;            // something that it asked for changed the account
    mutable bool found_existing = false;   // and something only found a document again
    mutable bool version_checked = false;  // its document was held against If-Match
};

// What became of one, for whoever asks.
struct Stay {
    bool only_found = false;  // all that it wrote was there before (same reference and content)
    bool version_checked = false;  // its document was held against If-Match
};

// The frame of this thread that is innermost, or null outside of every plugin.
const PluginFrame* current_frame();

// Returns the plugin's reply. Throws the Refusal that it answers with; plugins::PluginFault when it
// broke (counted by the breaker); Refusal deadline when it came back too late (counted as well),
// and unavailable
// (`plugin_failing`) while the breaker is open; the StorageError that something it asked for met.
std::string enter_plugin(UnitOfWork& unit, const PluginEntry& entry, Entering entering,
                         Stay* stay = nullptr);

// The handler of every operation that a plugin declares.
std::string enter_operation(CallContext& context, const PluginEntry& entry, std::string_view name,
                            const boost::json::value& request, bool as_plugin);

// Runs what the plugin in the frame asks for, in a savepoint of its own. Throws Refusal.
std::string call_from_plugin(const PluginFrame& frame, std::string_view operation,
                             std::string_view request);

}  // namespace wharf::operations

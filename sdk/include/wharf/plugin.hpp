// What the author of a plugin includes. A plugin is one class with a setup() and const handlers:
//
//     struct Greeting { Name name; };
//     BOOST_DESCRIBE_STRUCT(Greeting, (), (name))
//
//     class Hello : public wharf::Plugin {
//         void setup(wharf::Setup& setup) override {
//             setup.title("Hello");
//             setup.read("greet", "GET /greeting", &Hello::greet).permission("catalog.read");
//         }
//         Greeting greet(wharf::Context& context, const Greeting& request) const;
//     };
//     WHARF_PLUGIN(Hello, "hello", "1.0.0")
//
// One object serves all accounts and threads, so handlers are const. A handler returns its reply or
// throws a Refusal; what it did is then undone. Time, ids and numbers come from the context and the
// host; a handler does no network or file I/O.
#pragma once

#include <wharf_abi.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "wharf/context.hpp"
#include "wharf/setup.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf {

class Plugin {
public:
    Plugin() = default;
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;
    virtual ~Plugin() = default;

    // Declares everything; called once, before any handler.
    virtual void setup(Setup& setup) = 0;
};

namespace detail {

inline wharf_status write_out(wharf_writer& writer, std::string_view text, wharf_status status) {
    return writer.write(writer.state, text.data(), text.size()) == 0 ? status : WHARF_FAULT;
}

inline wharf_status fault(wharf_writer& writer, std::string_view detail) noexcept {
    try {
        std::string json = "{\"detail\":";
        append_json_string(json, detail);
        return write_out(writer, json + '}', WHARF_FAULT);
    } catch (...) {
        return WHARF_FAULT;
    }
}

// Runs `body` so that nothing thrown crosses the edge.
template <class Body>
wharf_status guarded(wharf_writer& writer, Body body) noexcept {
    try {
        return body();
    } catch (const Refusal& refusal) {
        try {
            return write_out(writer, refusal_to_json(refusal), WHARF_REFUSED);
        } catch (...) {
            return WHARF_FAULT;
        }
    } catch (const std::exception& error) {
        return fault(writer, error.what());
    } catch (...) {
        return fault(writer, "threw something that is no std::exception");
    }
}

// The one plugin of a bundle, behind its C entry.
template <class Class>
class Entry {
public:
    static wharf_status describe(wharf_writer* writer) {
        return guarded(*writer,
                       [&] { return write_out(*writer, self().setup_.description(), WHARF_OK); });
    }

    static wharf_status start(const wharf_host* host, wharf_writer* error) {
        return guarded(*error, [&] {
            if (host->size < sizeof(wharf_host) || host->level < WHARF_ABI_LEVEL) {
                return fault(*error, "the host is older than the plugin");
            }
            self().host_ = host;
            return WHARF_OK;
        });
    }

    static wharf_status call(const wharf_call* call, wharf_writer* reply) {
        return guarded(*reply, [&] {
            const auto name = text_of_bytes(call->name);
            const auto* handler = self().setup_.find(call->kind, name);
            if (handler == nullptr) return fault(*reply, "has no handler for " + std::string(name));
            Context context(Door(*self().host_, call->token),
                            from_json<CallFacts>(Door::parse(text_of_bytes(call->context))));
            return write_out(
                *reply,
                (*handler)(self().plugin_, context, Door::parse(text_of_bytes(call->input))),
                WHARF_OK);
        });
    }

    static const char* name_;
    static const char* version_;

private:
    Entry() : setup_(name_, version_) { static_cast<Plugin&>(plugin_).setup(setup_); }
    static Entry& self() {
        static Entry entry;
        return entry;
    }

    Class plugin_;
    Setup setup_;
    const wharf_host* host_ = nullptr;
};

template <class Class>
const char* Entry<Class>::name_ = nullptr;
template <class Class>
const char* Entry<Class>::version_ = nullptr;

}  // namespace detail
}  // namespace wharf

// Makes `Class` the plugin of this bundle. NAME: [a-z][a-z0-9_]{0,39}; VERSION: MAJOR.MINOR.PATCH.
#define WHARF_PLUGIN(Class, NAME, VERSION)                        \
    template <>                                                   \
    const char* wharf::detail::Entry<Class>::name_ = NAME;        \
    template <>                                                   \
    const char* wharf::detail::Entry<Class>::version_ = VERSION;  \
    extern "C" __attribute__((visibility("default")))             \
    const wharf_plugin_entry_v1 wharf_plugin_entry;               \
    extern "C" const wharf_plugin_entry_v1 wharf_plugin_entry = { \
        sizeof(wharf_plugin_entry_v1),                            \
        WHARF_ABI_LEVEL,                                          \
        NAME,                                                     \
        VERSION,                                                  \
        &wharf::detail::Entry<Class>::describe,                   \
        &wharf::detail::Entry<Class>::start,                      \
        &wharf::detail::Entry<Class>::call};

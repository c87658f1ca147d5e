// A plugin for tests that uses every part of the SDK: notes about products, kept in a collection.
#pragma once

#include <stdexcept>
#include <wharf/operations/catalog.hpp>
#include <wharf/operations/jobs.hpp>
#include <wharf/operations/transfers.hpp>

#include "host/operations/plugin_fixture.hpp"

namespace wharf::operations::keeper {

struct Note {
    Sku sku;
    Defaulted<std::string> text;
    std::optional<Money> price;
};
BOOST_DESCRIBE_STRUCT(Note, (), (sku, text, price))

inline Note note_of(Sku sku, std::string text = {}) {
    return {std::move(sku), std::move(text), {}};
}

struct Noted {
    std::string id;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (id, version))

struct NoteQuery {
    std::optional<Sku> sku;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(NoteQuery, (), (sku, limit, after))

struct Settings {
    Defaulted<bool> reaction_fails = false;
    Defaulted<bool> echo = false;
    std::optional<Schedule> sweep;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (reaction_fails, echo, sweep))

struct NoteWritten {
    using Document = Note;
    static constexpr std::string_view kName = "keeper.note_written";
};

// To the keeper of another account.
struct NoteTold {
    static constexpr std::string_view kName = "keeper.note_told";
    Sku sku;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(NoteTold, (), (sku, text))

struct Tell {
    AccountCode to;
    Sku sku;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Tell, (), (to, sku, text))

// Anything, to anybody, as a plugin that does not use the SDK could.
struct RawMessage {
    std::string message;
    boost::json::value data;
};
BOOST_DESCRIBE_STRUCT(RawMessage, (), (message, data))

struct Told {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Told, (), (number))

struct First {
    std::int64_t in_flight = 0;
    std::string says;
};
BOOST_DESCRIBE_STRUCT(First, (), (in_flight, says))

struct CountJob {
    std::int64_t to = 0;
};
BOOST_DESCRIBE_STRUCT(CountJob, (), (to))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

class Keeper : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.title("Keeper").plans({"growth", "enterprise"});
        setup.config<Settings>();
        setup.uses<catalog::GetProduct, catalog::PutProduct, catalog::PutVendor,
                   transfers::Create>();
        setup.event<NoteWritten>("A note was written");
        setup.write("write", "POST /notes", &Keeper::write).permission("catalog.write");
        setup.read("list", "GET /notes", &Keeper::list).permission("catalog.read");
        setup.write("break", "POST /break", &Keeper::break_down).permission("catalog.write");
        setup.write("endless", "POST /endless", &Keeper::endless).permission("catalog.write");
        setup.write("undeclared", "POST /undeclared", &Keeper::undeclared)
            .permission("catalog.write");
        setup.write("catches", "POST /catches", &Keeper::catches).permission("catalog.write");
        setup.write("move", "POST /moves", &Keeper::move).permission("catalog.write");
        setup.write("stock", "POST /stock", &Keeper::stock).permission("catalog.write");
        setup.write("count", "POST /counts", &Keeper::start_count).permission("catalog.write");
        setup.write("tell", "POST /told", &Keeper::tell).permission("catalog.write");
        setup.write("tell_and_fail", "POST /told-and-failed", &Keeper::tell_and_fail)
            .permission("catalog.write");
        setup.write("send_raw", "POST /raw", &Keeper::send_raw).permission("catalog.write");
        setup.receive<NoteTold>(&Keeper::note_told);
        setup.on<event::PluginSwitchedOn>(&Keeper::switched_on);
        setup.on<NoteWritten>(&Keeper::note_written);
        setup.guard<catalog::PutProduct>(&Keeper::may_put);
        setup.within<catalog::PutVendor>(&Keeper::vendor_put);
        setup.every("nightly", daily_at("02:00"), &Keeper::nightly);
        setup.every("sweep", from_config("sweep"), &Keeper::nightly);
        setup.job<Keeper, CountJob, std::int64_t>("count", &Keeper::count);
        setup.preview(&Keeper::first);
        setup.collection<Note>("notes").index(&Note::sku, &Note::price).unique(&Note::text);
    }

    Noted write(Context& context, const Note& note) const {
        const auto stored = context.collection<Note>("notes").put(note);
        context.record<NoteWritten>(note);
        return {stored.id, stored.version};
    }
    Page<Stored<Note>> list(Context& context, const NoteQuery& query) const {
        Find find("sku_price");
        if (query.sku) find.equals(*query.sku);
        find.limit(query.limit).after(query.after);
        return context.collection<Note>("notes").find(find);
    }
    Nothing break_down(Context&, const Nothing&) const {
        throw std::runtime_error("a wheel is off");
    }
    Nothing endless(Context& context, const Nothing& nothing) const {
        return context.call<Nothing>("keeper.endless", nothing);
    }
    Nothing undeclared(Context& context, const Nothing&) const {
        catalog::PutLocation location;
        location.code = LocationCode("X");
        location.name = Name("X");
        context.call(location);
        return {};
    }
    // A refused call leaves nothing, and the handler goes on.
    Noted catches(Context& context, const Note& note) const {
        try {
            context.call<Noted>("keeper.write", note);
            context.call(catalog::GetProduct{Sku("NOT-THERE")});
        } catch (const Refusal& refusal) {
            return write(context, note_of(note.sku, refusal.caused_by()));
        }
        return {};
    }
    // What the host makes of it is all that this does.
    Transfer move(Context& context, const transfers::Create& request) const {
        return context.call(request);
    }
    // The guard has its say here as well.
    Nothing stock(Context& context, const catalog::PutProduct& request) const {
        context.call(request);
        return {};
    }
    Nothing start_count(Context& context, const CountJob& request) const {
        context.start_job("count", request);
        return {};
    }

    Told tell(Context& context, const Tell& request) const {
        return {context.send(request.to, NoteTold{request.sku, request.text})};
    }
    Told send_raw(Context& context, const RawMessage& request) const {
        return {context
                    .call(messages::Send{AccountCode("shop"), request.message,
                                         RawJson{boost::json::serialize(request.data)}})
                    .number};
    }
    Told tell_and_fail(Context& context, const Tell& request) const {
        tell(context, request);
        throw Refusal::conflict("keeper.no", "changed its mind");
    }
    // Notes of who said what, in the order in which it was heard. "sulk" fails while the settings
    // say so; "back" is answered with the same, without end.
    void note_told(Context& context, const Received<NoteTold>& message) const {
        if (message.data.text.starts_with("sulk") && context.config<Settings>().reaction_fails) {
            throw Refusal::conflict("keeper.sulks", "not today");
        }
        if (message.data.text == "break") throw std::runtime_error("a wheel is off");
        if (message.data.text == "back") context.send(message.from, message.data);
        auto notes = context.collection<Note>("notes");
        notes.put(note_of(message.data.sku, context.principal().name + " (" +
                                                context.principal().role + ") said " +
                                                message.data.text + ", " + message.id));
    }

    void switched_on(Context& context, const Occurrence<event::PluginSwitchedOn>&) const {
        context.collection<Note>("notes").put(note_of(Sku("SWITCHED"), "on"), "switched");
    }
    void note_written(Context& context, const Occurrence<NoteWritten>& occurrence) const {
        const auto settings = context.config<Settings>();
        if (settings.reaction_fails) {
            context.collection<Note>("notes").put(note_of(Sku("HALF"), "half done"));
            throw Refusal::conflict("keeper.sulks", "not today");
        }
        if (settings.echo) context.record<NoteWritten>(occurrence.data);
        auto notes = context.collection<Note>("notes");
        const auto seen = notes.get("seen");
        const auto times = seen ? seen->version + 1 : 1;
        notes.put(note_of(Sku("SEEN"), "seen " + std::to_string(times)), "seen");
    }
    void may_put(Context& context, const catalog::PutProduct& request) const {
        if (request.sku == Sku("BREAK")) throw std::runtime_error("a wheel is off");
        if (request.sku == Sku("WRITE")) write(context, note_of(Sku("WRITE")));
        if (request.sku == Sku("NO")) throw Refusal::forbidden("keeper.no", "never that one");
    }
    void vendor_put(Context& context, const catalog::PutVendor& request, const Vendor&) const {
        write(context, note_of(Sku("VENDOR"), request.code.text()));
        if (request.code == VendorCode("NO")) {
            throw Refusal::conflict("keeper.no", "never that one");
        }
        if (request.code == VendorCode("BREAK")) throw std::runtime_error("a wheel is off");
        if (request.code == VendorCode("AGAIN")) context.call(request);
    }
    void nightly(Context& context, const ScheduledRun& run) const {
        context.collection<Note>("notes").put(note_of(Sku("NIGHT"), run.due_at.text()));
    }
    JobStep<std::int64_t> count(Context& context, const CountJob& request,
                                const std::int64_t& state) const {
        context.collection<Note>("notes").put(note_of(Sku("COUNT"), std::to_string(state)));
        JobStep<std::int64_t> step;
        step.state = state + 1;
        step.done = step.state >= request.to;
        step.progress_done = step.state;
        step.progress_total = request.to;
        step.result = step.state;
        return step;
    }
    First first(Context& context) const {
        const auto notes = context.collection<Note>("notes").count();
        return {0, "there are " + std::to_string(notes) + " notes"};
    }
};

inline const plugins::Plugin* plugin() {
    return in_process<Keeper>("keeper");
}

// Needs the keeper and writes notes through it.
class Clerk : public wharf::Plugin {
    void setup(Setup& setup) override {
        setup.title("Clerk").plans({"enterprise"}).needs_plugin("keeper", "1.0.0");
        setup.uses("keeper.write");
        setup.write("note", "POST /notes", &Clerk::note).permission("catalog.write");
    }
    Noted note(Context& context, const Note& request) const {
        return context.call<Noted>("keeper.write", request);
    }
};

inline const plugins::Plugin* clerk() {
    return in_process<Clerk>("clerk");
}

}  // namespace wharf::operations::keeper

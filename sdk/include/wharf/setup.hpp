// What a plugin says about itself, once, in Plugin::setup(): operations, reactions, guards,
// schedules, jobs, collections, settings. From these calls come the plugin's manifest and the
// dispatch of calls into its handlers.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "wharf/context.hpp"
#include "wharf/describe.hpp"
#include "wharf/events.hpp"
#include "wharf/job.hpp"
#include "wharf/message.hpp"
#include "wharf/occurrence.hpp"
#include "wharf/schedule.hpp"
#include "wharf/schema.hpp"
#include "wharf/setup_parts.hpp"

namespace wharf {

template <class Event>
class ReactionSetup;
template <class Message>
class ReceiverSetup;

class Setup {
public:
    Setup(std::string name, const std::string& version) : name_(std::move(name)) {
        manifest_["sdk_level"] = WHARF_ABI_LEVEL;
        manifest_["name"] = detail::json_text(name_);
        manifest_["version"] = detail::json_text(version);
        manifest_["title"] = detail::json_text(name_);
        for (const auto* list :
             {"plans", "account_types", "inventory_types", "serial_modes", "uses", "permissions",
              "requires", "operations", "events", "reactions", "guards", "within", "schedules",
              "jobs", "collections"}) {
            manifest_[list] = boost::json::array{};
        }
        manifest_["config"] = nullptr;
    }
    Setup(const Setup&) = delete;
    Setup& operator=(const Setup&) = delete;

    // ---- who may have it
    // -------------------------------------------------------------------------
    Setup& title(std::string_view text) {
        manifest_["title"] = detail::json_text(text);
        return *this;
    }
    Setup& summary(std::string_view text) {
        manifest_["summary"] = detail::json_text(text);
        return *this;
    }
    // An empty list, the default, admits every account.
    Setup& plans(const std::vector<std::string>& names) { return texts("plans", names); }
    Setup& account_types(const std::vector<std::string>& names) {
        return texts("account_types", names);
    }
    Setup& inventory_types(const std::vector<std::string>& names) {
        return texts("inventory_types", names);
    }
    Setup& serial_modes(const std::vector<int>& modes) {
        manifest_["serial_modes"] = boost::json::array(modes.begin(), modes.end());
        return *this;
    }
    // Another plugin that must be on: at least this version, same major.
    Setup& needs_plugin(std::string_view plugin, std::string_view version) {
        list("requires")
            .push_back(boost::json::object{{"plugin", detail::json_text(plugin)},
                                           {"version", detail::json_text(version)}});
        return *this;
    }

    // ---- what it may call
    // ------------------------------------------------------------------------ Operations that
    // handlers call; anything else is refused (forbidden).
    template <OperationRequest... Request>
    Setup& uses() {
        (list("uses").push_back(detail::json_text(Request::kOperation.name)), ...);
        return *this;
    }
    Setup& uses(std::string_view operation_or_permission) {
        list("uses").push_back(detail::json_text(operation_or_permission));
        return *this;
    }
    // A permission of the plugin's own: `<plugin>.<verb>`.
    Setup& permission(std::string_view name, std::string_view text) {
        list("permissions")
            .push_back(boost::json::object{{"name", detail::json_text(name)},
                                           {"summary", detail::json_text(text)}});
        return *this;
    }

    // Settings per account, validated by the host against the struct's description.
    template <class Settings>
    Setup& config() {
        manifest_["config"] = to_json_schema(*shape_of<Settings>());
        return *this;
    }

    // ---- what it does
    // ----------------------------------------------------------------------------
    // `setup.write("place", "POST /holds", &SafetyHold::place)`: an operation `<plugin>.place`,
    // served at
    // `/v1/accounts/{account}/plugins/<plugin>/holds`. A `{field}` of the path is a field of the
    // request.
    template <class Object, class Reply, class Request>
    OperationSetup write(std::string_view verb, std::string_view route,
                         Reply (Object::*method)(Context&, const Request&) const) {
        return add_operation("write", verb, route, method);
    }
    template <class Object, class Reply, class Request>
    OperationSetup read(std::string_view verb, std::string_view route,
                        Reply (Object::*method)(Context&, const Request&) const) {
        return add_operation("read", verb, route, method);
    }
    template <class Object, class Reply, class Request>
    void write(std::string_view, std::string_view, Reply (Object::*)(Context&, const Request&)) {
        detail::require_const<Reply (Object::*)(Context&, const Request&)>();
    }
    template <class Object, class Reply, class Request>
    void read(std::string_view, std::string_view, Reply (Object::*)(Context&, const Request&)) {
        detail::require_const<Reply (Object::*)(Context&, const Request&)>();
    }

    // An event of the plugin's own, named `<plugin>.<what_happened>`.
    template <class Event>
    Setup& event(std::string_view text = {}) {
        list("events").push_back(
            boost::json::object{{"name", detail::json_text(Event::kName)},
                                {"summary", detail::json_text(text)},
                                {"shape", to_json_schema(*shape_of<typename Event::Document>())}});
        return *this;
    }

    // Reacts to a fact, right after the write that caused it, exactly once. What it throws never
    // fails that write.
    template <class Event, class Object>
    ReactionSetup<Event> on(void (Object::*method)(Context&, const Occurrence<Event>&) const) {
        auto& entry =
            list("reactions")
                .emplace_back(boost::json::object{{"event", detail::json_text(Event::kName)},
                                                  {"on_existing", nullptr}});
        reactions_[std::string(Event::kName)] = [method](const Plugin& plugin, Context& context,
                                                         const boost::json::value& input) {
            (static_cast<const Object&>(plugin).*method)(context,
                                                         from_json<Occurrence<Event>>(input));
            return std::string("{}");
        };
        return ReactionSetup<Event>(*this, entry.as_object());
    }

    // Takes in a message of another account that this one has agreed with, exactly once. Runs with
    // the plugin's permissions; what it throws is tried again, then parked where support sees it.
    template <MessageType Message, class Object>
    ReceiverSetup<Message> receive(void (Object::*method)(Context&, const Received<Message>&)
                                       const) {
        // Only where it is used: hosts of before there were messages do not know the key.
        if (!manifest_.contains("receives")) manifest_["receives"] = boost::json::array{};
        auto& entry =
            list("receives")
                .emplace_back(boost::json::object{{"message", detail::json_text(Message::kName)},
                                                  {"shape", to_json_schema(*shape_of<Message>())},
                                                  {"on_existing", nullptr}});
        receivers_[std::string(Message::kName)] = [method](const Plugin& plugin, Context& context,
                                                           const boost::json::value& input) {
            (static_cast<const Object&>(plugin).*method)(context,
                                                         from_json<Received<Message>>(input));
            return std::string("{}");
        };
        return ReceiverSetup<Message>(*this, entry.as_object());
    }

    // Asked before an operation runs; may read and refuse, not write.
    template <OperationRequest Request, class Object>
    Setup& guard(void (Object::*method)(Context&, const Request&) const) {
        const std::string name(Request::kOperation.name);
        list("guards").push_back(detail::json_text(name));
        guards_[name] = [method](const Plugin& plugin, Context& context,
                                 const boost::json::value& input) {
            (static_cast<const Object&>(plugin).*method)(context, from_json<Request>(input));
            return std::string("{}");
        };
        return *this;
    }

    // Runs after the handler, in the same savepoint: commits or falls with it.
    template <OperationRequest Request, class Object>
    Setup& within(void (Object::*method)(Context&, const Request&, const typename Request::Reply&)
                      const) {
        const std::string name(Request::kOperation.name);
        list("within").push_back(detail::json_text(name));
        within_[name] = [method](const Plugin& plugin, Context& context,
                                 const boost::json::value& input) {
            (static_cast<const Object&>(plugin).*method)(
                context, from_json<Request>(input.at("request")),
                from_json<typename Request::Reply>(input.at("reply")));
            return std::string("{}");
        };
        return *this;
    }

    // Runs by the clock of the account's time zone; missed runs collapse into one.
    template <class Object>
    Setup& every(std::string_view name, const ScheduleRule& rule,
                 void (Object::*method)(Context&, const ScheduledRun&) const) {
        list("schedules")
            .push_back(boost::json::object{{"name", detail::json_text(name)},
                                           {"rule", rule.to_manifest()}});
        schedules_[std::string(name)] = [method](const Plugin& plugin, Context& context,
                                                 const boost::json::value& input) {
            (static_cast<const Object&>(plugin).*method)(context, from_json<ScheduledRun>(input));
            return std::string("{}");
        };
        return *this;
    }

    // Long work in steps; each step is a unit of work of its own.
    template <class Object, class Request, class State>
    Setup& job(std::string_view name,
               JobStep<State> (Object::*method)(Context&, const Request&, const State&) const) {
        list("jobs").push_back(
            boost::json::object{{"name", detail::json_text(name)},
                                {"summary", ""},
                                {"request", to_json_schema(*shape_of<Request>())}});
        jobs_[std::string(name)] = [method](const Plugin& plugin, Context& context,
                                            const boost::json::value& input) {
            const auto& state = input.at("state");
            return to_json((static_cast<const Object&>(plugin).*method)(
                context, from_json<Request>(input.at("request")),
                state.is_null() ? State{} : from_json<State>(state)));
        };
        return *this;
    }

    // Documents of the plugin's own.
    template <class Document>
    CollectionSetup<Document> collection(std::string_view name) {
        auto& entry =
            list("collections")
                .emplace_back(boost::json::object{{"name", detail::json_text(name)},
                                                  {"version", 1},
                                                  {"shape", to_json_schema(*shape_of<Document>())},
                                                  {"indexes", boost::json::array{}}});
        return CollectionSetup<Document>(entry.as_object(), upgrades_);
    }

    // What switching on would do first, shown to support before the switch.
    template <class Object, class Reply>
    Setup& preview(Reply (Object::*method)(Context&) const) {
        manifest_["preview"] = true;
        preview_ = [method](const Plugin& plugin, Context& context, const boost::json::value&) {
            return to_json((static_cast<const Object&>(plugin).*method)(context));
        };
        return *this;
    }

    // ---- for the entry
    // ---------------------------------------------------------------------------
    [[nodiscard]] std::string description() const { return boost::json::serialize(manifest_); }
    [[nodiscard]] const detail::Handler* find(std::uint32_t kind, std::string_view name) const {
        switch (kind) {
            case WHARF_CALL_OPERATION:
                return look_up(operations_, name);
            case WHARF_CALL_REACTION:
                return look_up(reactions_, name);
            case WHARF_CALL_GUARD:
                return look_up(guards_, name);
            case WHARF_CALL_WITHIN:
                return look_up(within_, name);
            case WHARF_CALL_SCHEDULE:
                return look_up(schedules_, name);
            case WHARF_CALL_UPGRADE:
                return look_up(upgrades_, name);
            case WHARF_CALL_JOB:
                return look_up(jobs_, name);
            case WHARF_CALL_PREVIEW:
                return preview_ ? &preview_ : nullptr;
            case WHARF_CALL_MESSAGE:
                return look_up(receivers_, name);
            default:
                return nullptr;
        }
    }

private:
    using Handlers = std::map<std::string, detail::Handler, std::less<>>;

    static const detail::Handler* look_up(const Handlers& handlers, std::string_view name) {
        const auto found = handlers.find(name);
        return found == handlers.end() ? nullptr : &found->second;
    }
    static const detail::Handler* look_up(const std::map<std::string, detail::Handler>& handlers,
                                          std::string_view name) {
        const auto found = handlers.find(std::string(name));
        return found == handlers.end() ? nullptr : &found->second;
    }
    boost::json::array& list(const char* key) { return manifest_[key].as_array(); }
    Setup& texts(const char* key, const std::vector<std::string>& names) {
        manifest_[key] = detail::json_texts(names);
        return *this;
    }

    template <class Object, class Reply, class Request>
    OperationSetup add_operation(std::string_view access, std::string_view verb,
                                 std::string_view route,
                                 Reply (Object::*method)(Context&, const Request&) const) {
        const auto name = name_ + "." + std::string(verb);
        const auto space = route.find(' ');
        auto& entry = list("operations")
                          .emplace_back(boost::json::object{
                              {"name", detail::json_text(name)},
                              {"summary", ""},
                              {"access", detail::json_text(access)},
                              {"method", detail::json_text(route.substr(0, space))},
                              {"path", detail::json_text(space == std::string_view::npos
                                                             ? std::string_view{}
                                                             : route.substr(space + 1))},
                              {"permission", detail::json_text(name_ + "." + std::string(access))},
                              {"as_plugin", false},
                              {"on_existing", nullptr},
                              {"request", to_json_schema(*shape_of<Request>())},
                              {"reply", to_json_schema(*shape_of<Reply>())}});
        operations_[name] = [method](const Plugin& plugin, Context& context,
                                     const boost::json::value& input) {
            return to_json(
                (static_cast<const Object&>(plugin).*method)(context, from_json<Request>(input)));
        };
        return OperationSetup(entry.as_object());
    }

    std::string name_;
    boost::json::object manifest_;
    Handlers operations_;
    Handlers reactions_;
    Handlers receivers_;
    Handlers guards_;
    Handlers within_;
    Handlers schedules_;
    Handlers jobs_;
    std::map<std::string, detail::Handler> upgrades_;
    detail::Handler preview_;
};

// One reaction, as it is being declared; another one may follow: `setup.on<A>(&P::a).on<B>(&P::b)`.
template <class Event>
class ReactionSetup {
public:
    ReactionSetup(Setup& setup, boost::json::object& manifest)
        : setup_(&setup), manifest_(&manifest) {}

    // Goes on while the plugin is finishing, for documents of `kind` that predate the switch;
    // `field` of the event's document holds its number.
    template <class Member>
    ReactionSetup& on_existing(std::string_view kind, Member Event::Document::*field) {
        (*manifest_)["on_existing"] = detail::json_existing(kind, field);
        return *this;
    }
    template <class Next, class Method>
    ReactionSetup<Next> on(Method method) {
        return setup_->template on<Next>(method);
    }

private:
    Setup* setup_;
    boost::json::object* manifest_;
};

// One receiver of messages, as it is being declared; another one may follow.
template <class Message>
class ReceiverSetup {
public:
    ReceiverSetup(Setup& setup, boost::json::object& manifest)
        : setup_(&setup), manifest_(&manifest) {}

    // Goes on while the plugin is finishing, for documents of `kind` that predate the switch;
    // `field` of the message holds its number. Others wait until the plugin is on again.
    template <class Member>
    ReceiverSetup& on_existing(std::string_view kind, Member Message::*field) {
        (*manifest_)["on_existing"] = detail::json_existing(kind, field);
        return *this;
    }
    template <class Next, class Method>
    ReceiverSetup<Next> receive(Method method) {
        return setup_->template receive<Next>(method);
    }

private:
    Setup* setup_;
    boost::json::object* manifest_;
};

}  // namespace wharf

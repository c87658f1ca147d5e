// Makes an operation of a described request struct and a plain function.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <wharf/describe.hpp>
#include <wharf/operation.hpp>

#include "host/operations/call_context.hpp"
#include "host/operations/registry.hpp"

namespace wharf::operations {

// The request struct's own description, without a handler.
template <OperationRequest Request>
Operation described() {
    const OperationInfo info = Request::kOperation;
    Operation operation;
    operation.name = info.name;
    operation.access = info.access;
    operation.permission = info.permission;
    if (const auto space = info.route.find(' '); space != std::string_view::npos) {
        operation.method = info.route.substr(0, space);
        operation.route = info.route.substr(space + 1);
    }
    operation.summary = info.summary;
    operation.success_status = info.success_status;
    operation.request = shape_of<Request>();
    operation.reply = shape_of<typename Request::Reply>();
    return operation;
}

template <class Reply>
void note_version(CallContext& context, const Reply& reply) {
    if constexpr (requires {
                      { reply.version } -> std::convertible_to<std::int64_t>;
                  }) {
        context.version = reply.version;
    }
}

// `function` is `Reply f(domain::Transaction&, const Request&)` or takes the whole CallContext.
template <OperationRequest Request, class Function>
Handler handler_of(Function function) {
    return [function](CallContext& context, const boost::json::value& json) {
        const auto request = from_json<Request>(json);
        if constexpr (std::is_invocable_v<Function, domain::Transaction&, const Request&>) {
            const auto reply = function(context.transaction(), request);
            if (context.transaction().existing()) context.status = 200;
            note_version(context, reply);
            return to_json(reply);
        } else {
            const auto reply = function(context, request);
            note_version(context, reply);
            return to_json(reply);
        }
    };
}

// An operation of the account's, in a unit or snapshot of it.
template <OperationRequest Request, class Function>
void bind(Registry& registry, Function function) {
    auto operation = described<Request>();
    operation.handler = handler_of<Request>(function);
    registry.add(std::move(operation));
}

// Any other: `adjust` sets what differs (scope, place, ...).
template <OperationRequest Request, class Function, class Adjust>
void bind(Registry& registry, Function function, Adjust adjust) {
    auto operation = described<Request>();
    operation.handler = handler_of<Request>(function);
    adjust(operation);
    registry.add(std::move(operation));
}

}  // namespace wharf::operations

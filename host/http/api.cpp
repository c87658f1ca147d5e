#include "host/http/api.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <chrono>
#include <cmath>
#include <exception>
#include <utility>

#include "host/accounts/roles.hpp"
#include "host/accounts/run.hpp"
#include "host/http/access_log.hpp"
#include "host/http/file_reply.hpp"
#include "host/http/openapi.hpp"
#include "host/http/problem.hpp"
#include "host/http/replies.hpp"
#include "host/http/request_id.hpp"
#include "host/plugins/plugin.hpp"
#include "host/storage/session.hpp"

namespace wharf::http {

namespace {

using operations::Answer;
using operations::Call;
using operations::Operation;
using operations::Scope;

std::vector<std::string> paths_of(const std::vector<ServiceEndpoint>& services) {
    std::vector<std::string> paths;
    for (const auto& service : services) paths.push_back(service.path);
    return paths;
}

std::string_view bearer_token(const Request& request) {
    constexpr std::string_view kScheme = "Bearer ";
    const auto header = request.header("Authorization");
    if (header.size() <= kScheme.size()) return {};
    if (!equal_without_case(header.substr(0, kScheme.size()), kScheme)) return {};
    return header.substr(kScheme.size());
}

Refusal no_such_path() {
    return {
        RefusalKind::not_found, "not_found", "there is no such path",
        "GET /openapi.json lists the host's, /v1/accounts/{account}/openapi.json the account's"};
}

// What the engine says stays in the log: it speaks of files and statements.
Refusal storage_refusal(const storage::StorageError& error) {
    using Kind = storage::StorageError::Kind;
    if (error.kind() == Kind::full) return accounts::storage_full();
    // A broken rule of the tables is a fault of the program: sending it again changes nothing.
    if (error.kind() == Kind::constraint) {
        return {RefusalKind::internal, "internal", "the write does not fit what is stored"};
    }
    return Refusal::unavailable("storage_failing", "the host's storage did not answer",
                                "send it again, unchanged");
}

}  // namespace

Api::Api(ApiParts parts, ApiSettings settings, std::vector<ServiceEndpoint> services)
    : parts_(std::move(parts)),
      settings_(std::move(settings)),
      services_(std::move(services)),
      routes_(parts_.registry, paths_of(services_)),
      limiter_(settings_.rates),
      gate_(std::max<std::size_t>(1, settings_.workers / limits::kHttpWorkersShare)) {}

Response Api::handle(const Request& request) {
    Exchange exchange{request, request_id_of(request)};
    Response response;
    try {
        response = answer(exchange);
    } catch (const Refusal& refusal) {
        response = refuse(exchange, refusal);
    } catch (const storage::StorageError& error) {
        exchange.failure = error.what();
        response = refuse(exchange, storage_refusal(error));
    } catch (const plugins::PluginFault& fault) {
        exchange.failure = fault.what();
        response = refuse(
            exchange, Refusal::unavailable("plugin_failing", "the plugin \"" + fault.plugin() +
                                                                 "\" failed: nothing was stored"));
    } catch (const std::exception& error) {
        exchange.failure = error.what();
        response = refuse(exchange, Refusal(RefusalKind::internal, "internal", error.what()));
    }
    finish(exchange, response);
    return response;
}

Response Api::refuse(Exchange& exchange, const Refusal& refusal) {
    exchange.code = refusal.code();
    if (refusal.kind() == RefusalKind::internal) exchange.failure = refusal.detail();
    return problem(refusal, exchange.request_id);
}

void Api::finish(Exchange& exchange, Response& response) {
    for (const auto& [name, value] : exchange.extra_headers) response.headers.set(name, value);
    response.headers.set("X-Request-Id", exchange.request_id);
    add_security_headers(response);
    record(exchange, response, parts_.log, parts_.metrics);
}

Response Api::answer(Exchange& exchange) {
    const auto& request = exchange.request;
    const auto found = routes_.find(request.method, request.segments);
    const auto* match = std::get_if<RouteMatch>(&found);
    if (match != nullptr) {
        const auto& route = routes_.at(match->route);
        exchange.route = route.pattern;
        if (route.kind == ApiRoute::Kind::service) return services_[route.service].answer(request);
    }
    const bool below_v1 = !request.segments.empty() && request.segments.front() == "v1";
    if (below_v1) {
        authenticate(exchange);
        take_token(exchange);
    }
    if (match != nullptr) return serve(exchange, routes_.at(match->route), *match);
    if (const auto* refusal = std::get_if<RouteMethodNotAllowed>(&found)) {
        exchange.code = "not_found";
        return method_not_allowed(refusal->allow, exchange.request_id);
    }
    throw no_such_path();
}

void Api::authenticate(Exchange& exchange) {
    const auto token = bearer_token(exchange.request);
    if (!token.empty()) exchange.principal = parts_.keys.authenticate(token, parts_.clock());
    if (exchange.principal) return;
    throw Refusal(RefusalKind::unauthenticated, "unauthenticated",
                  token.empty() ? "no API key was sent" : "the API key is not valid",
                  "send Authorization: Bearer wharf_<id>_<secret>");
}

void Api::take_token(Exchange& exchange) {
    const auto state = limiter_.take(exchange.principal->key_id);
    if (state.unlimited) return;
    auto& headers = exchange.extra_headers;
    const auto& rates = limiter_.rates();
    headers.set("RateLimit-Policy",
                "\"key\";q=" + std::to_string(std::lround(rates.burst)) + ";w=" +
                    std::to_string(std::max(1L, std::lround(rates.burst / rates.per_second))));
    headers.set("RateLimit", "\"key\";r=" + std::to_string(state.remaining) +
                                 ";t=" + std::to_string(state.reset_seconds));
    if (!state.limited) return;
    headers.set("Retry-After", std::to_string(state.retry_seconds));
    throw Refusal(RefusalKind::limited, "limited", "this key sends requests too quickly",
                  "wait for Retry-After seconds");
}

Response Api::serve(Exchange& exchange, const ApiRoute& route, const RouteMatch& match) {
    for (const auto& [name, value] : match.captures) {
        if (name != "account") continue;
        exchange.account = value;
        if (!accounts::may_see(*exchange.principal, AccountCode(value))) {
            throw Refusal::not_found("account", value);
        }
    }
    switch (route.kind) {
        case ApiRoute::Kind::operation:
            return operate(exchange, route, match);
        case ApiRoute::Kind::call_in_account:
        case ApiRoute::Kind::call_in_host:
            return call_by_name(exchange, route, match);
        case ApiRoute::Kind::account_openapi:
            return account_openapi(match);
        case ApiRoute::Kind::service:
            break;
    }
    throw no_such_path();
}

Response Api::operate(Exchange& exchange, const ApiRoute& route, const RouteMatch& match) {
    const auto& operation = *route.operation;
    auto request = read_request(exchange.request, match, operation);
    auto response =
        run(exchange, operation, std::move(request), route.made_field, exchange.request.path);
    if (operation.reply && response.status < 300 && file_media_type(*operation.reply)) {
        send_as_file(exchange.request, response);
    }
    return response;
}

Response Api::call_by_name(Exchange& exchange, const ApiRoute& route, const RouteMatch& match) {
    const auto& name = match.capture("name");
    const auto scope = route.kind == ApiRoute::Kind::call_in_account ? Scope::account : Scope::host;
    const auto* operation = parts_.registry.find(name);
    if (operation == nullptr || operation->plugins_only || operation->scope != scope) {
        throw Refusal::not_found("operation", name);
    }
    auto request = read_whole_request(exchange.request, operation->is_write());
    return run(exchange, *operation, std::move(request), {}, {});
}

Response Api::run(Exchange& exchange, const Operation& operation, OperationRequest request,
                  std::string_view made_field, const std::string& made_base) {
    exchange.operation = operation.name;
    Call call;
    if (operation.scope == Scope::account) call.account = AccountCode(exchange.account);
    call.principal = exchange.principal;
    call.operation = operation.name;
    call.request = std::move(request.value);
    call.faults = std::move(request.faults);
    call.dry_run = request.dry_run;
    call.request_id = exchange.request_id;
    if (operation.is_write()) {
        if (exchange.request.method == "POST") {
            call.idempotency_key = idempotency_key_of(exchange.request);
        }
        call.if_match = if_match_of(exchange.request);
    }
    const auto ticket = gate_.enter(exchange.account);
    auto response = reply(parts_.dispatcher.call(call), made_base, made_field);
    answer_unchanged(exchange.request, response);
    return response;
}

Response Api::account_openapi(const RouteMatch& match) {
    const auto& account = match.capture("account");
    Response response;
    response.body = openapi_document(parts_.dispatcher.operations_of(AccountCode(account)),
                                     {"Wharf, account " + account, settings_.version, account});
    return response;
}

BodyPolicy Api::body_policy(std::string_view method, std::string_view path) const {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        segments.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    const auto found = routes_.find(std::string(method), segments);
    const auto* match = std::get_if<RouteMatch>(&found);
    if (match == nullptr) return {};
    const auto* operation = routes_.at(match->route).operation;
    // A file that becomes a job may be large; one that is worked on in a single unit may not.
    const bool import = operation != nullptr && !operation->csv_field.empty() &&
                        operation->place == operations::Place::outside;
    return import ? kImportBody : BodyPolicy{};
}

Response Api::render_fault(const Fault& fault, const Request& understood) const {
    const auto request_id = request_id_of(understood);
    record_fault(fault, understood, request_id, parts_.log);
    auto response = problem(fault, request_id);
    response.headers.set("X-Request-Id", request_id);
    add_security_headers(response);
    return response;
}

}  // namespace wharf::http

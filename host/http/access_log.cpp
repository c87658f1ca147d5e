#include "host/http/access_log.hpp"

#include <chrono>
#include <utility>

#include "host/http/request_id.hpp"

namespace wharf::http {

void record(const Exchange& exchange, const Response& response, JsonLog& log, Metrics& metrics) {
    const auto took = std::chrono::steady_clock::now() - exchange.request.received_at;
    metrics.count(exchange.request.method, exchange.route, response.status,
                  std::chrono::duration<double>(took).count());
    if (!exchange.code.empty()) metrics.count_refusal(exchange.code);

    const auto level = response.status >= 500 ? LogLevel::error : LogLevel::info;
    if (!log.takes(level)) return;
    LogLine line(level, "http");
    line.text("request_id", exchange.request_id)
        .text("method", exchange.request.method)
        .text("route", exchange.route)
        .number("status", response.status)
        .number("duration_us", std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    if (const auto trace = traceparent_of(exchange.request); !trace.empty()) {
        line.text("traceparent", trace);
    }
    if (!exchange.account.empty()) line.text("account", exchange.account);
    if (!exchange.operation.empty()) line.text("operation", exchange.operation);
    if (exchange.principal) line.text("key", exchange.principal->key_id);
    if (!exchange.code.empty()) line.text("code", exchange.code);
    if (!exchange.failure.empty()) line.text("failure", exchange.failure);
    line.text("client", exchange.request.remote_address);
    log.write(level, std::move(line));
}

void record_fault(const Fault& fault, const Request& understood, const std::string& request_id,
                  JsonLog& log) {
    constexpr auto kLevel = LogLevel::info;
    if (!log.takes(kLevel)) return;
    LogLine line(kLevel, "http");
    line.text("request_id", request_id)
        .number("status", fault.status)
        .text("code", fault.code)
        .text("detail", fault.detail);
    if (!understood.method.empty()) line.text("method", understood.method);
    log.write(kLevel, std::move(line));
}

}  // namespace wharf::http

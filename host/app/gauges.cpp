#include "host/app/gauges.hpp"

#include "host/http/metrics.hpp"
#include "host/http/transport.hpp"
#include "host/operations/operations.hpp"

namespace wharf::app {

namespace {

template <class Number>
double number(Number value) {
    return static_cast<double>(value);
}

void write_transport(http::MetricsText& text, const http::Stats& stats) {
    text.counter("wharf_http_connections_accepted_total", "Connections taken.",
                 number(stats.accepted));
    text.counter("wharf_http_faults_total", "Requests refused before routing.",
                 number(stats.faults));
    text.counter("wharf_http_overloaded_total", "Requests refused because the host was full.",
                 number(stats.overloaded));
    text.counter("wharf_http_deadlines_total", "Connections cut because the client was too slow.",
                 number(stats.deadlines));
    text.counter("wharf_http_handler_failures_total", "Requests that failed inside the host.",
                 number(stats.handler_failures));
    text.gauge("wharf_http_connections", "Open connections.", number(stats.connections));
    text.gauge("wharf_http_queued", "Requests waiting for a worker.", number(stats.queued));
    text.gauge("wharf_http_busy_workers", "Workers with a request.", number(stats.busy_workers));
    text.gauge("wharf_http_buffered_bytes", "Bytes of requests in memory.",
               number(stats.buffered_bytes));
}

void write_accounts(http::MetricsText& text, operations::Operations& operations) {
    auto& accounts = operations.accounts();
    text.gauge("wharf_accounts_open", "Accounts that are open.", number(accounts.open_count()));
    text.gauge("wharf_directory_queue", "Units waiting in the directory's strand.",
               number(accounts.directory().waiting()));
    text.counter("wharf_directory_commits_total", "Batches committed in the directory.",
                 number(accounts.directory().commits()));
}

void write_plugins(http::MetricsText& text, operations::Operations& operations) {
    text.family("wharf_plugin_faults_total", "counter", "How often a plugin broke.");
    for (const auto& [plugin, faults] : operations.breaker().faults()) {
        text.sample("wharf_plugin_faults_total", {{"plugin", plugin}}, number(faults));
    }
    text.family("wharf_plugin_kept_out", "gauge",
                "1 while a plugin that keeps breaking is left out.");
    for (const auto& plugin : operations.breaker().kept_out()) {
        text.sample("wharf_plugin_kept_out", {{"plugin", plugin}}, 1);
    }
}

}  // namespace

void add_gauges(http::Metrics& metrics, operations::Operations& operations,
                const http::Server& server) {
    metrics.add_source(
        [&server](http::MetricsText& text) { write_transport(text, server.stats()); });
    metrics.add_source(
        [&operations](http::MetricsText& text) { write_accounts(text, operations); });
    metrics.add_source([&operations](http::MetricsText& text) { write_plugins(text, operations); });
}

}  // namespace wharf::app

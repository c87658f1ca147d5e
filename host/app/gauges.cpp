#include "host/app/gauges.hpp"

#include "host/accounts/strand_meters.hpp"
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
    text.gauge("wharf_accounts_open", "Accounts that are open.",
               number(operations.accounts().open_count()));
    const auto& strands = accounts::strand_meters();
    text.gauge("wharf_units_waiting", "Writes waiting in all strands.",
               number(strands.waiting.load()));
    text.counter("wharf_batches_total", "Durable commits.", number(strands.batches.load()));
    text.family("wharf_units_total", "counter", "Writes by what became of them.");
    text.sample("wharf_units_total", {{"outcome", "committed"}}, number(strands.committed.load()));
    text.sample("wharf_units_total", {{"outcome", "undone"}}, number(strands.undone.load()));
    text.sample("wharf_units_total", {{"outcome", "lost"}}, number(strands.lost.load()));
}

void write_messages(http::MetricsText& text, operations::Operations& operations) {
    text.counter("wharf_messages_delivered_total", "Messages that another account took in.",
                 number(operations.messenger().delivered()));
    text.counter("wharf_message_deliveries_refused_total",
                 "Tries to deliver that the other account did not take.",
                 number(operations.messenger().refused()));
}

void write_plugins(http::MetricsText& text, operations::Operations& operations) {
    text.family("wharf_plugin_calls_total", "counter", "Entries of a plugin that came back well.");
    for (const auto& [plugin, calls] : operations.breaker().successes()) {
        text.sample("wharf_plugin_calls_total", {{"plugin", plugin}}, number(calls));
    }
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
    metrics.add_source(
        [&operations](http::MetricsText& text) { write_messages(text, operations); });
    metrics.add_source([&operations](http::MetricsText& text) { write_plugins(text, operations); });
}

}  // namespace wharf::app

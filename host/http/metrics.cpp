#include "host/http/metrics.hpp"

#include <charconv>
#include <cmath>

#include "host/limits.hpp"

namespace wharf::http {

namespace {

void append_number(std::string& out, double value) {
    char buffer[400];
    const auto result =
        value == std::floor(value) && std::abs(value) < 1e15
            ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::int64_t>(value))
            : std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
    out.append(buffer, result.ptr);
}

void append_escaped(std::string& out, std::string_view value) {
    for (const char c : value) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
}

}  // namespace

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
}

void MetricsText::sample(std::string_view name, const Labels& labels, double value) {
    text_ += name;
    char separator = '{';
    for (const auto& [label, text] : labels) {
        text_ += separator;
        separator = ',';
        text_.append(label).append("=\"");
        append_escaped(text_, text);
        text_ += '"';
    }
    if (separator == ',') text_ += '}';
    text_ += ' ';
    append_number(text_, value);
    text_ += '\n';
}

void MetricsText::gauge(std::string_view name, std::string_view help, double value) {
    family(name, "gauge", help);
    sample(name, {}, value);
}

void MetricsText::counter(std::string_view name, std::string_view help, double value) {
    family(name, "counter", help);
    sample(name, {}, value);
}

void Metrics::count(std::string_view method, std::string_view route, int status, double seconds) {
    std::size_t bucket = 0;
    while (bucket < kBoundsSeconds.size() && seconds > kBoundsSeconds[bucket]) ++bucket;
    const auto add = [&](Series& series, std::atomic<std::uint64_t>& requests) {
        ++requests;
        ++series.buckets[bucket];
        series.microseconds += static_cast<std::uint64_t>(seconds * 1e6);
    };
    const Key key(route, method);
    {
        const std::shared_lock lock(mutex_);
        const auto found = series_.find(key);
        if (found != series_.end()) {
            const auto requests = found->second.by_status.find(status);
            if (requests != found->second.by_status.end()) {
                add(found->second, requests->second);
                return;
            }
        }
    }
    const std::lock_guard lock(mutex_);
    auto& series = series_[key];
    add(series, series.by_status[status]);
}

void Metrics::count_refusal(std::string_view code) {
    {
        const std::shared_lock lock(mutex_);
        if (const auto found = refusals_.find(code); found != refusals_.end()) {
            ++found->second;
            return;
        }
    }
    const std::lock_guard lock(mutex_);
    const bool room = refusals_.size() < limits::kCountedCodesMax;
    ++refusals_[room ? std::string(code) : std::string("other")];
}

std::string Metrics::scrape() const {
    MetricsText text;
    {
        const std::shared_lock lock(mutex_);
        write_requests(text);
        write_latency(text);
        text.family("wharf_refusals_total", "counter", "Refused requests by code.");
        for (const auto& [code, count] : refusals_) {
            text.sample("wharf_refusals_total", {{"code", code}}, static_cast<double>(count));
        }
    }
    for (const auto& source : sources_) source(text);
    return text.take();
}

void Metrics::write_requests(MetricsText& text) const {
    text.family("wharf_http_requests_total", "counter", "Requests by route and status.");
    for (const auto& [key, series] : series_) {
        for (const auto& [status, count] : series.by_status) {
            const auto status_text = std::to_string(status);
            text.sample("wharf_http_requests_total",
                        {{"method", key.second}, {"route", key.first}, {"status", status_text}},
                        static_cast<double>(count));
        }
    }
}

void Metrics::write_latency(MetricsText& text) const {
    constexpr std::string_view kName = "wharf_http_request_seconds";
    text.family(kName, "histogram", "From the first byte of a request to its reply.");
    for (const auto& [key, series] : series_) {
        std::uint64_t so_far = 0;
        for (std::size_t i = 0; i <= kBoundsSeconds.size(); ++i) {
            so_far += series.buckets[i];
            std::string bound = "+Inf";
            if (i < kBoundsSeconds.size()) {
                bound.clear();
                append_number(bound, kBoundsSeconds[i]);
            }
            text.sample("wharf_http_request_seconds_bucket",
                        {{"method", key.second}, {"route", key.first}, {"le", bound}},
                        static_cast<double>(so_far));
        }
        const MetricsText::Labels labels = {{"method", key.second}, {"route", key.first}};
        text.sample("wharf_http_request_seconds_sum", labels,
                    static_cast<double>(series.microseconds) / 1e6);
        text.sample("wharf_http_request_seconds_count", labels, static_cast<double>(so_far));
    }
}

}  // namespace wharf::http

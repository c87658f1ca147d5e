// What the host counts, in Prometheus' text form.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wharf::http {

/// Writes one scrape. Names and label values are escaped.
class MetricsText {
public:
    using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

    /// Once per name, before its samples.
    void family(std::string_view name, std::string_view type, std::string_view help);
    void sample(std::string_view name, const Labels& labels, double value);
    void gauge(std::string_view name, std::string_view help, double value);
    void counter(std::string_view name, std::string_view help, double value);

    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

/// Counts requests. From any thread.
class Metrics {
public:
    /// Adds what another part of the host knows to every scrape; while the host starts.
    using Source = std::function<void(MetricsText&)>;
    void add_source(Source source) { sources_.push_back(std::move(source)); }

    /// `route` is the pattern, never the path: the number of series stays bounded.
    void count(std::string_view method, std::string_view route, int status, double seconds);
    void count_refusal(std::string_view code);

    std::string scrape() const;

private:
    static constexpr std::array<double, 13> kBoundsSeconds = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

    struct Series {
        std::map<int, std::atomic<std::uint64_t>> by_status;
        std::array<std::atomic<std::uint64_t>, kBoundsSeconds.size() + 1> buckets{};
        std::atomic<std::uint64_t> microseconds{0};
    };
    using Key = std::pair<std::string, std::string>;  // route, method

    void write_requests(MetricsText& text) const;
    void write_latency(MetricsText& text) const;

    mutable std::shared_mutex mutex_;
    std::map<Key, Series, std::less<>> series_;
    std::map<std::string, std::atomic<std::uint64_t>, std::less<>> refusals_;
    std::vector<Source> sources_;
};

}  // namespace wharf::http

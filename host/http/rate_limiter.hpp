// A token bucket per API key.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "host/limits.hpp"

namespace wharf::http {

struct Rates {
    double per_second = limits::kHttpRequestsPerSecond;  ///< 0: no limit
    double burst = limits::kHttpRequestBurst;
};

/// What one request found.
struct RateState {
    bool limited = false;  ///< there was no token: refuse
    bool unlimited = false;
    long remaining = 0;      ///< tokens left
    long reset_seconds = 0;  ///< until the bucket is full again
    long retry_seconds = 1;  ///< until there is a token, at least 1
};

/// From any thread.
class RateLimiter {
public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimiter(Rates rates) : rates_(rates) {}

    const Rates& rates() const { return rates_; }

    /// Takes one token of the key's.
    RateState take(std::string_view key, Clock::time_point now = Clock::now());

private:
    struct Bucket {
        double tokens;
        Clock::time_point at;
    };

    void refill(Bucket& bucket, Clock::time_point now) const;
    void forget_the_full(Clock::time_point now);

    const Rates rates_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace wharf::http

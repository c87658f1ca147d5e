#include "host/http/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace wharf::http {

namespace {

long seconds_up(double seconds) {
    return std::max(1L, std::lround(std::ceil(seconds)));
}

}  // namespace

RateState RateLimiter::take(std::string_view key, Clock::time_point now) {
    if (rates_.per_second <= 0) return {.unlimited = true};
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= limits::kHttpRatedKeysMax) forget_the_full(now);
    auto& bucket = buckets_.try_emplace(std::string(key), Bucket{rates_.burst, now}).first->second;
    refill(bucket, now);
    RateState state;
    state.limited = bucket.tokens < 1;
    if (!state.limited) bucket.tokens -= 1;
    state.remaining = static_cast<long>(bucket.tokens);
    state.reset_seconds = seconds_up((rates_.burst - bucket.tokens) / rates_.per_second);
    state.retry_seconds = seconds_up((1 - bucket.tokens) / rates_.per_second);
    return state;
}

void RateLimiter::refill(Bucket& bucket, Clock::time_point now) const {
    const auto passed = std::chrono::duration<double>(now - bucket.at).count();
    if (passed <= 0) return;
    bucket.tokens = std::min(rates_.burst, bucket.tokens + passed * rates_.per_second);
    bucket.at = now;
}

// A full bucket says the same as none. When every key is busy all are forgotten: that gives each of
// them one burst more, and bounds the memory.
void RateLimiter::forget_the_full(Clock::time_point now) {
    for (auto bucket = buckets_.begin(); bucket != buckets_.end();) {
        refill(bucket->second, now);
        bucket = bucket->second.tokens >= rates_.burst ? buckets_.erase(bucket) : std::next(bucket);
    }
    if (buckets_.size() >= limits::kHttpRatedKeysMax) buckets_.clear();
}

}  // namespace wharf::http

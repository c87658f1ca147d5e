// Counts how often each plugin broke in a row, and keeps the host out of one that keeps breaking.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>
#include <wharf/values/time.hpp>

namespace wharf::operations {

// From any thread. Of the process, not of an account: a plugin's code is the same for all.
class Breaker {
public:
    // False while the plugin is kept out. After the pause one call is let through to try.
    bool may_enter(const std::string& plugin, Instant now);
    void succeeded(const std::string& plugin);
    void broke(const std::string& plugin, Instant now);

    // The plugins that are kept out; for /readyz.
    [[nodiscard]] std::vector<std::string> kept_out() const;
    // Faults since the start, by plugin; for /metrics.
    [[nodiscard]] std::map<std::string, std::int64_t> faults() const;
    // Entries that came back well, likewise.
    [[nodiscard]] std::map<std::string, std::int64_t> successes() const;

private:
    struct State {
        int in_a_row = 0;
        std::int64_t total = 0;
        std::int64_t succeeded = 0;
        Instant closed_until;
    };

    mutable std::mutex mutex_;
    std::map<std::string, State> states_;
};

}  // namespace wharf::operations

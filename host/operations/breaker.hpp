// Counts how often each plugin broke in a row, and keeps the host out of one that keeps breaking.
// Knows as well where every plugin is right now: code in the process cannot be stopped, so one that
// does not come back is named.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>
#include <wharf/values/text.hpp>
#include <wharf/values/time.hpp>

namespace wharf::operations {

// From any thread. Of the process, not of an account: a plugin's code is the same for all.
class Breaker {
public:
    // False while the plugin is kept out. After the pause one call is let through to try.
    bool may_enter(const std::string& plugin, Instant now);
    void succeeded(const std::string& plugin);
    void broke(const std::string& plugin, Instant now);

    // A call into a plugin that has begun, under the call's own id, and one that came back.
    struct Stay {
        std::string plugin;
        AccountCode account;
        Instant deadline;
    };
    void entered(std::uint64_t call, Stay stay);
    void left(std::uint64_t call);
    // Who is inside for longer than it may.
    [[nodiscard]] std::vector<Stay> overdue(Instant now) const;
    // The same, each once.
    [[nodiscard]] std::vector<Stay> newly_overdue(Instant now);

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

    struct Inside {
        Stay stay;
        bool told = false;
    };

    mutable std::mutex mutex_;
    std::map<std::string, State> states_;
    std::unordered_map<std::uint64_t, Inside> inside_;
};

}  // namespace wharf::operations

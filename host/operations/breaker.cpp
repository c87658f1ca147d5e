#include "host/operations/breaker.hpp"

#include <utility>

#include "host/limits.hpp"

namespace wharf::operations {
namespace {

constexpr std::int64_t kPauseMicros =
    std::chrono::duration_cast<std::chrono::microseconds>(limits::kBreakerPause).count();

}  // namespace

bool Breaker::may_enter(const std::string& plugin, Instant now) {
    std::lock_guard lock(mutex_);
    const auto found = states_.find(plugin);
    if (found == states_.end() || found->second.in_a_row < limits::kPluginFaultsMax) return true;
    if (now < found->second.closed_until) return false;
    found->second.closed_until = now.plus_micros(kPauseMicros);
    return true;
}

void Breaker::succeeded(const std::string& plugin) {
    std::lock_guard lock(mutex_);
    auto& state = states_[plugin];
    state.in_a_row = 0;
    ++state.succeeded;
}

void Breaker::broke(const std::string& plugin, Instant now) {
    std::lock_guard lock(mutex_);
    auto& state = states_[plugin];
    ++state.in_a_row;
    ++state.total;
    state.closed_until = now.plus_micros(kPauseMicros);
}

void Breaker::entered(std::uint64_t call, Stay stay) {
    std::lock_guard lock(mutex_);
    inside_.emplace(call, Inside{std::move(stay)});
}

void Breaker::left(std::uint64_t call) {
    std::lock_guard lock(mutex_);
    inside_.erase(call);
}

std::vector<Breaker::Stay> Breaker::overdue(Instant now) const {
    std::lock_guard lock(mutex_);
    std::vector<Stay> stays;
    for (const auto& [call, inside] : inside_) {
        if (now > inside.stay.deadline) stays.push_back(inside.stay);
    }
    return stays;
}

std::vector<Breaker::Stay> Breaker::newly_overdue(Instant now) {
    std::lock_guard lock(mutex_);
    std::vector<Stay> stays;
    for (auto& [call, inside] : inside_) {
        if (now > inside.stay.deadline && !std::exchange(inside.told, true)) {
            stays.push_back(inside.stay);
        }
    }
    return stays;
}

std::vector<std::string> Breaker::kept_out() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, state] : states_) {
        if (state.in_a_row >= limits::kPluginFaultsMax) names.push_back(name);
    }
    return names;
}

std::map<std::string, std::int64_t> Breaker::faults() const {
    std::lock_guard lock(mutex_);
    std::map<std::string, std::int64_t> totals;
    for (const auto& [name, state] : states_) totals.emplace(name, state.total);
    return totals;
}

std::map<std::string, std::int64_t> Breaker::successes() const {
    std::lock_guard lock(mutex_);
    std::map<std::string, std::int64_t> totals;
    for (const auto& [name, state] : states_) totals.emplace(name, state.succeeded);
    return totals;
}

}  // namespace wharf::operations

// Makes the n-th statement of a writer fail on purpose, so that tests can stand where a disk fills
// up or a sync fails.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "host/storage/session.hpp"

namespace wharf::storage::sqlite {

// Asked before every statement of a writer, "BEGIN IMMEDIATE", "SAVEPOINT w", "RELEASE w",
// "ROLLBACK TO w" and "COMMIT" among them. An answer makes the statement fail with that kind; full,
// io and no_memory also end the transaction, as they do in SQLite.
using FaultHook = std::function<std::optional<StorageError::Kind>(std::string_view sql)>;

// A hook that can be armed while the engine runs, from any thread. Copies share their state.
class Faults {
public:
    // The n-th statement from now fails, counted from 1 over all databases of the engine.
    void arm(std::int64_t n, StorageError::Kind kind) {
        state_->kind = kind;
        state_->left = n;
    }
    // For Settings::fault.
    [[nodiscard]] FaultHook hook() const {
        return [state = state_](std::string_view) -> std::optional<StorageError::Kind> {
            if (state->left.load() > 0 && --state->left == 0) return state->kind.load();
            return std::nullopt;
        };
    }

private:
    struct State {
        std::atomic<std::int64_t> left = 0;
        std::atomic<StorageError::Kind> kind = StorageError::Kind::other;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace wharf::storage::sqlite

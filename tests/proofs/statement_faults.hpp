// Makes one statement of a writer fail, counted over a whole call or within one unit of a batch.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "host/storage/sqlite/faults.hpp"

namespace wharf::tests {

// Copies share their state. Threads: any.
class StatementFaults {
public:
    using Kind = storage::StorageError::Kind;

    // The n-th statement from now fails, counted from 1; with `unit`, the n-th of the unit of that
    // number in its batch, also counted from 1.
    void arm(std::int64_t n, Kind kind, int unit = 0) {
        const std::lock_guard lock(state_->mutex);
        state_->at = n;
        state_->kind = kind;
        state_->of_unit = unit;
        state_->count = 0;
        state_->fired = false;
        state_->sql.clear();
    }
    void disarm() { arm(0, Kind::other); }

    [[nodiscard]] bool fired() const {
        const std::lock_guard lock(state_->mutex);
        return state_->fired;
    }
    // Statements since it was armed.
    [[nodiscard]] std::int64_t count() const {
        const std::lock_guard lock(state_->mutex);
        return state_->count;
    }
    // The statement that failed.
    [[nodiscard]] std::string sql() const {
        const std::lock_guard lock(state_->mutex);
        return state_->sql;
    }

    [[nodiscard]] storage::sqlite::FaultHook hook() const {
        return [state = state_](std::string_view sql) { return state->next(sql); };
    }

private:
    struct State {
        std::mutex mutex;
        std::int64_t at = 0;
        Kind kind = Kind::other;
        int of_unit = 0;
        std::int64_t count = 0;
        bool fired = false;
        std::string sql;
        int unit = 0;   // of the batch
        int depth = 0;  // of savepoints

        std::optional<Kind> next(std::string_view statement) {
            const std::lock_guard lock(mutex);
            follow(statement);
            if (of_unit != 0 && unit != of_unit) return std::nullopt;
            if (++count != at) return std::nullopt;
            fired = true;
            sql = statement;
            return kind;
        }
        void follow(std::string_view statement) {
            if (statement == "BEGIN IMMEDIATE") unit = depth = 0;
            if (statement == "SAVEPOINT w" && depth++ == 0) ++unit;
            if (statement == "RELEASE w") --depth;
        }
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace wharf::tests

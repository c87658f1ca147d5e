// The prepared statements of one connection, by their text. A hit allocates nothing.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/storage/sqlite/statement.hpp"

namespace wharf::storage::sqlite {

class StatementCache {
public:
    // Past `capacity` statements the one unused for longest goes.
    StatementCache(sqlite3* connection, std::size_t capacity, bool may_write)
        : connection_(connection), capacity_(capacity), may_write_(may_write) {}

    // A statement of this text that is taken until it is released; a second one when the first is
    // still running.
    Statement& lease(std::string_view sql);
    // Resets whatever is still taken, before its transaction ends.
    void release_all() noexcept;

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Place = std::list<Statement>::iterator;

    void make_room();

    sqlite3* connection_;
    std::size_t capacity_;
    bool may_write_;
    std::list<Statement> by_recency_;  // the latest first
    std::unordered_map<std::string, std::vector<Place>, TextHash, std::equal_to<>> by_text_;
};

}  // namespace wharf::storage::sqlite

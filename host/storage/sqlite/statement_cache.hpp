// The prepared statements of one connection, by their text. A hit allocates nothing, and hashes
// nothing when the text lies where it lay before, as literals do.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
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

    Statement* at_address(std::string_view sql) const;
    Statement& known_or_new(std::string_view sql);
    void make_room();
    static std::size_t slot_of(std::string_view sql) {
        return reinterpret_cast<std::uintptr_t>(sql.data()) / 8 % kAddresses;
    }

    sqlite3* connection_;
    std::size_t capacity_;
    bool may_write_;
    std::uint64_t leases_ = 0;
    std::list<Statement> statements_;
    std::unordered_map<std::string, std::vector<Place>, TextHash, std::equal_to<>> by_text_;
    static constexpr std::size_t kAddresses = 512;
    std::array<Statement*, kAddresses> by_address_{};  // what was leased last for a text there
};

}  // namespace wharf::storage::sqlite

#include "host/storage/sqlite/statement_cache.hpp"

#include <algorithm>

namespace wharf::storage::sqlite {

// The address only says where to look: the text must be the same.
Statement* StatementCache::at_address(std::string_view sql) const {
    auto* statement = by_address_[slot_of(sql)];
    const bool same = statement != nullptr && !statement->in_use() && statement->sql() == sql;
    return same ? statement : nullptr;
}

Statement& StatementCache::lease(std::string_view sql) {
    auto* statement = at_address(sql);
    if (statement == nullptr) {
        statement = &known_or_new(sql);
        by_address_[slot_of(sql)] = statement;
    }
    statement->take(++leases_);
    return *statement;
}

Statement& StatementCache::known_or_new(std::string_view sql) {
    auto known = by_text_.find(sql);
    if (known != by_text_.end()) {
        for (Place place : known->second) {
            if (!place->in_use()) return *place;
        }
    }
    make_room();
    statements_.emplace_front(connection_, sql, may_write_);
    by_text_[std::string(sql)].push_back(statements_.begin());
    return statements_.front();
}

void StatementCache::make_room() {
    if (statements_.size() < capacity_) return;
    auto oldest = statements_.end();
    for (auto place = statements_.begin(); place != statements_.end(); ++place) {
        if (place->in_use()) continue;
        if (oldest == statements_.end() || place->taken_as() < oldest->taken_as()) oldest = place;
    }
    if (oldest == statements_.end()) return;
    auto known = by_text_.find(oldest->sql());
    std::erase(known->second, oldest);
    if (known->second.empty()) by_text_.erase(known);
    std::replace(by_address_.begin(), by_address_.end(), &*oldest,
                 static_cast<Statement*>(nullptr));
    statements_.erase(oldest);
}

void StatementCache::release_all() noexcept {
    for (auto& statement : statements_) {
        if (statement.in_use()) statement.release();
    }
}

}  // namespace wharf::storage::sqlite

#include "host/storage/sqlite/statement_cache.hpp"

#include <algorithm>

namespace wharf::storage::sqlite {

Statement& StatementCache::lease(std::string_view sql) {
    auto known = by_text_.find(sql);
    if (known != by_text_.end()) {
        for (Place place : known->second) {
            if (place->in_use()) continue;
            by_recency_.splice(by_recency_.begin(), by_recency_, place);
            place->take();
            return *place;
        }
    }
    make_room();
    by_recency_.emplace_front(connection_, sql, may_write_);
    by_text_[std::string(sql)].push_back(by_recency_.begin());
    by_recency_.front().take();
    return by_recency_.front();
}

void StatementCache::make_room() {
    if (by_recency_.size() < capacity_) return;
    auto oldest = std::find_if(by_recency_.rbegin(), by_recency_.rend(),
                               [](const Statement& statement) { return !statement.in_use(); });
    if (oldest == by_recency_.rend()) return;
    auto place = std::prev(oldest.base());
    auto known = by_text_.find(place->sql());
    std::erase(known->second, place);
    if (known->second.empty()) by_text_.erase(known);
    by_recency_.erase(place);
}

void StatementCache::release_all() noexcept {
    for (auto& statement : by_recency_) {
        if (statement.in_use()) statement.release();
    }
}

}  // namespace wharf::storage::sqlite

// Pages of lists: the limit, and the opaque cursor, which is the last key of the page before.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/operation.hpp"

namespace wharf::domain {

// The number of items asked for. Refuses (invalid at /limit) less than 1 or more than 200; plugins
// may ask for internal pages of up to 10,000.
std::size_t page_limit(const Transaction& transaction, std::int32_t limit);

// A cursor holds the key of the last item of a page, in one or several parts.
std::string encode_cursor(const std::vector<std::string_view>& parts);
// Gives `count` parts, all empty without a cursor. Refuses (invalid at /after) what is no cursor.
std::vector<std::string> decode_cursor(const std::optional<std::string>& after, std::size_t count);
// The same for a key that is a counter: 0 without a cursor.
std::int64_t decode_counter(const std::optional<std::string>& after);

// Collects up to `limit` items from `next_item` (gives std::optional<T>), and the cursor when there
// are more. `key_of` gives the cursor's parts of an item.
template <class T, class NextItem, class KeyOf>
Page<T> collect_page(std::size_t limit, NextItem next_item, KeyOf key_of) {
    Page<T> page;
    while (std::optional<T> item = next_item()) {
        if (page.items.size() == limit) {
            page.next = key_of(page.items.back());
            break;
        }
        page.items.push_back(std::move(*item));
    }
    return page;
}

}  // namespace wharf::domain

// Whose a token is, in a microsecond. What it remembers holds for one number of key changes: when
// account zero has committed anything since, that number is read again before an answer, so a
// revoked key is refused as soon as its revocation was acknowledged.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <wharf/values/time.hpp>

#include "host/accounts/account.hpp"
#include "host/accounts/principal.hpp"

namespace wharf::accounts {

// From any thread.
class KeyRing {
public:
    explicit KeyRing(Account& directory) : directory_(directory) {}

    // Nothing for a token that is malformed, unknown, wrong, revoked or expired: the caller learns
    // no difference.
    std::shared_ptr<const Principal> authenticate(std::string_view token, Instant now);

private:
    struct Entry {
        std::shared_ptr<const Principal> principal;
        std::string secret_hash;
        Instant expires_at;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::shared_ptr<const Principal> remembered(std::string_view id, std::string_view hash,
                                                Instant now);
    std::shared_ptr<const Principal> looked_up(std::string_view id, std::string_view hash,
                                               Instant now);

    Account& directory_;
    std::shared_mutex mutex_;
    std::uint64_t commits_ = 0;  // of account zero when `changes_` was read
    std::int64_t changes_ = -1;
    std::unordered_map<std::string, Entry, TextHash, std::equal_to<>> entries_;
};

}  // namespace wharf::accounts

#include "host/accounts/key_ring.hpp"

#include <limits>
#include <mutex>
#include <optional>

#include "host/accounts/keys.hpp"
#include "host/accounts/random_text.hpp"
#include "host/limits.hpp"

namespace wharf::accounts {
namespace {

struct Token {
    std::string_view id;
    std::string_view secret;
};

std::optional<Token> parse(std::string_view token) {
    constexpr std::string_view kPrefix = "wharf_";
    constexpr std::size_t kLengthMax = 100;
    if (token.size() > kLengthMax || !token.starts_with(kPrefix)) return std::nullopt;
    token.remove_prefix(kPrefix.size());
    auto end = token.find('_');
    if (end == std::string_view::npos || end == 0 || end + 1 == token.size()) return std::nullopt;
    return Token{token.substr(0, end), token.substr(end + 1)};
}

}  // namespace

std::shared_ptr<const Principal> KeyRing::authenticate(std::string_view token, Instant now) {
    auto parsed = parse(token);
    if (!parsed || token.find('\0') != std::string_view::npos) return nullptr;
    auto hash = secret_hash(parsed->secret);
    if (auto principal = remembered(parsed->id, hash, now)) return principal;
    return looked_up(parsed->id, hash, now);
}

std::shared_ptr<const Principal> KeyRing::remembered(std::string_view id, std::string_view hash,
                                                     Instant now) {
    std::shared_lock lock(mutex_);
    if (changes_ < 0 || commits_ != directory_.commits()) return nullptr;
    auto known = entries_.find(id);
    if (known == entries_.end() || !same_secret(known->second.secret_hash, hash)) return nullptr;
    return now < known->second.expires_at ? known->second.principal : nullptr;
}

std::shared_ptr<const Principal> KeyRing::looked_up(std::string_view id, std::string_view hash,
                                                    Instant now) {
    // Read before the snapshot: a commit between the two only makes the answer newer than it
    // claims.
    auto commits = directory_.commits();
    auto snapshot = directory_.snapshot();
    auto changes = key_changes(snapshot->session());
    auto stored = find_key(snapshot->session(), id);

    constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
    Entry entry;
    bool usable = stored && !stored->record.revoked_at;
    if (usable) {
        entry = {std::make_shared<const Principal>(stored->record.principal), stored->secret_hash,
                 stored->record.expires_at.value_or(Instant::from_raw(kNever))};
        usable = same_secret(entry.secret_hash, hash) && now < entry.expires_at;
    }

    std::lock_guard lock(mutex_);
    if (changes < changes_ || (changes == changes_ && commits < commits_)) {
        return usable ? entry.principal : nullptr;  // another thread has read something newer
    }
    if (changes != changes_ || entries_.size() >= limits::kCachedKeysMax) entries_.clear();
    changes_ = changes;
    commits_ = commits;
    if (usable) entries_.insert_or_assign(std::string(id), entry);
    return usable ? entry.principal : nullptr;
}

}  // namespace wharf::accounts

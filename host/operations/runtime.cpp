#include "host/operations/runtime.hpp"

#include "host/limits.hpp"

namespace wharf::operations {

std::shared_ptr<const Settings> Runtime::settings(storage::Session& session) {
    std::int64_t version = 0;
    std::string incarnation;
    {
        auto rows = session.select("SELECT version, incarnation FROM account_state WHERE id = 1");
        if (rows.next()) {
            version = rows.integer(0);
            incarnation = rows.get<std::string>(1);
        }
    }
    {
        std::lock_guard lock(mutex_);
        if (remembered_ && remembered_->version == version &&
            remembered_->incarnation == incarnation) {
            return remembered_;
        }
    }
    auto loaded = load_settings(session, plugins_);
    std::lock_guard lock(mutex_);
    remembered_ = loaded;
    return loaded;
}

void Runtime::forget() {
    std::lock_guard lock(mutex_);
    remembered_.reset();
}

BatchState Runtime::take(storage::Session& session) {
    BatchState state = std::move(batch_);
    batch_ = {};
    batch_.settings_changed = state.settings_changed;
    if (!checked_) {
        checked_ = true;
        if (!still_holds(session, state)) state = {};
        state.settings_changed = batch_.settings_changed = false;
    }
    if (!state.settings) {
        state.settings =
            state.settings_changed ? load_settings(session, plugins_) : settings(session);
    }
    return state;
}

bool Runtime::still_holds(storage::Session& session, const BatchState& state) {
    if (!state.settings || !state.journal_seq) return false;
    auto rows = session.select(
        "SELECT a.version, a.incarnation, j.seq, j.hash FROM account_state a, journal j "
        "WHERE a.id = 1 AND j.seq = (SELECT MAX(seq) FROM journal)");
    return rows.next() && rows.integer(0) == state.settings->version &&
           rows.text(1) == state.settings->incarnation && rows.integer(2) == *state.journal_seq &&
           rows.text(3) == state.journal_hash;
}

std::shared_ptr<Runtime> Runtimes::of(const AccountCode& account) {
    std::lock_guard lock(mutex_);
    if (const auto found = runtimes_.find(account); found != runtimes_.end()) return found->second;
    if (runtimes_.size() % limits::kOpenAccountsMax == limits::kOpenAccountsMax - 1) {
        for (const auto& [code, runtime] : runtimes_) runtime->forget();
    }
    return runtimes_.emplace(account, std::make_shared<Runtime>(plugins_)).first->second;
}

}  // namespace wharf::operations

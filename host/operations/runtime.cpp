#include "host/operations/runtime.hpp"

#include "host/limits.hpp"

namespace wharf::operations {

std::shared_ptr<const Settings> Runtime::settings(storage::Session& session) {
    std::int64_t version = 0;
    std::string incarnation;
    {
        auto rows =
            session.select("SELECT version, incarnation FROM account_state WHERE id = 1");
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

std::shared_ptr<const Settings> Runtime::batch_settings(storage::Session& session) {
    if (!batch_.settings) {
        batch_.settings =
            batch_.settings_changed ? load_settings(session, plugins_) : settings(session);
    }
    return batch_.settings;
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

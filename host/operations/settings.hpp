// What an account is set to: its own row, and which plugins are on. Read from the account's
// database, which is the truth; kept in memory as long as the account's version row says that
// nothing changed.
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/model/account.hpp>

#include "host/operations/plugin_set.hpp"
#include "host/storage/session.hpp"

namespace wharf::operations {

// off: nothing runs. finishing: only what was declared for documents that were there before the
// switch; it becomes off by itself when nothing is open.
enum class ToggleState { off, on, finishing };
BOOST_DESCRIBE_ENUM(ToggleState, off, on, finishing)

struct Toggle {
    std::string plugin;
    ToggleState state = ToggleState::off;
    std::optional<Instant> until;  // on until then, off after it
    std::string config = "null";   // JSON, defaults filled in
    std::string reason;
    std::string changed_by;
    Instant changed_at;
    std::int64_t version = 0;
    std::string plugin_version;
    std::int64_t since_event = 0;  // the account's last event before the last switch
    bool override_used = false;

    [[nodiscard]] bool runs(Instant now) const {
        return state != ToggleState::off && (!until || now < *until);
    }
};

// Immutable; shared by every unit and read that runs under the same version.
struct Settings {
    std::int64_t version = 0;
    std::string incarnation;
    Account account;
    std::string account_json;
    std::vector<Toggle> toggles;  // one for every plugin that was ever switched, by name

    struct Active {
        const PluginEntry* entry;
        const Toggle* toggle;
    };
    std::vector<Active> active;  // not off, and installed; in the plugins' order
    std::set<std::string, std::less<>> listened_to;  // names of events that any of them reacts to

    [[nodiscard]] const Toggle* find(std::string_view plugin) const;
    // The toggle when the plugin runs at that instant, finishing included.
    [[nodiscard]] const Toggle* running(std::string_view plugin, Instant now) const;
};

std::shared_ptr<const Settings> load_settings(storage::Session& session, const PluginSet& plugins);
// What account zero's units run under.
std::shared_ptr<const Settings> directory_settings();

void write_account(storage::Session& session, const Account& account);
void write_toggle(storage::Session& session, const Toggle& toggle);

}  // namespace wharf::operations

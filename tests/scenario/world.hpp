// What a scenario acts on: one running host, the accounts made in it, the keys, who speaks now, and
// the values that were captured.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/account.hpp"
#include "tests/support/host_process.hpp"

namespace wharf::scenario {

class World {
public:
    World();

    // `account CODE [plan] [type] [inventory] [{more fields}]`: makes it and turns to it, as its
    // admin.
    void make_account(const std::string& arguments);
    // Turns to an account made before, as its admin.
    void use_account(const std::string& code);
    // `as NAME [role] [binding=value,value]...`: speaks with that key from now on; a role makes it.
    void speak_as(const std::string& arguments);

    tests::HttpReply send(tests::HttpRequest request);

    // `flags` of `wharf serve` beyond the usual ones, with blanks between them.
    void restart_host(const std::string& flags);
    void kill_host();
    // Every account verifies and the host ends cleanly.
    void finish();

    // ${name} replaced by what was captured; ${today+7} is a date. Throws when nothing has that
    // name.
    [[nodiscard]] std::string filled(const std::string& text) const;
    void remember(const std::string& name, std::string value) { values_[name] = std::move(value); }

    [[nodiscard]] std::string log_end() const { return host_.last_words(); }

private:
    void need_account();
    void make_key(const std::string& name, const std::string& role, const std::string& bindings);
    [[nodiscard]] tests::Client& speaker();
    [[nodiscard]] std::string key_of(const std::string& name) const;

    tests::HostProcess host_;
    std::string account_;  // empty until the first one is made
    std::string who_;
    std::map<std::string, std::map<std::string, std::string>> keys_;  // account -> name -> key
    std::map<std::string, std::string> values_;
    std::map<std::string, tests::Client>
        clients_;  // by key and account, of the host as it runs now
};

}  // namespace wharf::scenario

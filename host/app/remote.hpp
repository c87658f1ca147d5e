// What all commands that speak with a running host have in common: where it is, the key, the
// account, and how replies and refusals are shown.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "host/app/client.hpp"

namespace CLI {
class App;
}

namespace wharf::app {

class Remote {
public:
    // --url, --key, and their environment variables.
    void add_connection_options(CLI::App& command);
    // --account or WHARF_ACCOUNT.
    void add_account_option(CLI::App& command, bool required = true);
    void add_json_flag(CLI::App& command);
    void add_dry_run_flag(CLI::App& command);

    [[nodiscard]] bool dry_run() const { return dry_run_; }
    [[nodiscard]] bool json() const { return json_; }
    [[nodiscard]] bool has_account() const { return !account_.empty(); }

    Client& client();
    // "/v1/accounts/<account>" or, without one, "/v1".
    [[nodiscard]] std::string base() const;

    // Throws Failure (refused) with the problem's words when the host says no.
    std::string read(const std::string& path);
    std::string write(const std::string& method, const std::string& path, const std::string& body);

    // The reply as a table, or as it came with --json.
    void show(const std::string& body) const;
    // Reads every page of a list.
    void show_all(const std::string& path);

private:
    std::string url_ = "http://127.0.0.1:8080";
    std::string key_;
    std::string account_;
    bool json_ = false;
    bool dry_run_ = false;
    std::optional<Client> client_;
};

// The body of a good reply. Throws Failure (refused).
std::string accepted(HttpReply reply);

// Throws Failure (usage) when the text is no JSON object.
boost::json::value json_argument(const std::string& text);

}  // namespace wharf::app

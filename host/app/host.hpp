// A whole host in one object: storage, accounts, plugins, operations and HTTP, made in that order
// and ended in the reverse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "host/http/json_log.hpp"
#include "host/http/rate_limiter.hpp"
#include "host/limits.hpp"
#include "host/plugins/loader.hpp"

namespace wharf::operations {
class Operations;
}

namespace wharf::app {

struct HostSettings {
    std::filesystem::path data;
    std::filesystem::path plugins = {};  // empty: none
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any
    http::Rates rates = {};
    std::size_t workers = limits::kHttpWorkers;
    http::LogLevel log_level = http::LogLevel::info;
    int log_descriptor = 2;
    plugins::ProbeOptions probe = {};
    plugins::Entrance entrance = plugins::Entrance::direct;
};

// The bundles of a folder; those that are blocked are listed with their reason. An empty path:
// none. Throws Failure no_plugins_folder.
plugins::InstalledPlugins load_plugins(const std::filesystem::path& folder,
                                       const plugins::ProbeOptions& probe,
                                       plugins::Entrance entrance);

// Made by one thread, run by one; stop() from any. One at a time in a process, because the door of
// plugins is the process's.
class Host {
public:
    // Opens everything and listens. Throws Failure, or StorageError, when it cannot.
    explicit Host(const HostSettings& settings);
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    // Precondition: run() has returned or was never called.
    ~Host();

    // "127.0.0.1:8080", as chosen.
    [[nodiscard]] const std::string& address() const { return address_; }

    // Serves until stop(); then answers what is in flight, drains the strands and closes every
    // account.
    void run();

    // Safe in a signal handler.
    void stop() noexcept;

    [[nodiscard]] operations::Operations& operations();

private:
    struct Parts;

    std::unique_ptr<Parts> parts_;
    std::string address_;
};

}  // namespace wharf::app

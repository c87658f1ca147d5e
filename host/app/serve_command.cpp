#include <malloc.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <charconv>
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "host/app/commands.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/host.hpp"

namespace wharf::app {

namespace {

struct Serve {
    HostSettings settings;
    std::string data;
    std::string plugins;
    std::string listen = "127.0.0.1:8080";
    bool plugin_processes = false;
};

// What a signal stops. Set while the host runs. A signal handler may touch only what is free of
// locks.
std::atomic<Host*> running_host = nullptr;
static_assert(std::atomic<Host*>::is_always_lock_free);

extern "C" void on_stop_signal(int) {
    if (auto* host = running_host.load()) host->stop();
}

// The first signal asks the host to finish; a second one ends the process as signals do.
void stop_on_signals() {
    struct sigaction action {};
    action.sa_handler = on_stop_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

// A large block (a body, a file) goes back to the system when it is freed. The C library would
// raise its own bound with each such block and keep the next ones in its heaps, full of holes.
void give_large_blocks_back() {
    constexpr int kLargeBytes = 256 * 1024;
    ::mallopt(M_MMAP_THRESHOLD, kLargeBytes);
}

// As long as it lives.
struct StoppedBySignals {
    explicit StoppedBySignals(Host& host) {
        running_host = &host;
        stop_on_signals();
    }
    StoppedBySignals(const StoppedBySignals&) = delete;
    StoppedBySignals& operator=(const StoppedBySignals&) = delete;
    ~StoppedBySignals() { running_host = nullptr; }
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
void read_address(const std::string& text, HostSettings& settings) {
    const auto colon = text.rfind(':');
    unsigned port = 0;
    const char* end = text.data() + text.size();
    const auto begin = text.data() + (colon == std::string::npos ? text.size() : colon + 1);
    const auto result = std::from_chars(begin, end, port);
    if (begin == end || result.ptr != end || result.ec != std::errc() || port > 65535 ||
        colon == 0) {
        throw Failure(ExitCode::usage, "--listen takes ADDRESS:PORT, not \"" + text + "\"");
    }
    settings.address = text.substr(0, colon);
    if (settings.address.size() > 2 && settings.address.front() == '[') {
        settings.address = settings.address.substr(1, settings.address.size() - 2);
    }
    settings.port = static_cast<std::uint16_t>(port);
}

void serve(Serve& what) {
    give_large_blocks_back();
    read_address(what.listen, what.settings);
    what.settings.data = what.data;
    what.settings.plugins = what.plugins;
    if (what.plugin_processes) what.settings.entrance = plugins::Entrance::process;
    Host host(what.settings);
    const StoppedBySignals stopped(host);
    std::cout << "listening on http://" << host.address() << std::endl;
    host.run();
}

void add_options(CLI::App& command, Serve& what) {
    const std::map<std::string, http::LogLevel> levels{{"debug", http::LogLevel::debug},
                                                       {"info", http::LogLevel::info},
                                                       {"warning", http::LogLevel::warning},
                                                       {"error", http::LogLevel::error},
                                                       {"off", http::LogLevel::off}};
    auto& settings = what.settings;
    command.add_option("--data", what.data, "The data folder")->required()->envname("WHARF_DATA");
    command.add_option("--plugins", what.plugins, "The folder of plugin bundles")
        ->envname("WHARF_PLUGINS");
    command.add_option("--listen", what.listen, "ADDRESS:PORT; port 0 takes any free one")
        ->capture_default_str()
        ->envname("WHARF_LISTEN");
    command
        .add_option("--rate", settings.rates.per_second, "Requests per second of one key; 0: all")
        ->check(CLI::Range(0.0, 1e9))
        ->capture_default_str();
    command.add_option("--burst", settings.rates.burst, "Requests one key may save up")
        ->check(CLI::Range(1.0, 1e9))
        ->capture_default_str();
    command.add_option("--workers", settings.workers, "Requests worked on at once")
        ->check(CLI::Range(4, 1024))
        ->capture_default_str();
    command.add_flag("--plugin-processes", what.plugin_processes,
                     "Run each plugin in processes of its own: slower, and its crash is not ours");
    command.add_option("--log", settings.log_level, "debug, info, warning, error or off")
        ->transform(CLI::CheckedTransformer(levels, CLI::ignore_case))
        ->default_str("info");
}

}  // namespace

void add_serve(CLI::App& app) {
    auto* command = app.add_subcommand("serve", "Run the host until it is told to stop");
    auto what = std::make_shared<Serve>();
    add_options(*command, *what);
    command->callback([what] { serve(*what); });
}

}  // namespace wharf::app

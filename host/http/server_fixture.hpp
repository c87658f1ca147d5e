// For tests: small handlers, small settings, and a latch to hold a handler.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "host/http/raw_client.hpp"

namespace wharf::http::testing {

inline constexpr std::string_view kGet = "GET /livez HTTP/1.1\r\nHost: wharf\r\n\r\n";

inline Settings few_workers() {
    Settings settings;
    settings.workers = 4;
    return settings;
}

inline Response say(std::string text) {
    Response response;
    response.body = std::move(text);
    response.content_type = "text/plain";
    return response;
}

inline Response echo(const Request& request) {
    return say(request.method + " " + request.target + " " + request.body);
}

// Holds handlers until it is opened: tests wait for states, not for times.
class Latch {
public:
    void wait() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void wait_for_waiters(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

// Opens the latch before the server is stopped, also when an assertion leaves the test.
struct LatchOpener {
    Latch& latch;
    ~LatchOpener() { latch.open(); }
};

inline std::string post(std::string_view path, std::string_view body) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: wharf\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

}  // namespace wharf::http::testing

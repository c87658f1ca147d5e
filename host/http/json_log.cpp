#include "host/http/json_log.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <utility>
#include <wharf/json_text.hpp>
#include <wharf/values/time.hpp>

#include "host/limits.hpp"

namespace wharf::http {

namespace {

std::string_view level_name(LogLevel level) {
    constexpr std::string_view names[] = {"debug", "info", "warning", "error", "off"};
    return names[static_cast<std::size_t>(level)];
}

std::string now_text() {
    using namespace std::chrono;
    const auto since = system_clock::now().time_since_epoch();
    return Instant::from_raw(duration_cast<microseconds>(since).count()).text();
}

}  // namespace

LogLine::LogLine(LogLevel level, std::string_view component) {
    line_.reserve(256);
    line_.append("{\"time\":\"").append(now_text()).append("\",\"level\":\"");
    line_.append(level_name(level)).append("\"");
    text("component", component);
}

LogLine& LogLine::text(std::string_view name, std::string_view value) {
    line_.append(",\"").append(name).append("\":");
    append_json_string(line_, value);
    return *this;
}

LogLine& LogLine::number(std::string_view name, std::int64_t value) {
    line_.append(",\"").append(name).append("\":");
    append_json_integer(line_, value);
    return *this;
}

std::string LogLine::finish() {
    line_ += "}\n";
    return std::move(line_);
}

JsonLog::JsonLog(int descriptor, LogLevel least)
    : descriptor_(descriptor), least_(least), thread_([this] { run(); }) {}

JsonLog::~JsonLog() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void JsonLog::write(LogLevel level, LogLine line) {
    if (!takes(level)) return;
    const auto text = line.finish();
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() + text.size() > limits::kLogBytesMax) {
            ++dropped_;
            return;
        }
        waiting_ += text;
    }
    arrived_.notify_one();
}

void JsonLog::write(LogLevel level, std::string_view component, std::string_view text) {
    if (!takes(level)) return;
    LogLine line(level, component);
    line.text("message", text);
    write(level, std::move(line));
}

void JsonLog::run() {
    while (true) {
        std::string lines;
        bool last = false;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
            lines.swap(waiting_);
            last = closing_;
            if (const auto count = std::exchange(dropped_, 0); count > 0) {
                lines += LogLine(LogLevel::warning, "log")
                             .number("dropped_lines", static_cast<std::int64_t>(count))
                             .text("message", "the log was read too slowly")
                             .finish();
            }
        }
        if (last && lines.empty()) return;
        if (!write_out(lines, last) && last) return;
    }
}

// False when nobody will read it any more.
bool JsonLog::write_out(std::string_view lines, bool last) const {
    while (!lines.empty()) {
        pollfd ready{descriptor_, POLLOUT, 0};
        const int found = ::poll(&ready, 1, last ? 1000 : 100);
        if (found == 0 && last) return false;
        if (found <= 0) {
            const std::lock_guard lock(mutex_);
            last = closing_;
            continue;
        }
        // No more than this is promised to be taken without waiting.
        const auto size = std::min<std::size_t>(lines.size(), PIPE_BUF);
        const auto written = ::write(descriptor_, lines.data(), size);
        if (written < 0 && errno != EINTR && errno != EAGAIN) return false;
        if (written > 0) lines.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace wharf::http

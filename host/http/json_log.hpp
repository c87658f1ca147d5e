// The log: one JSON object a line on standard error, written by a thread of its own, so that
// whoever reads it slowly, or not at all, never holds a request up.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace wharf::http {

enum class LogLevel { debug, info, warning, error, off };

/// One line in the making: `{"time":"...","level":"info","component":"http",...}`. Values are
/// escaped; nothing secret goes in.
class LogLine {
public:
    LogLine(LogLevel level, std::string_view component);

    LogLine& text(std::string_view name, std::string_view value);
    LogLine& number(std::string_view name, std::int64_t value);

    /// Once, last.
    std::string finish();

private:
    std::string line_;
};

/// From any thread.
class JsonLog {
public:
    /// `descriptor` stays the caller's.
    JsonLog(int descriptor, LogLevel least);
    JsonLog(const JsonLog&) = delete;
    JsonLog& operator=(const JsonLog&) = delete;

    /// Writes what waits, for as long as a second passes between two lines that are taken.
    ~JsonLog();

    bool takes(LogLevel level) const { return level >= least_ && least_ != LogLevel::off; }
    void write(LogLevel level, LogLine line);
    void write(LogLevel level, std::string_view component, std::string_view text);

private:
    void run();
    bool write_out(std::string_view lines, bool last) const;

    const int descriptor_;
    const LogLevel least_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::string waiting_;
    std::uint64_t dropped_ = 0;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace wharf::http

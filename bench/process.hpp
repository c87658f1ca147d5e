// A program of ours beside the host, and what a process has used.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace wharf::bench {

// Runs while it lives; ends when its standard input is closed.
class Child {
public:
    explicit Child(const std::vector<std::string>& arguments);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    [[nodiscard]] pid_t pid() const { return pid_; }
    // The next line that it prints.
    std::string line();

private:
    pid_t pid_ = -1;
    int in_ = -1;
    int out_ = -1;
};

// Processor time of all its threads, user and system, in seconds.
double cpu_seconds(pid_t process);
// Its own memory (resident, without files mapped from disk), in bytes.
std::int64_t memory_bytes(pid_t process);

}  // namespace wharf::bench

// A bar on a terminal, nothing anywhere else.
#pragma once

#include <cstddef>
#include <string>

namespace wharf::app {

// Writes to standard error, so that standard output stays clean for pipes.
class ProgressBar {
public:
    explicit ProgressBar(std::string title);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    // Ends the line.
    ~ProgressBar();

    void title(std::string title) { title_ = std::move(title); }
    void show(std::size_t done, std::size_t total);

private:
    std::string title_;
    bool terminal_;
    bool drawn_ = false;
    int last_percent_ = -1;
    std::string last_title_;
};

bool on_terminal();

}  // namespace wharf::app

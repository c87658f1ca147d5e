#include "host/app/progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace wharf::app {

bool on_terminal() {
    return ::isatty(STDERR_FILENO) == 1;
}

ProgressBar::ProgressBar(std::string title) : title_(std::move(title)), terminal_(on_terminal()) {}

ProgressBar::~ProgressBar() {
    if (drawn_) std::fputc('\n', stderr);
}

void ProgressBar::show(std::size_t done, std::size_t total) {
    if (!terminal_ || total == 0) return;
    constexpr int kWidth = 30;
    const int percent = static_cast<int>(std::min(done, total) * 100 / total);
    if (percent == last_percent_ && title_ == last_title_) return;
    last_percent_ = percent;
    last_title_ = title_;
    const auto filled = static_cast<std::size_t>(percent * kWidth / 100);
    const auto bar = std::string(filled, '#') + std::string(kWidth - filled, '.');
    std::fprintf(stderr, "\r\033[K%s [%s] %3d %%", title_.c_str(), bar.c_str(), percent);
    std::fflush(stderr);
    drawn_ = true;
}

}  // namespace wharf::app

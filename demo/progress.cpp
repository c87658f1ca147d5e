#include "demo/progress.hpp"

#include <ostream>

namespace wharf::demo {

namespace {

constexpr std::size_t kWidth = 30;

}  // namespace

Progress::Progress(std::ostream& out, bool terminal, std::string what, std::size_t total)
    : out_(out), terminal_(terminal), what_(std::move(what)), total_(total) {
    if (terminal_) bar();
}

Progress::~Progress() {
    if (terminal_) out_ << '\n' << std::flush;
}

void Progress::done(std::size_t count) {
    done_ += count;
    if (terminal_) return bar();
    const std::size_t tenths = total_ == 0 ? 10 : done_ * 10 / total_;
    if (tenths == tenths_told_) return;
    tenths_told_ = tenths;
    out_ << what_ << ": " << done_ << " of " << total_ << std::endl;
}

void Progress::bar() const {
    const std::size_t full = total_ == 0 ? kWidth : done_ * kWidth / total_;
    out_ << '\r' << what_ << " [" << std::string(full, '#') << std::string(kWidth - full, '.')
         << "] " << done_ << " of " << total_ << std::flush;
}

}  // namespace wharf::demo

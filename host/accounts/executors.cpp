#include "host/accounts/executors.hpp"

#include <algorithm>
#include <utility>

#include "host/accounts/strand.hpp"

namespace wharf::accounts {

std::size_t Executors::default_threads() {
    return std::max<std::size_t>(2, std::thread::hardware_concurrency());
}

Executors::Executors(std::size_t threads) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void Executors::ready(std::shared_ptr<Strand> strand) {
    {
        std::lock_guard lock(mutex_);
        ready_.push_back(std::move(strand));
    }
    changed_.notify_one();
}

void Executors::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !ready_.empty(); });
        if (ready_.empty()) return;
        auto strand = std::move(ready_.front());
        ready_.pop_front();
        lock.unlock();
        bool more = strand->turn();
        // The last holder of an account closes its file: not under this lock.
        if (!more) strand.reset();
        lock.lock();
        if (more) ready_.push_back(std::move(strand));
    }
}

void Executors::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace wharf::accounts

#include "host/http/worker_pool.hpp"

#include <csignal>
#include <system_error>

#include "host/limits.hpp"

namespace wharf::http {

WorkerPool::WorkerPool(std::size_t workers, std::size_t queue_max,
                       std::function<void(Connection&)> work)
    : queue_max_(queue_max), work_(std::move(work)) {
    try {
        start(workers);
    } catch (...) {
        join();
        throw;
    }
}

WorkerPool::~WorkerPool() {
    join();
}

// std::thread has no way to ask for a stack size, hence pthreads. Signals stay with the main
// thread.
void WorkerPool::start(std::size_t workers) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, limits::kHttpWorkerStackBytes);
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = 0;
    while (threads_.size() < workers && error == 0) {
        pthread_t thread{};
        error = pthread_create(&thread, &attributes, &WorkerPool::enter, this);
        if (error == 0) threads_.push_back(thread);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_attr_destroy(&attributes);
    if (error != 0) throw std::system_error(error, std::generic_category(), "HTTP workers");
}

void WorkerPool::join() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    arrived_.notify_all();
    for (const auto thread : threads_) pthread_join(thread, nullptr);
    threads_.clear();
}

bool WorkerPool::submit(Connection& connection) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= queue_max_) return false;
        queue_.push_back(&connection);
    }
    arrived_.notify_one();
    return true;
}

std::size_t WorkerPool::queued() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void* WorkerPool::enter(void* pool) {
    static_cast<WorkerPool*>(pool)->run();
    return nullptr;
}

void WorkerPool::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        arrived_.wait(lock, [this] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto* connection = queue_.front();
        queue_.pop_front();
        ++busy_;
        lock.unlock();
        work_(*connection);
        lock.lock();
        --busy_;
    }
}

}  // namespace wharf::http

// The workers: a fixed number of threads with small stacks behind a bounded queue. The queue never
// makes anybody wait: when it is full, submit() says so and the gate answers 503.
#pragma once

#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace wharf::http {

struct Connection;

class WorkerPool {
public:
    /// `work` is called on the workers and must not throw. Throws std::system_error when the
    /// threads cannot be had.
    WorkerPool(std::size_t workers, std::size_t queue_max, std::function<void(Connection&)> work);

    /// Finishes what is queued, then joins.
    ~WorkerPool();

    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full; then the connection stays the caller's.
    bool submit(Connection& connection);

    std::size_t queued() const;
    std::size_t busy() const { return busy_; }

private:
    static void* enter(void* pool);
    void start(std::size_t workers);
    void join();
    void run();

    const std::size_t queue_max_;
    const std::function<void(Connection&)> work_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Connection*> queue_;
    bool closing_ = false;
    std::atomic<std::size_t> busy_{0};
    std::vector<pthread_t> threads_;
};

}  // namespace wharf::http

// The threads that work the strands off. They are few and never wait for a client; a strand that
// has work takes one turn (one batch) and then stands at the back of the line, so that a busy
// account does not keep the others waiting.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace wharf::accounts {

class Strand;

class Executors {
public:
    explicit Executors(std::size_t threads);
    Executors(const Executors&) = delete;
    Executors& operator=(const Executors&) = delete;
    // Works off what is ready, then ends the threads.
    ~Executors() { stop(); }

    // From any thread. Called once when a strand goes from idle to having work; the pointer keeps
    // what the strand needs alive until its turn is over.
    void ready(std::shared_ptr<Strand> strand);
    void stop();

    // Two at least: one syncs while the other works.
    static std::size_t default_threads();

private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Strand>> ready_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace wharf::accounts

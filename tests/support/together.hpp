// Many clients at the same moment.
#pragma once

#include <barrier>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace wharf::tests {

// Runs work(0) .. work(count - 1), each in a thread of its own, all let go at once. Throws what the
// first of them threw, after all ended.
template <class Work>
void together(int count, const Work& work) {
    std::barrier start(count);
    std::vector<std::exception_ptr> faults(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            try {
                work(i);
            } catch (...) {
                faults[static_cast<std::size_t>(i)] = std::current_exception();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& fault : faults) {
        if (fault) std::rethrow_exception(fault);
    }
}

}  // namespace wharf::tests

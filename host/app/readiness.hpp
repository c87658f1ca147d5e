// What /readyz looks at: that the strands work, that the disk takes writes, and which plugins keep
// breaking.
#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "host/http/service_endpoints.hpp"

namespace wharf::operations {
class Operations;
}

namespace wharf::app {

// From any thread. What was found holds for a second: anybody may ask, and asking writes.
class Readiness {
public:
    Readiness(std::filesystem::path data, operations::Operations& operations)
        : data_(std::move(data)), operations_(operations) {}

    std::vector<http::Check> checks();

private:
    http::Check strands();
    http::Check disk() const;

    const std::filesystem::path data_;
    operations::Operations& operations_;
    std::mutex mutex_;
    std::vector<http::Check> found_;
    std::chrono::steady_clock::time_point found_at_;
};

}  // namespace wharf::app

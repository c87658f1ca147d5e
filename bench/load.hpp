// A load client: many kept-alive HTTP connections driven by one thread, so that it costs the
// machine as little as possible beside the server that is measured.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace wharf::bench {

// Where requests go.
struct Door {
    std::string path;
    std::string key = {};  // sent as a bearer token; none when empty
};

struct Load {
    std::string url;  // http://127.0.0.1:PORT
    std::string method = "POST";
    std::vector<Door> doors;  // one request each, in turns
    int connections = 8;
    double seconds = 2;
    std::uint64_t requests = 0;  // ends after so many instead of after `seconds`, when set
    std::function<void(std::uint64_t, std::string&)> body;  // writes the n-th request's body
};

struct LoadResult {
    std::uint64_t requests = 0;
    std::uint64_t failures = 0;  // answers that are not 2xx
    std::string first_failure;
    double seconds = 0;
    double median_ms = 0;
    double p99_ms = 0;
    [[nodiscard]] double rate() const { return static_cast<double>(requests) / seconds; }
};

// Each connection has one request under way at a time. Throws when the server cannot be reached or
// closes a connection.
LoadResult run_load(const Load& load);

}  // namespace wharf::bench

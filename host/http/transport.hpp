// The HTTP server of the host: sockets, limits, framing, workers. It knows nothing of operations:
// one handler gets every request that is complete and well formed, and everything else is refused
// here.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "host/http/fault.hpp"
#include "host/http/message.hpp"
#include "host/limits.hpp"

namespace wharf::http {

/// Called on any worker, many at once. What it throws becomes a 500 without any of its text.
using Handler = std::function<Response(const Request&)>;

/// How much body one request may bring, and whether its deadline is a total or an idle one.
struct BodyPolicy {
    std::size_t bytes_max = limits::kHttpBodyBytesMax;
    bool idle_deadline = false;
};

inline constexpr BodyPolicy kImportBody{limits::kHttpImportBodyBytesMax, true};

/// Everything is settable so that tests are quick; the defaults are the limits of the host.
struct Settings {
    std::size_t workers = limits::kHttpWorkers;
    std::size_t queue_max = limits::kHttpQueueMax;
    /// Past it the connection that has been idle longest makes room; 503 when none is idle.
    std::size_t connections_max = limits::kHttpConnectionsMax;
    std::size_t buffered_bytes_max = limits::kHttpBufferedBytesMax;
    std::chrono::milliseconds request_deadline = limits::kHttpRequestDeadline;
    std::chrono::milliseconds import_idle_deadline = limits::kHttpImportIdleDeadline;
    std::chrono::milliseconds import_grace = limits::kHttpImportGrace;
    std::size_t import_bytes_per_second_min = limits::kHttpImportBytesPerSecondMin;
    std::chrono::milliseconds keep_alive = limits::kHttpKeepAlive;
    std::chrono::milliseconds write_deadline = limits::kHttpWriteDeadline;
    std::chrono::milliseconds linger = limits::kHttpLinger;

    /// By method and raw path, before the body is read. Called on the gate's thread: it may not
    /// block or throw. Empty: the default policy for all.
    std::function<BodyPolicy(std::string_view method, std::string_view path)> body_policy;

    /// How a fault of the transport is told: the fault, and the request as far as it was understood
    /// (its head, once that was whole and right; else nothing). It may not block or throw. The
    /// reply that a full host gives is rendered once, at construction.
    std::function<Response(const Fault&, const Request&)> render_fault =
        [](const Fault& fault, const Request&) { return render_problem(fault); };
};

/// Counted since construction, except the last four, which are as of now. Each is exact; together
/// they are not one snapshot.
struct Stats {
    std::uint64_t accepted = 0;    ///< connections
    std::uint64_t requests = 0;    ///< handed to the handler
    std::uint64_t faults = 0;      ///< refused as malformed, too large, unsupported
    std::uint64_t overloaded = 0;  ///< refused with 503: queue, connections or memory full
    std::uint64_t deadlines = 0;   ///< cut because the client was too slow, sending or reading
    std::uint64_t handler_failures = 0;
    std::size_t connections = 0;
    std::size_t queued = 0;
    std::size_t busy_workers = 0;
    std::size_t buffered_bytes = 0;
};

/// All members may be called from any thread once bound; bind and run once each, in that order.
class Server {
public:
    Server(Settings settings, Handler handler);

    /// Precondition: run() has returned or was never called.
    ~Server();

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens, without serving yet, and returns the address as chosen: "127.0.0.1:8080",
    /// "[::1]:8080". Port 0 takes any free one. Throws std::system_error with a message for the
    /// operator when the address cannot be had; the port is never shared with another process.
    std::string bind(const std::string& host, std::uint16_t port);

    /// Serves on the calling thread and its workers until stop() has been called and the requests
    /// in flight have been answered.
    void run();

    /// Asks run() to finish and returns at once: no new connection, idle ones are closed, requests
    /// that have begun are finished within their deadlines. May be called by a handler, and is safe
    /// in a signal handler.
    void stop() noexcept;

    Stats stats() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wharf::http

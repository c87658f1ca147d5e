// One client's socket and what is known about it. It belongs to the gate's thread, except between
// being queued and being given back, when it belongs to one worker.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

#include "host/http/descriptor.hpp"
#include "host/http/intake.hpp"

namespace wharf::http {

using Clock = std::chrono::steady_clock;

struct Connection {
    /// What the gate is doing with it.
    enum class Activity { reading, flushing, draining };

    /// Whose it is. The gate sets `worker_touched` when the socket reports something meanwhile: the
    /// report comes once only (edge-triggered), so it must be remembered until the worker is done.
    enum class Owner { gate, worker, worker_touched };

    Connection(Descriptor descriptor, std::string peer, const Settings& settings)
        : socket(std::move(descriptor)), remote_address(std::move(peer)), intake(settings) {}

    /// Writes what the kernel takes now. False when the client is gone.
    bool send_output();
    bool all_sent() const { return sent == output.size(); }

    Descriptor socket;
    std::string remote_address;
    Intake intake;
    std::string surplus;  ///< bytes behind the request in hand: the beginning of the next one
    std::string output;
    std::size_t sent = 0;
    std::size_t drained = 0;
    std::size_t counted = 0;  ///< bytes of the intake that stand in Meters::buffered_bytes
    bool keep_alive = true;
    bool peer_closed = false;  ///< it will send no more; its reply may still be wanted
    bool gone = false;         ///< writing failed: nobody is there
    bool resume = false;       ///< stands in the gate's list of connections with more to read
    Activity activity = Activity::reading;
    Clock::time_point received_at;
    Clock::time_point deadline;
    std::atomic<Owner> owner{Owner::gate};
};

}  // namespace wharf::http

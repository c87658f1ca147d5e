// The gate: one thread that holds every socket. It reads requests until they are complete, hands
// only complete ones to the workers, and sends what a slow client did not take at once. So no
// client can pin a worker, however idle or slow: a worker never waits for a socket.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/http/connection.hpp"
#include "host/http/descriptor.hpp"
#include "host/http/meters.hpp"
#include "host/http/responder.hpp"
#include "host/http/worker_pool.hpp"

namespace wharf::http {

class Gate {
public:
    /// Everything passed by reference outlives the gate. Throws std::system_error.
    Gate(const Settings& settings, Responder& responder, Meters& meters, Descriptor listener);

    /// On the thread that becomes the gate's; returns after stop(), when nobody waits for a reply.
    void run();

    /// From any thread or signal handler.
    void stop() noexcept;

    std::size_t queued() const { return pool_.queued(); }
    std::size_t busy_workers() const { return pool_.busy(); }

private:
    // The loop.
    void watch(int descriptor, std::uint32_t events, void* tag);
    void handle(const epoll_event& event);
    void wake() noexcept;
    void resume_readers();
    void sweep();
    void begin_stop();
    bool finished() const;

    // Connections.
    void accept_some();
    void admit(Descriptor socket, std::string remote_address);
    void on_event(Connection& connection, std::uint32_t events);
    void proceed(Connection& connection);
    bool make_room();
    bool is_idle(const Connection& connection) const;
    void close(Connection& connection);
    void expire(Connection& connection);

    // Reading.
    void read(Connection& connection);
    bool take(Connection& connection, std::string_view bytes, bool more_to_read);
    [[nodiscard]] Clock::time_point import_deadline(const Connection& connection) const;
    void count_buffered(Connection& connection);
    void dispatch(Connection& connection, bool more_to_read);
    void relieve();

    // Writing.
    void refuse(Connection& connection, const Fault& fault);
    void overload(Connection& connection);
    void say_last(Connection& connection, const std::string& reply);
    void flush(Connection& connection);
    void replied(Connection& connection);
    void drain(Connection& connection);
    void read_later(Connection& connection);

    // Workers.
    void serve(Connection& connection);
    void give_back(Connection& connection);
    void take_back();

    const Settings& settings_;
    Responder& responder_;
    Meters& meters_;
    Descriptor listener_;
    Descriptor epoll_;
    Descriptor wake_;
    const std::chrono::milliseconds sweep_interval_;
    std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
    std::vector<Connection*> readers_;
    std::array<char, std::size_t{64} * 1024> buffer_{};
    Clock::time_point now_ = Clock::now();
    Clock::time_point next_sweep_ = now_;
    bool arrivals_ = false;
    bool accepting_ = true;
    bool stop_begun_ = false;
    std::atomic<bool> stopping_{false};
    std::atomic<std::size_t> handed_over_bytes_{0};  // of the buffered bytes, what workers hold
    std::mutex returned_mutex_;
    std::vector<Connection*> returned_;
    WorkerPool pool_;  // last: its threads are gone before anything that they use
};

}  // namespace wharf::http

#include "host/http/gate.hpp"

#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

#include "host/http/socket_address.hpp"

namespace wharf::http {

namespace {

using namespace std::chrono_literals;

constexpr int kEventsPerTurn = 256;
constexpr int kAcceptsPerTurn = 64;
constexpr std::uint32_t kSocketEvents = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;

Descriptor check(int descriptor, const char* what) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
    return Descriptor(descriptor);
}

// Deadlines are met to within a quarter; at most four looks at all connections in a second, unless
// a test asks for shorter deadlines.
std::chrono::milliseconds choose_sweep_interval(const Settings& settings) {
    const auto shortest =
        std::min({settings.request_deadline, settings.import_idle_deadline, settings.import_grace,
                  settings.keep_alive, settings.write_deadline, settings.linger});
    return std::clamp<std::chrono::milliseconds>(shortest / 4, 5ms, 250ms);
}

}  // namespace

Gate::Gate(const Settings& settings, Responder& responder, Meters& meters, Descriptor listener)
    : settings_(settings),
      responder_(responder),
      meters_(meters),
      listener_(std::move(listener)),
      epoll_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll")),
      wake_(check(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")),
      sweep_interval_(choose_sweep_interval(settings)),
      pool_(settings.workers, settings.queue_max,
            [this](Connection& connection) { serve(connection); }) {
    watch(listener_.get(), EPOLLIN, &listener_);
    watch(wake_.get(), EPOLLIN, &wake_);
}

void Gate::watch(int descriptor, std::uint32_t events, void* tag) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = tag;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
        throw std::system_error(errno, std::generic_category(), "epoll");
    }
}

// --- The loop -----------------------------------------------------------------------------------

void Gate::run() {
    std::array<epoll_event, kEventsPerTurn> events;
    while (!finished()) {
        const auto until_sweep = std::chrono::ceil<std::chrono::milliseconds>(next_sweep_ - now_);
        const auto wait = readers_.empty() ? std::max(until_sweep, 0ms) : 0ms;
        const int count = ::epoll_wait(epoll_.get(), events.data(), kEventsPerTurn,
                                       static_cast<int>(wait.count()));
        now_ = Clock::now();
        for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
        take_back();
        resume_readers();
        relieve();
        // Last, because making room may close a connection that this turn's events speak of.
        if (std::exchange(arrivals_, false)) accept_some();
        if (stopping_ && !stop_begun_) begin_stop();
        if (now_ >= next_sweep_) sweep();
    }
}

void Gate::handle(const epoll_event& event) {
    if (event.data.ptr == &listener_) {
        arrivals_ = true;
    } else if (event.data.ptr == &wake_) {
        eventfd_t ignored = 0;
        ::eventfd_read(wake_.get(), &ignored);
    } else {
        on_event(*static_cast<Connection*>(event.data.ptr), event.events);
    }
}

void Gate::stop() noexcept {
    stopping_ = true;
    wake();
}

void Gate::wake() noexcept {
    ::eventfd_write(wake_.get(), 1);
}

void Gate::resume_readers() {
    for (auto* connection : std::exchange(readers_, {})) {
        connection->resume = false;
        proceed(*connection);
    }
}

// What a worker holds is not looked at: it comes back when its handler returns.
void Gate::sweep() {
    next_sweep_ = now_ + sweep_interval_;
    std::vector<Connection*> expired;
    for (const auto& [key, connection] : connections_) {
        if (connection->owner != Connection::Owner::gate) continue;
        const bool idle =
            connection->activity == Connection::Activity::reading && !connection->intake.started();
        if (connection->deadline <= now_ || (stopping_ && idle)) expired.push_back(key);
    }
    for (auto* connection : expired) expire(*connection);
    if (!accepting_ && !stopping_) {
        watch(listener_.get(), EPOLLIN, &listener_);
        accepting_ = true;
    }
}

void Gate::begin_stop() {
    stop_begun_ = true;
    accept_some();
    listener_.close();
    std::vector<Connection*> held;
    for (const auto& [key, connection] : connections_) {
        if (connection->owner == Connection::Owner::gate) held.push_back(key);
    }
    for (auto* connection : held) {
        connection->deadline = std::min(connection->deadline, now_ + settings_.request_deadline);
        // What has been sent already was sent to a host that was there: it is still answered.
        if (!connection->resume) proceed(*connection);
    }
    sweep();
}

bool Gate::finished() const {
    return stop_begun_ && connections_.empty();
}

// --- Connections --------------------------------------------------------------------------------

void Gate::accept_some() {
    for (int i = 0; i < kAcceptsPerTurn && listener_.valid(); ++i) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        Descriptor socket(::accept4(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size,
                                    SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (socket.valid()) {
            admit(std::move(socket), host_of(address));
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            // The listener stays readable: looking away until the next sweep beats spinning.
            ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
            accepting_ = false;
            return;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        }
    }
}

void Gate::admit(Descriptor socket, std::string remote_address) {
    ++meters_.accepted;
    if (connections_.size() >= settings_.connections_max && !make_room()) {
        ++meters_.overloaded;
        const auto& reply = responder_.overloaded();
        // One try without a look at the result: the socket is closed in any case.
        [[maybe_unused]] const auto sent =
            ::send(socket.get(), reply.data(), reply.size(), MSG_NOSIGNAL);
        return;
    }
    auto connection =
        std::make_unique<Connection>(std::move(socket), std::move(remote_address), settings_);
    connection->deadline = now_ + settings_.keep_alive;
    auto* key = connection.get();
    connections_.emplace(key, std::move(connection));
    meters_.connections = connections_.size();
    watch(key->socket.get(), kSocketEvents, key);
}

// Kept-alive connections are a courtesy: whoever hoards them must not keep others out.
bool Gate::make_room() {
    Connection* oldest = nullptr;
    for (const auto& [key, connection] : connections_) {
        if (connection->owner != Connection::Owner::gate || !is_idle(*connection)) continue;
        if (!oldest || connection->deadline < oldest->deadline) oldest = key;
    }
    if (oldest) close(*oldest);
    return oldest != nullptr;
}

// Precondition: it is the gate's.
bool Gate::is_idle(const Connection& connection) const {
    return connection.activity == Connection::Activity::reading && !connection.intake.started();
}

void Gate::on_event(Connection& connection, std::uint32_t events) {
    auto owner = Connection::Owner::worker;
    if (connection.owner.compare_exchange_strong(owner, Connection::Owner::worker_touched)) return;
    if (owner == Connection::Owner::worker_touched) return;
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) connection.peer_closed = true;
    // In the list it gets its turn anyway; going twice could leave it there in a worker's hands.
    if (!connection.resume) proceed(connection);
}

void Gate::proceed(Connection& connection) {
    switch (connection.activity) {
        case Connection::Activity::reading:
            return read(connection);
        case Connection::Activity::flushing:
            return flush(connection);
        case Connection::Activity::draining:
            return drain(connection);
    }
}

void Gate::close(Connection& connection) {
    meters_.buffered_bytes -= connection.counted;
    if (connection.resume) std::erase(readers_, &connection);
    connections_.erase(&connection);
    meters_.connections = connections_.size();
}

void Gate::expire(Connection& connection) {
    const bool reading = connection.activity == Connection::Activity::reading;
    if (reading && connection.intake.started()) {
        ++meters_.deadlines;
        return say_last(connection,
                        responder_.refuse({408, "deadline", "the request did not arrive in time"},
                                          connection.intake.understood()));
    }
    if (connection.activity == Connection::Activity::flushing) ++meters_.deadlines;
    close(connection);
}

// --- Workers ------------------------------------------------------------------------------------

// On a worker. In the common case, all sent and nothing new, the connection changes hands by one
// compare-and-swap; nobody is woken and epoll is not touched.
void Gate::serve(Connection& connection) {
    auto head = connection.intake.take();
    head.request.remote_address = connection.remote_address;
    head.request.received_at = connection.received_at;
    connection.keep_alive = head.keep_alive && !stopping_;
    connection.output.erase(0, connection.sent);
    connection.sent = 0;
    try {
        connection.output += responder_.answer(head.request, connection.keep_alive, stopping_);
        connection.gone = !connection.send_output();
    } catch (const std::bad_alloc&) {
        connection.gone = true;
    }
    handed_over_bytes_ -= connection.counted;
    meters_.buffered_bytes -= std::exchange(connection.counted, 0);
    connection.keep_alive = connection.keep_alive && !stopping_;
    const bool simple = !connection.gone && connection.all_sent() && connection.keep_alive &&
                        connection.surplus.empty();
    if (simple) {
        connection.output.clear();
        connection.sent = 0;
        connection.deadline = Clock::now() + settings_.keep_alive;
        auto owner = Connection::Owner::worker;
        if (connection.owner.compare_exchange_strong(owner, Connection::Owner::gate)) return;
    }
    give_back(connection);
}

void Gate::give_back(Connection& connection) {
    {
        const std::lock_guard lock(returned_mutex_);
        returned_.push_back(&connection);
    }
    wake();
}

void Gate::take_back() {
    std::vector<Connection*> returned;
    {
        const std::lock_guard lock(returned_mutex_);
        returned.swap(returned_);
    }
    for (auto* connection : returned) {
        connection->owner = Connection::Owner::gate;
        if (connection->gone) {
            close(*connection);
            continue;
        }
        connection->activity = Connection::Activity::flushing;
        connection->deadline = now_ + settings_.write_deadline;
        flush(*connection);
    }
}

}  // namespace wharf::http

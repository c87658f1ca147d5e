// The gate's dealings with one socket: what is read, refused, sent, and how a connection ends.
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "host/http/gate.hpp"
#include "host/limits.hpp"

namespace wharf::http {

// --- Reading ------------------------------------------------------------------------------------

void Gate::read(Connection& connection) {
    const auto surplus = std::exchange(connection.surplus, {});
    if (!surplus.empty() && !take(connection, surplus, true)) return;
    // A few pieces at a time, so that one that sends fast leaves room for the others.
    // Where bytes are short, one only: the excess of one turn has to stay small.
    const int pieces = meters_.buffered_bytes > settings_.buffered_bytes_max ? 1 : 4;
    for (int turn = 0; turn < pieces; ++turn) {
        const auto count = ::recv(connection.socket.get(), buffer_.data(), buffer_.size(), 0);
        if (count == 0) return close(connection);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count < 0) return close(connection);
        const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(count));
        if (!take(connection, bytes, bytes.size() == buffer_.size())) return;
    }
    read_later(connection);
}

// Says whether the connection is still being read. `more_to_read`: the socket may hold bytes that
// it has reported already and will not report again.
bool Gate::take(Connection& connection, std::string_view bytes, bool more_to_read) {
    auto& intake = connection.intake;
    if (!intake.started()) {
        connection.received_at = now_;
        connection.deadline = now_ + settings_.request_deadline;
    }
    const auto taken = intake.feed(bytes);
    if (intake.state() == Intake::State::refused) {
        refuse(connection, intake.fault());
        return false;
    }
    count_buffered(connection);
    if (intake.state() == Intake::State::complete) {
        connection.surplus = bytes.substr(taken);
        dispatch(connection, more_to_read);
        return false;
    }
    if (intake.idle_deadline() && !stopping_) {
        connection.deadline =
            std::min(now_ + settings_.import_idle_deadline, import_deadline(connection));
    }
    if (intake.take_continue()) {
        connection.output += "HTTP/1.1 100 Continue\r\n\r\n";
        connection.send_output();
    }
    return true;
}

// What has come buys time for what is to come, at the least pace.
Clock::time_point Gate::import_deadline(const Connection& connection) const {
    const auto earned = std::chrono::milliseconds(connection.intake.buffered_bytes() * 1000 /
                                                  settings_.import_bytes_per_second_min);
    return connection.received_at + settings_.import_grace + earned;
}

void Gate::count_buffered(Connection& connection) {
    const auto held = connection.intake.buffered_bytes();
    meters_.buffered_bytes += held - connection.counted;
    connection.counted = held;
}

// What is unfinished can still make room (relieve), what workers hold cannot: only they can fill
// the host for a request that is complete.
void Gate::dispatch(Connection& connection, bool more_to_read) {
    handed_over_bytes_ += connection.counted;
    if (handed_over_bytes_ > settings_.buffered_bytes_max) {
        handed_over_bytes_ -= connection.counted;
        return overload(connection);
    }
    connection.owner = more_to_read || connection.peer_closed ? Connection::Owner::worker_touched
                                                              : Connection::Owner::worker;
    if (pool_.submit(connection)) return;
    handed_over_bytes_ -= connection.counted;
    connection.owner = Connection::Owner::gate;
    overload(connection);
}

// The largest unfinished request gives way, so that who hoards bytes keeps nobody else out. Between
// two turns of the loop only: it may close a connection that this turn's events speak of.
void Gate::relieve() {
    while (meters_.buffered_bytes > settings_.buffered_bytes_max) {
        Connection* largest = nullptr;
        for (const auto& [key, connection] : connections_) {
            if (connection->owner != Connection::Owner::gate || connection->counted == 0) continue;
            if (!largest || connection->counted > largest->counted) largest = key;
        }
        if (!largest) return;  // the rest is being worked on
        overload(*largest);
    }
}

// --- Writing ------------------------------------------------------------------------------------

void Gate::refuse(Connection& connection, const Fault& fault) {
    ++meters_.faults;
    say_last(connection, responder_.refuse(fault, connection.intake.understood()));
}

void Gate::overload(Connection& connection) {
    ++meters_.overloaded;
    say_last(connection, responder_.overloaded());
}

void Gate::say_last(Connection& connection, const std::string& reply) {
    connection.intake.reset();
    count_buffered(connection);
    connection.surplus.clear();
    connection.output.erase(0, connection.sent);
    connection.output += reply;
    connection.sent = 0;
    connection.keep_alive = false;
    connection.activity = Connection::Activity::flushing;
    connection.deadline = now_ + settings_.write_deadline;
    flush(connection);
}

void Gate::flush(Connection& connection) {
    const auto before = connection.sent;
    if (!connection.send_output()) return close(connection);
    if (connection.all_sent()) return replied(connection);
    if (connection.sent > before && !stopping_) {
        connection.deadline = now_ + settings_.write_deadline;
    }
}

void Gate::replied(Connection& connection) {
    connection.output.clear();
    connection.sent = 0;
    if (connection.keep_alive) {
        connection.activity = Connection::Activity::reading;
        connection.deadline = now_ + settings_.keep_alive;
        return read(connection);
    }
    ::shutdown(connection.socket.get(), SHUT_WR);
    connection.activity = Connection::Activity::draining;
    connection.deadline = now_ + settings_.linger;
    drain(connection);
}

// Closing a socket with unread bytes resets it, and a reset may overtake the reply.
void Gate::drain(Connection& connection) {
    for (int turn = 0; turn < 4; ++turn) {
        const auto count = ::recv(connection.socket.get(), buffer_.data(), buffer_.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count <= 0) return close(connection);
        connection.drained += static_cast<std::size_t>(count);
        if (connection.drained > limits::kHttpLingerBytesMax) return close(connection);
    }
    read_later(connection);
}

void Gate::read_later(Connection& connection) {
    if (!std::exchange(connection.resume, true)) readers_.push_back(&connection);
}

}  // namespace wharf::http

// One request as it grows out of a connection's bytes. No sockets here: bytes go in, in pieces of
// any size, and a complete request or a fault comes out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "host/http/chunked.hpp"
#include "host/http/fault.hpp"
#include "host/http/head.hpp"
#include "host/http/transport.hpp"

namespace wharf::http {

/// Used by one thread at a time.
class Intake {
public:
    enum class State { head, body, complete, refused };

    /// Both are kept by reference to the server's settings, which outlive every connection.
    explicit Intake(const Settings& settings) : settings_(&settings) {}

    /// Returns how much was taken. Less than everything means that the request ended before: the
    /// rest belongs to the next one. Precondition: not complete, not refused.
    std::size_t feed(std::string_view input);

    State state() const { return state_; }
    bool started() const { return state_ != State::head || !block_.empty(); }

    /// Bytes that this request holds in memory.
    std::size_t buffered_bytes() const { return block_.size() + head_.request.body.size(); }

    /// True for a request whose deadline counts from its last bytes, not from its first.
    bool idle_deadline() const { return state_ == State::body && policy_.idle_deadline; }

    /// True once when the client waits for "100 Continue" before it sends the body.
    bool take_continue();

    /// Precondition: state() == refused.
    const Fault& fault() const { return *fault_; }

    /// What is known of the request so far: its head, once that was whole and right.
    const Request& understood() const { return head_.request; }

    /// Precondition: state() == complete. The intake then is ready for the next request.
    Head take();

    void reset();

private:
    std::size_t feed_head(std::string_view input);
    std::size_t feed_body(std::string_view input);
    void check_start(std::string_view input) const;
    void check_head_size() const;
    void begin_body();
    void refuse(const Fault& fault);

    const Settings* settings_;
    State state_ = State::head;
    std::string block_;
    std::size_t line_start_ = 0;
    Head head_;
    BodyPolicy policy_;
    std::optional<ChunkedDecoder> chunks_;
    std::optional<Fault> fault_;
};

}  // namespace wharf::http

#include "host/http/intake.hpp"

#include <algorithm>
#include <cassert>
#include <exception>
#include <utility>

#include "host/limits.hpp"

namespace wharf::http {

std::size_t Intake::feed(std::string_view input) {
    assert(state_ == State::head || state_ == State::body);
    std::size_t taken = 0;
    try {
        if (state_ == State::head) taken = feed_head(input);
        if (state_ == State::body) taken += feed_body(input.substr(taken));
    } catch (const Fault& fault) {
        refuse(fault);
    } catch (const std::exception&) {  // no memory for it, or the policy's fault
        refuse({503, "unavailable", "the host cannot take the request now"});
    }
    return taken;
}

void Intake::refuse(const Fault& fault) {
    fault_ = fault;
    state_ = State::refused;
}

// Line by line, so that a bare LF is refused when it comes: waiting for an empty line with CR LF
// that never comes would only end at the deadline.
std::size_t Intake::feed_head(std::string_view input) {
    check_start(input);
    std::size_t taken = 0;
    while (taken < input.size() && state_ == State::head) {
        const auto rest = input.substr(taken);
        const auto line_feed = rest.find('\n');
        const auto step = std::min(line_feed, rest.size() - 1) + 1;
        block_ += rest.substr(0, std::min(step, limits::kHttpHeadBytesMax + 1));
        taken += step;
        check_head_size();
        if (line_feed == std::string_view::npos) continue;
        const auto length = block_.size() - line_start_;
        if (length < 2 || block_[block_.size() - 2] != '\r') {
            throw malformed("a line does not end with CR LF");
        }
        line_start_ = block_.size();
        if (length == 2) begin_body();
    }
    return taken;
}

// Anything that cannot be a method (a TLS hello, say) is answered at once.
void Intake::check_start(std::string_view input) const {
    const char first = block_.empty() ? input.front() : block_.front();
    if (first < 'A' || first > 'Z') throw malformed("this is not an HTTP request");
}

void Intake::check_head_size() const {
    constexpr std::size_t kMethodAndVersion = 32;
    if (line_start_ == 0 && block_.size() > limits::kHttpTargetBytesMax + kMethodAndVersion) {
        throw Fault{414, "too_large", "the target is too long"};
    }
    if (block_.size() > limits::kHttpHeadBytesMax) {
        throw Fault{431, "too_large", "the headers are too large"};
    }
}

void Intake::begin_body() {
    head_ = parse_head(block_);
    block_.clear();
    if (settings_->body_policy) {
        policy_ = settings_->body_policy(head_.request.method, head_.request.path);
    }
    if (head_.content_length > policy_.bytes_max) {
        throw Fault{413, "too_large", "the body is too large"};
    }
    if (head_.framing == Framing::chunked) chunks_.emplace(policy_.bytes_max);
    state_ = head_.framing == Framing::none ? State::complete : State::body;
}

std::size_t Intake::feed_body(std::string_view input) {
    auto& body = head_.request.body;
    std::size_t taken = 0;
    bool done = false;
    if (chunks_) {
        taken = chunks_->feed(input, body);
        done = chunks_->done();
    } else {
        taken = std::min<std::size_t>(input.size(), head_.content_length - body.size());
        body += input.substr(0, taken);
        done = body.size() == head_.content_length;
    }
    if (done) state_ = State::complete;
    return taken;
}

bool Intake::take_continue() {
    return state_ == State::body && std::exchange(head_.expects_continue, false);
}

Head Intake::take() {
    assert(state_ == State::complete);
    Head head = std::move(head_);
    reset();
    return head;
}

// By swapping: a string that is assigned an empty one keeps its memory, here a whole body's.
void Intake::reset() {
    Intake fresh(*settings_);
    std::swap(*this, fresh);
}

}  // namespace wharf::http

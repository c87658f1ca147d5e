// Joins the chunks of a body as they arrive, strictly: no bare LF, no sign, no trailer fields.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wharf::http {

class ChunkedDecoder {
public:
    explicit ChunkedDecoder(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// Appends decoded bytes to `body` and returns how much of `input` was taken: all of it, or
    /// less when the last chunk has ended. Throws Fault: 400 malformed, 413 past the limit. The
    /// limit holds for the content and, apart from it, for the framing, so that one-byte chunks
    /// cannot keep the host busy for ever.
    std::size_t feed(std::string_view input, std::string& body);

    bool done() const { return state_ == State::done; }

private:
    enum class State { size_line, data, data_end, last_end, done };

    std::size_t step(std::string_view input, std::string& body);
    std::size_t take_line(std::string_view input);
    std::size_t take_data(std::string_view input, std::string& body);
    void end_line();
    void begin_chunk();

    std::size_t bytes_max_;
    State state_ = State::size_line;
    std::string line_;
    std::size_t remaining_ = 0;
    std::size_t content_bytes_ = 0;
    std::size_t framing_bytes_ = 0;
};

}  // namespace wharf::http

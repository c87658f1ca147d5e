#include "host/http/chunked.hpp"

#include <algorithm>

#include "host/http/fault.hpp"
#include "host/http/text_rules.hpp"
#include "host/limits.hpp"

namespace wharf::http {

namespace {

// More digits could only name a size past any limit, or overflow.
constexpr std::size_t kSizeDigitsMax = 8;

constexpr Fault kTooLarge = {413, "too_large", "the body is too large"};

std::size_t parse_size(std::string_view line) {
    const auto digits = line.substr(0, line.find_first_of("; \t"));
    if (digits.empty()) throw malformed("a chunk size is malformed");
    if (digits.size() > kSizeDigitsMax) throw malformed("a chunk size is too long");
    std::size_t size = 0;
    for (const char c : digits) {
        const int digit = hex_digit(c);
        if (digit < 0) throw malformed("a chunk size is malformed");
        size = size * 16 + static_cast<std::size_t>(digit);
    }
    const auto extension = trim(line.substr(digits.size()));
    if (!extension.empty() && (extension.front() != ';' || !is_field_value(extension))) {
        throw malformed("a chunk extension is malformed");
    }
    return size;
}

}  // namespace

std::size_t ChunkedDecoder::feed(std::string_view input, std::string& body) {
    std::size_t taken = 0;
    while (taken < input.size() && !done()) taken += step(input.substr(taken), body);
    return taken;
}

std::size_t ChunkedDecoder::step(std::string_view input, std::string& body) {
    return state_ == State::data ? take_data(input, body) : take_line(input);
}

std::size_t ChunkedDecoder::take_line(std::string_view input) {
    const auto feed_end = input.find('\n');
    const auto taken = std::min(feed_end, input.size() - 1) + 1;
    line_ += input.substr(0, taken);
    if (line_.size() > limits::kHttpChunkLineBytesMax) throw malformed("a chunk line is too long");
    if (feed_end != std::string_view::npos) end_line();
    return taken;
}

// Counts whole lines, so that the answer does not depend on how the bytes were cut into pieces.
void ChunkedDecoder::end_line() {
    framing_bytes_ += line_.size();
    if (framing_bytes_ > bytes_max_ + limits::kHttpChunkLineBytesMax) throw kTooLarge;
    if (line_.size() < 2 || line_[line_.size() - 2] != '\r') {
        throw malformed("a line does not end with CR LF");
    }
    line_.resize(line_.size() - 2);
    if (state_ == State::size_line) {
        begin_chunk();
    } else if (!line_.empty()) {
        throw malformed(state_ == State::last_end ? "trailer fields are not taken"
                                                  : "a chunk is longer than its size");
    } else {
        state_ = state_ == State::last_end ? State::done : State::size_line;
    }
    line_.clear();
}

void ChunkedDecoder::begin_chunk() {
    remaining_ = parse_size(line_);
    if (remaining_ > bytes_max_ - content_bytes_) throw kTooLarge;
    state_ = remaining_ == 0 ? State::last_end : State::data;
}

std::size_t ChunkedDecoder::take_data(std::string_view input, std::string& body) {
    const auto taken = std::min(input.size(), remaining_);
    body += input.substr(0, taken);
    content_bytes_ += taken;
    remaining_ -= taken;
    if (remaining_ == 0) state_ = State::data_end;
    return taken;
}

}  // namespace wharf::http

// Bytes on their way through the C door: the writer that the host lends to a plugin.
#pragma once

#include <wharf_abi.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace wharf::plugins {

// Collects one result up to a limit. Stays where it is while its writer is in use.
class MessageBuffer {
public:
    explicit MessageBuffer(std::size_t bytes_max = WHARF_MESSAGE_BYTES_MAX)
        : bytes_max_(bytes_max) {}
    MessageBuffer(const MessageBuffer&) = delete;
    MessageBuffer& operator=(const MessageBuffer&) = delete;

    [[nodiscard]] wharf_writer* writer() { return &writer_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::string take() { return std::move(text_); }
    // Something was refused for its length.
    [[nodiscard]] bool overflowed() const { return overflowed_; }

private:
    static int32_t append(void* state, const char* data, size_t length) noexcept;

    std::size_t bytes_max_;
    std::string text_;
    bool overflowed_ = false;
    wharf_writer writer_{sizeof(wharf_writer), this, &MessageBuffer::append};
};

// The view stays valid as long as the text.
[[nodiscard]] inline wharf_bytes as_bytes(std::string_view text) {
    return {text.data(), text.size()};
}
[[nodiscard]] inline std::string_view as_text(wharf_bytes bytes) {
    return bytes.data == nullptr ? std::string_view() : std::string_view(bytes.data, bytes.size);
}

}  // namespace wharf::plugins

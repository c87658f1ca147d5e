#include "host/plugins/message.hpp"

namespace wharf::plugins {

int32_t MessageBuffer::append(void* state, const char* data, size_t length) noexcept {
    auto& self = *static_cast<MessageBuffer*>(state);
    if (length == 0) return 0;
    if (data == nullptr || self.overflowed_ || length > self.bytes_max_ - self.text_.size()) {
        self.overflowed_ = true;
        return 1;
    }
    try {
        self.text_.append(data, length);
        return 0;
    } catch (...) {  // no exception may cross the edge; out of memory is a message too long
        self.overflowed_ = true;
        return 1;
    }
}

}  // namespace wharf::plugins

// The plugin's side of the C door: operations in, replies and refusals out. Authors use Context;
// this is what it stands on.
#pragma once

#include <wharf_abi.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "wharf/describe.hpp"
#include "wharf/refusal.hpp"
#include "wharf/refusal_json.hpp"

namespace wharf {

namespace detail {

inline int32_t append_to_string(void* state, const char* data, size_t length) noexcept {
    auto& text = *static_cast<std::string*>(state);
    if (length > WHARF_MESSAGE_BYTES_MAX - text.size()) return 1;
    text.append(data, length);
    return 0;
}

inline wharf_bytes bytes_of(std::string_view text) {
    return {text.data(), text.size()};
}
inline std::string_view text_of_bytes(wharf_bytes bytes) {
    return bytes.data == nullptr ? std::string_view{} : std::string_view{bytes.data, bytes.size};
}

}  // namespace detail

class Door {
public:
    Door(const wharf_host& host, std::uint64_t token) : host_(&host), token_(token) {}

    std::string call_text(std::string_view operation, std::string_view request) const {
        std::string reply;
        wharf_writer writer{sizeof(wharf_writer), &reply, &detail::append_to_string};
        const auto status =
            host_->call(token_, detail::bytes_of(operation), detail::bytes_of(request), &writer);
        if (status == WHARF_OK) return reply;
        if (status == WHARF_REFUSED) throw refusal_from_json(reply);
        throw Refusal(RefusalKind::internal, "internal",
                      "the host failed in " + std::string(operation));
    }

    template <class Reply>
    Reply call(std::string_view operation, std::string_view request) const {
        return from_json<Reply>(parse(call_text(operation, request)));
    }

    void log(int level, std::string_view text) const {
        host_->log(token_, level, detail::bytes_of(text));
    }

    static boost::json::value parse(std::string_view text) {
        return boost::json::parse(boost::json::string_view(text.data(), text.size()));
    }

private:
    const wharf_host* host_;
    std::uint64_t token_;
};

}  // namespace wharf

// Messages between accounts of one installation: a plugin sends one within its unit of work, and
// the plugin that its name begins with takes it in, in the other account, exactly once.
#pragma once

#include <boost/describe.hpp>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// A described struct that carries its name, `<receiving plugin>.<what_happened>`:
//
//     struct Asked {
//         static constexpr std::string_view kName = "supply_request.asked";
//         wharf::Sku sku;
//     };
//     BOOST_DESCRIBE_STRUCT(Asked, (), (sku))
//
// It may hold no Secret: a message carries no credentials.
template <class T>
concept MessageType = requires {
    { T::kName } -> std::convertible_to<std::string_view>;
};

// One message as the receiving plugin sees it. `from` is told by the host: no sender can name
// another account. `id` is the same however often the message comes; `depth` is how many reactions
// and messages led to it.
template <class Message>
struct Received {
    std::string id;
    AccountCode from;
    Instant sent_at;
    std::int32_t depth = 0;
    Message data;
    BOOST_DESCRIBE_CLASS(Received, (), (id, from, sent_at, depth, data), (), ())
};

}  // namespace wharf

// One event as a reaction sees it.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// `data` is the document as it was right after the write; act on the state as it is now and take
// the event as the hint where to look.
template <class Event>
struct Occurrence {
    std::int64_t sequence = 0;
    Instant at;
    std::optional<DocumentNumber> document;
    std::int32_t depth = 0;
    typename Event::Document data;
    BOOST_DESCRIBE_CLASS(Occurrence, (), (sequence, at, document, depth, data), (), ())
};

}  // namespace wharf

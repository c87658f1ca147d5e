// A refusal as it crosses the C door.
#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "wharf/describe.hpp"
#include "wharf/refusal.hpp"

namespace wharf {

namespace detail {

struct RefusalWire {
    std::string kind;
    std::string code;
    std::string detail;
    std::string hint;
    std::vector<Fault> faults;
    std::string caused_by;
};
BOOST_DESCRIBE_STRUCT(RefusalWire, (), (kind, code, detail, hint, faults, caused_by))

}  // namespace detail

BOOST_DESCRIBE_STRUCT(Fault, (), (pointer, code, detail))

inline std::string refusal_to_json(const Refusal& refusal) {
    return to_json(detail::RefusalWire{std::string(kind_name(refusal.kind())), refusal.code(),
                                       refusal.detail(), refusal.hint(), refusal.faults(),
                                       refusal.caused_by()});
}

// What cannot be read as a refusal becomes an internal one.
inline Refusal refusal_from_json(std::string_view text) {
    try {
        auto wire = from_json<detail::RefusalWire>(
            boost::json::parse(boost::json::string_view(text.data(), text.size())));
        const auto kind = kind_from_name(wire.kind).value_or(RefusalKind::internal);
        return Refusal(kind,
                       wire.code.empty() ? std::string(kind_name(kind)) : std::move(wire.code),
                       std::move(wire.detail), std::move(wire.hint))
            .with_faults(std::move(wire.faults))
            .with_caused_by(std::move(wire.caused_by));
    } catch (const std::exception&) {
        return Refusal(RefusalKind::internal, "internal", "a refusal came in no known form");
    }
}

}  // namespace wharf

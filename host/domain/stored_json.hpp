// Parts of documents that a column keeps as JSON text, written by to_json.
#pragma once

#include <boost/json/parse.hpp>
#include <string_view>
#include <wharf/describe.hpp>

namespace wharf::domain {

template <class T>
T from_stored(std::string_view text) {
    return from_json<T>(boost::json::parse(boost::json::string_view(text.data(), text.size())));
}

}  // namespace wharf::domain

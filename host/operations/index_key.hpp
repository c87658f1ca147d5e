// Values of documents as text that sorts as the values do, so that any engine's plain text index
// answers equality on a prefix and one range.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/shape.hpp>

namespace wharf::operations {

// One value of a field. Absent and null sort first, then true and false, then numbers,
// those before text; money, percentages, instants and dates sort by what they mean. Throws Refusal
// (invalid, `not_indexable`) for arrays, objects and fractions.
void append_key(std::string& key, const boost::json::value& value, const Shape* shape);

// The key of a document in an index over these fields; `has_null` says that one of them is null or
// absent.
struct DocumentKey {
    std::string key;
    bool has_null = false;
};
DocumentKey key_of(const boost::json::value& document, const std::vector<std::string>& fields,
                   const Shape* shape);

// Everything whose key begins with the prefix sorts below this.
std::string end_of_prefix(std::string prefix);

}  // namespace wharf::operations

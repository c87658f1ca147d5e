#include "sdk/tools/bundle/pretty_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace wharf::bundle {
namespace json = boost::json;

namespace {

constexpr std::size_t kLineMax = 80;

void append(std::string& out, const json::value& value, std::size_t depth);

void new_line(std::string& out, std::size_t depth) {
    out += '\n';
    out.append(depth * 2, ' ');
}

// Puts the items between the brackets, one per line.
template <typename Items, typename Item>
void append_items(std::string& out, const Items& items, const char* brackets, std::size_t depth,
                  Item append_item) {
    out += brackets[0];
    bool first = true;
    for (const auto& item : items) {
        if (!first) out += ',';
        first = false;
        new_line(out, depth + 1);
        append_item(item);
    }
    new_line(out, depth);
    out += brackets[1];
}

void append(std::string& out, const json::value& value, std::size_t depth) {
    const std::string flat = json::serialize(value);
    const bool structured = value.is_object() || value.is_array();
    if (!structured || flat.size() + depth * 2 <= kLineMax) {
        out += flat;
    } else if (value.is_array()) {
        append_items(out, value.get_array(), "[]", depth,
                     [&](const json::value& item) { append(out, item, depth + 1); });
    } else {
        append_items(out, value.get_object(), "{}", depth, [&](const json::key_value_pair& member) {
            out += json::serialize(json::string(member.key())) + ": ";
            append(out, member.value(), depth + 1);
        });
    }
}

}  // namespace

std::string pretty_json(const json::value& value) {
    std::string out;
    append(out, value, 0);
    return out + "\n";
}

}  // namespace wharf::bundle

#include "tests/scenario/expectation.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <stdexcept>

#include "tests/scenario/script.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::scenario {

namespace json = boost::json;
using Faults = std::vector<std::string>;

namespace {

json::value parsed(const std::string& text) {
    json::error_code error;
    auto value = json::parse(text, error);
    if (error) throw std::runtime_error("what is expected is no JSON: " + text);
    return value;
}

// `404` is that one, `4xx` any of its kind.
bool is_status(int got, const std::string& wanted) {
    const auto text = std::to_string(got);
    return wanted.ends_with("xx") ? wanted.front() == text.front() : wanted == text;
}

Faults status_and_body(const std::string& status, const std::string& body,
                       const tests::HttpReply& reply) {
    Faults found;
    if (!is_status(reply.status, status)) {
        found.push_back("expected " + status + ", got " + std::to_string(reply.status));
    } else if (!body.empty()) {
        found = tests::differences(parsed(body), reply.json());
    }
    return found;
}

Faults header(const std::string& arguments, const tests::HttpReply& reply) {
    auto [name, value] = split_word(arguments);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto got = reply.header(name);
    if (value == "*" ? !got.empty() : got == value) return {};
    return {"header " + name + ": expected " + value + ", got " + (got.empty() ? "none" : got)};
}

bool holds(const json::value& list, const json::value& wanted) {
    const auto* items = list.if_array();
    return items != nullptr && std::any_of(items->begin(), items->end(), [&](const auto& item) {
               return tests::differences(wanted, item).empty();
           });
}

Faults size(const std::string& path, const std::string& wanted, const json::value& value) {
    const auto got = value.is_array()    ? value.get_array().size()
                     : value.is_object() ? value.get_object().size()
                                         : 0;
    if (std::to_string(got) == wanted) return {};
    return {path + ": expected " + wanted + " elements, got " + std::to_string(got) + ": " +
            json::serialize(value)};
}

Faults at(const std::string& path, const std::string& rest, const tests::HttpReply& reply) {
    const auto document = reply.json();
    const auto* value = tests::at_path(document, path);
    if (value == nullptr) return {path + ": expected " + rest + ", but it is absent"};
    const auto [word, argument] = split_word(rest);
    if (word == "size") return size(path, argument, *value);
    if (word == "has" || word == "none") {
        if (holds(*value, parsed(argument)) == (word == "has")) return {};
        return {path + ": " + (word == "has" ? "nothing" : "something") + " there is like " +
                argument + ": " + json::serialize(*value)};
    }
    auto found = tests::differences(parsed(rest), *value);
    for (auto& fault : found) fault.insert(0, path + ' ');
    return found;
}

Faults absent(const std::string& path, const tests::HttpReply& reply) {
    const auto document = reply.json();
    const auto* value = tests::at_path(document, path);
    if (value == nullptr || value->is_null()) return {};
    return {path + ": expected nothing, got " + json::serialize(*value)};
}

}  // namespace

Faults faults(const std::string& expectation, const tests::HttpReply& reply) {
    const auto [word, rest] = split_word(expectation);
    if (word == "header") return header(rest, reply);
    if (word == "no") return absent(rest, reply);
    if (word == "text") {
        if (reply.body.find(rest) != std::string::npos) return {};
        return {"the body does not hold \"" + rest + "\""};
    }
    if (!word.empty() && word.front() == '.') return at(word, rest, reply);
    if (word.find_first_not_of("0123456789x") == std::string::npos) {
        return status_and_body(word, rest, reply);
    }
    throw std::runtime_error("not understood: > " + expectation);
}

}  // namespace wharf::scenario

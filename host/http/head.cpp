#include "host/http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "host/http/fault.hpp"
#include "host/http/text_rules.hpp"
#include "host/limits.hpp"

namespace wharf::http {

namespace {

constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};

// A second one of these would make two readers disagree about what was asked.
constexpr std::array<std::string_view, 9> kSingletons = {"Host",
                                                         "Content-Length",
                                                         "Transfer-Encoding",
                                                         "Content-Type",
                                                         "Content-Encoding",
                                                         "Authorization",
                                                         "Idempotency-Key",
                                                         "Expect",
                                                         "X-Request-Id"};

std::string_view take_line(std::string_view& block) {
    const auto end = block.find("\r\n");
    if (end == std::string_view::npos) throw malformed("a line does not end with CR LF");
    const auto line = block.substr(0, end);
    block.remove_prefix(end + 2);
    return line;
}

std::string decode_segment(std::string_view raw) {
    auto segment = percent_decode(raw, Plus::literal);
    if (segment == "." || segment == "..") throw malformed("the path has a dot segment");
    return segment;
}

void parse_path(Request& request) {
    std::string_view rest(request.path);
    while (!rest.empty()) {
        rest.remove_prefix(1);  // the slash
        const auto end = std::min(rest.find('/'), rest.size());
        request.segments.push_back(decode_segment(rest.substr(0, end)));
        rest.remove_prefix(end);
    }
}

void parse_query(Request& request, std::string_view query) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        if (request.query.size() == limits::kHttpQueryPairsMax) {
            throw malformed("the query has too many parameters");
        }
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        request.query.emplace_back(percent_decode(pair.substr(0, equals), Plus::blank),
                                   percent_decode(value, Plus::blank));
    }
}

void parse_target(Request& request, std::string_view target) {
    if (target.size() > limits::kHttpTargetBytesMax) {
        throw Fault{414, "too_large", "the target is too long"};
    }
    if (target.empty() || target.front() != '/') throw malformed("the target is not a path");
    const auto visible = [](char c) { return c > 0x20 && c < 0x7F && c != '#' && c != '\\'; };
    if (!std::all_of(target.begin(), target.end(), visible)) {
        throw malformed("the target has a character that must be percent-encoded");
    }
    request.target = target;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    parse_path(request);
    parse_query(request, target.substr(std::min(mark + 1, target.size())));
}

void parse_version(Head& head, std::string_view version) {
    if (version == "HTTP/1.1") return;
    // 1.0 without keep-alive: nobody needs it, and its two spellings of persistence differ.
    if (version == "HTTP/1.0") {
        head.keep_alive = false;
        return;
    }
    if (version.substr(0, 5) == "HTTP/") {
        throw Fault{505, "malformed", "this version of the protocol is not spoken here"};
    }
    throw malformed("the request line is malformed");
}

void parse_request_line(Head& head, std::string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        throw malformed("the request line is malformed");
    }
    const auto method = line.substr(0, first);
    if (!is_token(method)) throw malformed("the request line is malformed");
    parse_version(head, line.substr(last + 1));
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
        throw Fault{501, "malformed", "the method is not known"};
    }
    head.request.method = method;
    parse_target(head.request, line.substr(first + 1, last - first - 1));
}

void parse_field(Headers& headers, std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') throw malformed("a header line is folded");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        throw malformed("a header name is malformed");
    }
    const auto value = trim(line.substr(colon + 1));
    if (!is_field_value(value)) throw malformed("a header value has a forbidden character");
    if (headers.size() == limits::kHttpHeadersMax) {
        throw Fault{431, "too_large", "there are too many headers"};
    }
    headers.add(std::string(line.substr(0, colon)), std::string(value));
}

void check_singletons(const Headers& headers) {
    for (const auto name : kSingletons) {
        if (headers.count(name) > 1) throw malformed("a header that stands once is repeated");
    }
}

std::uint64_t parse_length(std::string_view text) {
    std::uint64_t length = 0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, length);
    if (text.empty() || result.ptr != end || result.ec != std::errc()) {
        throw malformed("Content-Length is not a number");
    }
    return length;
}

void decide_framing(Head& head, bool is_http_1_0) {
    const auto* encoding = head.request.headers.find("Transfer-Encoding");
    const auto* length = head.request.headers.find("Content-Length");
    if (encoding && length)
        throw malformed("Content-Length and Transfer-Encoding exclude each other");
    if (encoding && is_http_1_0) throw malformed("HTTP/1.0 has no Transfer-Encoding");
    if (encoding) {
        if (!equal_without_case(*encoding, "chunked")) {
            throw Fault{501, "malformed", "the only Transfer-Encoding is chunked"};
        }
        head.framing = Framing::chunked;
    } else if (length) {
        head.content_length = parse_length(*length);
        head.framing = head.content_length == 0 ? Framing::none : Framing::length;
    }
}

// A body is never inflated: a few kilobytes could become gigabytes.
void check_content_encoding(const Headers& headers) {
    const auto* encoding = headers.find("Content-Encoding");
    if (encoding && !equal_without_case(*encoding, "identity")) {
        throw Fault{415, "unsupported_media", "a body must be sent uncompressed"};
    }
}

void read_connection(Head& head) {
    for (const auto& [name, value] : head.request.headers) {
        if (!equal_without_case(name, "Connection")) continue;
        std::string_view rest(value);
        while (!rest.empty()) {
            const auto end = std::min(rest.find(','), rest.size());
            if (equal_without_case(trim(rest.substr(0, end)), "close")) head.keep_alive = false;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

void read_expectation(Head& head) {
    const auto* expect = head.request.headers.find("Expect");
    if (!expect) return;
    if (!equal_without_case(*expect, "100-continue")) {
        throw Fault{417, "malformed", "the only expectation is 100-continue"};
    }
    head.expects_continue = true;
}

}  // namespace

Head parse_head(std::string_view block) {
    Head head;
    parse_request_line(head, take_line(block));
    const bool is_http_1_0 = !head.keep_alive;
    for (auto line = take_line(block); !line.empty(); line = take_line(block)) {
        parse_field(head.request.headers, line);
    }
    check_singletons(head.request.headers);
    if (!is_http_1_0 && head.request.headers.count("Host") != 1) {
        throw malformed("the Host header is missing");
    }
    decide_framing(head, is_http_1_0);
    check_content_encoding(head.request.headers);
    read_connection(head);
    read_expectation(head);
    return head;
}

}  // namespace wharf::http

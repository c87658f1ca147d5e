// For tests: requests that a strict reader refuses, and with which status. Used against the parser
// in pieces of every size, and against a server over a socket.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "host/limits.hpp"

namespace wharf::http::testing {

struct HostileRequest {
    std::string name;
    std::string bytes;
    int status;
};

inline void PrintTo(const HostileRequest& request, std::ostream* out) {
    *out << request.name;
}

inline std::string with_headers(const std::string& lines) {
    return "POST /v1/accounts HTTP/1.1\r\nHost: w\r\n" + lines + "\r\n";
}

inline std::string with_target(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: w\r\n\r\n";
}

inline std::string with_chunks(const std::string& chunks) {
    return with_headers("Transfer-Encoding: chunked\r\n") + chunks;
}

inline std::string many_headers() {
    std::string lines;
    for (std::size_t i = 0; i <= limits::kHttpHeadersMax; ++i) {
        lines += "X-" + std::to_string(i) + ": 1\r\n";
    }
    return lines;
}

inline std::string many_parameters() {
    std::string pairs;
    for (std::size_t i = 0; i <= limits::kHttpQueryPairsMax; ++i) pairs += "a=1&";
    return pairs;
}

inline std::vector<HostileRequest> hostile_request_lines() {
    return {
        {"tls_hello", std::string("\x16\x03\x01\x02\x00\x01", 6), 400},
        {"empty_first_line", "\r\nGET / HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"lower_case_method", "get / HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"unknown_method", "BREW / HTTP/1.1\r\nHost: w\r\n\r\n", 501},
        {"trace", "TRACE / HTTP/1.1\r\nHost: w\r\n\r\n", 501},
        {"connect", "CONNECT w:80 HTTP/1.1\r\nHost: w\r\n\r\n", 501},
        {"http2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"http_0_9", "GET /\r\n\r\n", 400},
        {"http_1_2", "GET / HTTP/1.2\r\nHost: w\r\n\r\n", 505},
        {"lower_case_version", "GET / http/1.1\r\nHost: w\r\n\r\n", 400},
        {"two_blanks", "GET  / HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"blank_in_target", "GET /a b HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"tab_in_request_line", "GET\t/ HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"absolute_form", with_target("http://w/"), 400},
        {"asterisk_form", "OPTIONS * HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"fragment", with_target("/a#b"), 400},
        {"raw_byte_in_target", with_target("/\xC3\xA9"), 400},
        {"backslash", with_target("/a\\b"), 400},
        {"half_escape", with_target("/a%2"), 400},
        {"wrong_escape", with_target("/a%zz"), 400},
        {"nul_escape", with_target("/a%00b"), 400},
        {"overlong_utf8_escape", with_target("/%C0%AF"), 400},
        {"surrogate_escape", with_target("/%ED%A0%80"), 400},
        {"dot_segments", with_target("/v1/../etc"), 400},
        {"escaped_dot_segments", with_target("/v1/%2e%2E/etc"), 400},
        {"wrong_escape_in_query", with_target("/?a=%"), 400},
        {"too_many_parameters", with_target("/?" + many_parameters()), 400},
        {"target_too_long", with_target("/" + std::string(limits::kHttpTargetBytesMax, 'a')), 414},
        {"endless_request_line", "GET /" + std::string(8000, 'a'), 414},
    };
}

inline std::vector<HostileRequest> hostile_headers() {
    return {
        {"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two_hosts", with_headers("Host: other\r\n"), 400},
        {"bare_line_feed", "GET / HTTP/1.1\nHost: w\n\n", 400},
        {"bare_line_feed_in_headers", "GET / HTTP/1.1\r\nHost: w\nX: y\r\n\r\n", 400},
        {"bare_line_feed_at_the_end", "GET / HTTP/1.1\r\nHost: w\r\n\n", 400},
        {"bare_carriage_return", with_headers("X: a\rY: b\r\n"), 400},
        {"nul_in_value", with_headers(std::string("X: a\0b\r\n", 8)), 400},
        {"nul_in_name", with_headers(std::string("X\0Y: b\r\n", 8)), 400},
        {"control_in_value",
         with_headers("X: a\x01"
                      "b\r\n"),
         400},
        {"latin1_in_value", with_headers("X: caf\xE9\r\n"), 400},
        {"folded", with_headers("X: a\r\n b\r\n"), 400},
        {"folded_by_tab", with_headers("X: a\r\n\tb\r\n"), 400},
        {"blank_before_colon", with_headers("Content-Length : 3\r\n"), 400},
        {"no_colon", with_headers("nonsense\r\n"), 400},
        {"no_name", with_headers(": value\r\n"), 400},
        {"two_authorizations", with_headers("Authorization: a\r\nauthorization: b\r\n"), 400},
        {"wrong_expectation", with_headers("Expect: tea\r\n"), 417},
        {"too_many", with_headers(many_headers()), 431},
        {"one_too_large", with_headers("X: " + std::string(17'000, 'a') + "\r\n"), 431},
        {"endless", "GET / HTTP/1.1\r\nHost: w\r\nX: " + std::string(40'000, 'a'), 431},
    };
}

inline std::vector<HostileRequest> hostile_bodies() {
    return {
        {"two_lengths", with_headers("Content-Length: 3\r\nContent-Length: 5\r\n") + "abc", 400},
        {"two_equal_lengths", with_headers("Content-Length: 3\r\nContent-Length: 3\r\n"), 400},
        {"list_of_lengths", with_headers("Content-Length: 3, 3\r\n") + "abc", 400},
        {"negative_length", with_headers("Content-Length: -1\r\n"), 400},
        {"signed_length", with_headers("Content-Length: +3\r\n") + "abc", 400},
        {"hexadecimal_length", with_headers("Content-Length: 0x3\r\n") + "abc", 400},
        {"empty_length", with_headers("Content-Length:\r\n"), 400},
        {"overflowing_length", with_headers("Content-Length: 18446744073709551616\r\n"), 400},
        {"large_length", with_headers("Content-Length: 18446744073709551615\r\n"), 413},
        {"length_and_chunks",
         with_headers("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
        {"two_encodings",
         with_headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
        {"encoding_list", with_headers("Transfer-Encoding: gzip, chunked\r\n"), 501},
        {"unknown_encoding", with_headers("Transfer-Encoding: xchunked\r\n"), 501},
        {"encoding_with_tail", with_headers("Transfer-Encoding: chunked;q=1\r\n"), 501},
        {"chunks_in_http_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"gzip", with_headers("Content-Encoding: gzip\r\nContent-Length: 3\r\n") + "abc", 415},
        {"brotli", with_headers("Content-Encoding: br\r\nContent-Length: 3\r\n") + "abc", 415},
        {"negative_chunk", with_chunks("-1\r\nabc\r\n"), 400},
        {"signed_chunk", with_chunks("+3\r\nabc\r\n0\r\n\r\n"), 400},
        {"prefixed_chunk", with_chunks("0x3\r\nabc\r\n0\r\n\r\n"), 400},
        {"chunk_without_size", with_chunks("\r\nabc\r\n"), 400},
        {"chunk_size_too_long", with_chunks("000000003\r\nabc\r\n0\r\n\r\n"), 400},
        {"overflowing_chunk", with_chunks("10000000000000003\r\nabc\r\n"), 400},
        {"large_chunk", with_chunks("FFFFFFFF\r\nabc"), 413},
        {"chunk_with_bare_line_feed", with_chunks("3\nabc\r\n0\r\n\r\n"), 400},
        {"chunk_longer_than_its_size", with_chunks("3\r\nabcd\r\n0\r\n\r\n"), 400},
        {"chunk_shorter_than_its_size", with_chunks("5\r\nabc\r\n0\r\n\r\n"), 400},
        {"blank_before_chunk_size", with_chunks(" 3\r\nabc\r\n0\r\n\r\n"), 400},
        {"nonsense_behind_chunk_size", with_chunks("3 x\r\nabc\r\n0\r\n\r\n"), 400},
        {"long_extension", with_chunks("3;" + std::string(300, 'x') + "\r\nabc\r\n"), 400},
        {"control_in_extension", with_chunks("3;a\x01\r\nabc\r\n0\r\n\r\n"), 400},
        {"trailer_fields", with_chunks("3\r\nabc\r\n0\r\nHost: other\r\n\r\n"), 400},
    };
}

inline std::vector<HostileRequest> hostile_requests() {
    auto all = hostile_request_lines();
    for (auto& request : hostile_headers()) all.push_back(request);
    for (auto& request : hostile_bodies()) all.push_back(request);
    return all;
}

}  // namespace wharf::http::testing

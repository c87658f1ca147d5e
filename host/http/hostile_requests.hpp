// For tests: requests that a strict reader refuses, and with which status. Used against the parser
// in pieces of every size, and against a server over a socket.
#pragma once

#include <ostream>
#include <string>
#include <utility>
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

inline std::string with_version(const std::string& version) {
    return "GET / " + version + "\r\nHost: w\r\n\r\n";
}

inline std::string repeated(const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
}

inline std::string with_nul(std::string text) {
    text[text.find('0')] = '\0';
    return text;
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
        {"empty_lines_only", "\r\n\r\n", 400},
        {"nul_in_front", with_nul("0GET / HTTP/1.1\r\n\r\n"), 400},
        {"nul_in_method", with_nul("G0T / HTTP/1.1\r\n\r\n"), 400},
        {"nul_in_target", with_nul("GET /0 HTTP/1.1\r\n\r\n"), 400},
        {"blank_in_front", " GET / HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"blank_at_the_end", "GET / HTTP/1.1 \r\nHost: w\r\n\r\n", 400},
        {"method_alone", "GET\r\nHost: w\r\n\r\n", 400},
        {"colon_in_method", "G:T / HTTP/1.1\r\nHost: w\r\n\r\n", 400},
        {"long_method", std::string(100, 'A') + " / HTTP/1.1\r\nHost: w\r\n\r\n", 501},
        {"endless_method", std::string(8000, 'A'), 414},
        {"webdav", "PROPFIND / HTTP/1.1\r\nHost: w\r\n\r\n", 501},
        {"bare_carriage_returns", "GET / HTTP/1.1\rHost: w\r\rGET / HTTP/1.1\r\n\r\n", 400},
    };
}

inline std::vector<HostileRequest> hostile_versions() {
    return {
        {"version_without_minor", with_version("HTTP/1"), 505},
        {"version_of_three_parts", with_version("HTTP/1.1.1"), 505},
        {"version_without_point", with_version("HTTP/11"), 505},
        {"version_with_zero", with_version("HTTP/01.1"), 505},
        {"version_with_tail", with_version("HTTP/1.1x"), 505},
        {"negative_version", with_version("HTTP/-1.1"), 505},
        {"http_2_0", with_version("HTTP/2.0"), 505},
        {"http_3", with_version("HTTP/3"), 505},
        {"blank_in_version", with_version("HTTP /1.1"), 400},
        {"other_protocol", with_version("HTTPS/1.1"), 400},
        {"streaming_protocol", with_version("ICY/1.0"), 400},
    };
}

inline std::vector<HostileRequest> hostile_targets() {
    return {
        {"relative_target", with_target("v1/accounts"), 400},
        {"query_alone", with_target("?a=b"), 400},
        {"absolute_https_form", with_target("https://w/v1/accounts"), 400},
        {"authority_form", with_target("w:80"), 400},
        {"userinfo_in_target", with_target("http://w@other/"), 400},
        {"tab_in_target", with_target("/a\tb"), 400},
        {"delete_in_target", with_target("/a\x7F"), 400},
        {"raw_byte_in_query", with_target("/?a=\xC3\xA9"), 400},
        {"carriage_return_in_target", with_target("/a\rb"), 400},
        {"nul_escape_in_query", with_target("/?a=%00"), 400},
        {"half_escape_in_query_name", with_target("/?%4=1"), 400},
        {"latin1_escape", with_target("/?a=%E9"), 400},
        {"surrogate_escape_in_query", with_target("/?a=%ED%B0%80"), 400},
        {"past_unicode_escape", with_target("/%F4%90%80%80"), 400},
        {"five_byte_escape", with_target("/%F8%88%80%80%80"), 400},
        {"lone_continuation_escape", with_target("/%80"), 400},
        {"cut_sequence_escape", with_target("/%E2%82"), 400},
        {"signed_escape", with_target("/%+1"), 400},
        {"single_dot_segment", with_target("/v1/./accounts"), 400},
        {"dots_at_the_end", with_target("/v1/.."), 400},
        {"half_escaped_dots", with_target("/v1/.%2e/accounts"), 400},
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
        {"fifty_thousand", with_headers(repeated("X: 1\r\n", 50'000)), 431},
        {"huge_name", with_headers(std::string(17'000, 'n') + ": 1\r\n"), 431},
        {"huge_blanks", with_headers("X:" + std::string(17'000, ' ') + "\r\n"), 431},
        {"expectation_list", with_headers("Expect: 100-continue, 100-continue\r\n"), 417},
        {"empty_expectation", with_headers("Expect:\r\n"), 417},
    };
}

// Where two readers have been known to disagree about what a header is, or whose.
inline std::vector<HostileRequest> hostile_header_lines() {
    return {
        {"two_equal_hosts", with_headers("Host: w\r\n"), 400},
        {"two_hosts_in_other_case", with_headers("hOsT: other\r\n"), 400},
        {"blank_before_colon_of_host", "GET / HTTP/1.1\r\nHost : w\r\n\r\n", 400},
        {"tab_before_colon", with_headers("X\t: 1\r\n"), 400},
        {"folded_host", "GET / HTTP/1.1\r\nHost:\r\n w\r\n\r\n", 400},
        {"first_line_folded", "GET / HTTP/1.1\r\n Host: w\r\n\r\n", 400},
        {"blank_in_name", with_headers("X Y: 1\r\n"), 400},
        {"bracket_in_name", with_headers("X[0]: 1\r\n"), 400},
        {"at_in_name", with_headers("X@Y: 1\r\n"), 400},
        {"slash_in_name", with_headers("X/Y: 1\r\n"), 400},
        {"comma_in_name", with_headers("X,Y: 1\r\n"), 400},
        {"quoted_name", with_headers("\"X\": 1\r\n"), 400},
        {"utf8_in_name", with_headers("X\xC3\xA9: 1\r\n"), 400},
        {"delete_in_value", with_headers("X: a\x7F\r\n"), 400},
        {"escape_in_value", with_headers("X: \x1B[2J\r\n"), 400},
        {"vertical_tab_in_value", with_headers("X: a\x0B\r\n"), 400},
        {"form_feed_in_value", with_headers("X: a\x0C\r\n"), 400},
        {"two_carriage_returns", with_headers("X: a\r\r\n"), 400},
        {"overlong_value", with_headers("X: \xC0\xAF\r\n"), 400},
        {"surrogate_in_value", with_headers("X: \xED\xA0\x80\r\n"), 400},
        {"cut_sequence_in_value", with_headers("X: \xE2\x82\r\n"), 400},
        {"two_content_types",
         with_headers("Content-Type: text/csv\r\nContent-Type: application/json\r\n"), 400},
        {"two_idempotency_keys", with_headers("Idempotency-Key: a\r\nIdempotency-Key: b\r\n"), 400},
        {"two_request_ids", with_headers("X-Request-Id: a\r\nx-request-id: a\r\n"), 400},
        {"two_expectations", with_headers("Expect: 100-continue\r\nExpect: 100-continue\r\n"), 400},
        {"two_content_encodings",
         with_headers("Content-Encoding: identity\r\nContent-Encoding: gzip\r\n"), 400},
    };
}

inline std::vector<HostileRequest> hostile_lengths() {
    const auto length = [](const std::string& value) {
        return with_headers("Content-Length: " + value + "\r\n") + "abc";
    };
    return {
        {"blank_in_length", length("1 0"), 400},
        {"underscore_in_length", length("1_0"), 400},
        {"exponent_in_length", length("1e3"), 400},
        {"fraction_in_length", length("3.0"), 400},
        {"other_digits_in_length", length("\xD9\xA3"), 400},
        {"quoted_length", length("\"3\""), 400},
        {"length_with_parameter", length("3;x"), 400},
        {"negative_zero_length", length("-0"), 400},
        {"length_past_int64", length("9223372036854775808"), 413},
        {"length_past_the_limit", length(std::to_string(limits::kHttpBodyBytesMax + 1)), 413},
        {"hundred_megabytes", length("104857600"), 413},
        {"length_of_forty_digits", length(std::string(40, '9')), 400},
        {"three_lengths", length("3\r\nContent-Length: 3\r\nContent-Length: 3"), 400},
        {"lengths_in_other_case", length("3\r\nCONTENT-LENGTH: 4"), 400},
        {"length_before_encoding", length("3\r\nTransfer-Encoding: chunked"), 400},
        {"length_after_encoding",
         with_headers("transfer-encoding: CHUNKED\r\ncontent-length: 3\r\n") + "0\r\n\r\n", 400},
        {"length_zero_and_encoding", length("0\r\nTransfer-Encoding: chunked"), 400},
        {"length_and_identity", length("3\r\nTransfer-Encoding: identity"), 400},
    };
}

inline std::vector<HostileRequest> hostile_encodings() {
    const auto transfer = [](const std::string& value) {
        return with_headers("Transfer-Encoding: " + value + "\r\n") + "0\r\n\r\n";
    };
    const auto content = [](const std::string& value) {
        return with_headers("Content-Encoding: " + value + "\r\nContent-Length: 3\r\n") + "abc";
    };
    return {
        {"identity_encoding", transfer("identity"), 501},
        {"empty_encoding", transfer(""), 501},
        {"chunked_twice", transfer("chunked, chunked"), 501},
        {"chunked_first", transfer("chunked, gzip"), 501},
        {"quoted_chunked", transfer("\"chunked\""), 501},
        {"chunked_behind_vertical_tab",
         transfer("\x0B"
                  "chunked"),
         400},
        {"folded_encoding", with_headers("Transfer-Encoding:\r\n chunked\r\n") + "0\r\n\r\n", 400},
        {"blank_before_colon_of_encoding",
         with_headers("Transfer-Encoding : chunked\r\n") + "0\r\n\r\n", 400},
        {"deflate", content("deflate"), 415},
        {"x_gzip", content("x-gzip"), 415},
        {"zstd", content("zstd"), 415},
        {"gzip_in_a_list", content("identity, gzip"), 415},
        {"gzip_in_capitals", content("GZIP"), 415},
        {"gzip_in_chunks",
         with_headers("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
         415},
    };
}

inline std::vector<HostileRequest> hostile_chunks() {
    const std::string half(limits::kHttpBodyBytesMax / 2, 'x');
    return {
        {"tab_before_chunk_size", with_chunks("\t3\r\nabc\r\n0\r\n\r\n"), 400},
        {"letter_past_f", with_chunks("g\r\nabc\r\n"), 400},
        {"comma_in_chunk_size", with_chunks("1,0\r\nabc\r\n"), 400},
        {"utf8_chunk_size", with_chunks("\xD9\xA3\r\nabc\r\n"), 400},
        {"chunk_with_bare_carriage_return", with_chunks("3\rabc\r\n0\r\n\r\n"), 400},
        {"chunk_data_without_end", with_chunks("3\r\nabc0\r\n\r\n"), 400},
        {"chunk_data_with_bare_line_feed", with_chunks("3\r\nabc\n0\r\n\r\n"), 400},
        {"last_chunk_with_bare_line_feed", with_chunks("0\n\n"), 400},
        {"end_with_bare_line_feed", with_chunks("0\r\n\n"), 400},
        {"trailer_with_length", with_chunks("0\r\nContent-Length: 5\r\n\r\n"), 400},
        {"line_feed_in_extension", with_chunks("3;a\nb\r\nabc\r\n"), 400},
        {"carriage_return_in_extension", with_chunks("3;a\rb\r\nabc\r\n"), 400},
        {"latin1_in_extension", with_chunks("3;a=\xE9\r\nabc\r\n"), 400},
        {"nul_in_extension", with_nul(with_chunks("3;a0\r\nabc\r\n")), 400},
        {"chunk_size_of_zeroes", with_chunks(std::string(20, '0') + "\r\n\r\n"), 400},
        {"chunk_size_that_wraps", with_chunks("8000000000000000\r\nabc\r\n"), 400},
        {"chunks_past_the_limit", with_chunks("80000\r\n" + half + "\r\n80001\r\n"), 413},
        {"endless_tiny_chunks", with_chunks(repeated("1\r\na\r\n", 215'000)), 413},
        {"endless_chunk_line", with_chunks(std::string(5000, '0')), 400},
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
    std::vector<HostileRequest> all;
    for (auto part : {hostile_request_lines(), hostile_versions(), hostile_targets(),
                      hostile_headers(), hostile_header_lines(), hostile_bodies(),
                      hostile_lengths(), hostile_encodings(), hostile_chunks()}) {
        for (auto& request : part) all.push_back(std::move(request));
    }
    return all;
}

}  // namespace wharf::http::testing

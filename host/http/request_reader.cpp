#include "host/http/request_reader.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <string_view>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/json_text.hpp>
#include <wharf/values/clean_text.hpp>

#include "host/http/query_value.hpp"
#include "host/http/text_rules.hpp"
#include "host/limits.hpp"

namespace wharf::http {

namespace {

using operations::Operation;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kCsv = "text/csv";

boost::json::string_view key_of(std::string_view text) {
    return {text.data(), text.size()};
}

std::string pointer_to(std::string_view name) {
    std::string pointer;
    append_pointer_token(pointer, name);
    return pointer;
}

// True for `wanted`, with UTF-8 as its character set if it names one.
bool is_media_type(std::string_view header, std::string_view wanted) {
    const auto semicolon = std::min(header.find(';'), header.size());
    if (!equal_without_case(trim(header.substr(0, semicolon)), wanted)) return false;
    const auto rest = header.substr(semicolon);
    const auto charset = rest.find("charset=");
    if (charset == std::string_view::npos) return true;
    auto name = rest.substr(charset + 8);
    name = trim(name.substr(0, std::min(name.find(';'), name.size())));
    return equal_without_case(name, "utf-8") || equal_without_case(name, "\"utf-8\"");
}

[[noreturn]] void refuse_media(std::string_view wanted) {
    throw Refusal(RefusalKind::unsupported_media, "unsupported_media",
                  "the body must be " + std::string(wanted) + " in UTF-8",
                  "set Content-Type: " + std::string(wanted));
}

void read_json_body(const Request& request, OperationRequest& out) {
    if (request.body.empty()) {
        out.value = boost::json::object{};
        return;
    }
    if (!is_media_type(request.header("Content-Type"), kJson)) refuse_media(kJson);
    auto parsed = parse_json(request.body);
    out.value = std::move(parsed.value);
    out.faults = std::move(parsed.faults);
}

void read_csv_body(const Request& request, const Operation& operation, OperationRequest& out) {
    const auto type = request.header("Content-Type");
    if (is_media_type(type, kJson)) return read_json_body(request, out);
    if (!is_media_type(type, kCsv)) refuse_media(kCsv);
    if (!is_utf8(request.body)) {
        throw Refusal(RefusalKind::malformed, "malformed", "the CSV is not UTF-8",
                      "save it as UTF-8, with or without a byte order mark");
    }
    if (request.body.find('\0') != std::string::npos) {
        throw Refusal(RefusalKind::malformed, "malformed", "the CSV holds a NUL character");
    }
    out.value =
        boost::json::object{{key_of(operation.csv_field), boost::json::string_view(request.body)}};
}

bool read_flag(std::string_view name, std::string_view text, OperationRequest& out) {
    if (text == "true" || text == "1") return true;
    if (text != "false" && text != "0") {
        out.faults.push_back({pointer_to(name), "wrong_type", "must be true or false"});
    }
    return false;
}

// The parameter that means the same on every write. True when it was that one.
bool read_option(std::string_view name, std::string_view text, bool write, OperationRequest& out) {
    if (name != "dry_run" || !write) return false;
    out.dry_run = read_flag(name, text, out);
    return true;
}

// How long to wait for a job is asked in the query also where the fields are in the body.
bool may_stand_in_query(std::string_view name, bool fields_allowed) {
    return fields_allowed || name == "wait";
}

void merge_query(const Request& request, const Operation& operation, bool fields_allowed,
                 OperationRequest& out) {
    auto* object = out.value.if_object();
    for (const auto& [name, text] : request.query) {
        const auto* field = operation.request->field(name);
        if (field == nullptr && read_option(name, text, operation.is_write(), out)) continue;
        if (field == nullptr || !may_stand_in_query(name, fields_allowed)) {
            out.faults.push_back(
                {pointer_to(name), "unknown_parameter", "is not a query parameter here"});
            continue;
        }
        if (object == nullptr) continue;
        if (!add_query_value(*object, *field, text)) {
            out.faults.push_back({pointer_to(name), "duplicate_parameter", "stands twice"});
        }
    }
}

void merge_path(const RouteMatch& match, const Operation& operation, OperationRequest& out) {
    auto* object = out.value.if_object();
    if (object == nullptr) return;
    for (const auto& [name, text] : match.captures) {
        // The account of the scope is no field of the request, whatever fields it has.
        if (operation.scope == operations::Scope::account && name == "account") continue;
        const auto* field = operation.request->field(name);
        if (field == nullptr) continue;
        if (object->contains(key_of(name))) {
            out.faults.push_back({pointer_to(name), "path_field",
                                  "stands in the path and may not be repeated in the body"});
        }
        (*object)[key_of(name)] = query_value(*field->shape, text);
    }
}

bool takes_body(const Request& request) {
    return request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
}

}  // namespace

OperationRequest read_request(const Request& request, const RouteMatch& match,
                              const Operation& operation) {
    OperationRequest out;
    const bool csv = !operation.csv_field.empty();
    if (!takes_body(request)) {
        if (!request.body.empty()) {
            throw Refusal(RefusalKind::malformed, "malformed", request.method + " takes no body",
                          "put the fields into the query string");
        }
        out.value = boost::json::object{};
    } else if (csv) {
        read_csv_body(request, operation, out);
    } else {
        read_json_body(request, out);
    }
    merge_query(request, operation, !takes_body(request) || csv, out);
    merge_path(match, operation, out);
    return out;
}

OperationRequest read_whole_request(const Request& request, bool write) {
    OperationRequest out;
    read_json_body(request, out);
    for (const auto& [name, text] : request.query) {
        if (read_option(name, text, write, out)) continue;
        out.faults.push_back(
            {pointer_to(name), "unknown_parameter", "is not a query parameter here"});
    }
    return out;
}

std::optional<std::string> idempotency_key_of(const Request& request) {
    const auto* given = request.headers.find("Idempotency-Key");
    if (given == nullptr) return std::nullopt;
    const bool visible =
        std::all_of(given->begin(), given->end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (given->empty() || given->size() > limits::kHttpIdempotencyKeyMax || !visible) {
        throw Refusal(RefusalKind::invalid, "invalid_idempotency_key",
                      "Idempotency-Key must be 1 to 255 visible ASCII characters",
                      "use a new UUID for each thing that is to happen once");
    }
    return *given;
}

std::optional<std::int64_t> if_match_of(const Request& request) {
    const auto* given = request.headers.find("If-Match");
    if (given == nullptr || *given == "*") return std::nullopt;
    std::string_view tag = *given;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') {
        tag = tag.substr(1, tag.size() - 2);
    }
    std::int64_t version = 0;
    const auto result = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (tag.empty() || result.ec != std::errc() || result.ptr != tag.data() + tag.size()) {
        throw Refusal(RefusalKind::stale, "stale", "If-Match names no version of this document",
                      "send the ETag of your last read as it was");
    }
    return version;
}

}  // namespace wharf::http

#include "host/http/problem.hpp"

#include <string>
#include <vector>
#include <wharf/json_text.hpp>

#include "host/http/request_id.hpp"
#include "host/http/status.hpp"
#include "host/limits.hpp"

namespace wharf::http {

namespace {

struct Parts {
    int status;
    std::string_view code;
    std::string_view detail;
    std::string_view request_id;
    bool retryable = false;
    std::string_view hint = {};
    std::string_view caused_by = {};
};

void append_member(std::string& out, std::string_view name, std::string_view text) {
    out.append(",\"").append(name).append("\":");
    append_json_string(out, text);
}

void append_errors(std::string& out, const std::vector<wharf::Fault>& faults) {
    out += ",\"errors\":[";
    bool first = true;
    for (const auto& fault : faults) {
        out += first ? "{\"pointer\":" : ",{\"pointer\":";
        first = false;
        append_json_string(out, fault.pointer);
        append_member(out, "code", fault.code);
        append_member(out, "detail", fault.detail);
        out += '}';
    }
    out += ']';
}

Response render(const Parts& parts, const std::vector<wharf::Fault>& faults) {
    Response response;
    response.status = parts.status;
    response.content_type = "application/problem+json";
    auto& body = response.body;
    body = R"({"type":"about:blank")";
    append_member(body, "title", status_title(parts.status));
    body.append(",\"status\":").append(std::to_string(parts.status));
    append_member(body, "detail", parts.detail);
    append_member(body, "code", parts.code);
    append_member(body, "request_id", parts.request_id);
    body += parts.retryable ? ",\"retryable\":true" : ",\"retryable\":false";
    append_errors(body, faults);
    if (!parts.hint.empty()) append_member(body, "hint", parts.hint);
    if (!parts.caused_by.empty()) append_member(body, "caused_by", parts.caused_by);
    body += '}';
    if (parts.status == 401) response.headers.set("WWW-Authenticate", "Bearer realm=\"wharf\"");
    if (parts.status == 503 || parts.status == 429) {
        response.headers.set("Retry-After", std::to_string(limits::kHttpRetryAfter.count()));
    }
    return response;
}

constexpr std::string_view kInternalDetail =
    "the request failed inside the host; its log says more under this request id";

}  // namespace

Response problem(const Refusal& refusal, std::string_view request_id) {
    const bool internal = refusal.kind() == RefusalKind::internal;
    return render({http_status(refusal.kind()), internal ? "internal" : refusal.code(),
                   internal ? kInternalDetail : refusal.detail(), request_id, refusal.retryable(),
                   internal ? "" : refusal.hint(), refusal.caused_by()},
                  refusal.faults());
}

Response problem(const Fault& fault, std::string_view request_id) {
    const auto made = request_id.empty() ? make_request_id() : std::string(request_id);
    return render({fault.status, fault.code, fault.detail, made, fault.status == 503}, {});
}

Response method_not_allowed(std::string_view allow, std::string_view request_id) {
    const auto detail = "this path takes " + std::string(allow) + " only";
    auto response = render({405, "not_found", detail, request_id}, {});
    response.headers.set("Allow", std::string(allow));
    return response;
}

}  // namespace wharf::http

#include "host/http/fault.hpp"

#include <string>

#include "host/limits.hpp"

namespace wharf::http {

namespace {

std::string_view title(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 431:
            return "Request Header Fields Too Large";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Internal Server Error";
    }
}

}  // namespace

Response render_problem(const Fault& fault) {
    Response response;
    response.status = fault.status;
    response.content_type = "application/problem+json";
    // The texts are literals of this room without quotes, so no escaping is needed.
    response.body.append(R"({"type":"about:blank","title":")")
        .append(title(fault.status))
        .append(R"(","status":)")
        .append(std::to_string(fault.status))
        .append(R"(,"code":")")
        .append(fault.code)
        .append(R"(","detail":")")
        .append(fault.detail)
        .append(R"("})");
    if (fault.status == 503) {
        response.headers.set("Retry-After", std::to_string(limits::kHttpRetryAfter.count()));
    }
    return response;
}

}  // namespace wharf::http

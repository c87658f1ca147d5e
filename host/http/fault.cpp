#include "host/http/fault.hpp"

#include <string>

#include "host/http/status.hpp"
#include "host/limits.hpp"

namespace wharf::http {

Response render_problem(const Fault& fault) {
    Response response;
    response.status = fault.status;
    response.content_type = "application/problem+json";
    // The texts are literals of this room without quotes, so no escaping is needed.
    response.body.append(R"({"type":"about:blank","title":")")
        .append(status_title(fault.status))
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

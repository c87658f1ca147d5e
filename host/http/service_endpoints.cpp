#include "host/http/service_endpoints.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <utility>

#include "host/http/docs_page.hpp"
#include "host/http/openapi.hpp"

namespace wharf::http {

namespace {

Response json_response(int status, const boost::json::value& body) {
    Response response;
    response.status = status;
    response.body = boost::json::serialize(body);
    return response;
}

Response text_response(std::string body, std::string content_type) {
    Response response;
    response.body = std::move(body);
    response.content_type = std::move(content_type);
    return response;
}

Response readiness(const std::vector<Check>& checks) {
    bool ready = true;
    boost::json::array list;
    for (const auto& check : checks) {
        ready = ready && (check.ok || !check.needed);
        boost::json::object item{{"name", check.name}, {"ok", check.ok}, {"needed", check.needed}};
        if (!check.detail.empty()) item["detail"] = check.detail;
        list.push_back(std::move(item));
    }
    return json_response(ready ? 200 : 503,
                         boost::json::object{{"ready", ready}, {"checks", std::move(list)}});
}

std::string host_document(const ServiceParts& parts) {
    std::vector<const operations::Operation*> own;
    for (const auto& operation : parts.registry.all()) {
        if (operation.plugin.empty()) own.push_back(&operation);
    }
    return openapi_document(own, {"Wharf", parts.version});
}

Response docs(const std::string& document) {
    auto response = text_response(docs_page(document), "text/html; charset=utf-8");
    response.headers.set("Content-Security-Policy",
                         "default-src 'none'; style-src 'self'; base-uri 'none'; "
                         "form-action 'none'; frame-ancestors 'none'");
    return response;
}

}  // namespace

std::vector<ServiceEndpoint> service_endpoints(ServiceParts given) {
    const auto parts = std::make_shared<const ServiceParts>(std::move(given));
    // The registry never changes once the host serves, so this is written once.
    const auto document = std::make_shared<const std::string>(host_document(*parts));
    return {
        {"/livez",
         [](const Request&) {
             return json_response(200, boost::json::object{{"live", true}});
         }},
        {"/readyz", [parts](const Request&) { return readiness(parts->checks()); }},
        {"/version",
         [parts](const Request&) {
             return json_response(
                 200, boost::json::object{{"name", "wharf"}, {"version", parts->version}});
         }},
        {"/metrics",
         [parts](const Request&) {
             return text_response(parts->metrics.scrape(),
                                  "text/plain; version=0.0.4; charset=utf-8");
         }},
        {"/openapi.json",
         [document](const Request&) {
             return text_response(*document, "application/json; charset=utf-8");
         }},
        {"/docs", [document](const Request&) { return docs(*document); }},
        {"/docs/style.css",
         [](const Request&) {
             return text_response(std::string(docs_style()), "text/css; charset=utf-8");
         }},
    };
}

}  // namespace wharf::http

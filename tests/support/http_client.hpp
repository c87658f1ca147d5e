// One HTTP/1.1 connection to a running host, kept alive between requests. One thread at a time: a
// test with many clients makes one of these for each.
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace wharf::tests {

struct HttpRequest {
    std::string method;
    std::string path;  // with its query, encoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

struct HttpReply {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    // The body as JSON; throws std::runtime_error with the body's beginning when it is none.
    [[nodiscard]] boost::json::value json() const;
    // Empty when there is no such header. The name in lower case.
    [[nodiscard]] std::string header(const std::string& name) const;
};

// The request may have reached the host or not: no reply came.
class NoReply : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class HttpClient {
public:
    // `base` is scheme, address and port: http://127.0.0.1:8080
    explicit HttpClient(std::string base);
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    // Gives whatever the host answered, refusals included; throws NoReply.
    HttpReply send(const HttpRequest& request);

private:
    class Handle;
    std::string base_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace wharf::tests

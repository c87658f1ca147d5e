// A request and a response as the rest of the host sees them: plain data, no library's type.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wharf::http {

/// Header fields in the order in which they were sent. Names compare without case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields) : fields_(fields) {}

    void add(std::string name, std::string value);

    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);

    /// The first value of that name, or null. Valid until the next change.
    const std::string* find(std::string_view name) const;

    std::size_t count(std::string_view name) const;

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }

private:
    std::vector<Field> fields_;
};

/// ASCII only, as header names are.
bool equal_without_case(std::string_view left, std::string_view right);

/// What a client asked. Every text in it is valid UTF-8 without NUL, except the body, which is what
/// was sent (chunks joined).
struct Request {
    std::string method;
    std::string target;                 ///< as sent: "/v1/accounts/a%20b?limit=5"
    std::string path;                   ///< the target up to '?', still percent-encoded
    std::vector<std::string> segments;  ///< of the path, each decoded once: {"v1","accounts","a b"}
    std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in the order sent
    Headers headers;  ///< values as sent, without surrounding blanks
    std::string body;
    std::string remote_address;  ///< of the socket's peer; no header can change it
    std::chrono::steady_clock::time_point received_at;  ///< the first byte; deadlines count from it

    /// The value of a header, or an empty view.
    std::string_view header(std::string_view name) const;

    /// The first value of a query parameter.
    std::optional<std::string_view> parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    Headers headers;  ///< Content-Length, Connection and Content-Type are the transport's
    std::string body;
    std::string content_type = "application/json; charset=utf-8";
};

}  // namespace wharf::http

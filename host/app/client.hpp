// The command line's way to a running host: HTTP over libcurl, which stays behind this header.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace wharf::app {

struct HttpReply {
    long status = 0;
    std::string body;
    std::map<std::string, std::string> headers;  // names in lower case

    [[nodiscard]] std::string header(const std::string& name) const;
    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

struct HttpRequest {
    std::string method = "GET";
    std::string path;  // with its query
    std::string body = {};
    std::string content_type = "application/json";
    std::map<std::string, std::string> headers = {};
};

// One connection, kept between requests. For one thread.
class Client {
public:
    // How much of a body was sent; for progress bars.
    using Progress = std::function<void(std::size_t sent, std::size_t total)>;

    Client(std::string url, std::string key);
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    // Sends it again after Retry-After when the host is busy (429, 503), a few times. Throws
    // Failure (unreachable) when nobody answers.
    HttpReply send(const HttpRequest& request, const Progress& progress = {});
    // Whatever the answer is.
    HttpReply send_once(const HttpRequest& request, const Progress& progress = {});

private:
    struct Handle;

    std::string url_;
    std::string key_;
    std::unique_ptr<Handle> handle_;
};

// One segment of a path.
std::string path_segment(std::string_view text);

}  // namespace wharf::app

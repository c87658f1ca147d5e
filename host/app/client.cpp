#include "host/app/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

#include "host/app/exit_codes.hpp"
#include "host/http/replies.hpp"

namespace wharf::app {

namespace {

constexpr int kTriesMax = 5;
constexpr long kConnectSecondsMax = 5;

struct Headers {
    curl_slist* list = nullptr;
    void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
    ~Headers() { curl_slist_free_all(list); }
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* to) {
    static_cast<std::string*>(to)->append(data, size * count);
    return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* to) {
    const std::string line(data, size * count);
    const auto colon = line.find(':');
    if (colon == std::string::npos) return size * count;
    auto name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto begin = line.find_first_not_of(" \t", colon + 1);
    const auto end = line.find_last_not_of("\r\n \t");
    auto& headers = *static_cast<std::map<std::string, std::string>*>(to);
    headers[name] = begin > end ? "" : line.substr(begin, end - begin + 1);
    return size * count;
}

int tell_progress(void* to, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent) {
    const auto& progress = *static_cast<const Client::Progress*>(to);
    if (progress && total > 0) {
        progress(static_cast<std::size_t>(sent), static_cast<std::size_t>(total));
    }
    return 0;
}

}  // namespace

struct Client::Handle {
    CURL* curl = curl_easy_init();
    ~Handle() { curl_easy_cleanup(curl); }
};

std::string HttpReply::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

Client::Client(std::string url, std::string key)
    : url_(std::move(url)), key_(std::move(key)), handle_(std::make_unique<Handle>()) {
    while (!url_.empty() && url_.back() == '/') url_.pop_back();
    if (handle_->curl == nullptr) throw Failure(ExitCode::internal, "libcurl does not start");
}

Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

HttpReply Client::send(const HttpRequest& request, const Progress& progress) {
    for (int attempt = 1;; ++attempt) {
        auto reply = send_once(request, progress);
        const bool busy = reply.status == 429 || reply.status == 503;
        if (!busy || attempt == kTriesMax) return reply;
        const auto seconds = std::strtol(reply.header("retry-after").c_str(), nullptr, 10);
        std::this_thread::sleep_for(std::chrono::seconds(std::clamp(seconds, 1L, 10L)));
    }
}

HttpReply Client::send_once(const HttpRequest& request, const Progress& progress) {
    auto* curl = handle_->curl;
    curl_easy_reset(curl);
    HttpReply reply;
    Headers headers;
    if (!key_.empty()) headers.add("Authorization: Bearer " + key_);
    // An empty file is a file; an empty body of JSON is none.
    const bool has_content = !request.body.empty() || request.content_type != "application/json";
    if (has_content) headers.add("Content-Type: " + request.content_type);
    for (const auto& [name, value] : request.headers)
        headers.add(std::string(name).append(": ").append(value));
    headers.add("Expect:");
    const auto url = url_ + request.path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSecondsMax);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list);
    if (request.method != "GET" && request.method != "DELETE") {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.headers);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, progress ? 0L : 1L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tell_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &progress);
    const auto result = curl_easy_perform(curl);
    if (result != CURLE_OK) {
        throw Failure(ExitCode::unreachable, "no host answers at " + url_ + ": " +
                                                 curl_easy_strerror(result) +
                                                 " (start one with: wharf serve --data DIR)");
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    return reply;
}

std::string path_segment(std::string_view text) {
    return http::percent_encode(text);
}

}  // namespace wharf::app

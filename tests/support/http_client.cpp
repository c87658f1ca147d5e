#include "tests/support/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <mutex>

namespace wharf::tests {

namespace {

constexpr long kTimeoutSeconds = 60;

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
    static_cast<std::string*>(target)->append(data, size * count);
    return size * count;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string trimmed(std::string text) {
    const char* blanks = " \t\r\n";
    text.erase(text.find_last_not_of(blanks) + 1);
    text.erase(0, text.find_first_not_of(blanks));
    return text;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
    const std::string line(data, size * count);
    auto& headers = *static_cast<std::map<std::string, std::string>*>(target);
    const auto colon = line.find(':');
    // A status line begins a new head: an interim 100 leaves nothing behind.
    if (line.rfind("HTTP/", 0) == 0)
        headers.clear();
    else if (colon != std::string::npos) {
        headers[lower(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
    }
    return size * count;
}

class HeaderList {
public:
    HeaderList() = default;
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    ~HeaderList() { curl_slist_free_all(list_); }
    void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
    [[nodiscard]] curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

bool names(const HttpRequest& request, const std::string& header) {
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const auto& entry) { return lower(entry.first) == header; });
}

}  // namespace

class HttpClient::Handle {
public:
    Handle() : curl_((start_library(), curl_easy_init())) {
        if (curl_ == nullptr) throw std::runtime_error("no HTTP client could be made");
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(curl_); }
    [[nodiscard]] CURL* get() const { return curl_; }

private:
    CURL* curl_;
};

HttpClient::HttpClient(std::string base)
    : base_(std::move(base)), handle_(std::make_unique<Handle>()) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

HttpReply HttpClient::send(const HttpRequest& request) {
    CURL* curl = handle_->get();
    HttpReply reply;
    HeaderList headers;
    for (const auto& [name, value] : request.headers) {
        auto line = name;
        line += value.empty() ? ";" : ": ";
        line += value;
        headers.add(line);
    }
    if (!request.body.empty() && !names(request, "content-type")) {
        headers.add("Content-Type: application/json");
    }
    headers.add("Expect:");  // no wait for a 100 before a larger body

    curl_easy_reset(curl);
    const std::string url = base_ + request.path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    if (request.method != "GET" || !request.body.empty()) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
    }
    if (request.body.empty()) headers.add("Content-Type:");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, kTimeoutSeconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) {
        throw NoReply(request.method + " " + url + ": " + curl_easy_strerror(code));
    }
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<int>(status);
    return reply;
}

boost::json::value HttpReply::json() const {
    boost::json::error_code error;
    auto value = boost::json::parse(body, error);
    if (error) throw std::runtime_error("the reply is no JSON: " + body.substr(0, 200));
    return value;
}

std::string HttpReply::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

}  // namespace wharf::tests

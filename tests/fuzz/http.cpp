// HTTP framing: however the bytes are cut into pieces, the same requests and the same refusal come
// out of them, and what comes out keeps the promises of host/http/message.hpp.
#include <algorithm>
#include <string>
#include <vector>
#include <wharf/values/clean_text.hpp>

#include "host/http/intake.hpp"
#include "host/http/text_rules.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace wharf::http;
using wharf::fuzz::require;

constexpr std::size_t kBodyBytesMax = 64;  // small, so that inputs reach it

struct Outcome {
    std::vector<std::string> requests;
    int refused_with = 0;

    bool operator==(const Outcome&) const = default;
};

void check(const Request& request) {
    const auto clean = [](std::string_view text) { return wharf::is_clean_text(text); };
    require(clean(request.target), "a target is clean text");
    require(std::ranges::all_of(request.segments, clean), "a segment is clean text");
    for (const auto& [name, value] : request.query) {
        require(clean(name) && clean(value), "a query is clean text");
    }
    for (const auto& [name, value] : request.headers) {
        require(is_token(name) && clean(value), "a header is clean text");
        require(value.find_first_of("\r\n") == std::string::npos, "a header is one line");
    }
    const auto count = [&](const char* name) { return request.headers.count(name); };
    require(count("Content-Length") + count("Transfer-Encoding") <= 1, "there is one framing");
    require(count("Host") <= 1, "there is one host");
    require(request.body.size() <= kBodyBytesMax, "a body keeps its limit");
}

std::string summary(const Head& head) {
    std::string text = head.request.method + ' ' + head.request.target;
    for (const auto& [name, value] : head.request.headers) {
        text.append("\n").append(name).append(":").append(value);
    }
    return text + "\n\n" + head.request.body + (head.keep_alive ? "+" : "-");
}

Outcome read(std::string_view input, std::size_t piece, const Settings& settings) {
    Outcome outcome;
    Intake intake(settings);
    while (!input.empty()) {
        const auto taken = intake.feed(input.substr(0, piece));
        require(taken <= std::min(piece, input.size()), "no more is taken than was given");
        input.remove_prefix(taken);
        if (intake.state() == Intake::State::refused) {
            outcome.refused_with = intake.fault().status;
            return outcome;
        }
        if (intake.state() != Intake::State::complete) {
            require(taken > 0, "an unfinished request takes bytes");
            continue;
        }
        const auto head = intake.take();
        check(head.request);
        outcome.requests.push_back(summary(head));
        if (!head.keep_alive) return outcome;
    }
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Settings settings = [] {
        Settings small;
        small.body_policy = [](auto, auto) { return BodyPolicy{kBodyBytesMax, false}; };
        return small;
    }();
    auto text = wharf::fuzz::text_of(data, size);
    const std::size_t piece = 1 + wharf::fuzz::take_choice(text) % 32;
    require(
        read(text, std::max<std::size_t>(text.size(), 1), settings) == read(text, piece, settings),
        "pieces of any size give the same requests");
    return 0;
}

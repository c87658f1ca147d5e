// The one way to say no: a Refusal with a code of the closed list, a sentence, and for bad input
// the faults with their JSON Pointers.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wharf {

// The closed list of kinds; each has one HTTP status.
enum class RefusalKind {
    malformed,
    unauthenticated,
    forbidden,
    not_found,
    plugin_off,
    conflict,
    gone,
    stale,
    too_large,
    unsupported_media,
    invalid,
    limited,
    internal,
    unavailable,
    deadline,
};

constexpr int http_status(RefusalKind kind) {
    switch (kind) {
        case RefusalKind::malformed:
            return 400;
        case RefusalKind::unauthenticated:
            return 401;
        case RefusalKind::forbidden:
            return 403;
        case RefusalKind::not_found:
        case RefusalKind::plugin_off:
            return 404;
        case RefusalKind::conflict:
            return 409;
        case RefusalKind::gone:
            return 410;
        case RefusalKind::stale:
            return 412;
        case RefusalKind::too_large:
            return 413;
        case RefusalKind::unsupported_media:
            return 415;
        case RefusalKind::invalid:
            return 422;
        case RefusalKind::limited:
            return 429;
        case RefusalKind::internal:
            return 500;
        case RefusalKind::unavailable:
        case RefusalKind::deadline:
            return 503;
    }
    return 500;
}

constexpr std::string_view kind_name(RefusalKind kind) {
    constexpr std::string_view names[] = {
        "malformed", "unauthenticated", "forbidden", "not_found",         "plugin_off", "conflict",
        "gone",      "stale",           "too_large", "unsupported_media", "invalid",    "limited",
        "internal",  "unavailable",     "deadline"};
    return names[static_cast<std::size_t>(kind)];
}

constexpr std::optional<RefusalKind> kind_from_name(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(RefusalKind::deadline); ++i) {
        if (kind_name(static_cast<RefusalKind>(i)) == name) return static_cast<RefusalKind>(i);
    }
    return std::nullopt;
}

// One fault of an input. The pointer is an RFC 6901 JSON Pointer into the request.
struct Fault {
    std::string pointer;
    std::string code;
    std::string detail;
};

// Thrown by handlers and domain functions; the unit of work around it rolls back. The code is the
// kind's name unless something more specific is given (`reference_taken`, `backorder_po.frozen`).
class Refusal : public std::exception {
public:
    Refusal(RefusalKind kind, std::string code, std::string detail, std::string hint = {})
        : kind_(kind), code_(std::move(code)), detail_(std::move(detail)), hint_(std::move(hint)) {}

    static Refusal invalid(std::string pointer, std::string code, std::string detail,
                           std::string hint = {}) {
        Refusal refusal(RefusalKind::invalid, code, detail, std::move(hint));
        refusal.faults_.push_back({std::move(pointer), std::move(code), std::move(detail)});
        return refusal;
    }
    // All the faults of one input at once; there is at least one.
    static Refusal invalid(std::vector<Fault> faults) {
        Refusal refusal(RefusalKind::invalid, "invalid",
                        faults.size() == 1 ? faults.front().detail
                                           : std::to_string(faults.size()) + " fields are wrong");
        refusal.faults_ = std::move(faults);
        return refusal;
    }
    static Refusal not_found(std::string_view what, std::string_view name) {
        return {RefusalKind::not_found, "not_found",
                "there is no " + std::string(what) + " \"" + std::string(name) + "\""};
    }
    static Refusal conflict(std::string code, std::string detail, std::string hint = {}) {
        return {RefusalKind::conflict, std::move(code), std::move(detail), std::move(hint)};
    }
    static Refusal forbidden(std::string code, std::string detail, std::string hint = {}) {
        return {RefusalKind::forbidden, std::move(code), std::move(detail), std::move(hint)};
    }
    static Refusal unavailable(std::string code, std::string detail, std::string hint = {}) {
        return {RefusalKind::unavailable, std::move(code), std::move(detail), std::move(hint)};
    }

    [[nodiscard]] const char* what() const noexcept override { return detail_.c_str(); }
    [[nodiscard]] RefusalKind kind() const { return kind_; }
    [[nodiscard]] const std::string& code() const { return code_; }
    [[nodiscard]] const std::string& detail() const { return detail_; }
    [[nodiscard]] const std::string& hint() const { return hint_; }
    [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }
    // Where the refusal came from when a nested call made it: the operation's name.
    [[nodiscard]] const std::string& caused_by() const { return caused_by_; }
    // Worth another try of the same request, unchanged.
    [[nodiscard]] bool retryable() const {
        return kind_ == RefusalKind::unavailable || kind_ == RefusalKind::deadline ||
               kind_ == RefusalKind::limited;
    }

    Refusal&& with_faults(std::vector<Fault> faults) && {
        faults_ = std::move(faults);
        return std::move(*this);
    }
    Refusal&& with_caused_by(std::string operation) && {
        caused_by_ = std::move(operation);
        return std::move(*this);
    }

private:
    RefusalKind kind_;
    std::string code_;
    std::string detail_;
    std::string hint_;
    std::vector<Fault> faults_;
    std::string caused_by_;
};

}  // namespace wharf

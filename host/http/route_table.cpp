#include "host/http/route_table.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <span>
#include <stdexcept>

namespace wharf::http {

namespace {

struct Endpoint {
    RouteId route;
    std::vector<std::string> names;  // of the parameters, in the order of the pattern
};

using Endpoints = std::map<std::string, Endpoint, std::less<>>;
using Segments = std::span<const std::string>;

[[noreturn]] void reject(std::string_view pattern, const char* reason) {
    throw std::logic_error("route " + std::string(pattern) + ": " + reason);
}

std::vector<std::string> split(std::string_view pattern) {
    if (pattern.empty() || pattern.front() != '/') reject(pattern, "does not begin with a slash");
    std::vector<std::string> parts;
    for (auto rest = pattern; !rest.empty();) {
        rest.remove_prefix(1);
        const auto end = std::min(rest.find('/'), rest.size());
        parts.emplace_back(rest.substr(0, end));
        if (parts.back().empty()) reject(pattern, "has an empty segment");
        rest.remove_prefix(end);
    }
    return parts;
}

bool is_parameter(std::string_view part) {
    return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

}  // namespace

struct RouteTable::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    Endpoints endpoints;           // when the path ends here
    Endpoints wildcard_endpoints;  // when anything may follow

    Node& child(std::string_view part) {
        auto& next = is_parameter(part) ? parameter : literals[std::string(part)];
        if (!next) next = std::make_unique<Node>();
        return *next;
    }
};

namespace {

// One walk through the tree. The first path that ends is remembered for 405 when its method does
// not fit, and the walk goes on: a less literal path may have the method.
template <typename Node>
class Search {
public:
    explicit Search(std::string_view method) : method_(method) {}

    bool walk(const Node& node, Segments rest) {
        if (rest.empty() && ends(node.endpoints, rest)) return true;
        if (!rest.empty()) {
            const auto literal = node.literals.find(rest.front());
            if (literal != node.literals.end() && walk(*literal->second, rest.subspan(1))) {
                return true;
            }
            if (node.parameter && !rest.front().empty() && walk_parameter(node, rest)) return true;
        }
        return ends(node.wildcard_endpoints, rest);
    }

    RouteResult result() {
        if (endpoint_) return match();
        if (allowed_.empty()) return RouteNotFound{};
        RouteMethodNotAllowed refusal;
        for (const auto& name : allowed_) {
            refusal.allow.append(refusal.allow.empty() ? "" : ", ").append(name);
        }
        return refusal;
    }

private:
    bool walk_parameter(const Node& node, Segments rest) {
        values_.push_back(&rest.front());
        if (walk(*node.parameter, rest.subspan(1))) return true;
        values_.pop_back();
        return false;
    }

    bool ends(const Endpoints& endpoints, Segments rest) {
        auto found = endpoints.find(method_);
        if (found == endpoints.end() && method_ == "HEAD") found = endpoints.find("GET");
        if (found == endpoints.end()) {
            for (const auto& [name, endpoint] : endpoints) allowed_.insert(name);
            return false;
        }
        endpoint_ = &found->second;
        rest_ = rest;
        return true;
    }

    RouteMatch match() {
        RouteMatch match{endpoint_->route, {}, {rest_.begin(), rest_.end()}};
        assert(values_.size() == endpoint_->names.size());
        for (std::size_t i = 0; i < values_.size(); ++i) {
            match.captures.emplace_back(endpoint_->names[i], *values_[i]);
        }
        return match;
    }

    std::string_view method_;
    std::vector<const std::string*> values_;
    const Endpoint* endpoint_ = nullptr;
    Segments rest_;
    std::set<std::string> allowed_;
};

}  // namespace

const std::string& RouteMatch::capture(std::string_view name) const {
    const auto found = std::find_if(captures.begin(), captures.end(),
                                    [&](const auto& capture) { return capture.first == name; });
    assert(found != captures.end());
    return found->second;
}

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::~RouteTable() = default;
RouteTable::RouteTable(RouteTable&&) noexcept = default;
RouteTable& RouteTable::operator=(RouteTable&&) noexcept = default;

void RouteTable::add(std::string_view method, std::string_view pattern, RouteId route) {
    Endpoint endpoint{route, {}};
    auto parts = split(pattern);
    const bool wildcard = parts.back() == "*";
    if (wildcard) parts.pop_back();
    Node* node = root_.get();
    for (const auto& part : parts) {
        if (part == "*") reject(pattern, "has a wildcard before its end");
        if (!is_parameter(part) && part.find_first_of("{}*") != std::string::npos) {
            reject(pattern, "has a malformed segment");
        }
        node = &node->child(part);
        if (!is_parameter(part)) continue;
        auto name = part.substr(1, part.size() - 2);
        if (std::find(endpoint.names.begin(), endpoint.names.end(), name) != endpoint.names.end()) {
            reject(pattern, "names a parameter twice");
        }
        endpoint.names.push_back(std::move(name));
    }
    auto& endpoints = wildcard ? node->wildcard_endpoints : node->endpoints;
    if (!endpoints.emplace(method, std::move(endpoint)).second) reject(pattern, "is there already");
}

RouteResult RouteTable::find(std::string_view method,
                             const std::vector<std::string>& segments) const {
    Search<Node> search(method);
    search.walk(*root_, segments);
    return search.result();
}

}  // namespace wharf::http

// Which route a request means: a tree of path segments, so that the cost grows with the length of
// the path and not with the number of routes, and so that no pattern can be slow.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wharf::http {

/// Index of a route in its owner's list.
enum class RouteId : int {};

struct RouteMatch {
    RouteId route;
    /// Captured values by name, in the order of the pattern, as decoded.
    std::vector<std::pair<std::string_view, std::string>> captures;
    /// What the wildcard stood for: {"runs","7"}. Empty without one.
    std::vector<std::string> rest;

    /// Precondition: the pattern has that parameter.
    const std::string& capture(std::string_view name) const;
};

struct RouteNotFound {};

/// The path exists, the method does not. `allow` is the value of the header: "GET, PUT".
struct RouteMethodNotAllowed {
    std::string allow;
};

using RouteResult = std::variant<RouteMatch, RouteNotFound, RouteMethodNotAllowed>;

/// Filled at start, then only read: find() may be called from any thread at once.
class RouteTable {
public:
    RouteTable();
    ~RouteTable();
    RouteTable(RouteTable&&) noexcept;
    RouteTable& operator=(RouteTable&&) noexcept;

    /// Pattern: "/v1/accounts/{account}/orders/{number}/amend"; the last segment may be "*", which
    /// stands for any number of segments, also none. Throws std::logic_error for a malformed
    /// pattern, for one that is already there, and for a parameter named twice.
    void add(std::string_view method, std::string_view pattern, RouteId route);

    /// A literal beats a parameter, a parameter beats a wildcard, segment by segment; when the
    /// better branch leads nowhere the next one is tried. An empty segment matches no parameter.
    /// HEAD is answered by the GET route.
    RouteResult find(std::string_view method, const std::vector<std::string>& segments) const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace wharf::http

// What an operation is, to everyone: a name, read or write, the permission that it needs, its place
// in HTTP. The request struct is the operation: it carries this description as `kOperation` and
// names its `Reply`, so `context.call(sales::PlaceOrder{...})` gives a SalesOrder.
#pragma once

#include <boost/describe/class.hpp>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wharf {

enum class Access { read, write };

struct OperationInfo {
    std::string_view name;  // `<area>.<verb>`
    Access access;
    std::string_view permission;  // `<area>.<verb>`; empty: any key of the account
    std::string_view route;       // `METHOD /path` below the account, or empty: not over HTTP
    std::string_view summary;     // one sentence
    int success_status = 200;     // 201 where a document is made
};

template <class T>
concept OperationRequest = requires {
    { T::kOperation } -> std::convertible_to<OperationInfo>;
    typename T::Reply;
};

// A page of a list. `next` is opaque: hand it back as `after`. Pages are stable under inserts.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};

// The reply of an operation that has nothing to say.
struct Done {
    bool done = true;
};
BOOST_DESCRIBE_STRUCT(Done, (), (done))

}  // namespace wharf

// Documents of a plugin's own. Only plugins call these, through Collection<T>; they reach their own
// collections in the account of the call and nothing else.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/describe.hpp"
#include "wharf/operation.hpp"

namespace wharf::collections {

struct PutReply {
    std::string id;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(PutReply, (), (id, version))

// Makes or replaces. Another version than expected: conflict `version_changed`; 0 expects none. A
// value of a unique index that another document has: conflict `duplicate`.
struct Put {
    using Reply = PutReply;
    static constexpr OperationInfo kOperation{"collections.put", Access::write, "", "",
                                              "Keep a document"};
    std::string collection;
    std::optional<std::string> id;
    boost::json::value document;
    std::optional<std::int64_t> expected_version;
};
BOOST_DESCRIBE_STRUCT(Put, (), (collection, id, document, expected_version))

struct StoredDocument {
    std::string id;
    std::int64_t version = 0;
    RawJson document;
};
BOOST_DESCRIBE_STRUCT(StoredDocument, (), (id, version, document))

struct Get {
    using Reply = StoredDocument;
    static constexpr OperationInfo kOperation{"collections.get", Access::read, "", "",
                                              "Read a document"};
    std::string collection;
    std::string id;
};
BOOST_DESCRIBE_STRUCT(Get, (), (collection, id))

// Equality on the leading fields of the index, then one range with both ends included, in the order
// of the index. Without an index: by id, `from` and `to` are ids.
struct Find {
    using Reply = Page<StoredDocument>;
    static constexpr OperationInfo kOperation{"collections.find", Access::read, "", "",
                                              "Find documents"};
    std::string collection;
    std::optional<std::string> index;
    Defaulted<std::vector<boost::json::value>> equals;
    std::optional<boost::json::value> from;
    std::optional<boost::json::value> to;
    Defaulted<bool> descending = false;
    Defaulted<std::int32_t> limit = 1000;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Find, (), (collection, index, equals, from, to, descending, limit, after))

struct CountReply {
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountReply, (), (count))

// Takes what Find takes; the limit and the cursor mean nothing here.
struct CountDocuments {
    using Reply = CountReply;
    static constexpr OperationInfo kOperation{"collections.count", Access::read, "", "",
                                              "Count documents"};
    std::string collection;
    std::optional<std::string> index;
    Defaulted<std::vector<boost::json::value>> equals;
    std::optional<boost::json::value> from;
    std::optional<boost::json::value> to;
    Defaulted<bool> descending = false;
    Defaulted<std::int32_t> limit = 1000;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(CountDocuments, (),
                      (collection, index, equals, from, to, descending, limit, after))

struct RemoveReply {
    bool removed = false;
};
BOOST_DESCRIBE_STRUCT(RemoveReply, (), (removed))

struct Remove {
    using Reply = RemoveReply;
    static constexpr OperationInfo kOperation{"collections.remove", Access::write, "", "",
                                              "Remove a document"};
    std::string collection;
    std::string id;
    std::optional<std::int64_t> expected_version;
};
BOOST_DESCRIBE_STRUCT(Remove, (), (collection, id, expected_version))

}  // namespace wharf::collections

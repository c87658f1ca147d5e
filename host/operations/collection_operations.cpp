#include "host/operations/collection_operations.hpp"

#include "host/operations/bind.hpp"
#include "host/operations/collection_store.hpp"
#include "host/operations/plugin_entry.hpp"

namespace wharf::operations {
namespace {

constexpr std::size_t kIdBytesMax = 200;
constexpr std::size_t kIdDigits = 12;

CollectionStore store_of(CallContext& context, const std::string& collection) {
    return CollectionStore(context.unit(), context.caller()->entry, collection);
}

// Ids that the host gives sort as they were given.
std::string given_id(CallContext& context, const std::string& collection) {
    const auto number = std::to_string(context.transaction().next(
        "collection." + context.caller()->entry.name() + '.' + collection));
    return std::string(number.size() < kIdDigits ? kIdDigits - number.size() : 0, '0') + number;
}

collections::PutReply put(CallContext& context, const collections::Put& request) {
    auto store = store_of(context, request.collection);
    if (request.id && (request.id->empty() || request.id->size() > kIdBytesMax)) {
        throw Refusal::invalid("/id", "invalid_id",
                               "an id has 1 to " + std::to_string(kIdBytesMax) + " bytes");
    }
    return store.put(request.id ? *request.id : given_id(context, request.collection),
                     request.document, request.expected_version);
}

collections::StoredDocument get(CallContext& context, const collections::Get& request) {
    return store_of(context, request.collection).get(request.id);
}

Page<collections::StoredDocument> find(CallContext& context, const collections::Find& request) {
    return store_of(context, request.collection).find(request);
}

collections::CountReply count(CallContext& context, const collections::CountDocuments& request) {
    const collections::Find search{request.collection, request.index, request.equals,
                                   request.from,       request.to,    request.descending,
                                   request.limit,      request.after};
    return {store_of(context, request.collection).count(search)};
}

collections::RemoveReply remove(CallContext& context, const collections::Remove& request) {
    return {store_of(context, request.collection).remove(request.id, request.expected_version)};
}

void plugins_only(Operation& operation) {
    operation.plugins_only = true;
}

}  // namespace

void bind_collections(Registry& registry) {
    bind<collections::Put>(registry, &put, &plugins_only);
    bind<collections::Get>(registry, &get, &plugins_only);
    bind<collections::Find>(registry, &find, &plugins_only);
    bind<collections::CountDocuments>(registry, &count, &plugins_only);
    bind<collections::Remove>(registry, &remove, &plugins_only);
}

}  // namespace wharf::operations

// The documents of one collection of one plugin in one account, with their index rows.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wharf/operations/collections.hpp>
#include <wharf/shape.hpp>

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

class CollectionStore {
public:
    // Refuses (invalid at /collection) a collection that the plugin does not declare.
    CollectionStore(UnitOfWork& unit, const PluginEntry& entry, const std::string& collection);

    collections::PutReply put(std::string id, const boost::json::value& document,
                              std::optional<std::int64_t> expected_version);
    collections::StoredDocument get(const std::string& id);
    bool remove(const std::string& id, std::optional<std::int64_t> expected_version);
    Page<collections::StoredDocument> find(const collections::Find& search);
    std::int64_t count(const collections::Find& search);

    // Makes the index rows of a stored document what the manifest says now, of one in an earlier
    // shape as it reads in the shape of now.
    void index_stored(const std::string& id, std::int64_t shape_version, std::string text);

private:
    struct Bounds {
        std::string name;  // of the index; empty: by id
        std::string lower;
        std::string upper;
    };

    [[nodiscard]] const plugins::IndexManifest& index_of(const std::string& name) const;
    [[nodiscard]] Bounds bounds_of(const collections::Find& search);
    void index(const std::string& id, const boost::json::value& document);
    std::string document_of(const std::string& id, std::int64_t shape_version, std::string text);
    void check_unique(const plugins::IndexManifest& index, const std::string& key,
                      const std::string& id);
    void add_index_row(const std::string& name, const std::string& key, const std::string& id);

    UnitOfWork& unit_;
    const PluginEntry& entry_;
    const plugins::CollectionManifest* manifest_ = nullptr;
    ShapePtr shape_;
};

}  // namespace wharf::operations

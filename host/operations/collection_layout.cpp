#include "host/operations/collection_layout.hpp"

#include <utility>
#include <vector>
#include <wharf/json_parse.hpp>

#include "host/operations/collection_store.hpp"
#include "host/operations/jobs.hpp"

namespace wharf::operations {
namespace {

// Indexed at once, in the unit that finds the change; more than these are a job.
constexpr std::size_t kFewDocuments = 500;

void mark_current(UnitOfWork& unit, const PluginEntry& entry,
                  const plugins::CollectionManifest& collection) {
    unit.session.execute(
        "DELETE FROM collection_layout WHERE plugin = :plugin AND collection = :name",
        {{"plugin", entry.name()}, {"name", collection.name}});
    unit.session.execute(
        "INSERT INTO collection_layout (plugin, collection, layout) VALUES (:plugin, :name, "
        ":layout)",
        {{"plugin", entry.name()}, {"name", collection.name}, {"layout", layout_of(collection)}});
}

}  // namespace

std::string layout_of(const plugins::CollectionManifest& collection) {
    // A later shape may give an indexed field another value.
    std::string text =
        collection.version > 1 ? "shape " + std::to_string(collection.version) + '\n' : "";
    for (const auto& index : collection.indexes) {
        text += index.name + (index.unique ? " unique" : "");
        for (const auto& field : index.fields) text += ' ' + field;
        text += '\n';
    }
    return text;
}

bool layout_is_current(storage::Session& session, const PluginEntry& entry,
                       const plugins::CollectionManifest& collection) {
    const auto stored = session.value<std::string>(
        "SELECT layout FROM collection_layout WHERE plugin = :plugin AND collection = :name",
        {{"plugin", entry.name()}, {"name", collection.name}});
    return stored && *stored == layout_of(collection);
}

std::optional<std::string> reindex_some(UnitOfWork& unit, const PluginEntry& entry,
                                        const plugins::CollectionManifest& collection,
                                        const std::string& after_id, std::size_t rows) {
    struct Row {
        std::string id;
        std::int64_t shape_version;
        std::string text;
    };
    std::vector<Row> documents;
    {
        auto cursor = unit.session.select(
            "SELECT id, shape_version, document FROM collection_document WHERE plugin = :plugin "
            "AND collection = "
            ":name AND id > :after ORDER BY id LIMIT :rows",
            {{"plugin", entry.name()},
             {"name", collection.name},
             {"after", after_id},
             {"rows", rows}});
        while (cursor.next()) {
            documents.push_back(
                {cursor.get<std::string>(0), cursor.integer(1), cursor.get<std::string>(2)});
        }
    }
    CollectionStore store(unit, entry, collection.name);
    for (auto& row : documents) {
        store.index_stored(row.id, row.shape_version, std::move(row.text));
    }
    if (documents.size() == rows) return documents.back().id;
    mark_current(unit, entry, collection);
    return std::nullopt;
}

void renew_layouts(UnitOfWork& unit, const PluginEntry& entry) {
    for (const auto& collection : entry.manifest().collections) {
        if (layout_is_current(unit.session, entry, collection)) continue;
        const auto last = reindex_some(unit, entry, collection, "", kFewDocuments);
        if (!last) continue;
        add_job(unit, {"reindex", entry.name(),
                       R"({"collection":)" + to_json(collection.name) + R"(,"after":)" +
                           to_json(*last) + '}'});
    }
}

}  // namespace wharf::operations

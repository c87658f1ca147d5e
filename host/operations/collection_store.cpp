#include "host/operations/collection_store.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/validate.hpp>

#include "host/domain/pages.hpp"
#include "host/limits.hpp"
#include "host/operations/collection_layout.hpp"
#include "host/operations/index_key.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/plugin_entry.hpp"

namespace wharf::operations {
namespace {

using Cursor = std::vector<std::string>;

Refusal version_changed(std::int64_t version) {
    return Refusal::conflict(
        "version_changed", version == 0 ? std::string("there is no such document")
                                        : "the document is at version " + std::to_string(version));
}

void check_expected(std::optional<std::int64_t> expected, std::int64_t version) {
    if (expected && *expected != version) throw version_changed(version);
}

}  // namespace

CollectionStore::CollectionStore(UnitOfWork& unit, const PluginEntry& entry,
                                 const std::string& collection)
    : unit_(unit), entry_(entry) {
    const auto found = entry.collections.find(collection);
    if (found == entry.collections.end()) {
        throw Refusal::invalid("/collection", "undeclared_collection",
                               "the manifest of \"" + entry.name() +
                                   "\" declares no collection \"" + collection + "\"");
    }
    manifest_ = found->second.manifest;
    shape_ = found->second.shape;
}

collections::PutReply CollectionStore::put(std::string id, const boost::json::value& document,
                                           std::optional<std::int64_t> expected_version) {
    if (shape_) {
        auto faults = faults_of(document, *shape_, Reading::tolerant);
        for (auto& fault : faults) fault.pointer.insert(0, "/document");
        if (!faults.empty()) throw Refusal::invalid(std::move(faults));
    }
    const auto text = boost::json::serialize(document);
    if (text.size() > limits::kCollectionDocumentBytesMax) {
        throw Refusal::invalid("/document", "too_large",
                               "a document has at most " +
                                   std::to_string(limits::kCollectionDocumentBytesMax) + " bytes");
    }
    const auto before =
        unit_.session
            .value<std::int64_t>(
                "SELECT version FROM collection_document WHERE plugin = :plugin AND "
                "collection = :collection AND id = :id",
                {{"plugin", entry_.name()}, {"collection", manifest_->name}, {"id", id}})
            .value_or(0);
    check_expected(expected_version, before);
    const auto* sql =
        before == 0
            ? "INSERT INTO collection_document (plugin, collection, id, version, shape_version, "
              "document) VALUES (:plugin, :collection, :id, :version, :shape_version, :document)"
            : "UPDATE collection_document SET version = :version, shape_version = :shape_version, "
              "document = :document WHERE plugin = :plugin AND collection = :collection AND id = "
              ":id";
    unit_.session.execute(sql, {{"plugin", entry_.name()},
                                {"collection", manifest_->name},
                                {"id", id},
                                {"version", before + 1},
                                {"shape_version", manifest_->version},
                                {"document", text}});
    if (before == 0) {
        for (const auto& index : manifest_->indexes) {
            const auto key = key_of(document, index.fields, shape_.get());
            if (index.unique && !key.has_null) check_unique(index, key.key, id);
            add_index_row(index.name, key.key, id);
        }
    } else {
        index(id, document);
    }
    return {std::move(id), before + 1};
}

void CollectionStore::index_stored(const std::string& id, std::int64_t shape_version,
                                   std::string text) {
    index(id, parse_json(document_of(id, shape_version, std::move(text))).value);
}

void CollectionStore::index(const std::string& id, const boost::json::value& document) {
    std::map<std::string, std::string> stored;
    {
        auto rows = unit_.session.select(
            "SELECT name, key FROM collection_index WHERE plugin = :plugin AND collection = "
            ":collection AND id = :id",
            {{"plugin", entry_.name()}, {"collection", manifest_->name}, {"id", id}});
        while (rows.next()) stored.emplace(rows.text(0), rows.text(1));
    }
    for (const auto& index : manifest_->indexes) {
        const auto key = key_of(document, index.fields, shape_.get());
        const auto found = stored.find(index.name);
        const bool same = found != stored.end() && found->second == key.key;
        if (same) {
            stored.erase(found);
            continue;
        }
        if (index.unique && !key.has_null) check_unique(index, key.key, id);
        add_index_row(index.name, key.key, id);
    }
    for (const auto& [name, key] : stored) {
        unit_.session.execute(
            "DELETE FROM collection_index WHERE plugin = :plugin AND collection = :collection AND "
            "name = :name AND key = :key AND id = :id",
            {{"plugin", entry_.name()},
             {"collection", manifest_->name},
             {"name", name},
             {"key", key},
             {"id", id}});
    }
}

void CollectionStore::check_unique(const plugins::IndexManifest& index, const std::string& key,
                                   const std::string& id) {
    const auto other = unit_.session.value<std::string>(
        "SELECT id FROM collection_index WHERE plugin = :plugin AND collection = :collection AND "
        "name = :name AND key = :key AND id <> :id",
        {{"plugin", entry_.name()},
         {"collection", manifest_->name},
         {"name", index.name},
         {"key", key},
         {"id", id}});
    if (!other) return;
    throw Refusal::conflict("duplicate", "the document \"" + *other + "\" of \"" + manifest_->name +
                                             "\" has the same " + index.name + " already");
}

void CollectionStore::add_index_row(const std::string& name, const std::string& key,
                                    const std::string& id) {
    unit_.session.execute(
        "INSERT INTO collection_index (plugin, collection, name, key, id) VALUES (:plugin, "
        ":collection, :name, :key, :id)",
        {{"plugin", entry_.name()},
         {"collection", manifest_->name},
         {"name", name},
         {"key", key},
         {"id", id}});
}

// Documents of an earlier shape are brought up by the plugin when they are read; they are stored so
// with their next put.
std::string CollectionStore::document_of(const std::string& id, std::int64_t shape_version,
                                         std::string text) {
    if (shape_version >= manifest_->version) return text;
    const auto input = R"({"from":)" + std::to_string(shape_version) + R"(,"id":)" + to_json(id) +
                       R"(,"document":)" + text + '}';
    domain::Actor actor;
    actor.name = "plugin:" + entry_.name();
    actor.plugin = entry_.name();
    return enter_plugin(
        unit_, entry_,
        {WHARF_CALL_UPGRADE, manifest_->name, input, std::move(actor), 0, true, true});
}

collections::StoredDocument CollectionStore::get(const std::string& id) {
    std::int64_t version = 0;
    std::int64_t shape_version = 0;
    std::string text;
    {
        auto rows = unit_.session.select(
            "SELECT version, shape_version, document FROM collection_document WHERE plugin = "
            ":plugin AND collection = :collection AND id = :id",
            {{"plugin", entry_.name()}, {"collection", manifest_->name}, {"id", id}});
        if (!rows.next()) throw Refusal::not_found(manifest_->name + " document", id);
        version = rows.integer(0);
        shape_version = rows.integer(1);
        text = rows.get<std::string>(2);
    }
    return {id, version, RawJson{document_of(id, shape_version, std::move(text))}};
}

bool CollectionStore::remove(const std::string& id, std::optional<std::int64_t> expected_version) {
    const auto version =
        unit_.session
            .value<std::int64_t>(
                "SELECT version FROM collection_document WHERE plugin = :plugin "
                "AND collection = :collection AND id = :id",
                {{"plugin", entry_.name()}, {"collection", manifest_->name}, {"id", id}})
            .value_or(0);
    check_expected(expected_version, version);
    if (version == 0) return false;
    for (const auto* sql :
         {"DELETE FROM collection_document WHERE plugin = :plugin AND collection = :collection AND "
          "id = :id",
          "DELETE FROM collection_index WHERE plugin = :plugin AND collection = :collection AND "
          "id = :id"}) {
        unit_.session.execute(
            sql, {{"plugin", entry_.name()}, {"collection", manifest_->name}, {"id", id}});
    }
    return true;
}

const plugins::IndexManifest& CollectionStore::index_of(const std::string& name) const {
    const auto found = std::find_if(manifest_->indexes.begin(), manifest_->indexes.end(),
                                    [&](const auto& index) { return index.name == name; });
    if (found != manifest_->indexes.end()) return *found;
    throw Refusal::invalid(
        "/index", "undeclared_index",
        "the collection \"" + manifest_->name + "\" declares no index \"" + name + "\"");
}

CollectionStore::Bounds CollectionStore::bounds_of(const collections::Find& search) {
    const auto text = [](const boost::json::value& value) {
        return std::string(value.as_string().data(), value.as_string().size());
    };
    if (!search.index) {
        if (!search.equals->empty()) {
            throw Refusal::invalid("/equals", "no_index", "equality needs an index");
        }
        return {{},
                search.from ? text(*search.from) : std::string(),
                search.to ? text(*search.to) + '\x01' : std::string("\xF4\x8F\xBF\xBF")};
    }
    const auto& index = index_of(*search.index);
    if (!layout_is_current(unit_.session, entry_, *manifest_)) {
        throw Refusal::unavailable(
            "index_building", "the index \"" + index.name + "\" is being built", "try again later");
    }
    const bool range = search.from || search.to;
    if (search.equals->size() + (range ? 1 : 0) > index.fields.size()) {
        throw Refusal::invalid("/equals", "too_many",
                               "the index has " + std::to_string(index.fields.size()) + " fields");
    }
    const auto shape_at = [&](std::size_t position) -> const Shape* {
        const auto* field = shape_ ? shape_->field(index.fields[position]) : nullptr;
        return field == nullptr ? nullptr : field->shape.get();
    };
    std::string prefix;
    for (std::size_t i = 0; i < search.equals->size(); ++i) {
        append_key(prefix, (*search.equals)[i], shape_at(i));
    }
    // A range never finds what has no value.
    Bounds bounds{index.name, range ? prefix + '1' : prefix, prefix};
    if (search.from) {
        bounds.lower = prefix;
        append_key(bounds.lower, *search.from, shape_at(search.equals->size()));
    }
    if (search.to) append_key(bounds.upper, *search.to, shape_at(search.equals->size()));
    bounds.upper = end_of_prefix(std::move(bounds.upper));
    return bounds;
}

Page<collections::StoredDocument> CollectionStore::find(const collections::Find& search) {
    const auto limit = page_limit(search.limit, limits::kInternalPageRowsMax);
    const auto bounds = bounds_of(search);
    const bool by_id = bounds.name.empty();
    const auto after = domain::decode_cursor(search.after, 2);
    std::string sql =
        by_id
            ? "SELECT d.id, d.id, d.version, d.shape_version, d.document FROM "
              "collection_document d WHERE d.plugin = :plugin AND d.collection = :collection AND "
              "d.id >= :lower AND d.id < :upper"
            : "SELECT i.key, d.id, d.version, d.shape_version, d.document FROM collection_index "
              "i, collection_document d WHERE i.plugin = :plugin AND i.collection = :collection "
              "AND i.name = :index AND i.key >= :lower AND i.key < :upper AND d.plugin = i.plugin "
              "AND d.collection = i.collection AND d.id = i.id";
    const bool down = search.descending;
    if (by_id) {
        if (search.after) sql += down ? " AND d.id < :after_id" : " AND d.id > :after_id";
        sql += down ? " ORDER BY d.id DESC" : " ORDER BY d.id";
    } else {
        if (search.after) {
            sql += down ? " AND (i.key < :after_key OR (i.key = :after_key AND i.id < :after_id))"
                        : " AND (i.key > :after_key OR (i.key = :after_key AND i.id > :after_id))";
        }
        sql += down ? " ORDER BY i.key DESC, i.id DESC" : " ORDER BY i.key, i.id";
    }
    sql += " LIMIT :limit";
    std::vector<storage::Parameter> parameters{{"plugin", entry_.name()},
                                               {"collection", manifest_->name},
                                               {"lower", bounds.lower},
                                               {"upper", bounds.upper},
                                               {"limit", limit + 1}};
    if (!by_id) parameters.emplace_back("index", bounds.name);
    if (search.after) {
        if (!by_id) parameters.emplace_back("after_key", after[0]);
        parameters.emplace_back("after_id", after[1]);
    }

    struct Row {
        std::string key;
        collections::StoredDocument document;
        std::int64_t shape_version;
    };
    std::vector<Row> rows;
    {
        auto cursor = unit_.session.select(sql, parameters);
        while (cursor.next()) {
            rows.push_back({cursor.get<std::string>(0),
                            {cursor.get<std::string>(1), cursor.integer(2),
                             RawJson{cursor.get<std::string>(4)}},
                            cursor.integer(3)});
        }
    }
    Page<collections::StoredDocument> page;
    for (auto& row : rows) {
        if (page.items.size() == limit) {
            page.next = domain::encode_cursor({rows[limit - 1].key, page.items.back().id});
            break;
        }
        row.document.document.text =
            document_of(row.document.id, row.shape_version, std::move(row.document.document.text));
        page.items.push_back(std::move(row.document));
    }
    return page;
}

std::int64_t CollectionStore::count(const collections::Find& search) {
    const auto bounds = bounds_of(search);
    std::vector<storage::Parameter> parameters{{"plugin", entry_.name()},
                                               {"collection", manifest_->name},
                                               {"lower", bounds.lower},
                                               {"upper", bounds.upper}};
    if (!bounds.name.empty()) parameters.emplace_back("index", bounds.name);
    auto rows = unit_.session.select(
        bounds.name.empty()
            ? "SELECT COUNT(*) FROM collection_document WHERE plugin = :plugin AND collection = "
              ":collection AND id >= :lower AND id < :upper"
            : "SELECT COUNT(*) FROM collection_index WHERE plugin = :plugin AND collection = "
              ":collection AND name = :index AND key >= :lower AND key < :upper",
        parameters);
    return rows.next() ? rows.integer(0) : 0;
}

}  // namespace wharf::operations

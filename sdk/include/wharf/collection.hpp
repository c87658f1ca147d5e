// Typed documents of a plugin, kept in the account's database by the host: versioned, with declared
// indexes. No SQL, so a collection works on every engine and cannot reach another account.
#pragma once

#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wharf/describe.hpp"
#include "wharf/door.hpp"
#include "wharf/operation.hpp"

namespace wharf {

// A document with its identity. `version` grows with each put.
template <class Document>
struct Stored {
    std::string id;
    std::int64_t version = 0;
    Document document;
    BOOST_DESCRIBE_CLASS(Stored, (), (id, version, document), (), ())
};

// A search over one index: equality on the leading fields, then at most one range, in index order.
// Without an index the collection is read by id.
class Find {
public:
    Find() = default;
    explicit Find(std::string index) : index_(std::move(index)) {}

    // Equality on the next field of the index.
    template <class T>
    Find& equals(const T& value) {
        equals_ += (equals_.empty() ? "" : ",") + to_json(value);
        return *this;
    }
    // The field after the equal ones, both ends included.
    template <class T>
    Find& from(const T& value) {
        from_ = to_json(value);
        return *this;
    }
    template <class T>
    Find& to(const T& value) {
        to_ = to_json(value);
        return *this;
    }
    Find& descending() {
        descending_ = true;
        return *this;
    }
    Find& limit(std::int32_t rows) {
        limit_ = rows;
        return *this;
    }
    Find& after(std::optional<std::string> cursor) {
        after_ = std::move(cursor);
        return *this;
    }

    [[nodiscard]] std::string request(std::string_view collection) const {
        std::string json = "{\"collection\":";
        append_json_string(json, collection);
        if (!index_.empty()) {
            json += ",\"index\":";
            append_json_string(json, index_);
        }
        json += ",\"equals\":[" + equals_ + "]";
        if (!from_.empty()) json += ",\"from\":" + from_;
        if (!to_.empty()) json += ",\"to\":" + to_;
        if (descending_) json += ",\"descending\":true";
        json += ",\"limit\":" + std::to_string(limit_);
        if (after_) {
            json += ",\"after\":";
            append_json_string(json, *after_);
        }
        return json + '}';
    }

private:
    std::string index_;
    std::string equals_;
    std::string from_;
    std::string to_;
    bool descending_ = false;
    std::int32_t limit_ = 1000;
    std::optional<std::string> after_;
};

template <class Document>
class Collection {
public:
    Collection(Door door, std::string name) : door_(door), name_(std::move(name)) {}

    // Makes or replaces a document; without an id the host gives one. With `expected_version` a
    // document that has moved on is refused (conflict `version_changed`); 0 expects that there is
    // none.
    Stored<Document> put(const Document& document, const std::optional<std::string>& id = {},
                         std::optional<std::int64_t> expected_version = {}) const {
        std::string request = head();
        request += ",\"id\":";
        append_json(request, id);
        request += ",\"document\":";
        append_json(request, document);
        request += ",\"expected_version\":";
        append_json(request, expected_version);
        request += '}';
        const auto reply = Door::parse(door_.call_text("collections.put", request));
        return {from_json<std::string>(reply.at("id")),
                from_json<std::int64_t>(reply.at("version")), document};
    }

    [[nodiscard]] std::optional<Stored<Document>> get(const std::string& id) const {
        std::string request = head() + ",\"id\":";
        append_json(request, id);
        request += '}';
        try {
            return from_json<Stored<Document>>(
                Door::parse(door_.call_text("collections.get", request)));
        } catch (const Refusal& refusal) {
            if (refusal.kind() == RefusalKind::not_found) return std::nullopt;
            throw;
        }
    }

    [[nodiscard]] Page<Stored<Document>> find(const Find& search = {}) const {
        return from_json<Page<Stored<Document>>>(
            Door::parse(door_.call_text("collections.find", search.request(name_))));
    }

    // Every document that the search finds, page by page.
    template <class Visit>
    void each(Find search, Visit visit) const {
        while (true) {
            auto page = find(search);
            for (const auto& item : page.items) visit(item);
            if (!page.next) return;
            search.after(std::move(page.next));
        }
    }

    // How many the search finds, its limit and cursor apart.
    [[nodiscard]] std::int64_t count(const Find& search = {}) const {
        return from_json<std::int64_t>(
            Door::parse(door_.call_text("collections.count", search.request(name_))).at("count"));
    }

    // True when there was one.
    bool remove(const std::string& id, std::optional<std::int64_t> expected_version = {}) const {
        std::string request = head() + ",\"id\":";
        append_json(request, id);
        request += ",\"expected_version\":";
        append_json(request, expected_version);
        request += '}';
        return from_json<bool>(
            Door::parse(door_.call_text("collections.remove", request)).at("removed"));
    }

private:
    [[nodiscard]] std::string head() const {
        std::string text = "{\"collection\":";
        append_json_string(text, name_);
        return text;
    }

    Door door_;
    std::string name_;
};

}  // namespace wharf

#include "host/operations/journal.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <wharf/describe.hpp>
#include <wharf/json_text.hpp>

namespace wharf::operations {
namespace {

// Everything that the hash of a row covers, each part with its length so that none can flow into
// the next.
class Digest {
public:
    Digest() { crypto_hash_sha256_init(&state_); }
    Digest& add(std::string_view text) {
        add_raw(std::to_string(text.size()) + ':');
        add_raw(text);
        return *this;
    }
    Digest& add(std::int64_t number) { return add(std::string_view(std::to_string(number))); }
    Digest& add(const std::optional<std::string>& text) {
        return text ? add(std::string_view(*text)) : add(std::string_view("\x01null"));
    }
    std::string hex() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> bytes{};
        crypto_hash_sha256_final(&state_, bytes.data());
        std::array<char, crypto_hash_sha256_BYTES * 2 + 1> text{};
        sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
        return text.data();
    }
    void add_raw(std::string_view text) {
        crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(text.data()),
                                  text.size());
    }

private:
    crypto_hash_sha256_state state_{};
};

struct Row {
    std::int64_t seq = 0;
    JournalEntry entry;
    Instant at;
    std::string request_id;
};

std::string hash_of(std::string_view before, const Row& row) {
    const auto& entry = row.entry;
    return Digest()
        .add(before)
        .add(row.seq)
        .add(std::string_view(boost::describe::enum_to_string(entry.kind, "unknown")))
        .add(std::string_view(entry.operation))
        .add(entry.plugin)
        .add(entry.plugin_version)
        .add(std::string_view(entry.actor))
        .add(row.at.raw())
        .add(std::string_view(row.request_id))
        .add(std::int64_t{entry.as_plugin})
        .add(std::string_view(entry.note))
        .add(std::string_view(entry.input))
        .hex();
}

void read_end(UnitOfWork& unit) {
    if (unit.state.journal_seq) return;
    auto rows = unit.session.select("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    const bool any = rows.next();
    unit.state.journal_seq = any ? rows.integer(0) : 0;
    unit.state.journal_hash = any ? rows.get<std::string>(1) : std::string();
}

void append_redacted(std::string& out, const boost::json::value& value, const Shape& shape) {
    if (shape.secret) {
        out += "null";
    } else if (const auto* object = value.if_object(); object != nullptr) {
        out += '{';
        bool first = true;
        for (const auto& member : *object) {
            const std::string_view key(member.key().data(), member.key().size());
            const auto* field = shape.field(key);
            if (!first) out += ',';
            first = false;
            append_json_string(out, key);
            out += ':';
            append_redacted(out, member.value(),
                            field != nullptr ? *field->shape
                            : shape.items    ? *shape.items
                                             : Shape{});
        }
        out += '}';
    } else if (const auto* array = value.if_array(); array != nullptr && shape.items) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i > 0) out += ',';
            append_redacted(out, (*array)[i], *shape.items);
        }
        out += ']';
    } else {
        out += boost::json::serialize(value);
    }
}

void append_canonical(std::string& out, const boost::json::value& value) {
    if (const auto* object = value.if_object(); object != nullptr) {
        std::vector<const boost::json::key_value_pair*> members;
        members.reserve(object->size());
        for (const auto& member : *object) members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const auto* a, const auto* b) { return a->key() < b->key(); });
        out += '{';
        for (const auto* member : members) {
            if (out.back() != '{') out += ',';
            append_json_string(out, {member->key().data(), member->key().size()});
            out += ':';
            append_canonical(out, member->value());
        }
        out += '}';
    } else if (const auto* array = value.if_array(); array != nullptr) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i > 0) out += ',';
            append_canonical(out, (*array)[i]);
        }
        out += ']';
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

void append_journal(UnitOfWork& unit, const JournalEntry& entry) {
    read_end(unit);
    const Row row{*unit.state.journal_seq + 1, entry, unit.facts.now, unit.facts.request_id};
    auto hash = hash_of(unit.state.journal_hash, row);
    unit.session.execute(
        "INSERT INTO journal (seq, kind, operation, plugin, plugin_version, actor, at, request_id, "
        "as_plugin, note, input, hash) VALUES (:seq, :kind, :operation, :plugin, :plugin_version, "
        ":actor, :at, :request_id, :as_plugin, :note, :input, :hash)",
        {{"seq", row.seq},
         {"kind", entry.kind},
         {"operation", entry.operation},
         {"plugin", entry.plugin},
         {"plugin_version", entry.plugin_version},
         {"actor", entry.actor},
         {"at", row.at},
         {"request_id", row.request_id},
         {"as_plugin", entry.as_plugin},
         {"note", entry.note},
         {"input", entry.input},
         {"hash", hash}});
    unit.state.journal_seq = row.seq;
    unit.state.journal_hash = std::move(hash);
}

std::string without_secrets(const boost::json::value& value, const Shape& shape) {
    if (!shape.holds_secret()) return boost::json::serialize(value);
    std::string out;
    append_redacted(out, value, shape);
    return out;
}

std::string canonical_json(const boost::json::value& value) {
    std::string out;
    append_canonical(out, value);
    return out;
}

std::string sha256(std::string_view text) {
    Digest digest;
    digest.add_raw(text);
    return digest.hex();
}

std::vector<BrokenEntry> check_journal(storage::Session& session) {
    auto rows = session.select(
        "SELECT seq, kind, operation, plugin, plugin_version, actor, at, request_id, as_plugin, "
        "note, input, hash FROM journal ORDER BY seq");
    std::vector<BrokenEntry> broken;
    std::string before;
    std::int64_t expected = 1;
    while (rows.next()) {
        Row row;
        row.seq = rows.integer(0);
        row.entry = {rows.get<JournalKind>(1),
                     rows.get<std::string>(2),
                     rows.get<std::optional<std::string>>(3),
                     rows.get<std::optional<std::string>>(4),
                     rows.get<std::string>(5),
                     rows.get<bool>(8),
                     rows.get<std::string>(9),
                     rows.get<std::string>(10)};
        row.at = rows.get<Instant>(6);
        row.request_id = rows.get<std::string>(7);
        const auto stored = rows.get<std::string>(11);
        if (row.seq != expected) {
            broken.push_back({row.seq, "entry " + std::to_string(expected) + " is missing"});
        } else if (hash_of(before, row) != stored) {
            broken.push_back({row.seq, "the hash does not cover the entry and the one before"});
        }
        before = stored;
        expected = row.seq + 1;
    }
    return broken;
}

}  // namespace wharf::operations

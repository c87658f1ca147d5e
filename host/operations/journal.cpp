#include "host/operations/journal.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <set>
#include <wharf/describe.hpp>
#include <wharf/json_text.hpp>

#include "host/operations/stored_principal.hpp"

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

// What a row without a principal hashes to is what it was before there were any.
std::string hash_of(std::string_view before, const JournalRow& row) {
    const auto& entry = row.entry;
    Digest digest;
    digest.add(before)
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
        .add(std::string_view(entry.input));
    if (row.principal) digest.add(std::string_view(*row.principal));
    return digest.hex();
}

constexpr std::string_view kRows =
    "SELECT seq, kind, operation, plugin, plugin_version, actor, at, request_id, as_plugin, note, "
    "input, principal, hash FROM journal WHERE seq > :after ORDER BY seq LIMIT :limit";

JournalRow read_journal_row(storage::Cursor& rows) {
    JournalRow row;
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
    row.principal = rows.get<std::optional<std::string>>(11);
    row.hash = rows.get<std::string>(12);
    return row;
}

// The name of the principal in the journal, which has its text from now on. A busy account has few
// of them: those that were looked at last are remembered with their names.
std::string keep_principal(UnitOfWork& unit) {
    constexpr std::size_t kRemembered = 16;
    const auto& principal = unit.facts.principal;
    const auto& known = unit.state.principals;
    if (known) {
        for (const auto& [one, id] : *known) {
            if (one == principal) return id;
        }
    }
    const auto document = principal_to_json(principal);
    auto id = sha256(document);
    if (!unit.session.value<std::string>("SELECT id FROM principal WHERE id = :id", {{"id", id}})) {
        unit.session.execute("INSERT INTO principal (id, document) VALUES (:id, :document)",
                             {{"id", id}, {"document", document}});
    }
    BatchState::Principals now;
    now.emplace_back(principal, id);
    if (known) {
        now.insert(
            now.end(), known->begin(),
            known->begin() + static_cast<std::ptrdiff_t>(std::min(known->size(), kRemembered - 1)));
    }
    unit.state.principals = std::make_shared<const BatchState::Principals>(std::move(now));
    return id;
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
    JournalRow row{*unit.state.journal_seq + 1, entry, unit.facts.now,
                   unit.facts.request_id,       {},    {}};
    if (entry.kind == JournalKind::request && unit.facts.principal) {
        row.principal = keep_principal(unit);
    }
    row.hash = hash_of(unit.state.journal_hash, row);
    unit.session.execute(
        "INSERT INTO journal (seq, kind, operation, plugin, plugin_version, actor, at, request_id, "
        "as_plugin, note, input, principal, hash) VALUES (:seq, :kind, :operation, :plugin, "
        ":plugin_version, :actor, :at, :request_id, :as_plugin, :note, :input, :principal, :hash)",
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
         {"principal", row.principal},
         {"hash", row.hash}});
    unit.state.journal_seq = row.seq;
    unit.state.journal_hash = std::move(row.hash);
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

std::vector<JournalRow> journal_after(storage::Session& session, std::int64_t seq,
                                      std::size_t limit) {
    auto rows = session.select(kRows, {{"after", seq}, {"limit", limit}});
    std::vector<JournalRow> read;
    while (rows.next()) read.push_back(read_journal_row(rows));
    return read;
}

std::shared_ptr<const accounts::Principal> principal_of(storage::Session& session,
                                                        const JournalRow& row) {
    return row.principal ? kept_principal(session, *row.principal) : nullptr;
}

std::shared_ptr<const accounts::Principal> kept_principal(storage::Session& session,
                                                          const std::string& name) {
    const auto document =
        session.value<std::string>("SELECT document FROM principal WHERE id = :id", {{"id", name}});
    return document ? principal_from_json(*document) : nullptr;
}

std::vector<BrokenEntry> check_journal(storage::Session& session) {
    std::set<std::string> principals;
    {
        auto rows = session.select("SELECT id, document FROM principal");
        while (rows.next()) {
            if (sha256(rows.text(1)) == rows.text(0)) principals.emplace(rows.text(0));
        }
    }
    auto rows =
        session.select(kRows, {{"after", 0}, {"limit", std::numeric_limits<std::int64_t>::max()}});
    std::vector<BrokenEntry> broken;
    std::string before;
    std::int64_t expected = 1;
    while (rows.next()) {
        const auto row = read_journal_row(rows);
        if (row.seq != expected) {
            broken.push_back({row.seq, "entry " + std::to_string(expected) + " is missing"});
        } else if (hash_of(before, row) != row.hash) {
            broken.push_back({row.seq, "the hash does not cover the entry and the one before"});
        } else if (row.principal && !principals.contains(*row.principal)) {
            broken.push_back({row.seq, "who asked is missing, or was changed"});
        }
        before = row.hash;
        expected = row.seq + 1;
    }
    return broken;
}

}  // namespace wharf::operations

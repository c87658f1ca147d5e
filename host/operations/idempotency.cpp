#include "host/operations/idempotency.hpp"

#include <wharf/json_parse.hpp>

#include "host/limits.hpp"
#include "host/operations/journal.hpp"

namespace wharf::operations {

namespace {

bool is_default(const boost::json::value& value, const Shape::Field& field) {
    return !field.default_json.empty() &&
           canonical_json(parse_json(field.default_json).value) == canonical_json(value);
}

// Without the fields that say what leaving them out says: the same request is the same in both
// spellings.
boost::json::value what_is_said(const boost::json::value& value, const Shape& shape) {
    if (const auto* array = value.if_array(); array != nullptr && shape.items) {
        boost::json::array said;
        for (const auto& item : *array) said.push_back(what_is_said(item, *shape.items));
        return said;
    }
    const auto* object = value.if_object();
    if (object == nullptr || shape.fields.empty()) return value;
    boost::json::object said;
    for (const auto& member : *object) {
        const auto* field = shape.field({member.key().data(), member.key().size()});
        if (field == nullptr) {
            said.emplace(member.key(), member.value());
        } else if (field->required || !is_default(member.value(), *field)) {
            said.emplace(member.key(), what_is_said(member.value(), *field->shape));
        }
    }
    return said;
}

}  // namespace

IdempotencyKey::IdempotencyKey(const Call& call, const Operation& operation) {
    const auto& key = *call.idempotency_key;
    if (key.empty() || key.size() > limits::kIdempotencyKeyBytesMax ||
        key.find('\0') != std::string::npos) {
        throw Refusal::invalid("", "invalid_idempotency_key",
                               "an Idempotency-Key has 1 to " +
                                   std::to_string(limits::kIdempotencyKeyBytesMax) + " bytes");
    }
    scope_ = (call.principal ? call.principal->key_id : "host") + '\n' + call.account.text() +
             '\n' + operation.name + '\n' + key;
    hash_ = sha256(operation.name + '\n' +
                   canonical_json(what_is_said(call.request, *operation.request)));
    as_spelled_ = sha256(operation.name + '\n' + canonical_json(call.request));
}

std::optional<Answer> IdempotencyKey::find(storage::Session& session) const {
    auto rows =
        session.select("SELECT request_hash, reply, version FROM idempotency WHERE scope = :scope",
                       {{"scope", scope_}});
    if (!rows.next()) return std::nullopt;
    if (rows.text(0) != hash_ && rows.text(0) != as_spelled_) {
        throw Refusal(RefusalKind::invalid, "idempotency_key_reused",
                      "this Idempotency-Key came with another request before",
                      "take a new key for a new request");
    }
    if (rows.is_null(1)) {
        throw Refusal::conflict("already_issued",
                                "this was done before; its reply held a secret that is not kept",
                                "revoke it and ask for a new one with a new key");
    }
    Answer answer;
    answer.body = rows.get<std::string>(1);
    answer.version = rows.get<std::optional<std::int64_t>>(2);
    answer.replayed = true;
    return answer;
}

void IdempotencyKey::record(storage::Session& session, const Answer& answer, Instant now,
                            bool reply_is_secret) const {
    const auto reply =
        reply_is_secret ? std::nullopt : std::optional<std::string_view>(answer.body);
    session.execute(
        "INSERT INTO idempotency (scope, request_hash, reply, version, at) VALUES (:scope, :hash, "
        ":reply, :version, :at)",
        {{"scope", scope_},
         {"hash", hash_},
         {"reply", reply},
         {"version", answer.version},
         {"at", now}});
}

}  // namespace wharf::operations

#include "host/operations/index_key.hpp"

#include <cstdint>
#include <wharf/refusal.hpp>
#include <wharf/values/money.hpp>
#include <wharf/values/time.hpp>

#include "host/limits.hpp"

namespace wharf::operations {
namespace {

// Kinds sort by these; each value ends with kEnd, which no value contains.
constexpr char kNull = '0';
constexpr char kBoolean = '1';
constexpr char kNumber = '2';
constexpr char kText = '3';
constexpr char kEnd = '\x01';
constexpr char kEscape = '\x02';

void append_number(std::string& key, std::int64_t number) {
    static constexpr char kDigits[] = "0123456789abcdef";
    const auto shifted = static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63U);
    key += kNumber;
    for (int shift = 60; shift >= 0; shift -= 4) {
        key += kDigits[(shifted >> static_cast<unsigned>(shift)) & 15U];
    }
}

// The two lowest characters give way to a pair, so that kEnd sorts below every text that goes on.
void append_text(std::string& key, std::string_view text) {
    key += kText;
    for (const char character : text) {
        if (character == kEnd || character == kEscape) {
            key += kEscape;
            key += static_cast<char>(character + 1);
        } else {
            key += character;
        }
    }
}

// True when the text means something that sorts otherwise than its letters do.
bool append_meaning(std::string& key, std::string_view text, const Shape& shape) {
    std::optional<std::int64_t> number;
    switch (shape.kind) {
        case Shape::Kind::money:
            number = parse_decimal(text, Money::kScale);
            break;
        case Shape::Kind::percent:
            number = parse_decimal(text, Percent::kScale);
            break;
        case Shape::Kind::instant:
            if (const auto instant = Instant::parse(text)) number = instant->raw();
            break;
        case Shape::Kind::date:
            if (const auto date = Date::parse(text)) number = date->raw();
            break;
        default:
            return false;
    }
    if (!number) return false;
    append_number(key, *number);
    return true;
}

}  // namespace

void append_key(std::string& key, const boost::json::value& value, const Shape* shape) {
    if (value.is_null()) {
        key += kNull;
    } else if (value.is_bool()) {
        key += kBoolean;
        key += value.get_bool() ? 't' : 'f';
    } else if (value.is_int64()) {
        append_number(key, value.get_int64());
    } else if (value.is_string()) {
        const std::string_view text(value.get_string().data(), value.get_string().size());
        if (shape == nullptr || !append_meaning(key, text, *shape)) append_text(key, text);
    } else {
        throw Refusal(RefusalKind::invalid, "not_indexable",
                      "an indexed field holds text, a whole number, true, false or null");
    }
    key += kEnd;
    if (key.size() > limits::kCollectionKeyBytesMax) {
        throw Refusal(RefusalKind::invalid, "key_too_long",
                      "the indexed fields of a document have at most " +
                          std::to_string(limits::kCollectionKeyBytesMax) + " bytes together");
    }
}

DocumentKey key_of(const boost::json::value& document, const std::vector<std::string>& fields,
                   const Shape* shape) {
    DocumentKey result;
    for (const auto& name : fields) {
        const auto* object = document.if_object();
        const auto* member = object == nullptr ? nullptr : object->if_contains(name);
        const auto* field = shape == nullptr ? nullptr : shape->field(name);
        if (member == nullptr || member->is_null()) {
            result.has_null = true;
            append_key(result.key, nullptr, nullptr);
        } else {
            append_key(result.key, *member, field == nullptr ? nullptr : field->shape.get());
        }
    }
    return result;
}

std::string end_of_prefix(std::string prefix) {
    prefix += '\x7f';
    return prefix;
}

}  // namespace wharf::operations

// Holding a JSON value against a shape: all faults at once, each with its JSON Pointer.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/refusal.hpp"
#include "wharf/shape.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// strict: requests, where an unknown field is a fault. tolerant: what was written by another
// version.
enum class Reading { strict, tolerant };

class Validator {
public:
    // Past this many faults of one input the rest is not looked for.
    static constexpr std::size_t kFaultsMax = 200;

    explicit Validator(Reading reading) : reading_(reading) {}

    void check(const boost::json::value& value, const Shape& shape) {
        if (faults_.size() >= kFaultsMax) return;
        if (value.is_null()) {
            if (!shape.nullable && shape.kind != Shape::Kind::any) {
                add("wrong_type", "must not be null");
            }
            return;
        }
        switch (shape.kind) {
            case Shape::Kind::any:
                return;
            case Shape::Kind::boolean:
                if (!value.is_bool()) add("wrong_type", "must be true or false");
                return;
            case Shape::Kind::integer:
                return check_integer(value, shape);
            case Shape::Kind::array:
                return check_array(value, shape);
            case Shape::Kind::object:
                return check_object(value, shape);
            case Shape::Kind::map:
                return check_map(value, shape);
            default:
                return check_text(value, shape);
        }
    }

    [[nodiscard]] std::vector<Fault> take_faults() { return std::move(faults_); }

private:
    void add(std::string code, std::string detail) {
        faults_.push_back({pointer_, std::move(code), std::move(detail)});
    }

    void check_integer(const boost::json::value& value, const Shape& shape) {
        const auto* number = value.if_int64();
        if (number == nullptr) {
            if (value.is_uint64()) return add("out_of_range", range_text(shape));
            return add("wrong_type", "must be a whole number");
        }
        if (*number < shape.minimum || *number > shape.maximum) {
            return add("out_of_range", range_text(shape));
        }
        if (shape.nonzero && *number == 0) add("out_of_range", "must not be 0");
    }
    static std::string range_text(const Shape& shape) {
        return "must be a whole number from " + std::to_string(shape.minimum) + " to " +
               std::to_string(shape.maximum);
    }

    void check_text(const boost::json::value& value, const Shape& shape) {
        const auto* string = value.if_string();
        if (string == nullptr) {
            const bool number = value.is_number();
            if (shape.kind == Shape::Kind::money || shape.kind == Shape::Kind::percent) {
                return add("wrong_type",
                           number ? "must be a decimal string such as \"12.50\", not a JSON number"
                                  : "must be a decimal string such as \"12.50\"");
            }
            return add("wrong_type", "must be a string");
        }
        const std::string_view text(string->data(), string->size());
        const auto fault = text_fault(text, shape);
        if (!fault.detail.empty()) add(fault.code, fault.detail);
    }

    struct TextFault {
        std::string code;
        std::string detail;
    };
    static TextFault text_fault(std::string_view text, const Shape& shape) {
        switch (shape.kind) {
            case Shape::Kind::code:
                if (const auto fault = code_fault(text, shape.length_max); !fault.empty()) {
                    return {"invalid_code", std::string(fault) + "; a code has 1 to " +
                                                std::to_string(shape.length_max) +
                                                " visible characters"};
                }
                return {};
            case Shape::Kind::prose:
                if (const auto fault = prose_fault(text, shape.length_min, shape.length_max);
                    !fault.empty()) {
                    return {"invalid_text", std::string(fault) + "; between " +
                                                std::to_string(shape.length_min) + " and " +
                                                std::to_string(shape.length_max) +
                                                " characters are taken"};
                }
                return {};
            case Shape::Kind::text:
                if (text.find('\0') != std::string_view::npos) {
                    return {"invalid_text", "holds a NUL character"};
                }
                return {};
            case Shape::Kind::money:
                return decimal_fault(text, shape, Money::kScale);
            case Shape::Kind::percent:
                return decimal_fault(text, shape, Percent::kScale);
            case Shape::Kind::instant:
                if (!Instant::parse(text)) {
                    return {"invalid_instant",
                            "must be a UTC instant such as \"2026-11-01T09:00:00.000Z\""};
                }
                return {};
            case Shape::Kind::date:
                if (!Date::parse(text)) {
                    return {"invalid_date", "must be a calendar date such as \"2026-11-01\""};
                }
                return {};
            default:
                return choice_fault(text, shape);
        }
    }
    static TextFault decimal_fault(std::string_view text, const Shape& shape, int scale) {
        const auto value = parse_decimal(text, scale);
        if (!value) {
            return {"invalid_decimal", "must be a decimal with at most " + std::to_string(scale) +
                                           " decimals, such as \"12.50\""};
        }
        if (*value < shape.minimum || *value > shape.maximum) {
            return {"out_of_range", "must lie between " + format_decimal(shape.minimum, scale, 0) +
                                        " and " + format_decimal(shape.maximum, scale, 0)};
        }
        return {};
    }
    static TextFault choice_fault(std::string_view text, const Shape& shape) {
        std::string names;
        for (const auto& choice : shape.choices) {
            if (choice == text) return {};
            names += (names.empty() ? "" : ", ") + choice;
        }
        return {"not_a_choice", "must be one of: " + names};
    }

    void check_array(const boost::json::value& value, const Shape& shape) {
        const auto* array = value.if_array();
        if (array == nullptr) return add("wrong_type", "must be an array");
        if (array->size() > shape.items_max) {
            return add("too_many", "holds " + std::to_string(array->size()) + " items; at most " +
                                       std::to_string(shape.items_max) + " are taken");
        }
        if (array->size() < shape.length_min) {
            return add("too_few",
                       "must hold at least " + std::to_string(shape.length_min) + " item");
        }
        const auto length = pointer_.size();
        for (std::size_t i = 0; i < array->size(); ++i) {
            pointer_ += '/';
            pointer_ += std::to_string(i);
            check((*array)[i], *shape.items);
            pointer_.resize(length);
        }
    }

    void check_map(const boost::json::value& value, const Shape& shape) {
        const auto* object = value.if_object();
        if (object == nullptr) return add("wrong_type", "must be an object");
        const auto length = pointer_.size();
        for (const auto& member : *object) {
            append_pointer_token(pointer_, {member.key().data(), member.key().size()});
            check(member.value(), *shape.items);
            pointer_.resize(length);
        }
    }

    void check_object(const boost::json::value& value, const Shape& shape) {
        const auto* object = value.if_object();
        if (object == nullptr) return add("wrong_type", "must be an object");
        const auto length = pointer_.size();
        std::size_t known = 0;
        for (const auto& field : shape.fields) {
            const auto* member = object->if_contains(field.name);
            if (member == nullptr && !field.required) continue;
            append_pointer_token(pointer_, field.name);
            if (member == nullptr) {
                add("missing", "is required");
            } else {
                ++known;
                check(*member, *field.shape);
            }
            pointer_.resize(length);
        }
        if (reading_ == Reading::strict && known < object->size()) name_unknown(*object, shape);
    }
    void name_unknown(const boost::json::object& object, const Shape& shape) {
        const auto length = pointer_.size();
        for (const auto& member : object) {
            const std::string_view key(member.key().data(), member.key().size());
            if (shape.field(key) != nullptr) continue;
            if (faults_.size() >= kFaultsMax) return;
            append_pointer_token(pointer_, key);
            add("unknown_field", "is not a field here" + nearest(key, shape));
            pointer_.resize(length);
        }
    }
    // A hint when a known name is one slip away.
    static std::string nearest(std::string_view key, const Shape& shape) {
        for (const auto& field : shape.fields) {
            const auto longer = std::max(field.name.size(), key.size());
            const auto shorter = std::min(field.name.size(), key.size());
            if (longer - shorter > 2 || shorter < 3) continue;
            std::size_t head = 0;
            while (head < shorter && field.name[head] == key[head]) ++head;
            std::size_t tail = 0;
            while (tail < shorter - head &&
                   field.name[field.name.size() - 1 - tail] == key[key.size() - 1 - tail]) {
                ++tail;
            }
            if (longer - head - tail <= 2) return "; did you mean \"" + field.name + "\"?";
        }
        return {};
    }

    Reading reading_;
    std::string pointer_;
    std::vector<Fault> faults_;
};

inline std::vector<Fault> faults_of(const boost::json::value& value, const Shape& shape,
                                    Reading reading = Reading::strict) {
    Validator validator(reading);
    validator.check(value, shape);
    return validator.take_faults();
}

}  // namespace wharf

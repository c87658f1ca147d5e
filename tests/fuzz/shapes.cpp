// Shapes: a JSON Schema that may come from any bundle becomes a shape or is refused; the shape's
// own schema means the same shape; and any value can be held against it. The input is an array: the
// schema, then values.
#include <wharf/json_parse.hpp>
#include <wharf/schema.hpp>
#include <wharf/validate.hpp>

#include "tests/fuzz/target.hpp"

namespace {

using namespace wharf;
using wharf::fuzz::require;

bool same(const std::vector<Fault>& left, const std::vector<Fault>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const Fault& a, const Fault& b) {
                          return a.pointer == b.pointer && a.code == b.code && a.detail == b.detail;
                      });
}

void check_value(const boost::json::value& value, const Shape& shape, const Shape& again) {
    const auto strict = faults_of(value, shape);
    require(same(strict, faults_of(value, again)), "a shape read back finds the same faults");
    const auto tolerant = faults_of(value, shape, Reading::tolerant);
    require(tolerant.size() <= strict.size(), "tolerant reading finds no more faults");
    boost::json::error_code error;
    for (const auto& fault : strict) {
        const auto* place = value.find_pointer(fault.pointer, error);
        require(place != nullptr || fault.code == "missing", "a fault points at what is there");
    }
}

// Null where it is no schema.
ShapePtr read(const boost::json::value& schema) {
    try {
        return shape_from_schema(schema);
    } catch (const Refusal& refusal) {
        require(refusal.code() == "invalid_schema", "what is no schema is refused as such");
        return nullptr;
    }
}

// The library's printed fractions may come back as their neighbours.
bool has_fractional_default(const Shape& shape) {
    for (const auto& field : shape.fields) {
        if (field.default_json.find_first_of(".E") != std::string::npos) return true;
        if (has_fractional_default(*field.shape)) return true;
    }
    return shape.items && has_fractional_default(*shape.items);
}

void check_shape(const Shape& shape, const boost::json::array& parts) {
    const auto schema = to_json_schema(shape);
    const auto again = read(schema);
    require(again != nullptr, "a shape's schema is one");
    if (!has_fractional_default(shape)) {
        require(to_json_schema(*again) == schema, "a shape's schema means the same shape");
    }
    require(again->holds_secret() == shape.holds_secret(), "a secret stays one");
    for (std::size_t i = 1; i < parts.size(); ++i) check_value(parts[i], shape, *again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto parsed = parse_json(wharf::fuzz::text_of(data, size));
        const auto* parts = parsed.value.if_array();
        if (parts == nullptr || parts->empty()) return 0;
        if (const auto shape = read(parts->front())) check_shape(*shape, *parts);
    } catch (const Refusal& refusal) {
        require(refusal.code() == "malformed", "what is no JSON is refused as such");
    }
    return 0;
}

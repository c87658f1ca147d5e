// The JSON of the tax network: text put together member by member, amounts as JSON numbers written
// from exact decimals, and everything that is missing for it told at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/domain/faults.hpp"
#include "wharf/json_text.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::domain {

// One object being written.
class PayloadObject {
public:
    PayloadObject& text(std::string_view name, std::string_view value) {
        begin(name);
        append_json_string(json_, value);
        return *this;
    }
    PayloadObject& number(std::string_view name, std::int64_t value) {
        begin(name);
        append_json_integer(json_, value);
        return *this;
    }
    PayloadObject& number(std::string_view name, Money value) { return raw(name, value.text()); }
    PayloadObject& number(std::string_view name, Percent value) { return raw(name, value.text()); }
    // JSON that is written already.
    PayloadObject& raw(std::string_view name, std::string_view json) {
        begin(name);
        json_ += json;
        return *this;
    }
    [[nodiscard]] std::string take() const { return json_ + '}'; }

private:
    void begin(std::string_view name) {
        if (json_.size() > 1) json_ += ',';
        append_json_string(json_, name);
        json_ += ':';
    }
    std::string json_ = "{";
};

// At most so many characters, on one line.
std::string shortened(std::string_view text, std::size_t characters);

// `24/11/2026`, as the tax network writes days.
std::string network_date(Date day);

// The unit quantity code (UQC) of a base unit; OTH where there is none.
std::string_view unit_quantity_code(std::string_view unit);

// An address as the network wants it; what is missing becomes a fault below `pointer`.
struct NetworkAddress {
    std::string line1;
    std::optional<std::string> line2;
    std::string place;
    std::int64_t pin = 0;
    std::string state;
};
NetworkAddress network_address(const Party& party, const std::string& pointer, Faults& faults);

// Refuses (conflict `incomplete`) with all faults, where there are any.
void refuse_incomplete(const IssuedDocument& document, Faults& faults);

// The sum of a component over the document or a line; UTGST goes with SGST, as the network has it.
Money component(const TaxSummary& tax, TaxKind kind);
Money component(const std::vector<TaxShare>& tax, TaxKind kind);

}  // namespace wharf::domain

// Text with rules: codes (1..64 visible characters, compared exactly) and prose of a bounded
// length. Lengths are counted in Unicode code points. Text is valid UTF-8 by the time it gets here:
// the JSON and CSV readers refuse anything else.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wharf {

constexpr std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) ++count;
    }
    return count;
}

// Why the text is no code, or nothing when it is one. No control characters (C0, DEL, C1, line and
// paragraph separators), no leading or trailing space.
constexpr std::string_view code_fault(std::string_view text, std::size_t length_max = 64) {
    if (text.empty()) return "is empty";
    if (code_points(text) > length_max) return "is too long";
    if (text.front() == ' ' || text.back() == ' ') return "begins or ends with a space";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F) return "holds a control character";
        if (i + 1 < text.size() && byte == 0xC2) {
            const auto second = static_cast<unsigned char>(text[i + 1]);
            if (second < 0xA0) return "holds a control character";
            if (second == 0xA0 && (i == 0 || i + 2 == text.size())) {
                return "begins or ends with a space";
            }
        }
        if (i + 2 < text.size() && byte == 0xE2 &&
            static_cast<unsigned char>(text[i + 1]) == 0x80) {
            const auto third = static_cast<unsigned char>(text[i + 2]);
            if (third == 0xA8 || third == 0xA9) return "holds a line separator";
        }
    }
    return {};
}

// Why the prose is refused, or nothing. Tabs and line breaks are allowed, other controls are not.
constexpr std::string_view prose_fault(std::string_view text, std::size_t length_min,
                                       std::size_t length_max) {
    const auto length = code_points(text);
    if (length < length_min) return length == 0 ? "is empty" : "is too short";
    if (length > length_max) return "is too long";
    for (char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        if ((value < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || value == 0x7F) {
            return "holds a control character";
        }
    }
    return {};
}

// An identity: a code of one kind, so that a sku cannot be passed where a location is meant.
template <class Tag>
class Code {
public:
    static constexpr std::size_t kLengthMax = 64;

    Code() = default;
    explicit Code(std::string text) : text_(std::move(text)) {}
    explicit Code(std::string_view text) : text_(text) {}
    explicit Code(const char* text) : text_(text) {}

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::string_view view() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    auto operator<=>(const Code&) const = default;

private:
    std::string text_;
};

using Sku = Code<struct SkuTag>;
using LocationCode = Code<struct LocationTag>;
using BinCode = Code<struct BinTag>;
using LotCode = Code<struct LotTag>;
using Serial = Code<struct SerialTag>;
using VendorCode = Code<struct VendorTag>;
using CustomerCode = Code<struct CustomerTag>;
using AccountCode = Code<struct AccountTag>;
using PluginName = Code<struct PluginTag>;
using DocumentNumber = Code<struct DocumentTag>;
using Reference = Code<struct ReferenceTag>;
using UnitCode = Code<struct UnitTag>;
using ChannelCode = Code<struct ChannelTag>;

// Prose of a bounded length.
template <std::size_t Min, std::size_t Max>
class Text {
public:
    static constexpr std::size_t kLengthMin = Min;
    static constexpr std::size_t kLengthMax = Max;

    Text() = default;
    explicit Text(std::string text) : text_(std::move(text)) {}
    explicit Text(std::string_view text) : text_(text) {}
    explicit Text(const char* text) : text_(text) {}
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::string_view view() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    auto operator<=>(const Text&) const = default;

private:
    std::string text_;
};

using Name = Text<1, 200>;
using Note = Text<0, 2000>;
using Reason = Text<1, 500>;

// Write-only: taken in, never shown again in a reply, event, audit entry, log or journal.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    explicit Secret(std::string_view text) : text_(text) {}
    [[nodiscard]] const std::string& reveal() const { return text_; }

private:
    std::string text_;
};

}  // namespace wharf

template <class Tag>
struct std::hash<wharf::Code<Tag>> {
    std::size_t operator()(const wharf::Code<Tag>& code) const noexcept {
        return std::hash<std::string_view>{}(code.view());
    }
};

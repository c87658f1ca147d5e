// Reads the members of JSON objects by name, each with its type, and collects every fault instead
// of stopping at the first. Members that nobody asked for are faults as well.
#pragma once

#include <wharf/refusal.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::manifest {

// One object under reading. Lives as long as the value it reads; call finish() last.
class StrictObject {
public:
    // A value that is no object is a fault, and then reads as an empty object without further ones.
    StrictObject(const boost::json::value& value, std::string pointer, std::vector<Fault>& faults);

    // `check` says whether a text is right; `rule` says in words what it must be.
    using TextCheck = std::function<bool(std::string_view)>;
    std::string text(std::string_view key, const TextCheck& check, std::string_view rule);
    std::string text_or_empty(std::string_view key);
    std::vector<std::string> texts(std::string_view key, const TextCheck& check,
                                   std::string_view rule);
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
    std::optional<std::int64_t> optional_integer(std::string_view key, std::int64_t least,
                                                 std::int64_t most);
    std::optional<std::string> optional_text(std::string_view key, const TextCheck& check,
                                             std::string_view rule);
    std::vector<std::int64_t> integers(std::string_view key, std::int64_t least, std::int64_t most);
    bool flag(std::string_view key);
    // JSON Schema that a wharf::Shape can be made of; of an object where that is asked for.
    enum class SchemaOf { anything, object };
    boost::json::value schema(std::string_view key, SchemaOf of = SchemaOf::anything);
    boost::json::value schema_or_null(std::string_view key);
    // Each element of a list of objects, in order. Absent: none.
    void objects(std::string_view key, const std::function<void(StrictObject&)>& read);
    void optional_object(std::string_view key, const std::function<void(StrictObject&)>& read);

    void fault(std::string_view key, std::string_view code, std::string detail);
    [[nodiscard]] bool has(std::string_view key) const;
    // Faults every member that was not read.
    void finish();

private:
    const boost::json::value* find(std::string_view key);
    const boost::json::value* require(std::string_view key);
    std::optional<std::string> as_text(const boost::json::value& value, std::string pointer,
                                       const TextCheck& check, std::string_view rule);
    std::optional<std::int64_t> as_integer(const boost::json::value& value, std::string pointer,
                                           std::int64_t least, std::int64_t most);
    const boost::json::array* list(std::string_view key);
    [[nodiscard]] std::string pointer_of(std::string_view key) const;

    const boost::json::object* object_ = nullptr;
    std::string pointer_;
    std::vector<Fault>* faults_;
    std::set<std::string, std::less<>> read_;
};

}  // namespace wharf::manifest

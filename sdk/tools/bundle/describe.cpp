#include "sdk/tools/bundle/describe.hpp"

#include <dlfcn.h>
#include <wharf_abi.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>
#include <string>

namespace wharf::bundle {
namespace json = boost::json;

namespace {

[[noreturn]] void fail(const std::string& reason) {
    throw std::runtime_error(reason);
}

const wharf_plugin_entry_v1& open_entry(const std::filesystem::path& library) {
    void* handle = ::dlopen(std::filesystem::absolute(library).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) fail(std::string("it cannot be loaded: ") + ::dlerror());
    const void* symbol = ::dlsym(handle, WHARF_ENTRY_SYMBOL);
    if (symbol == nullptr) fail("it does not export " WHARF_ENTRY_SYMBOL);
    const auto& entry = *static_cast<const wharf_plugin_entry_v1*>(symbol);
    if (entry.level > WHARF_ABI_LEVEL) {
        fail("it needs SDK level " + std::to_string(entry.level) + "; this SDK has " +
             std::to_string(WHARF_ABI_LEVEL));
    }
    if (entry.size != sizeof(entry)) fail("its entry has the wrong size");
    return entry;
}

std::string description_of(const wharf_plugin_entry_v1& entry) {
    std::string text;
    wharf_writer writer{sizeof(wharf_writer), &text,
                        [](void* state, const char* data, size_t length) -> int32_t {
                            static_cast<std::string*>(state)->append(data, length);
                            return 0;
                        }};
    if (entry.describe(&writer) != WHARF_OK) fail("it failed to describe itself: " + text);
    return text;
}

void check_member(const json::object& description, std::string_view key, const json::value& entry) {
    const json::value* said = description.if_contains(key);
    if (said == nullptr || *said != entry) {
        fail("its description's \"" + std::string(key) + "\" is not that of its entry");
    }
}

}  // namespace

json::object describe(const std::filesystem::path& library) {
    const wharf_plugin_entry_v1& entry = open_entry(library);
    json::parse_options options;
    options.max_depth = 64;
    boost::system::error_code error;
    json::value value = json::parse(description_of(entry), error, {}, options);
    if (error || !value.is_object()) fail("its description is no JSON object");
    json::object& description = value.get_object();
    check_member(description, "name", json::string(entry.name));
    check_member(description, "version", json::string(entry.version));
    check_member(description, "sdk_level", static_cast<std::int64_t>(entry.level));
    return std::move(description);
}

}  // namespace wharf::bundle

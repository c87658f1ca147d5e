#include "host/plugins/entry.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstring>
#include <string_view>

#include "host/limits.hpp"
#include "host/plugins/message.hpp"
#include "sdk/manifest/names.hpp"

namespace wharf::plugins {
namespace {

// The text up to its end, or up to where it is too long to be a name.
std::string_view bounded(const char* text) {
    constexpr std::size_t kNameBytesMax = 64;
    return {text, ::strnlen(text, kNameBytesMax)};
}

}  // namespace

void check_entry(const wharf_plugin_entry_v1& entry, Step step) {
    if (entry.size < sizeof(entry.size) + sizeof(entry.level)) {
        throw Blocked{step, "its entry has the wrong size: " + std::to_string(entry.size) +
                                " bytes, not " + std::to_string(sizeof(entry))};
    }
    if (entry.level > WHARF_ABI_LEVEL) {
        throw Blocked{step, "it needs SDK level " + std::to_string(entry.level) +
                                ", and this host has level " + std::to_string(WHARF_ABI_LEVEL)};
    }
    if (entry.level == 0 || entry.size != sizeof(entry)) {
        throw Blocked{step, "its entry has the wrong size: " + std::to_string(entry.size) +
                                " bytes, not " + std::to_string(sizeof(entry))};
    }
    if (entry.name == nullptr || entry.version == nullptr || entry.describe == nullptr ||
        entry.start == nullptr || entry.call == nullptr) {
        throw Blocked{step, "its entry lacks a name, a version or a function"};
    }
    if (!manifest::is_plain_name(bounded(entry.name)) ||
        !manifest::is_version(bounded(entry.version))) {
        throw Blocked{step, "its entry's name or version is none"};
    }
}

std::string detail_of(const std::string& written) {
    boost::system::error_code error;
    const auto value = boost::json::parse(written, error);
    if (!error && value.is_object()) {
        const auto* detail = value.get_object().if_contains("detail");
        if (detail != nullptr && detail->is_string()) {
            return std::string(detail->get_string()).substr(0, limits::kBlockedReasonBytesMax);
        }
    }
    return written.empty() ? "no reason given" : written.substr(0, limits::kBlockedReasonBytesMax);
}

std::string describe(const wharf_plugin_entry_v1& entry, Step step) {
    MessageBuffer buffer(limits::kManifestBytesMax);
    wharf_status status = WHARF_FAULT;
    try {
        status = entry.describe(buffer.writer());
    } catch (...) {
        throw Blocked{step, "it let an exception out of describe()"};
    }
    if (buffer.overflowed()) throw Blocked{step, "it describes itself at too great length"};
    if (status != WHARF_OK) {
        throw Blocked{step, "it failed to describe itself: " + detail_of(buffer.text())};
    }
    return buffer.take();
}

void start(const wharf_plugin_entry_v1& entry, const wharf_host& host, Step step) {
    MessageBuffer error(limits::kManifestBytesMax);
    wharf_status status = WHARF_FAULT;
    try {
        status = entry.start(&host, error.writer());
    } catch (...) {
        throw Blocked{step, "it let an exception out of start()"};
    }
    if (status != WHARF_OK) throw Blocked{step, "it did not start: " + detail_of(error.text())};
}

}  // namespace wharf::plugins

#include "host/plugins/entry.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "host/plugins/message.hpp"

namespace wharf::plugins {
namespace {

constexpr std::size_t kDescriptionBytesMax = 4U << 20U;
constexpr std::size_t kDetailBytesMax = 500;

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
}

std::string detail_of(const std::string& written) {
    boost::system::error_code error;
    const auto value = boost::json::parse(written, error);
    if (!error && value.is_object()) {
        const auto* detail = value.get_object().if_contains("detail");
        if (detail != nullptr && detail->is_string()) {
            return std::string(detail->get_string()).substr(0, kDetailBytesMax);
        }
    }
    return written.empty() ? "no reason given" : written.substr(0, kDetailBytesMax);
}

std::string describe(const wharf_plugin_entry_v1& entry, Step step) {
    MessageBuffer buffer(kDescriptionBytesMax);
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

}  // namespace wharf::plugins

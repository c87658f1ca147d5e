#include "host/plugins/plugin.hpp"

#include <wharf/refusal_json.hpp>

#include "host/plugins/entry.hpp"

namespace wharf::plugins {
namespace {

class EntryCaller final : public Caller {
public:
    explicit EntryCaller(const wharf_plugin_entry_v1& entry) : entry_(entry) {}
    [[nodiscard]] CallOutcome call(const CallFrame& frame) const override {
        return call_entry(entry_, frame);
    }

private:
    const wharf_plugin_entry_v1& entry_;
};

}  // namespace

Plugin::Plugin(Manifest manifest, const wharf_plugin_entry_v1& entry)
    : Plugin(std::move(manifest), std::make_unique<const EntryCaller>(entry)) {}

std::string Plugin::call(const CallFrame& frame) const {
    if (frame.input.size() > WHARF_MESSAGE_BYTES_MAX) {
        throw Refusal(RefusalKind::too_large, "too_large",
                      "a message to a plugin is at most " +
                          std::to_string(WHARF_MESSAGE_BYTES_MAX) + " bytes long");
    }
    const std::string what = "\"" + std::string(frame.name) + "\" ";
    auto outcome = caller_->call(frame);
    if (outcome.threw) throw PluginFault(manifest_.name, what + "let an exception out");
    if (outcome.overflowed) {
        throw PluginFault(manifest_.name, what + "answered with more than " +
                                              std::to_string(WHARF_MESSAGE_BYTES_MAX) + " bytes");
    }
    if (outcome.status == WHARF_OK) return std::move(outcome.reply);
    if (outcome.status == WHARF_REFUSED) throw refusal_from_json(outcome.reply);
    throw PluginFault(manifest_.name, what + "failed: " + detail_of(outcome.reply));
}

}  // namespace wharf::plugins

// For the tests of this room: plugins written with the C++ SDK, in this very program, reached
// through the same C entry as a bundle's.
#pragma once

#include <wharf/plugin.hpp>

#include "host/plugins/door.hpp"
#include "host/plugins/message.hpp"
#include "host/plugins/plugin.hpp"

namespace wharf::operations {

// The plugin `Class`, made and started once.
template <class Class>
const plugins::Plugin* in_process(const char* name, const char* version = "1.0.0") {
    using Entry = wharf::detail::Entry<Class>;
    static const plugins::Plugin plugin = [&] {
        Entry::name_ = name;
        Entry::version_ = version;
        static const wharf_plugin_entry_v1 entry{sizeof(wharf_plugin_entry_v1),
                                                 WHARF_ABI_LEVEL,
                                                 name,
                                                 version,
                                                 &Entry::describe,
                                                 &Entry::start,
                                                 &Entry::call};
        plugins::MessageBuffer description;
        entry.describe(description.writer());
        plugins::MessageBuffer error;
        entry.start(&plugins::host_functions(), error.writer());
        return plugins::Plugin(plugins::read_description(description.text()), entry);
    }();
    return &plugin;
}

}  // namespace wharf::operations

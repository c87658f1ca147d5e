// The one constant that a bundle exports: whether this host can speak to it, and what it says.
#pragma once

#include <wharf_abi.h>

#include <string>

#include "host/plugins/blocked.hpp"

namespace wharf::plugins {

// Throws Blocked of the given step when the entry has the wrong size, needs a later level than this
// host's, or lacks a name, a version or a function. Reads every pointer that the host will follow,
// so that a wild one shows in the probe.
void check_entry(const wharf_plugin_entry_v1& entry, Step step);

// What describe() writes. Throws Blocked of the given step when it refuses or breaks.
[[nodiscard]] std::string describe(const wharf_plugin_entry_v1& entry, Step step);

// Hands the host's functions over, which live as long as the process. Throws Blocked of the given
// step when it refuses or breaks.
void start(const wharf_plugin_entry_v1& entry, const wharf_host& host, Step step);

// The sentence in what a failing function wrote: {"detail"} or the bytes themselves, shortened.
[[nodiscard]] std::string detail_of(const std::string& written);

}  // namespace wharf::plugins

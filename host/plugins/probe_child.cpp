// The child's side of the probe: does under limits all that the host would do to load the plugin,
// and says what the plugin said. The door is closed here, so a plugin that calls back is refused.
#include <dlfcn.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"
#include "host/plugins/door.hpp"
#include "host/plugins/entry.hpp"
#include "host/plugins/probe.hpp"
#include "host/plugins/probe_wire.hpp"
#include "host/plugins/sealed_file.hpp"

namespace wharf::plugins {
namespace {

void limit(decltype(RLIMIT_CPU) resource, rlim_t most) {
    const rlimit both{most, most};
    (void)::setrlimit(resource, &both);
}

void lock_down() {
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, limits::kProbeCpuSecondsMax);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, limits::kProbeOpenFilesMax);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    limit(RLIMIT_AS, limits::kProbeAddressBytesMax);  // a sanitizer maps far more than it uses
#endif
}

// dlopen's message without the name of the descriptor, which means nothing to a reader.
std::string loader_message(const std::string& path) {
    const char* raw = ::dlerror();
    std::string message = raw == nullptr ? "unknown reason" : raw;
    if (message.starts_with(path + ": ")) message.erase(0, path.size() + 2);
    return message;
}

std::string describe_plugin() {
    const std::string path = descriptor_path(kPluginFd).string();
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw Blocked{Step::probe, "it cannot be loaded: " + loader_message(path)};
    }
    const void* symbol = ::dlsym(library, WHARF_ENTRY_SYMBOL);
    if (symbol == nullptr) throw Blocked{Step::probe, "it does not export " WHARF_ENTRY_SYMBOL};
    const auto& entry = *static_cast<const wharf_plugin_entry_v1*>(symbol);
    check_entry(entry, Step::probe);
    std::string description = describe(entry, Step::probe);
    start(entry, host_functions(), Step::probe);
    return description;
}

bool answer(char kind, std::string_view text) {
    const std::string message = kind + std::string(text);
    std::size_t done = 0;
    while (done < message.size()) {
        const ssize_t put = ::write(kHostFd, message.data() + done, message.size() - done);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        done += static_cast<std::size_t>(put);
    }
    return true;
}

}  // namespace

int probe_main(const std::string& reason) {
    lock_down();
    bool told = false;
    try {
        if (!reason.empty()) throw Blocked{Step::probe, reason};
        told = answer(kProbeDescribed, describe_plugin());
    } catch (const Blocked& blocked) {
        told = answer(kProbeBlocked, blocked.reason);
    } catch (...) {
        told = answer(kProbeBlocked, "the probe itself failed");
    }
    // The plugin's destructors are not the host's business: nothing of it runs any more.
    ::_exit(told ? 0 : 1);
}

}  // namespace wharf::plugins

#include "host/plugins/loader.hpp"

#include <boost/dll/shared_library.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "host/plugins/door.hpp"
#include "host/plugins/elf.hpp"
#include "host/plugins/entry.hpp"
#include "host/plugins/process_caller.hpp"
#include "host/plugins/sealed_file.hpp"

namespace wharf::plugins {
namespace json = boost::json;

namespace {

void check_hash(const std::string& path, const std::string& found, const std::string& listed) {
    if (found == listed) return;
    throw Blocked{Step::hash,
                  "the SHA-256 of " + path + " is " + found + ", and the manifest says " + listed};
}

void check_hashes(const Bundle& bundle, const SealedFile& copy) {
    const std::string shared_object = shared_object_name(*bundle.manifest);
    for (const FileManifest& file : bundle.manifest->files) {
        const std::string found =
            file.path == shared_object ? copy.sha256() : file_sha256(bundle.folder / file.path);
        check_hash(file.path, found, file.sha256);
    }
}

// The keys of the outermost object that are not the same in both, for a sentence.
std::string differing_keys(const json::value& left, const json::value& right) {
    std::string out;
    const auto note = [&out](std::string_view key) {
        out += (out.empty() ? "\"" : ", \"") + std::string(key) + "\"";
    };
    for (const auto& member : left.as_object()) {
        const json::value* other = right.as_object().if_contains(member.key());
        if (other == nullptr || *other != member.value()) note(member.key());
    }
    for (const auto& member : right.as_object()) {
        if (!left.as_object().contains(member.key())) note(member.key());
    }
    return out;
}

void check_description(const Manifest& manifest, const std::string& described, Step step) {
    json::value value;
    try {
        value = read_description(described).description;
    } catch (const Refusal& refusal) {
        throw Blocked{step, "what it says about itself is wrong: " + one_line(refusal)};
    }
    if (value != manifest.description) {
        throw Blocked{step, "the code and plugin.json differ in " +
                                differing_keys(manifest.description, value)};
    }
}

// Opens the sealed copy for good. Neither the library nor its descriptor is ever closed again, not
// even when a later step fails: its constructors have run.
const wharf_plugin_entry_v1& open_library(SealedFile& copy) {
    namespace dll = boost::dll;
    const auto path = descriptor_path(copy.keep_for_ever());
    try {
        auto* library =
            new dll::shared_library(path, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
        static std::vector<std::unique_ptr<dll::shared_library>>& opened =
            *new std::vector<std::unique_ptr<dll::shared_library>>;
        opened.emplace_back(library);
        return library->get<const wharf_plugin_entry_v1>(WHARF_ENTRY_SYMBOL);
    } catch (const std::exception& error) {
        throw Blocked{Step::load, std::string("it cannot be loaded: ") + error.what()};
    }
}

// `probed` is what the probe was told, held against the manifest already.
void check_identity(const Manifest& manifest, const wharf_plugin_entry_v1& entry,
                    const std::string& probed) {
    const auto differ = [](std::string_view what, const std::string& code,
                           const std::string& said) {
        throw Blocked{Step::identity, "the code's " + std::string(what) + " is \"" + code +
                                          "\", and plugin.json says \"" + said + "\""};
    };
    if (entry.name != manifest.name) differ("name", entry.name, manifest.name);
    if (entry.version != manifest.version) differ("version", entry.version, manifest.version);
    if (entry.level != manifest.sdk_level) {
        differ("SDK level", std::to_string(entry.level), std::to_string(manifest.sdk_level));
    }
    const auto described = describe(entry, Step::identity);
    if (described != probed) check_description(manifest, described, Step::identity);
}

std::unique_ptr<const Plugin> load_here(const Manifest& manifest, SealedFile& copy,
                                        const std::string& probed) {
    const wharf_plugin_entry_v1& entry = open_library(copy);
    check_entry(entry, Step::load);
    check_identity(manifest, entry, probed);
    start(entry, host_functions(), Step::start);
    return std::make_unique<const Plugin>(manifest, entry);
}

// Its identity was told by the probe, which ran the same sealed bytes.
std::unique_ptr<const Plugin> load_apart(const Manifest& manifest, SealedFile& copy,
                                         const ProbeOptions& probe) {
    auto caller = std::make_unique<const ProcessCaller>(copy.fd(), probe.program);
    copy.keep_for_ever();
    return std::make_unique<const Plugin>(manifest, std::move(caller));
}

const Plugin* load(const Bundle& bundle, const ProbeOptions& probe, Entrance entrance) {
    const Manifest& manifest = *bundle.manifest;
    SealedFile copy(bundle.folder / shared_object_name(manifest));
    check_hashes(bundle, copy);
    check_elf(copy.path());
    const auto probed = run_probe(copy.fd(), probe);
    check_description(manifest, probed, Step::identity);
    auto plugin = entrance == Entrance::direct ? load_here(manifest, copy, probed)
                                               : load_apart(manifest, copy, probe);
    static std::vector<std::unique_ptr<const Plugin>>& loaded =
        *new std::vector<std::unique_ptr<const Plugin>>;
    return loaded.emplace_back(std::move(plugin)).get();
}

}  // namespace

InstalledPlugin load_bundle(Bundle bundle, const ProbeOptions& probe, Entrance entrance) {
    InstalledPlugin out{std::move(bundle), nullptr, std::nullopt};
    out.blocked = out.bundle.blocked;
    if (out.blocked) return out;
    try {
        out.plugin = load(out.bundle, probe, entrance);
    } catch (Blocked& blocked) {
        out.blocked = std::move(blocked);
    }
    return out;
}

InstalledPlugins::InstalledPlugins(const std::filesystem::path& directory,
                                   const ProbeOptions& probe, Entrance entrance) {
    for (Bundle& bundle : discover(directory)) {
        all_.push_back(load_bundle(std::move(bundle), probe, entrance));
    }
}

const Plugin* InstalledPlugins::find(std::string_view name) const {
    for (const InstalledPlugin& installed : all_) {
        if (installed.plugin != nullptr && installed.bundle.name == name) return installed.plugin;
    }
    return nullptr;
}

}  // namespace wharf::plugins

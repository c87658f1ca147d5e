#include "host/plugins/bundle.hpp"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/file_bytes.hpp"

namespace wharf::plugins {
namespace fs = std::filesystem;

namespace {

std::string read_text(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) throw Blocked{Step::manifest, "plugin.json cannot be read: " + error.message()};
    if (size > limits::kManifestBytesMax) {
        throw Blocked{Step::manifest, "plugin.json is longer than " +
                                          std::to_string(limits::kManifestBytesMax) + " bytes"};
    }
    auto text = file_bytes(path);
    if (!text) throw Blocked{Step::manifest, "plugin.json cannot be read"};
    return std::move(*text);
}

Bundle read_bundle(const fs::path& folder) {
    Bundle bundle{folder, folder.filename().string(), std::nullopt, std::nullopt};
    try {
        bundle.manifest = read_manifest(read_text(folder / "plugin.json"));
        bundle.name = bundle.manifest->name;
    } catch (const Blocked& blocked) {
        bundle.blocked = blocked;
    } catch (const Refusal& refusal) {
        bundle.blocked = Blocked{Step::manifest, "plugin.json: " + one_line(refusal)};
    }
    return bundle;
}

void block_taken_names(std::vector<Bundle>& bundles) {
    std::map<std::string, std::vector<Bundle*>> by_name;
    for (Bundle& bundle : bundles) {
        if (bundle.manifest) by_name[bundle.name].push_back(&bundle);
    }
    for (const auto& [name, sharers] : by_name) {
        if (sharers.size() < 2) continue;
        std::string folders;
        for (const Bundle* sharer : sharers) {
            if (!folders.empty()) folders += ", ";
            folders += sharer->folder.filename().string();
        }
        std::string reason = "the name \"";
        reason += name;
        reason += "\" is used by several bundles: ";
        reason += folders;
        for (Bundle* sharer : sharers) sharer->blocked = Blocked{Step::manifest, reason};
    }
}

}  // namespace

std::vector<Bundle> discover(const fs::path& directory) {
    std::error_code error;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with('.') && entry.is_directory()) folders.push_back(entry.path());
    }
    if (error) throw Refusal::not_found("folder of plugins", directory.string());
    std::ranges::sort(folders);

    std::vector<Bundle> bundles;
    bundles.reserve(folders.size());
    for (const fs::path& folder : folders) bundles.push_back(read_bundle(folder));
    block_taken_names(bundles);
    return bundles;
}

}  // namespace wharf::plugins

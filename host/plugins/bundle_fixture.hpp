// For the tests of this room: folders of bundles made of the fixtures' shared objects.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "host/plugins/loader.hpp"
#include "host/plugins/sealed_file.hpp"

namespace wharf::plugins {

// A folder of plugins that is gone with the test.
class PluginFolder {
public:
    PluginFolder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "wharf_plugins_XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~PluginFolder() { std::filesystem::remove_all(path_); }
    PluginFolder(const PluginFolder&) = delete;
    PluginFolder& operator=(const PluginFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    // The right description of a fixture: what FIXTURE_DESCRIPTION in fixture.h says.
    static std::string description(const std::string& name) {
        return R"({"sdk_level":1,"name":")" + name + R"(","version":"1.0.0","title":"A fixture"})";
    }

    // Installs the fixture as a bundle whose manifest is right: its description and the file's
    // hash.
    PluginFolder& install(const std::string& name) { return install(name, description(name)); }
    PluginFolder& install(const std::string& name, std::string manifest) {
        return install_in(name, name, std::move(manifest));
    }
    PluginFolder& install_in(const std::string& folder, const std::string& name,
                             std::string manifest) {
        std::filesystem::create_directories(path_ / folder);
        std::filesystem::copy_file(std::filesystem::path(WHARF_FIXTURES) / (name + ".so"),
                                   shared_object(folder, name));
        return write_manifest(folder, name, std::move(manifest));
    }
    // Writes plugin.json with the hash of the shared object as it now is.
    PluginFolder& write_manifest(const std::string& folder, const std::string& name,
                                 std::string manifest) {
        manifest.pop_back();
        manifest += R"(,"files":[{"path":")" + name + R"(.so","sha256":")" +
                    file_sha256(shared_object(folder, name)) + R"("}]})";
        return write(folder + "/plugin.json", manifest);
    }
    PluginFolder& write(const std::string& file, const std::string& text) {
        std::filesystem::create_directories((path_ / file).parent_path());
        std::ofstream(path_ / file, std::ios::binary) << text;
        return *this;
    }
    [[nodiscard]] std::filesystem::path shared_object(const std::string& folder,
                                                      const std::string& name) const {
        return path_ / folder / (name + ".so");
    }
    [[nodiscard]] static std::string text_of(const std::filesystem::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }

    [[nodiscard]] InstalledPlugins load(Entrance entrance = Entrance::direct) const {
        return InstalledPlugins(path_, ProbeOptions{WHARF_PROBE_PROGRAM}, entrance);
    }

private:
    std::filesystem::path path_;
};

}  // namespace wharf::plugins

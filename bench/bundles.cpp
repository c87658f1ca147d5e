#include "bench/bundles.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include "host/plugins/sealed_file.hpp"

namespace wharf::bench {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// Names of the same length, so that the shared object keeps its shape.
void copy_bundle(const fs::path& from, const fs::path& folder, const std::string& name) {
    const std::string old = from.filename().string();
    const auto to = folder / name;
    fs::create_directories(to);
    auto object = text_of(from / (old + ".so"));
    auto manifest = text_of(from / "plugin.json");
    const auto old_hash = plugins::file_sha256(from / (old + ".so"));
    replace_all(object, old, name);
    replace_all(manifest, old, name);
    std::ofstream(to / (name + ".so"), std::ios::binary) << object;
    replace_all(manifest, old_hash, plugins::file_sha256(to / (name + ".so")));
    std::ofstream(to / "plugin.json", std::ios::binary) << manifest;
}

}  // namespace

void make_six_bundles(const fs::path& built, const fs::path& folder) {
    const auto original = built / "backorder_po";
    copy_bundle(original, folder, "backorder_po");
    for (const char* name :
         {"bench_copy_1", "bench_copy_2", "bench_copy_3", "bench_copy_4", "bench_copy_5"}) {
        copy_bundle(original, folder, name);
    }
}

void make_idle_bundle(const fs::path& folder, const std::string& name) {
    fs::create_directories(folder / name);
    const auto object = folder / name / (name + ".so");
    fs::copy_file(fs::path(WHARF_FIXTURES) / object.filename(), object);
    std::ofstream(folder / name / "plugin.json")
        << R"({"sdk_level":1,"name":")" << name << R"(","version":"1.0.0","title":"A fixture",)"
        << (name == "listens" ? R"("reactions":[{"event":"return.expected"}],)" : "")
        << R"("files":[{"path":")" << object.filename().string() << R"(","sha256":")"
        << plugins::file_sha256(object) << R"("}]})";
}

}  // namespace wharf::bench

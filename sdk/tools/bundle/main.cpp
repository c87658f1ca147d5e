// wharf-bundle --library FILE.so --output FOLDER [--file PATH=SOURCE]...
//
// Takes a plugin's shared object in its final form (linked, stripped; its hash is taken here) and
// makes the bundle FOLDER/{plugin.json, <name>.so} of it, with further files where they are given.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sdk/manifest/manifest.hpp"
#include "sdk/tools/bundle/describe.hpp"
#include "sdk/tools/bundle/files.hpp"
#include "sdk/tools/bundle/pretty_json.hpp"

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

struct Arguments {
    fs::path shared_object;
    fs::path output;
    std::vector<std::pair<std::string, fs::path>> files;  // path in the bundle, where it is now
};

[[noreturn]] void usage() {
    throw std::invalid_argument(
        "usage: wharf-bundle --library FILE.so --output FOLDER [--file PATH=SOURCE]...");
}

Arguments read_arguments(const std::vector<std::string>& words) {
    Arguments out;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        const std::string& value = words[i + 1];
        const auto equals = value.find('=');
        if (words[i] == "--library") {
            out.shared_object = value;
        } else if (words[i] == "--output") {
            out.output = value;
        } else if (words[i] == "--file" && equals != std::string::npos) {
            out.files.emplace_back(value.substr(0, equals), value.substr(equals + 1));
        } else {
            usage();
        }
    }
    if (words.size() % 2 != 0 || out.shared_object.empty() || out.output.empty()) usage();
    return out;
}

// The host refuses a bundle with a wrong manifest; its author should learn that now.
void check(const std::string& text) {
    try {
        (void)wharf::manifest::read_manifest(text);
    } catch (const wharf::Refusal& refusal) {
        throw std::runtime_error("the plugin describes itself wrongly: " +
                                 wharf::manifest::one_line(refusal));
    }
}

void make_bundle(Arguments arguments) {
    json::object manifest = wharf::bundle::describe(arguments.shared_object);
    const std::string name(manifest.at("name").as_string());
    arguments.files.emplace_back(name + ".so", arguments.shared_object);
    std::ranges::sort(arguments.files);

    json::array listed;
    for (const auto& [path, source] : arguments.files) {
        const std::string bytes = wharf::bundle::read_file(source);
        wharf::bundle::replace_file(arguments.output / path, bytes);
        listed.push_back(json::object{{"path", path}, {"sha256", wharf::bundle::sha256(bytes)}});
    }
    manifest.erase("files");
    manifest["files"] = std::move(listed);
    // Last, so that a half-made bundle never carries a manifest that fits.
    const std::string text = wharf::bundle::pretty_json(manifest);
    check(text);
    wharf::bundle::replace_file(arguments.output / "plugin.json", text);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        make_bundle(read_arguments({argv + 1, argv + argc}));
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "wharf-bundle: " << error.what() << '\n';
        return 1;
    }
}

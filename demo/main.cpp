// wharf-demo: starts a host on a new data folder and lets it work on real orders. script/demo calls
// it.
#include <unistd.h>
#include <zlib.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "demo/story.hpp"
#include "tests/support/host_process.hpp"

namespace wharf::demo {

namespace {

struct Arguments {
    std::string orders = "demo";
    std::string folder;
    int port = 0;
    bool all = false;
    bool exit = false;
    std::filesystem::path host;
    std::filesystem::path plugins;
};

// Plain and gzip-compressed files alike.
std::string read_file(const std::filesystem::path& path) {
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    if (!file) throw std::runtime_error("there is no " + path.string());
    std::string text;
    std::array<char, 65536> part{};
    while (true) {
        const int got = gzread(file.get(), part.data(), part.size());
        if (got < 0) throw std::runtime_error(path.string() + " is damaged");
        if (got == 0) return text;
        text.append(part.data(), static_cast<std::size_t>(got));
    }
}

std::filesystem::path orders_file(const Arguments& arguments) {
    const std::filesystem::path folder = arguments.orders;
    if (!arguments.all) return folder / "online-retail-excerpt.csv";
    const char* named = std::getenv("WHARF_DATA");
    const auto data =
        named != nullptr ? std::filesystem::path(named) : folder / "../../shared/data";
    auto file = data / "online-retail-2010-12.csv.gz";
    if (!std::filesystem::exists(file)) {
        throw std::runtime_error("the whole month is not here (" + file.string() +
                                 "); WHARF_DATA names the folder that has it");
    }
    return file;
}

std::filesystem::path new_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "wharf-demo-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no folder can be made in " + pattern);
    return pattern;
}

void show_what_to_try(const tests::HostProcess& host, const std::string& key) {
    const auto line = [&](const std::string& what) {
        std::cout << "  curl -s -H \"Authorization: Bearer $KEY\" " << host.url()
                  << "/v1/accounts/demo/" << what << '\n';
    };
    std::cout << "\nThe host goes on running at " << host.url() << " on " << host.data().string()
              << "; try\n"
              << "  KEY=" << key << '\n';
    line("'orders?waiting=true&limit=1'");
    line("plugins/backorder_po/requirements?limit=1");
    line("verify");
    std::cout << "To end it: kill " << host.pid() << std::endl;
}

int run(const Arguments& arguments) {
    const auto source = orders_file(arguments);
    const auto file = read_retail(read_file(source));
    std::cout << "Reading " << source.filename().string()
              << " (UCI Online Retail, D. Chen 2015, CC BY 4.0)\n\n";
    const bool keep = !arguments.exit || !arguments.folder.empty();
    const auto folder =
        arguments.folder.empty() ? new_folder() : std::filesystem::path(arguments.folder);
    tests::HostProcess host({arguments.host, arguments.plugins}, folder,
                            keep ? tests::Lifetime::detached : tests::Lifetime::with_us);
    host.start(arguments.port);
    bool good = false;
    try {
        Story story(host.url(), host.platform_key(), std::cout, ::isatty(STDOUT_FILENO) == 1);
        good = story.tell(file, folder / "refused.csv");
        if (!arguments.exit) show_what_to_try(host, story.key());
    } catch (const std::exception& fault) {
        std::cerr << "wharf-demo: " << fault.what() << "\nthe host's last words:\n"
                  << host.last_words() << '\n';
        host.kill();
        return 1;
    }
    if (arguments.exit) host.stop();
    return good ? 0 : 1;
}

}  // namespace

}  // namespace wharf::demo

int main(int argc, char** argv) {
    const auto installed = wharf::tests::Installation::beside_this_program();
    wharf::demo::Arguments arguments;
    arguments.host = installed.host;
    arguments.plugins = installed.plugins;
    CLI::App app("The main job on real orders of an online shop, from an empty data folder",
                 "wharf-demo");
    app.add_flag("--all", arguments.all,
                 "the whole month instead of the excerpt (WHARF_DATA or ../shared/data)");
    app.add_flag("--exit", arguments.exit, "end the host when the story is told");
    app.add_option("--data", arguments.folder, "a new folder to keep (default: a temporary one)");
    app.add_option("--port", arguments.port, "where the host listens (default: any free port)");
    app.add_option("--orders", arguments.orders, "the folder with the excerpt");
    app.add_option("--host", arguments.host, "the program wharf");
    app.add_option("--plugins", arguments.plugins, "the folder with the plugins");
    CLI11_PARSE(app, argc, argv);
    try {
        return wharf::demo::run(arguments);
    } catch (const std::exception& fault) {
        std::cerr << "wharf-demo: " << fault.what() << '\n';
        return 1;
    }
}

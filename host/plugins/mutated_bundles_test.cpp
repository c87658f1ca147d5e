// Damaged bundles, by the hundred (WHARF_BUNDLES says how many; script/prove --bundles asks for
// thousands): bits flipped, files cut off, sections overwritten. Whatever the damage, the host goes
// on and says why; and what the manifest's hash does not vouch for is never run, not even in the
// probe. See docs/adr/0085 for what is promised of damage that the hash vouches for.
#include <elf.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <random>
#include <vector>

#include "host/plugins/bundle_fixture.hpp"

namespace wharf::plugins {
namespace {

int bundles_wanted() {
    const char* wanted = std::getenv("WHARF_BUNDLES");
    return wanted == nullptr ? 300 : std::max(3, std::atoi(wanted));
}

struct Range {
    std::size_t begin = 0;
    std::size_t size = 0;
};

// The whole file, its head, its table of sections, and each section that has bytes.
std::vector<Range> parts_of(const std::string& bytes) {
    Elf64_Ehdr header;
    std::memcpy(&header, bytes.data(), sizeof header);
    std::vector<Range> parts{{0, bytes.size()},
                             {0, sizeof header + header.e_phnum * sizeof(Elf64_Phdr)},
                             {header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr)}};
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr section;
        std::memcpy(&section, bytes.data() + header.e_shoff + i * sizeof section, sizeof section);
        if (section.sh_type == SHT_NOBITS || section.sh_size == 0) continue;
        parts.push_back({section.sh_offset, section.sh_size});
    }
    return parts;
}

class Damage {
public:
    explicit Damage(std::uint32_t seed) : random_(seed) {}

    // Damages one of the ranges, or cuts the file off. Always differs from what it was.
    std::string apply(const std::string& whole, const std::vector<Range>& parts) {
        std::string bytes = whole;
        while (bytes == whole) {
            const auto part = parts[below(parts.size())];
            switch (below(4)) {
                case 0:
                    bytes.resize(below(whole.size()));
                    break;
                case 1:
                    overwrite(bytes, part);
                    break;
                default:
                    flip(bytes, part);
            }
        }
        return bytes;
    }

private:
    std::size_t below(std::size_t end) { return random_() % end; }
    void flip(std::string& bytes, Range part) {
        for (auto left = 1 + below(3); left > 0; --left) {
            auto& byte = bytes[part.begin + below(part.size)];
            byte = static_cast<char>(byte ^ (1 << below(8)));
        }
    }
    void overwrite(std::string& bytes, Range part) {
        const auto begin = part.begin + below(part.size);
        const auto end = std::min(part.begin + part.size, begin + 1 + below(64));
        const auto kind = below(3);
        for (auto i = begin; i < end; ++i) {
            bytes[i] = kind == 0 ? '\0' : kind == 1 ? '\xFF' : static_cast<char>(random_());
        }
    }

    std::minstd_rand random_;
};

using Tally = std::map<std::string, int>;

void print(const char* what, const Tally& tally) {
    std::cout << "proof: " << what << ':';
    for (const auto& [outcome, count] : tally) std::cout << ' ' << outcome << ' ' << count;
    std::cout << '\n';
}

InstalledPlugin only_of(const PluginFolder& folder, const ProbeOptions& probe) {
    const InstalledPlugins installed(folder.path(), probe);
    EXPECT_EQ(installed.all().size(), 1U);
    return installed.all().at(0);
}

std::string good_object() {
    return PluginFolder::text_of(WHARF_FIXTURES "/good.so");
}

// There is no probe here: whoever would start one would be blocked by that step.
const ProbeOptions kNoProbe{"/nonexistent/probe", std::chrono::seconds(1)};

TEST(MutatedBundles, DamagedCodeIsBlockedByItsHashBeforeAnythingRuns) {
    const auto whole = good_object();
    const auto parts = parts_of(whole);
    Damage damage(85);
    Tally tally;
    PluginFolder folder;
    folder.install("good");
    for (int i = 0; i < bundles_wanted() / 3; ++i) {
        folder.write("good/good.so", damage.apply(whole, parts));
        const auto found = only_of(folder, kNoProbe);
        ASSERT_TRUE(found.blocked) << i;
        ++tally[std::string(step_name(found.blocked->step))];
        EXPECT_TRUE(found.blocked->step == Step::hash || found.blocked->step == Step::seal) << i;
        EXPECT_FALSE(found.blocked->reason.empty());
    }
    print("damaged code", tally);
}

// A damaged manifest over sound code is blocked by what is wrong with it, at the latest because the
// code says something else; unless the damage changed nothing that it says.
TEST(MutatedBundles, ADamagedManifestIsBlockedOrSaysTheSame) {
    PluginFolder folder;
    folder.install("good");
    const auto whole = PluginFolder::text_of(folder.path() / "good/plugin.json");
    const auto said = read_manifest(whole).description;
    Damage damage(86);
    Tally tally;
    for (int i = 0; i < bundles_wanted() / 3; ++i) {
        const auto text = damage.apply(whole, {{0, whole.size()}});
        folder.write("good/plugin.json", text);
        const auto found = only_of(folder, {WHARF_PROBE_PROGRAM});
        if (!found.blocked) {
            ++tally["loaded"];
            EXPECT_EQ(read_manifest(text).description, said) << text;
            continue;
        }
        ++tally[std::string(step_name(found.blocked->step))];
        EXPECT_FALSE(found.blocked->reason.empty());
        EXPECT_TRUE(found.blocked->step <= Step::hash || found.blocked->step == Step::identity)
            << found.blocked->reason;
    }
    print("damaged manifests", tally);
}

struct Run {
    int status = 0;
    std::string output;
};

// The host's loading in a process of its own, so that its death would be seen here and survived.
Run load_in_a_process(const std::filesystem::path& folder, Entrance entrance) {
    Run run;
    const std::string command = std::string(WHARF_LOAD_PROGRAM) +
                                (entrance == Entrance::process ? " --apart " : " ") +
                                folder.string() + " 2>/dev/null";
    FILE* pipe = ::popen(command.c_str(), "r");
    char piece[4096];
    while (std::fgets(piece, sizeof piece, pipe) != nullptr) run.output += piece;
    run.status = ::pclose(pipe);
    return run;
}

// What became of it; a refusal names its step and its reason.
std::string outcome(const Run& run) {
    constexpr std::string_view kBlocked = "good: blocked at ";
    const bool whole_end = WIFEXITED(run.status) && WEXITSTATUS(run.status) <= 1;
    if (run.output == "good: loaded\n") return whole_end ? "loaded" : "loaded-and-died-at-the-end";
    if (!whole_end) return "died";
    EXPECT_TRUE(run.output.starts_with(kBlocked)) << run.output;
    const auto step_end = run.output.find(": ", kBlocked.size());
    EXPECT_GT(run.output.size(), step_end + 3) << "a refusal names its reason: " << run.output;
    return run.output.substr(kBlocked.size(), step_end - kBlocked.size());
}

Tally damage_with_a_fitting_hash(std::uint32_t seed, Entrance entrance) {
    const auto whole = good_object();
    const auto parts = parts_of(whole);
    Damage damage(seed);
    Tally tally;
    PluginFolder folder;
    for (int i = 0; i < bundles_wanted() / 3; ++i) {
        folder.write("good/good.so", damage.apply(whole, parts));
        folder.write_manifest("good", "good", PluginFolder::description("good"));
        ++tally[outcome(load_in_a_process(folder.path(), entrance))];
    }
    return tally;
}

// Here the manifest vouches for the damage. Up to the probe nothing of it runs, and the probe dies
// in place of the host; what comes through the probe whole may still break in the host, whose
// memory lies otherwise. Its damaged destructors run when the process ends.
TEST(MutatedBundles, DamageThatTheHashVouchesForEndsTheProbeAsARule) {
    auto tally = damage_with_a_fitting_hash(87, Entrance::direct);
    print("damage with a fitting hash", tally);
    EXPECT_LE(tally["died"] * 100, bundles_wanted() / 3);
}

// The code of a plugin apart is never in the host: neither loading it nor its end is dangerous.
TEST(MutatedBundles, DamageThatTheHashVouchesForNeverEndsAHostThatRunsPluginsApart) {
    auto tally = damage_with_a_fitting_hash(88, Entrance::process);
    print("damage with a fitting hash, apart", tally);
    EXPECT_EQ(tally["died"], 0);
    EXPECT_EQ(tally["loaded-and-died-at-the-end"], 0);
}

}  // namespace
}  // namespace wharf::plugins

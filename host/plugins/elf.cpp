#include "host/plugins/elf.hpp"

#include <elf.h>
#include <wharf_abi.h>

#include <algorithm>
#include <array>
#include <boost/dll/library_info.hpp>
#include <cstring>
#include <exception>

#include "host/plugins/blocked.hpp"
#include "host/plugins/file_bytes.hpp"

namespace wharf::plugins {
namespace {

#if defined(__x86_64__)
constexpr Elf64_Half kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half kMachine = EM_AARCH64;
#else
#error "this machine has no ELF number here yet"
#endif

[[noreturn]] void block(std::string reason) {
    throw Blocked{Step::elf, std::move(reason)};
}

// Reads structs at offsets, never past the end.
class Image {
public:
    explicit Image(const std::filesystem::path& path)
        : bytes_(file_bytes(path).value_or(std::string())) {}

    [[nodiscard]] bool holds(std::uint64_t offset, std::uint64_t size) const {
        return offset <= bytes_.size() && size <= bytes_.size() - offset;
    }

    template <typename T>
    [[nodiscard]] T at(std::uint64_t offset) const {
        if (!holds(offset, sizeof(T))) block("the file is cut off or damaged");
        T out;
        std::memcpy(&out, bytes_.data() + offset, sizeof(T));
        return out;
    }

    [[nodiscard]] std::string text_at(std::uint64_t offset) const {
        if (offset >= bytes_.size()) block("the file is cut off or damaged");
        const auto end = bytes_.find('\0', offset);
        if (end == std::string::npos) block("the file is cut off or damaged");
        return bytes_.substr(offset, end - offset);
    }

private:
    std::string bytes_;
};

Elf64_Ehdr read_header(const Image& image) {
    if (!image.holds(0, sizeof(Elf64_Ehdr))) block("the file is too short for a shared object");
    const auto header = image.at<Elf64_Ehdr>(0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) block("the file is no shared object");
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != kMachine || header.e_type != ET_DYN) {
        block("the file is no shared object of this machine");
    }
    if (header.e_shentsize != sizeof(Elf64_Shdr) || header.e_phentsize != sizeof(Elf64_Phdr)) {
        block("the file is cut off or damaged");
    }
    return header;
}

// Every section lies inside the file. library_info trusts the table, so this comes before it.
std::vector<Elf64_Shdr> read_sections(const Image& image, const Elf64_Ehdr& header) {
    std::vector<Elf64_Shdr> sections;
    if (header.e_shnum == 0 || header.e_shstrndx >= header.e_shnum) {
        block("the file has no table of sections");
    }
    for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
        const auto section = image.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr));
        if (section.sh_type != SHT_NOBITS && !image.holds(section.sh_offset, section.sh_size)) {
            block("the file is cut off or damaged");
        }
        sections.push_back(section);
    }
    return sections;
}

void check_segments(const Image& image, const Elf64_Ehdr& header) {
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        const auto segment = image.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
        if (!image.holds(segment.p_offset, segment.p_filesz)) {
            block("the file is cut off or damaged");
        }
    }
}

ElfNeeds read_dynamic(const Image& image, const std::vector<Elf64_Shdr>& sections) {
    ElfNeeds needs;
    const auto dynamic = std::ranges::find(sections, Elf64_Word{SHT_DYNAMIC}, &Elf64_Shdr::sh_type);
    if (dynamic == sections.end() || dynamic->sh_link >= sections.size()) {
        block("the file has no dynamic section");
    }
    const Elf64_Shdr& names = sections[dynamic->sh_link];
    for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= dynamic->sh_size;
         at += sizeof(Elf64_Dyn)) {
        const auto entry = image.at<Elf64_Dyn>(dynamic->sh_offset + at);
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH) needs.has_search_path = true;
        if (entry.d_tag != DT_NEEDED) continue;
        if (entry.d_un.d_val >= names.sh_size) block("the file is cut off or damaged");
        needs.libraries.push_back(image.text_at(names.sh_offset + entry.d_un.d_val));
    }
    return needs;
}

void check_exports(const std::filesystem::path& path) {
    std::vector<std::string> exported;
    try {
        boost::dll::library_info info(path);
        exported = info.symbols();
    } catch (const std::exception& error) {
        block(std::string("the file cannot be read as a shared object: ") + error.what());
    }
    if (std::ranges::find(exported, WHARF_ENTRY_SYMBOL) == exported.end()) {
        block("it does not export " WHARF_ENTRY_SYMBOL);
    }
    for (const std::string& symbol : exported) {
        if (symbol != WHARF_ENTRY_SYMBOL) {
            block("it exports \"" + symbol + "\"; only " WHARF_ENTRY_SYMBOL " may be exported");
        }
    }
}

}  // namespace

ElfNeeds read_elf_needs(const std::filesystem::path& path) {
    const Image image(path);
    const Elf64_Ehdr header = read_header(image);
    check_segments(image, header);
    return read_dynamic(image, read_sections(image, header));
}

bool is_runtime_library(std::string_view name) {
    constexpr std::array<std::string_view, 12> kRuntimes = {"libc.so.6",
                                                            "libm.so.6",
                                                            "libpthread.so.0",
                                                            "libdl.so.2",
                                                            "librt.so.1",
                                                            "libgcc_s.so.1",
                                                            "libstdc++.so.6",
                                                            "libc++.so.1",
                                                            "libc++abi.so.1",
                                                            "libunwind.so.1",  // libc++'s own
                                                            "ld-linux-x86-64.so.2",
                                                            "ld-linux-aarch64.so.1"};
    if (std::ranges::find(kRuntimes, name) != kRuntimes.end()) return true;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr std::array<std::string_view, 4> kSanitizers = {"libasan.so.", "libubsan.so.",
                                                             "libtsan.so.", "libclang_rt."};
    return std::ranges::any_of(kSanitizers,
                               [&](std::string_view prefix) { return name.starts_with(prefix); });
#else
    return false;
#endif
}

void check_elf(const std::filesystem::path& path) {
    const ElfNeeds needs = read_elf_needs(path);
    check_exports(path);
    for (const std::string& library : needs.libraries) {
        if (!is_runtime_library(library)) {
            block("it needs \"" + library + "\"; only the C and C++ runtimes may be needed");
        }
    }
    if (needs.has_search_path) block("it carries a library search path (RPATH or RUNPATH)");
}

}  // namespace wharf::plugins

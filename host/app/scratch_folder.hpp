// A folder in the system's temporary folder that is gone with its owner, whatever happens.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "host/app/exit_codes.hpp"

namespace wharf::app {

class ScratchFolder {
public:
    // Throws Failure disk.
    explicit ScratchFolder(const std::string& name) {
        auto pattern = (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw Failure(ExitCode::disk, "cannot make a folder like " + pattern);
        }
        path_ = pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace wharf::app

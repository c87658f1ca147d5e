// The operation that copies an account into the host's backups folder while it is served.
#pragma once

#include <filesystem>

#include "host/operations/registry.hpp"

namespace wharf::app {

// `POST /v1/accounts/{account}/backups`: for the platform's people, because the copy lies where
// only they get at it.
void bind_backups(operations::Registry& registry, const std::filesystem::path& data);

// <data>/backups, made when it is not there.
std::filesystem::path backups_folder(const std::filesystem::path& data);

}  // namespace wharf::app

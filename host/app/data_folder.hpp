// The data folder from outside of a running host: whether it holds an installation, and making one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "host/storage/engine.hpp"

namespace wharf::app {

// Opens the engine on an installation and holds its lock. Throws Failure not_initialised when there
// is none, StorageError in_use when a host runs on it.
std::unique_ptr<storage::Engine> open_installation(const std::filesystem::path& data);

// Makes the folder and the first key, and returns that key: the only time it is ever shown. Throws
// Failure already_initialised.
std::string initialise(const std::filesystem::path& data);

}  // namespace wharf::app

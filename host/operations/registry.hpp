// All operations of the installation, by name. Filled at start, then only read.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/operations/operation.hpp"

namespace wharf::operations {

// Threads: add() while the host starts; everything else from any thread after that. Operations stay
// where they are as long as the registry.
class Registry {
public:
    // Throws std::logic_error when the name is taken or malformed.
    const Operation& add(Operation operation);

    [[nodiscard]] const Operation* find(std::string_view name) const;

    // In the order in which they were added: the host's by area, then each plugin's.
    [[nodiscard]] const std::deque<Operation>& all() const { return all_; }

    // The host's own and those of the plugins for which `is_on` says true.
    [[nodiscard]] std::vector<const Operation*> with_plugins(
        const std::function<bool(std::string_view)>& is_on) const;

private:
    std::deque<Operation> all_;
    std::unordered_map<std::string_view, const Operation*> by_name_;
};

}  // namespace wharf::operations

#include "host/operations/registry.hpp"

#include <stdexcept>
#include <utility>

#include "host/plugins/names.hpp"

namespace wharf::operations {

const Operation& Registry::add(Operation operation) {
    if (!plugins::is_operation_name(operation.name)) {
        throw std::logic_error("no name of an operation: \"" + operation.name + "\"");
    }
    if (by_name_.contains(operation.name)) {
        throw std::logic_error("there are two operations \"" + operation.name + "\"");
    }
    const auto& added = all_.emplace_back(std::move(operation));
    by_name_.emplace(added.name, &added);
    return added;
}

const Operation* Registry::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
}

std::vector<const Operation*> Registry::with_plugins(
    const std::function<bool(std::string_view)>& is_on) const {
    std::vector<const Operation*> operations;
    for (const auto& operation : all_) {
        if (operation.plugin.empty() || is_on(operation.plugin)) operations.push_back(&operation);
    }
    return operations;
}

}  // namespace wharf::operations

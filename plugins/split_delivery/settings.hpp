// What support sets per account, with every default.
#pragma once

#include <wharf/plugin.hpp>

namespace split_delivery {

struct Settings {
    // together: approving the order approves its legs. separately: each leg is approved on its own.
    wharf::Defaulted<wharf::LegApproval> approval = wharf::LegApproval::together;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (approval))

}  // namespace split_delivery

template <>
struct wharf::FieldDocs<split_delivery::Settings> {
    static std::string_view of(std::string_view field) {
        if (field == "approval")
            return "Legs are approved together with their order, or separately";
        return {};
    }
};

// What happened to issued documents.
#pragma once

#include "wharf/events.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::event {

struct DocumentIssued : Of<IssuedDocument> {
    static constexpr std::string_view kName = "document.issued";
};
struct DocumentVoided : Of<IssuedDocument> {
    static constexpr std::string_view kName = "document.voided";
};
// How it travels, or its invoice reference number, became known.
struct DocumentCompleted : Of<IssuedDocument> {
    static constexpr std::string_view kName = "document.completed";
};

}  // namespace wharf::event

// One import: a file taken in chunk by chunk, each chunk a unit of the account, each document in a
// savepoint of its own. What was taken stays taken when a later row is refused.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/operations/imports.hpp>

#include "host/accounts/principal.hpp"
#include "host/operations/import_table.hpp"
#include "host/operations/registry.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {

class ImportRun {
public:
    // Refuses an unknown kind, a key that may not do the operation itself, and a wrong header.
    ImportRun(const Registry& registry, const accounts::Principal& principal,
              const imports::Run& request);

    // What one chunk came to.
    struct Tally {
        std::int64_t taken = 0;
        std::int64_t already_there = 0;
        std::int64_t documents = 0;
        std::vector<imports::RefusedRow> refusals;
    };

    // The number of the chunk that is next to be taken in, from 0; the same file gives the same
    // chunks.
    [[nodiscard]] std::int64_t chunk() const { return number_; }
    [[nodiscard]] bool at_end() const { return chunk_.empty(); }
    // Nothing comes after this chunk.
    [[nodiscard]] bool is_last() const { return !ahead_; }
    // Goes on to the next chunk, whether or not this one was taken in.
    void advance();
    // Takes the chunk in. Again is fine: what is there already is found to be there.
    [[nodiscard]] Tally take(UnitOfWork& unit) const;

    // Adds what a chunk came to; `refusals` grows to the first ones only.
    static void add(imports::Report& report, const Tally& tally);
    [[nodiscard]] std::int64_t rows_read() const { return rows_of_chunks_; }
    [[nodiscard]] std::string_view kind() const { return kind_.name; }

private:
    void run_document(UnitOfWork& unit, const ImportDocument& document, Tally& tally) const;
    [[nodiscard]] std::vector<imports::RefusedRow> refused(const ImportDocument& document,
                                                           const Refusal& refusal) const;

    const ImportKind& kind_;
    const Operation& operation_;
    std::string csv_;
    std::unique_ptr<ImportTable> table_;
    std::vector<ImportDocument> chunk_;
    std::optional<ImportDocument> ahead_;
    std::int64_t number_ = -1;
    std::int64_t rows_of_chunks_ = 0;  // up to the end of this chunk
};

}  // namespace wharf::operations

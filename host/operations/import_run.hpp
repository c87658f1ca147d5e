// One import: a file taken in chunk by chunk, each chunk a unit of the account, each document in a
// savepoint of its own. What was taken stays taken when a later row is refused.
#pragma once

#include <memory>
#include <string>
#include <vector>
#include <wharf/operations/imports.hpp>

#include "host/operations/call.hpp"
#include "host/operations/import_table.hpp"
#include "host/operations/services.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {

class ImportRun {
public:
    // Refuses an unknown kind, a key that may not do the operation itself, and a wrong header.
    ImportRun(Services& services, const Call& call, const imports::Run& request);

    // Takes one chunk in; false when there was none left. A dry run undoes each chunk.
    bool step();

    [[nodiscard]] const imports::Report& report() const { return report_; }
    // Every refused row, in the order of the file.
    [[nodiscard]] const std::vector<imports::RefusedRow>& refusals() const { return refusals_; }

private:
    struct Tally {
        std::int64_t taken = 0;
        std::int64_t already_there = 0;
        std::int64_t documents = 0;
        std::vector<imports::RefusedRow> refusals;
    };

    void run_document(UnitOfWork& unit, const ImportDocument& document, Tally& tally) const;
    void note(const Tally& tally);
    [[nodiscard]] std::vector<imports::RefusedRow> refused(const ImportDocument& document,
                                                           const Refusal& refusal) const;

    Services& services_;
    const Call& call_;
    const Operation& operation_;
    std::unique_ptr<ImportTable> table_;
    imports::Report report_;
    std::vector<imports::RefusedRow> refusals_;
};

}  // namespace wharf::operations

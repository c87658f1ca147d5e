#include "host/operations/import_run.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

#include "host/accounts/accounts.hpp"
#include "host/accounts/roles.hpp"
#include "host/limits.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/registry.hpp"
#include "host/storage/session.hpp"

namespace wharf::operations {

namespace {

const ImportKind& kind_of(const imports::Run& request) {
    const auto* kind = find_import_kind(request.kind.view());
    if (kind == nullptr) {
        throw Refusal::invalid("/kind", "unknown_kind", "there is no such import",
                               "one of " + import_kind_names());
    }
    return *kind;
}

const Operation& operation_of(const Registry& registry, const accounts::Principal& principal,
                              const ImportKind& kind) {
    const auto* operation = registry.find(kind.operation);
    if (operation == nullptr) throw std::logic_error("an import names an unknown operation");
    if (!accounts::may(principal, operation->permission)) {
        throw Refusal::forbidden("missing_permission",
                                 "this key may not import " + std::string(kind.name) +
                                     ": it lacks the permission " + operation->permission,
                                 "use a key whose role has it");
    }
    return *operation;
}

void journal_document(UnitOfWork& unit, const Operation& operation,
                      const ImportDocument& document) {
    JournalEntry entry;
    entry.operation = operation.name;
    entry.actor = unit.caller().name;
    entry.note = "import, line " + std::to_string(document.rows.front());
    entry.input = without_secrets(document.request, *operation.request);
    append_journal(unit, entry);
}

}  // namespace

ImportRun::ImportRun(const Registry& registry, const accounts::Principal& principal,
                     const imports::Run& request)
    : kind_(kind_of(request)),
      operation_(operation_of(registry, principal, kind_)),
      csv_(request.csv),
      table_(std::make_unique<ImportTable>(kind_, operation_.request, csv_,
                                           "import-" + sha256(csv_).substr(0, 16))) {
    advance();
}

void ImportRun::advance() {
    ++number_;
    chunk_.clear();
    std::size_t rows = 0;
    while (true) {
        if (!ahead_) ahead_ = table_->next();
        if (!ahead_) break;
        // A document is never split, so one that is longer has a chunk of its own.
        if (rows > 0 && rows + ahead_->rows.size() > limits::kImportRowsPerUnit) break;
        rows += ahead_->rows.size();
        chunk_.push_back(*std::exchange(ahead_, std::nullopt));
    }
    rows_of_chunks_ += static_cast<std::int64_t>(rows);
}

ImportRun::Tally ImportRun::take(UnitOfWork& unit) const {
    Tally tally;
    for (const auto& document : chunk_) run_document(unit, document, tally);
    return tally;
}

void ImportRun::run_document(UnitOfWork& unit, const ImportDocument& document, Tally& tally) const {
    const auto rows = static_cast<std::int64_t>(document.rows.size());
    if (!document.faults.empty()) {
        const auto told = refused(document, Refusal::conflict("document_refused", ""));
        tally.refusals.insert(tally.refusals.end(), told.begin(), told.end());
        return;
    }
    storage::Savepoint savepoint(unit.session);
    try {
        if (document.rows.size() > limits::kImportRowsPerDocumentMax) {
            throw Refusal(RefusalKind::too_large, "too_large",
                          "one document has more than " +
                              std::to_string(limits::kImportRowsPerDocumentMax) + " rows");
        }
        check_request(operation_, document.request, {});
        Answer answer;
        run_entry(unit, operation_, document.request, answer);
        if (answer.existing) {
            tally.already_there += rows;
        } else {
            journal_document(unit, operation_, document);
            tally.taken += rows;
            ++tally.documents;
        }
        savepoint.keep();
    } catch (const Refusal& refusal) {
        // A deadline or a lost transaction is the unit's, not the document's.
        if (refusal.retryable()) throw;
        savepoint.undo();
        const auto told = refused(document, refusal);
        tally.refusals.insert(tally.refusals.end(), told.begin(), told.end());
    }
}

std::vector<imports::RefusedRow> ImportRun::refused(const ImportDocument& document,
                                                    const Refusal& refusal) const {
    std::vector<imports::RefusedRow> told = document.faults;
    std::set<std::int64_t> named;
    for (const auto& fault : told) named.insert(fault.row);
    for (const auto& fault : refusal.faults()) {
        const auto spot = table_->spot_of(fault.pointer);
        const auto row = document.rows[std::min(spot.row, document.rows.size() - 1)];
        named.insert(row);
        told.push_back({row, fault.code, fault.detail,
                        spot.column.empty() ? std::nullopt : std::optional(spot.column)});
    }
    // A document is taken whole or not at all: its other rows are refused with it.
    for (const auto row : document.rows) {
        if (named.contains(row)) continue;
        const bool own = refusal.faults().empty() && document.faults.empty();
        told.push_back({row, own ? refusal.code() : "document_refused",
                        own ? refusal.detail() : "another row of the same document is refused",
                        std::nullopt});
    }
    std::stable_sort(told.begin(), told.end(),
                     [](const auto& left, const auto& right) { return left.row < right.row; });
    return told;
}

void ImportRun::add(imports::Report& report, const Tally& tally) {
    report.taken += tally.taken;
    report.already_there += tally.already_there;
    report.documents += tally.documents;
    std::set<std::int64_t> rows;
    for (const auto& refusal : tally.refusals) {
        rows.insert(refusal.row);
        if (report.refusals.size() < limits::kImportRefusalsTold) {
            report.refusals.push_back(refusal);
        }
    }
    report.refused += static_cast<std::int64_t>(rows.size());
}

}  // namespace wharf::operations

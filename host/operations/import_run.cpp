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

const Operation& operation_of(Services& services, const Call& call, const ImportKind& kind) {
    const auto* operation = services.registry->find(kind.operation);
    if (operation == nullptr) throw std::logic_error("an import names an unknown operation");
    if (!accounts::may(*call.principal, operation->permission)) {
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

ImportRun::ImportRun(Services& services, const Call& call, const imports::Run& request)
    : services_(services), call_(call), operation_(operation_of(services, call, kind_of(request))) {
    const auto& kind = kind_of(request);
    table_ = std::make_unique<ImportTable>(kind, operation_.request, request.csv,
                                           "import-" + sha256(request.csv).substr(0, 16));
    report_.kind = kind.name;
}

bool ImportRun::step() {
    std::vector<ImportDocument> chunk;
    std::size_t rows = 0;
    while (rows < limits::kImportRowsPerUnit) {
        auto document = table_->next();
        if (!document) break;
        rows += document->rows.size();
        chunk.push_back(std::move(*document));
    }
    report_.rows = table_->rows_read();
    if (chunk.empty()) return false;

    Tally tally;
    auto facts = facts_of(services_, call_.account, call_.request_id, true);
    facts.principal = call_.principal;
    facts.dry_run = call_.dry_run;
    run_work(services_, services_.accounts->open(call_.account), std::move(facts),
             [&](UnitOfWork& unit) {
                 tally = {};
                 for (const auto& document : chunk) run_document(unit, document, tally);
             });
    note(tally);
    return true;
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

void ImportRun::note(const Tally& tally) {
    report_.taken += tally.taken;
    report_.already_there += tally.already_there;
    report_.documents += tally.documents;
    std::set<std::int64_t> rows;
    for (const auto& refusal : tally.refusals) {
        rows.insert(refusal.row);
        if (report_.refusals.size() < limits::kImportRefusalsTold)
            report_.refusals.push_back(refusal);
        refusals_.push_back(refusal);
    }
    report_.refused += static_cast<std::int64_t>(rows.size());
}

}  // namespace wharf::operations

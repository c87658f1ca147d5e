#include "host/operations/import_operations.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/operations/imports.hpp>

#include "host/accounts/accounts.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/import_run.hpp"
#include "host/operations/job_operations.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {

namespace {

// What the job of an import was asked for; its file is the job's input.
struct ImportRequest {
    Text<1, 32> kind;
    std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(ImportRequest, (), (kind, rows))

// What one step leaves to the next: the chunks that were taken in, and what they came to.
struct ImportMemory {
    std::int64_t chunks = 0;
    imports::Report report;
};
BOOST_DESCRIBE_STRUCT(ImportMemory, (), (chunks, report))

// For the progress of the job.
std::int64_t count_rows(std::string_view csv) {
    CsvReader reader(csv);
    std::int64_t rows = 0;
    while (reader.next()) ++rows;
    return rows > 0 ? rows - 1 : 0;
}

// Pieces of about this size, each ending with a line, so that no character is cut.
std::vector<std::string> pieces_of(std::string_view csv) {
    constexpr std::size_t kPieceBytes = 512 * 1024;
    std::vector<std::string> pieces;
    while (!csv.empty()) {
        auto end = csv.size() <= kPieceBytes ? csv.size() : csv.find('\n', kPieceBytes);
        end = end == std::string_view::npos ? csv.size() : std::min(end + 1, csv.size());
        pieces.emplace_back(csv.substr(0, end));
        csv.remove_prefix(end);
    }
    return pieces;
}

imports::Report preview(CallContext& context, ImportRun& run) {
    auto& services = context.services();
    const auto account = services.accounts->open(context.account());
    imports::Report report;
    report.kind = run.kind();
    for (; !run.at_end(); run.advance()) {
        ImportRun::Tally tally;
        run_work(services, account, facts_of_call(services, context.call(), true),
                 [&](UnitOfWork& unit) { tally = run.take(unit); });
        ImportRun::add(report, tally);
        report.rows = run.rows_read();
    }
    return report;
}

std::string add_import(UnitOfWork& unit, const imports::Run& request, std::int64_t rows) {
    auto id = add_job(
        unit, {"import", "", to_json(ImportRequest{request.kind, rows}), pieces_of(request.csv)});
    journal_job_start(unit, std::string(imports::Run::kOperation.name), id,
                      R"({"kind":)" + to_json(request.kind) + R"(,"file_sha256":")" +
                          sha256(request.csv) + "\"}");
    return id;
}

std::string run_import(CallContext& context, const boost::json::value& json) {
    const auto request = from_json<imports::Run>(json);
    ImportRun run(*context.services().registry, *context.call().principal, request);
    const auto rows = count_rows(request.csv);
    check_wait(*request.wait);
    if (context.dry_run()) return to_json(preview(context, run));
    return answer_with_new_job(context, context.account(), *request.wait,
                               [&](UnitOfWork& unit) { return add_import(unit, request, rows); });
}

// The files that are being worked on, opened and read up to some chunk. Only a help: after a
// restart the file is opened again from the job's input.
class OpenFiles {
public:
    // The file at that chunk. Held by one thread at a time, the job's.
    ImportRun& at(UnitOfWork& unit, const JobRecord& record, std::int64_t chunk) {
        auto& run = slot(unit.facts.account, record.job.id);
        if (!run || run->chunk() > chunk) {
            imports::Run request;
            request.kind = from_json<ImportRequest>(parse_json(record.request).value).kind;
            request.csv = read_job_input(unit.session, record.job.id);
            run = std::make_unique<ImportRun>(*unit.services.registry, *record.principal, request);
        }
        while (run->chunk() < chunk) run->advance();
        return *run;
    }
    void close(const AccountCode& account, const std::string& job) {
        std::lock_guard lock(mutex_);
        files_.erase({account, job});
    }

private:
    std::unique_ptr<ImportRun>& slot(const AccountCode& account, const std::string& job) {
        std::lock_guard lock(mutex_);
        return files_[{account, job}];
    }

    std::mutex mutex_;
    std::map<std::pair<AccountCode, std::string>, std::unique_ptr<ImportRun>> files_;
};

std::vector<imports::RefusedRow> first_refusals(storage::Session& session, const std::string& job) {
    auto rows = session.select(
        "SELECT row, code, detail, column_name FROM job_error WHERE job = :job ORDER BY seq LIMIT "
        ":limit",
        {{"job", job}, {"limit", limits::kImportRefusalsTold}});
    std::vector<imports::RefusedRow> refusals;
    while (rows.next()) {
        refusals.push_back({rows.integer(0), rows.get<std::string>(1), rows.get<std::string>(2),
                            rows.get<std::optional<std::string>>(3)});
    }
    return refusals;
}

// One chunk, and how far the job came, in one unit: a crash repeats nothing.
void step_of_import(UnitOfWork& unit, JobRecord& record, OpenFiles& files) {
    ImportMemory memory;
    if (record.memory != "null") {
        memory = from_json<ImportMemory>(parse_json(record.memory).value);
    }
    const auto request = from_json<ImportRequest>(parse_json(record.request).value);
    memory.report.kind = request.kind.text();
    record.job.progress.total = request.rows;
    const auto& run = files.at(unit, record, memory.chunks);
    if (!run.at_end()) {
        const auto tally = run.take(unit);
        ImportRun::add(memory.report, tally);
        memory.report.refusals.clear();
        memory.report.rows = record.job.progress.done = run.rows_read();
        for (const auto& refused : tally.refusals) {
            add_job_error(unit.session, record, refused.row, refused.code, refused.detail,
                          refused.column);
        }
        ++memory.chunks;
    }
    record.memory = to_json(memory);
    if (!run.is_last()) return;
    memory.report.job = record.job.id;
    memory.report.refusals = first_refusals(unit.session, record.job.id);
    record.job.result.text = to_json(memory.report);
    record.job.status = jobs::JobStatus::done;
    drop_job_input(unit.session, record.job.id);
    files.close(unit.facts.account, record.job.id);
}

}  // namespace

void bind_imports(Registry& registry) {
    auto operation = described<imports::Run>();
    operation.place = Place::outside;
    operation.csv_field = "csv";
    operation.handler = &run_import;
    registry.add(std::move(operation));
}

void add_import_kind(JobRunner& runner) {
    runner.add_kind("import",
                    [files = std::make_shared<OpenFiles>()](UnitOfWork& unit, JobRecord& record) {
                        step_of_import(unit, record, *files);
                    });
}

}  // namespace wharf::operations

#include "host/operations/job_operations.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <wharf/job.hpp>
#include <wharf/json_parse.hpp>
#include <wharf/operations/plugins.hpp>
#include <wharf/schema.hpp>
#include <wharf/validate.hpp>

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/domain/pages.hpp"
#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/collection_layout.hpp"
#include "host/operations/idempotency.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/runtime.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

constexpr std::int64_t kReindexRows = 200;

JobRecord job_of(storage::Session& session, const std::string& id) {
    auto record = find_job(session, id);
    if (!record) throw Refusal::not_found("job", id);
    return std::move(*record);
}

jobs::Job get(CallContext& context, const jobs::GetJob& request) {
    return job_of(context.session(), request.id).job;
}

jobs::Job get_platform(CallContext& context, const jobs::GetPlatformJob& request) {
    return job_of(context.session(), request.id).job;
}

Page<jobs::Job> list(CallContext& context, const jobs::ListJobs& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    std::vector<std::string> ids;
    {
        auto rows = context.session().select(
            "SELECT id FROM job WHERE id > :after AND (:state IS NULL OR state = :state) ORDER BY "
            "id LIMIT :limit",
            {{"after", domain::decode_cursor(request.after, 1)[0]},
             {"state", request.status},
             {"limit", limit + 1}});
        while (rows.next()) ids.push_back(rows.get<std::string>(0));
    }
    Page<jobs::Job> page;
    for (const auto& id : ids) {
        if (page.items.size() == limit) {
            page.next = domain::encode_cursor({page.items.back().id});
            break;
        }
        page.items.push_back(job_of(context.session(), id).job);
    }
    return page;
}

Page<jobs::JobError> list_errors(CallContext& context, const jobs::ListErrors& request) {
    job_of(context.session(), request.id);
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    auto rows = context.session().select(
        "SELECT seq, row, code, detail, column_name FROM job_error WHERE job = :job AND seq > "
        ":after ORDER BY "
        "seq LIMIT :limit",
        {{"job", request.id}, {"after", number_cursor(request.after)}, {"limit", limit + 1}});
    Page<jobs::JobError> page;
    while (rows.next()) {
        if (page.items.size() == limit) {
            page.next = std::to_string(page.items.back().seq);
            break;
        }
        page.items.push_back({rows.integer(0), rows.get<std::optional<std::int64_t>>(1),
                              rows.get<std::string>(2), rows.get<std::string>(3),
                              rows.get<std::optional<std::string>>(4)});
    }
    return page;
}

jobs::Job cancelled(CallContext& context, const std::string& id) {
    auto record = job_of(context.session(), id);
    if (!record.ended()) {
        record.job.status = jobs::JobStatus::cancelled;
        save_job(context.session(), record, context.now());
    }
    return record.job;
}

jobs::Job cancel(CallContext& context, const jobs::CancelJob& request) {
    return cancelled(context, request.id);
}

jobs::Job cancel_platform(CallContext& context, const jobs::CancelPlatformJob& request) {
    return cancelled(context, request.id);
}

// Adds a job that the plugin declares, its request held against the declared shape.
std::string add_plugin_job(UnitOfWork& unit, const PluginEntry& entry, const std::string& name,
                           const boost::json::value& request) {
    const auto& manifest = entry.manifest();
    const auto declared = std::find_if(manifest.jobs.begin(), manifest.jobs.end(),
                                       [&](const auto& job) { return job.name == name; });
    if (declared == manifest.jobs.end()) {
        throw Refusal::invalid(
            "/job", "undeclared_job",
            "the manifest of \"" + manifest.name + "\" declares no job \"" + name + "\"");
    }
    auto faults = faults_of(request, *shape_from_schema(declared->request));
    for (auto& fault : faults) fault.pointer.insert(0, "/request");
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
    return add_job(unit, {"plugin:" + name, manifest.name, boost::json::serialize(request), {}});
}

jobs::Started start_own(CallContext& context, const jobs::StartJob& request) {
    return {add_plugin_job(context.unit(), context.caller()->entry, request.job, request.request)};
}

std::string add_asked_job(UnitOfWork& unit, const plugins::StartPluginJob& request) {
    const auto* entry = unit.services.plugins->find(request.plugin.view());
    if (entry == nullptr) throw Refusal::not_found("plugin", request.plugin.view());
    const auto* toggle = unit.settings->running(request.plugin.view(), unit.facts.now);
    if (toggle == nullptr || toggle->state != ToggleState::on) {
        throw Refusal(RefusalKind::plugin_off, "plugin_off",
                      "the plugin \"" + entry->name() + "\" is not switched on for this account");
    }
    return add_plugin_job(unit, *entry, request.job,
                          request.request.value_or(boost::json::object()));
}

std::string start_of_plugin(CallContext& context, const boost::json::value& json) {
    const auto request = from_json<plugins::StartPluginJob>(json);
    check_wait(*request.wait);
    const auto add = [&](UnitOfWork& unit) {
        auto id = add_asked_job(unit, request);
        journal_job_start(unit, context.operation().name, id, boost::json::serialize(json));
        return id;
    };
    if (!context.dry_run()) {
        return answer_with_new_job(context, context.account(), *request.wait, add);
    }
    std::string job;
    auto& services = context.services();
    run_work(services, services.accounts->open(context.account()),
             facts_of_call(services, context.call(), true), [&](UnitOfWork& unit) {
                 job = to_json(job_of(unit.session, add_asked_job(unit, request)).job);
             });
    return job;
}

const PluginEntry& entry_of(UnitOfWork& unit, const JobRecord& record) {
    const auto* entry = unit.services.plugins->find(record.job.plugin);
    const auto* toggle = unit.settings->running(record.job.plugin, unit.facts.now);
    if (entry == nullptr || toggle == nullptr || toggle->state != ToggleState::on) {
        throw Refusal(RefusalKind::plugin_off, "plugin_off",
                      "the plugin \"" + record.job.plugin + "\" is not switched on");
    }
    return *entry;
}

// What one step of a plugin's job is given, as the plugin sees it and as the journal keeps it.
std::string enter_job(UnitOfWork& unit, const PluginEntry& entry, const std::string& name,
                      const std::string& input) {
    domain::Actor actor;
    actor.name = "plugin:" + entry.name();
    actor.plugin = entry.name();
    return enter_plugin(unit, entry,
                        {WHARF_CALL_JOB, name, input, std::move(actor), 0, false, true});
}

void journal_step(UnitOfWork& unit, const PluginEntry& entry, std::string operation,
                  const std::string& job, std::string input) {
    append_journal(unit,
                   {JournalKind::job, std::move(operation), entry.name(), entry.manifest().version,
                    "plugin:" + entry.name(), false, job, std::move(input)});
}

void step_of_plugin(UnitOfWork& unit, JobRecord& record) {
    const auto& entry = entry_of(unit, record);
    const auto name = record.job.kind.substr(std::string_view("plugin:").size());
    const auto input = R"({"id":)" + to_json(record.job.id) + R"(,"request":)" + record.request +
                       R"(,"state":)" + record.memory + '}';
    const auto reply = enter_job(unit, entry, name, input);
    const auto step = from_json<JobStep<boost::json::value>>(parse_json(reply).value);
    record.memory = boost::json::serialize(step.state);
    record.job.progress.done = step.progress_done;
    record.job.progress.total = step.progress_total;
    for (const auto& error : step.errors) {
        add_job_error(unit.session, record, {}, error.code,
                      error.pointer.empty() ? error.detail : error.pointer + ": " + error.detail);
    }
    if (step.done) {
        record.job.status = jobs::JobStatus::done;
        record.job.result.text = boost::json::serialize(step.result);
    }
    journal_step(unit, entry, entry.name() + '.' + name, record.job.id, input);
}

// The documents of one step, and where the one before it ended.
struct ReindexStep {
    std::string collection;
    std::string after;
    std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(ReindexStep, (), (collection, after, rows))

constexpr const char* kReindex = "host.reindex";

// Gives the last document of the step, or nothing when all are done.
std::optional<std::string> reindex(UnitOfWork& unit, const PluginEntry& entry,
                                   const ReindexStep& step) {
    const auto collection = entry.collections.find(step.collection);
    if (collection == entry.collections.end()) return std::nullopt;
    return reindex_some(unit, entry, *collection->second.manifest, step.after,
                        static_cast<std::size_t>(step.rows));
}

void step_of_reindex(UnitOfWork& unit, JobRecord& record) {
    const auto& entry = entry_of(unit, record);
    const auto request = parse_json(record.memory == "null" ? record.request : record.memory).value;
    ReindexStep step{request.at("collection").as_string().c_str(),
                     request.at("after").as_string().c_str(), kReindexRows};
    const auto last = reindex(unit, entry, step);
    journal_step(unit, entry, kReindex, record.job.id, to_json(step));
    record.job.progress.done += step.rows;
    if (last) {
        step.after = *last;
        record.memory = to_json(step);
    } else {
        record.job.status = jobs::JobStatus::done;
    }
}

void of_platform(Operation& operation) {
    operation.scope = Scope::host;
    operation.place = Place::directory;
}

}  // namespace

void bind_jobs(Registry& registry) {
    bind<jobs::GetJob>(registry, &get);
    bind<jobs::ListJobs>(registry, &list);
    bind<jobs::ListErrors>(registry, &list_errors);
    bind<jobs::CancelJob>(registry, &cancel);
    bind<jobs::GetPlatformJob>(registry, &get_platform, &of_platform);
    bind<jobs::CancelPlatformJob>(registry, &cancel_platform, &of_platform);
    auto start = described<plugins::StartPluginJob>();
    start.place = Place::outside;
    start.handler = &start_of_plugin;
    registry.add(std::move(start));
    bind<jobs::StartJob>(registry, &start_own,
                         [](Operation& operation) { operation.plugins_only = true; });
}

void replay_step(UnitOfWork& unit, const PluginEntry& entry, const JournalEntry& row) {
    if (row.operation == kReindex) {
        reindex(unit, entry, from_json<ReindexStep>(parse_json(row.input).value));
        return;
    }
    const auto name = row.operation.substr(entry.name().size() + 1);
    static_cast<void>(enter_job(unit, entry, name, row.input));
}

void add_job_kinds(JobRunner& runner) {
    runner.add_kind("reindex", &step_of_reindex);
    runner.add_kind("plugin", &step_of_plugin);
}

void check_wait(std::int32_t seconds) {
    constexpr auto kMost = std::chrono::seconds(limits::kJobWaitMax).count();
    if (seconds >= 0 && seconds <= kMost) return;
    throw Refusal::invalid("/wait", "out_of_range",
                           "must be from 0 to " + std::to_string(kMost) + " seconds",
                           "a job that takes longer is looked at by GET .../jobs/{id}");
}

namespace {

// In a unit of the account, or of account zero for a job of the platform.
void in_unit_of(CallContext& context, const AccountCode& account,
                const std::function<void(UnitOfWork&)>& work) {
    auto& services = context.services();
    auto facts = facts_of_call(services, context.call(), true);
    if (!account.empty()) {
        run_work(services, services.accounts->open(account), std::move(facts), work);
        return;
    }
    accounts::run(services.accounts->directory(), [&](storage::Session& session) {
        BatchState state;
        UnitOfWork unit(services, session, state, directory_settings(), facts);
        work(unit);
    });
}

std::string answer_with_job(CallContext& context, const AccountCode& account, const std::string& id,
                            std::int32_t seconds) {
    auto& services = context.services();
    services.jobs->wait(account, id, std::chrono::seconds(seconds));
    auto snapshot = account.empty() ? services.accounts->directory().snapshot()
                                    : services.accounts->open(account)->snapshot();
    const auto record = job_of(snapshot->session(), id);
    const bool waited = seconds > 0;
    if (waited && record.job.status == jobs::JobStatus::done) {
        context.status = 200;
        return record.job.result.text;
    }
    if (waited && record.job.status == jobs::JobStatus::failed) {
        throw Refusal::conflict("job_failed", "the job " + id + " failed: " + record.job.detail);
    }
    context.status = 202;
    context.location =
        (account.empty() ? std::string("/v1") : "/v1/accounts/" + account.text()) + "/jobs/" + id;
    return to_json(record.job);
}

}  // namespace

std::string answer_with_new_job(CallContext& context, const AccountCode& account,
                                std::int32_t seconds, const AddJob& add) {
    std::optional<IdempotencyKey> key;
    if (context.call().idempotency_key && context.operation().is_write()) {
        key.emplace(context.call(), context.operation());
    }
    std::optional<Answer> recorded;
    std::string id;
    in_unit_of(context, account, [&](UnitOfWork& unit) {
        if (key) recorded = key->find(unit.session);
        if (recorded) return;
        id = add(unit);
        if (!key) return;
        Answer answer;
        answer.body = to_json(id);
        key->record(unit.session, answer, unit.facts.now, false);
    });
    if (recorded) {
        context.replayed = true;
        const auto earlier = parse_json(recorded->body).value;
        // Before jobs were remembered by their ids it was what they came to.
        if (!earlier.is_string()) return std::move(recorded->body);
        id = earlier.get_string().c_str();
    }
    return answer_with_job(context, account, id, seconds);
}

}  // namespace wharf::operations

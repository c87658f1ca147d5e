#include "host/operations/rollout.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <wharf/json_parse.hpp>
#include <wharf/operations/plugins.hpp>

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/dispatcher.hpp"
#include "host/operations/job_operations.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/plugin_set.hpp"

namespace wharf::operations {
namespace {

constexpr std::size_t kAccountsPerStep = 20;

struct Memory {
    std::string after;  // the last account that was looked at
    std::vector<plugins::RolloutResult> results;
};
BOOST_DESCRIBE_STRUCT(Memory, (), (after, results))

bool wanted(const plugins::Rollout& request, const accounts::AccountRecord& record) {
    if (record.phase != accounts::AccountPhase::active) return false;
    const auto& accounts = *request.accounts;
    if (std::find(accounts.begin(), accounts.end(), record.code) != accounts.end()) return true;
    const auto& plans = *request.plans;
    return std::find(plans.begin(), plans.end(), record.copy.plan) != plans.end();
}

// What is asked of each account: the request without what says which accounts.
boost::json::value switch_request(const boost::json::value& rollout) {
    boost::json::object request = rollout.as_object();
    for (const auto* name : {"plans", "accounts", "wait"}) request.erase(name);
    return request;
}

// As the preview of switching this one account does.
void tell_what_it_means(plugins::RolloutResult& result, const boost::json::value& state) {
    result.documents_in_flight = state.at("documents_in_flight").to_number<std::int64_t>();
    result.preview.text = boost::json::serialize(state.at("preview"));
}

plugins::RolloutResult switch_one(Services& services, const AccountCode& account,
                                  const boost::json::value& request,
                                  const std::shared_ptr<const accounts::Principal>& principal,
                                  bool dry_run, const std::string& request_id) {
    Call call;
    call.account = account;
    call.principal = principal;
    call.operation = plugins::SwitchPlugin::kOperation.name;
    call.request = request;
    call.dry_run = dry_run;
    call.request_id = request_id;
    plugins::RolloutResult result;
    result.account = account;
    try {
        const auto answer = services.dispatcher->call(call);
        result.switched = true;
        if (dry_run) tell_what_it_means(result, parse_json(answer.body).value);
    } catch (const Refusal& refusal) {
        if (refusal.retryable()) throw;
        result.code = refusal.code();
        result.detail = refusal.detail();
    }
    return result;
}

std::vector<accounts::AccountRecord> page_after(Services& services, const std::string& after) {
    auto snapshot = services.accounts->directory().snapshot();
    return accounts::list_accounts(snapshot->session(), AccountCode(after), kAccountsPerStep);
}

std::string result_of(const std::vector<plugins::RolloutResult>& results, bool dry_run) {
    const auto switched = std::count_if(results.begin(), results.end(),
                                        [](const auto& result) { return result.switched; });
    std::string out = dry_run ? R"({"dry_run":true,"switched":)" : R"({"switched":)";
    append_json_integer(out, switched);
    out += ",\"refused\":";
    append_json_integer(out, static_cast<std::int64_t>(results.size()) - switched);
    out += ",\"accounts\":";
    append_json(out, results);
    if (dry_run) out += R"(,"effects":[],"not_run":[])";
    out += '}';
    return out;
}

// Accounts that are named and are not there are told as well.
void tell_missing(Services& services, const plugins::Rollout& request,
                  std::vector<plugins::RolloutResult>& results) {
    auto snapshot = services.accounts->directory().snapshot();
    for (const auto& code : *request.accounts) {
        if (accounts::find_account(snapshot->session(), code)) continue;
        auto& missing = results.emplace_back();
        missing.account = code;
        missing.code = "not_found";
        missing.detail = "there is no account \"" + code.text() + "\"";
    }
}

std::string preview(CallContext& context, const plugins::Rollout& request,
                    const boost::json::value& json) {
    auto& services = context.services();
    std::vector<plugins::RolloutResult> results;
    tell_missing(services, request, results);
    const auto wish = switch_request(json);
    std::string after;
    while (true) {
        const auto page = page_after(services, after);
        for (const auto& record : page) {
            after = record.code.text();
            if (!wanted(request, record)) continue;
            results.push_back(switch_one(services, record.code, wish, context.call().principal,
                                         true, context.call().request_id));
        }
        if (page.size() < kAccountsPerStep) break;
    }
    context.status = 200;
    return result_of(results, true);
}

// Without what the plugin's settings hold secret.
std::string journal_input(Services& services, const plugins::Rollout& request,
                          const boost::json::value& json) {
    const auto* entry = services.plugins->find(request.plugin.view());
    if (!request.config || entry == nullptr || !entry->config) return boost::json::serialize(json);
    auto shown = json;
    shown.as_object()["config"] =
        parse_json(without_secrets(*request.config, *entry->config)).value;
    return boost::json::serialize(shown);
}

std::string roll_out(CallContext& context, const boost::json::value& json) {
    const auto request = from_json<plugins::Rollout>(json);
    auto& services = context.services();
    if (services.plugins->find(request.plugin.view()) == nullptr) {
        throw Refusal::not_found("plugin", request.plugin.view());
    }
    if (request.plans->empty() && request.accounts->empty()) {
        throw Refusal::invalid("/plans", "required", "name plans or accounts");
    }
    check_wait(*request.wait);
    if (context.dry_run()) return preview(context, request, json);
    return answer_with_new_job(context, {}, *request.wait, [&](UnitOfWork& unit) {
        append_journal(unit, {JournalKind::request,
                              context.operation().name,
                              request.plugin.text(),
                              {},
                              context.actor_name(),
                              false,
                              request.reason.text(),
                              journal_input(services, request, json)});
        return add_job(unit, {"rollout", "", boost::json::serialize(json), {}});
    });
}

void step_of_rollout(Services& services, const AccountCode&, JobRecord& record) {
    const auto json = parse_json(record.request).value;
    const auto request = from_json<plugins::Rollout>(json);
    Memory memory;
    if (record.memory == "null") {
        tell_missing(services, request, memory.results);
    } else {
        memory = from_json<Memory>(parse_json(record.memory).value);
    }
    const auto wish = switch_request(json);
    const auto page = page_after(services, memory.after);
    for (const auto& account : page) {
        memory.after = account.code.text();
        if (!wanted(request, account)) continue;
        memory.results.push_back(
            switch_one(services, account.code, wish, record.principal, false, record.job.id));
        ++record.job.progress.done;
    }
    record.memory = to_json(memory);
    if (page.size() < kAccountsPerStep) {
        record.job.status = jobs::JobStatus::done;
        record.job.result.text = result_of(memory.results, false);
    }
}

}  // namespace

void bind_rollout(Registry& registry) {
    auto operation = described<plugins::Rollout>();
    operation.scope = Scope::host;
    operation.place = Place::outside;
    operation.handler = &roll_out;
    registry.add(std::move(operation));
}

void add_rollout_kind(JobRunner& runner) {
    runner.add_free_kind("rollout", &step_of_rollout);
}

}  // namespace wharf::operations

#include "host/operations/account_operations.hpp"

#include <wharf/json_parse.hpp>
#include <wharf/operations/accounts.hpp>

#include "host/accounts/account_state.hpp"
#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/domain/pages.hpp"
#include "host/limits.hpp"
#include "host/operations/account_rules.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/idempotency.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/schedules.hpp"

namespace wharf::operations {
namespace {

constexpr std::int32_t kUsualSerialMode = 2;

accounts::AccountCopy copy_of(const Account& account) {
    return {account.name.text(), account.plan, account.account_type, account.inventory_type};
}

Account account_of(const accounts::CreateAccount& request, Instant now) {
    Account account;
    account.code = request.code;
    account.name = request.name;
    account.plan = request.plan;
    account.account_type = request.account_type;
    account.inventory_type = request.inventory_type;
    account.serial_mode = request.serial_mode;
    if (account.inventory_type == InventoryType::serialized && !account.serial_mode) {
        account.serial_mode = kUsualSerialMode;
    }
    account.currency = request.currency;
    account.time_zone = request.time_zone;
    account.country = request.country;
    account.fiscal_year_start = request.fiscal_year_start.value_or(
        Text<5, 5>(request.country.view() == "IN" ? "04-01" : "01-01"));
    account.policies = *request.policies;
    account.created_at = now;
    if (auto faults = account_faults(account); !faults.empty()) {
        throw Refusal::invalid(std::move(faults));
    }
    return account;
}

bool same_settings(const std::string& stored, Account account) {
    auto begun = from_json<Account>(parse_json(stored).value);
    account.created_at = begun.created_at;
    return to_json(begun) == to_json(account);
}

// Puts the account into the directory, or finds that a call which was cut off began with the very
// same one: then that creation is finished.
void begin_creating(CallContext& context, storage::Session& session, Account& account) {
    if (const auto begun = accounts::find_account(session, account.code);
        begun && begun->phase == accounts::AccountPhase::creating &&
        same_settings(begun->settings, account)) {
        account.created_at = begun->created_at;
        return;
    }
    accounts::add_account(session,
                          {account.code, copy_of(account), to_json(account), account.created_at});
    BatchState state;
    UnitFacts facts;
    facts.account = account.code;
    facts.principal = context.call().principal;
    facts.request_id = context.call().request_id;
    facts.now = account.created_at;
    UnitOfWork unit(context.services(), session, state, directory_settings(), facts);
    append_journal(unit, {JournalKind::request,
                          context.operation().name,
                          {},
                          {},
                          context.actor_name(),
                          false,
                          account.code.text(),
                          to_json(account)});
}

// In the unit that puts the account into the directory: from there on the same key gives it back.
void record_creation(const IdempotencyKey& key, storage::Session& session, const Account& account) {
    Answer answer;
    answer.body = to_json(account);
    answer.version = account.version;
    key.record(session, answer, account.created_at, false);
}

Account create(CallContext& context, const accounts::CreateAccount& request) {
    auto& accounts = *context.services().accounts;
    const auto& call = context.call();
    auto account = account_of(request, context.now());
    context.location = "/v1/accounts/" + account.code.text();
    if (call.dry_run) {
        accounts::run(
            accounts.directory(),
            [&](storage::Session& session) { begin_creating(context, session, account); },
            accounts::Verdict::undo);
        return account;
    }
    std::optional<IdempotencyKey> key;
    if (call.idempotency_key) key.emplace(call, context.operation());
    const auto recorded = accounts::run(accounts.directory(),
                                        [&](storage::Session& session) -> std::optional<Answer> {
                                            if (key) {
                                                if (auto answer = key->find(session)) return answer;
                                            }
                                            begin_creating(context, session, account);
                                            if (key) record_creation(*key, session, account);
                                            return std::nullopt;
                                        });
    // Also when it was recorded: a crash or a full disk may have cut off what follows.
    accounts.finish_creating(account.code);
    if (recorded) {
        context.replayed = true;
        context.status = 200;
        return from_json<Account>(parse_json(recorded->body).value);
    }
    accounts::run(accounts.directory(), [&](storage::Session& session) {
        accounts::lower_next_due(session, account.code, account.created_at);
    });
    return account;
}

Account get(CallContext& context, const accounts::GetAccount&) {
    return context.unit().settings->account;
}

// The key of an account sees that one alone.
std::vector<accounts::AccountRecord> visible_accounts(CallContext& context,
                                                      const AccountCode& after, std::size_t limit) {
    const auto& principal = context.unit().facts.principal;
    if (!principal || !principal->account) {
        return accounts::list_accounts(context.session(), after, limit);
    }
    std::vector<accounts::AccountRecord> own;
    if (auto record = accounts::find_account(context.session(), *principal->account);
        record && after.view() < record->code.view()) {
        own.push_back(std::move(*record));
    }
    return own;
}

Page<accounts::AccountSummary> list(CallContext& context, const accounts::ListAccounts& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    const AccountCode after(domain::decode_cursor(request.after, 1)[0]);
    Page<accounts::AccountSummary> page;
    for (const auto& record : visible_accounts(context, after, limit + 1)) {
        if (page.items.size() == limit) {
            page.next = domain::encode_cursor({page.items.back().code.view()});
            break;
        }
        page.items.push_back({record.code, record.copy.name, record.copy.plan,
                              record.copy.account_type, record.copy.inventory_type,
                              boost::describe::enum_to_string(record.phase, "unknown"),
                              record.created_at});
    }
    return page;
}

// What the request names takes the place of what is there; within policies one by one.
Account patched(const Account& account, const boost::json::value& request) {
    auto tree = parse_json(to_json(account)).value;
    auto& fields = tree.as_object();
    for (const auto& member : request.as_object()) {
        if (member.key() != "policies") {
            if (!member.value().is_null()) fields[member.key()] = member.value();
            continue;
        }
        if (!member.value().is_object()) continue;
        for (const auto& policy : member.value().get_object()) {
            if (policy.value().is_null() && policy.key() != "purchase_approval_limit") continue;
            fields["policies"].as_object()[policy.key()] = policy.value();
        }
    }
    return from_json<Account>(tree);
}

std::string update(CallContext& context, const boost::json::value& request) {
    auto& unit = context.unit();
    const auto& before = unit.settings->account;
    context.transaction().check_version(before.version);
    auto account = patched(before, request);
    if (auto faults = account_faults(account); !faults.empty()) {
        throw Refusal::invalid(std::move(faults));
    }
    context.version = before.version;
    if (to_json(account) == to_json(before)) return to_json(before);
    account.version = before.version + 1;
    write_account(unit.session, account);
    accounts::raise_version(unit.session);
    unit.settings_changed = true;
    context.version = account.version;
    return to_json(account);
}

}  // namespace

void bind_accounts(Registry& registry) {
    bind<accounts::CreateAccount>(registry, &create, [](Operation& operation) {
        operation.scope = Scope::host;
        operation.place = Place::outside;
    });
    bind<accounts::ListAccounts>(registry, &list, [](Operation& operation) {
        operation.scope = Scope::host;
        operation.place = Place::directory;
    });
    bind<accounts::GetAccount>(registry, &get);
    auto operation = described<accounts::UpdateAccount>();
    operation.handler = &update;
    registry.add(std::move(operation));
}

bool listed_alike(const Account& left, const Account& right) {
    return left.name == right.name && left.plan == right.plan &&
           left.account_type == right.account_type && left.inventory_type == right.inventory_type;
}

void copy_to_directory(storage::Session& directory, const Account& account) {
    accounts::update_copy(directory, account.code, copy_of(account));
}

void initialise_account(Services& services, storage::Session& session,
                        const accounts::AccountRecord& record) {
    const auto account = from_json<Account>(parse_json(record.settings).value);
    write_account(session, account);
    plan_host_schedules(session, account, record.created_at);
    BatchState state;
    UnitFacts facts;
    facts.account = record.code;
    facts.now = record.created_at;
    UnitOfWork unit(services, session, state, directory_settings(), facts);
    JournalEntry entry;
    entry.operation = accounts::CreateAccount::kOperation.name;
    entry.actor = "host";
    entry.input = record.settings;
    append_journal(unit, entry);
}

}  // namespace wharf::operations

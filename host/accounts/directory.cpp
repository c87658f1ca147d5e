#include "host/accounts/directory.hpp"

#include <algorithm>
#include <wharf/refusal.hpp>

#include "host/accounts/random_text.hpp"
#include "host/limits.hpp"

namespace wharf::accounts {
namespace {

constexpr std::string_view kEmbedded = "embedded";

AccountRecord read_record(const storage::Cursor& rows) {
    AccountRecord record;
    record.code = rows.get<AccountCode>(0);
    record.copy = {rows.get<std::string>(1), rows.get<Plan>(2), rows.get<AccountType>(3),
                   rows.get<InventoryType>(4)};
    record.placement = rows.get<std::string>(5);
    record.placement_epoch = rows.integer(6);
    record.incarnation = rows.get<std::string>(7);
    record.phase = rows.get<AccountPhase>(8);
    record.settings = rows.get<std::string>(9);
    record.next_due_at = rows.get<std::optional<Instant>>(10);
    record.created_at = rows.get<Instant>(11);
    return record;
}

void check_code(const AccountCode& code) {
    auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    auto text = code.view();
    if (text.empty() || text.size() > 64 || !std::all_of(text.begin(), text.end(), plain)) {
        throw Refusal::invalid("/code", "invalid_code",
                               "an account's code is 1 to 64 letters, digits, - and _");
    }
}

void require_one(std::int64_t changed, const AccountCode& code) {
    if (changed == 0) throw Refusal::not_found("account", code.view());
}

std::vector<AccountCode> read_codes(storage::Cursor rows) {
    std::vector<AccountCode> codes;
    while (rows.next()) codes.push_back(rows.get<AccountCode>(0));
    return codes;
}

}  // namespace

AccountRecord add_account(storage::Session& session, const NewAccount& account) {
    check_code(account.code);
    if (find_account(session, account.code)) {
        throw Refusal::conflict("account_exists",
                                "there is an account \"" + account.code.text() + "\" already");
    }
    AccountRecord record{
        account.code,      account.copy,           std::string(kEmbedded), 1,
        random_text(80),   AccountPhase::creating, account.settings,       std::nullopt,
        account.created_at};
    session.execute(
        "INSERT INTO account (code, name, plan, account_type, inventory_type, placement, "
        "placement_epoch, incarnation, phase, settings, next_due_at, created_at) "
        "VALUES (:code, :name, :plan, :account_type, :inventory_type, :placement, "
        ":placement_epoch, :incarnation, :phase, :settings, NULL, :created_at)",
        {{"code", record.code},
         {"name", record.copy.name},
         {"plan", record.copy.plan},
         {"account_type", record.copy.account_type},
         {"inventory_type", record.copy.inventory_type},
         {"placement", record.placement},
         {"placement_epoch", record.placement_epoch},
         {"incarnation", record.incarnation},
         {"phase", record.phase},
         {"settings", record.settings},
         {"created_at", record.created_at}});
    return record;
}

std::optional<AccountRecord> find_account(storage::Session& session, const AccountCode& code) {
    auto rows = session.select(
        "SELECT code, name, plan, account_type, inventory_type, placement, placement_epoch, "
        "incarnation, phase, settings, next_due_at, created_at FROM account WHERE code = :code",
        {{"code", code}});
    if (!rows.next()) return std::nullopt;
    return read_record(rows);
}

std::vector<AccountRecord> list_accounts(storage::Session& session, const AccountCode& after,
                                         std::size_t limit) {
    auto rows = session.select(
        "SELECT code, name, plan, account_type, inventory_type, placement, placement_epoch, "
        "incarnation, phase, settings, next_due_at, created_at FROM account "
        "WHERE code > :after ORDER BY code LIMIT :limit",
        {{"after", after}, {"limit", std::min(limit, limits::kDirectoryPageMax)}});
    std::vector<AccountRecord> page;
    while (rows.next()) page.push_back(read_record(rows));
    return page;
}

std::vector<AccountCode> accounts_in(storage::Session& session, AccountPhase phase) {
    return read_codes(session.select("SELECT code FROM account WHERE phase = :phase ORDER BY code",
                                     {{"phase", phase}}));
}

void set_phase(storage::Session& session, const AccountCode& code, AccountPhase phase) {
    require_one(session.execute("UPDATE account SET phase = :phase, settings = CASE WHEN :phase = "
                                "'active' THEN '' ELSE settings END WHERE code = :code",
                                {{"phase", phase}, {"code", code}}),
                code);
}

void update_copy(storage::Session& session, const AccountCode& code, const AccountCopy& copy) {
    require_one(session.execute(
                    "UPDATE account SET name = :name, plan = :plan, account_type = :account_type, "
                    "inventory_type = :inventory_type WHERE code = :code",
                    {{"name", copy.name},
                     {"plan", copy.plan},
                     {"account_type", copy.account_type},
                     {"inventory_type", copy.inventory_type},
                     {"code", code}}),
                code);
}

void erase_account(storage::Session& session, const AccountCode& code) {
    session.execute("DELETE FROM api_key WHERE account = :code", {{"code", code}});
    session.execute("UPDATE key_state SET changes = changes + 1");
    require_one(session.execute("DELETE FROM account WHERE code = :code", {{"code", code}}), code);
}

void lower_next_due(storage::Session& session, const AccountCode& code, Instant due) {
    session.execute(
        "UPDATE account SET next_due_at = :due "
        "WHERE code = :code AND (next_due_at IS NULL OR next_due_at > :due)",
        {{"due", due}, {"code", code}});
}

void set_next_due(storage::Session& session, const AccountCode& code, std::optional<Instant> due) {
    require_one(session.execute("UPDATE account SET next_due_at = :due WHERE code = :code",
                                {{"due", due}, {"code", code}}),
                code);
}

std::vector<AccountCode> due_accounts(storage::Session& session, Instant now, std::size_t limit) {
    return read_codes(
        session.select("SELECT code FROM account WHERE next_due_at <= :now AND phase = 'active' "
                       "ORDER BY next_due_at, code LIMIT :limit",
                       {{"now", now}, {"limit", std::min(limit, limits::kDirectoryPageMax)}}));
}

std::vector<AccountCode> accounts_without_due(storage::Session& session) {
    return read_codes(session.select(
        "SELECT code FROM account WHERE next_due_at IS NULL AND phase = 'active' ORDER BY code"));
}

}  // namespace wharf::accounts

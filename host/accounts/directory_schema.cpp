// The tables of account zero.
#include "host/accounts/directory.hpp"

namespace wharf::accounts {
namespace {

using storage::ColumnType;
using storage::Table;

Table account_table() {
    return {"account",
            {{"code", ColumnType::text},
             {"name", ColumnType::text},
             {"plan", ColumnType::text},
             {"account_type", ColumnType::text},
             {"inventory_type", ColumnType::text},
             {"placement", ColumnType::text},
             {"placement_epoch", ColumnType::integer},
             {"incarnation", ColumnType::text},
             {"phase", ColumnType::text},
             {"settings", ColumnType::text},
             {"next_due_at", ColumnType::integer, true},
             {"created_at", ColumnType::integer}},
            {"code"},
            {{"account_due", {"next_due_at", "code"}}, {"account_phase", {"phase", "code"}}}};
}

Table key_table() {
    return {"api_key",
            {{"id", ColumnType::text},
             {"account", ColumnType::text, true},
             {"name", ColumnType::text},
             {"role", ColumnType::text},
             {"vendor", ColumnType::text, true},
             {"locations", ColumnType::text},
             {"permissions", ColumnType::text},
             {"secret_hash", ColumnType::text},
             {"created_at", ColumnType::integer},
             {"created_by", ColumnType::text},
             {"revoked_at", ColumnType::integer, true},
             {"expires_at", ColumnType::integer, true}},
            {"id"},
            {{"api_key_account", {"account", "id"}}}};
}

// `changes` counts every change of a key: what is remembered of keys holds for one number of it.
Table key_state_table() {
    return {"key_state",
            {{"id", ColumnType::integer},
             {"made", ColumnType::integer},
             {"changes", ColumnType::integer}},
            {"id"}};
}

}  // namespace

storage::Schema directory_schema() {
    return {{10, "accounts and keys", {account_table(), key_table(), key_state_table()}}};
}

}  // namespace wharf::accounts

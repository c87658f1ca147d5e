// The tables of account zero.
#include "host/accounts/directory.hpp"

namespace wharf::accounts {
namespace {

using storage::Table;
using enum storage::ColumnType;

Table account_table() {
    return {"account",
            {{"code", text},
             {"name", text},
             {"plan", text},
             {"account_type", text},
             {"inventory_type", text},
             {"placement", text},
             {"placement_epoch", integer},
             {"incarnation", text},
             {"phase", text},
             {"settings", text},
             {"next_due_at", integer, true},
             {"created_at", integer}},
            {"code"},
            {{"account_due", {"next_due_at", "code"}}, {"account_phase", {"phase", "code"}}}};
}

Table key_table() {
    return {"api_key",
            {{"id", text},
             {"account", text, true},
             {"name", text},
             {"role", text},
             {"vendor", text, true},
             {"locations", text},
             {"permissions", text},
             {"secret_hash", text},
             {"created_at", integer},
             {"created_by", text},
             {"revoked_at", integer, true},
             {"expires_at", integer, true}},
            {"id"},
            {{"api_key_account", {"account", "id"}}}};
}

// `changes` counts every change of a key: what is remembered of keys holds for one number of it.
Table key_state_table() {
    return {"key_state", {{"id", integer}, {"made", integer}, {"changes", integer}}, {"id"}};
}

}  // namespace

storage::Schema directory_schema() {
    return {{10, "accounts and keys", {account_table(), key_table(), key_state_table()}}};
}

}  // namespace wharf::accounts

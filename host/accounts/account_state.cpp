#include "host/accounts/account_state.hpp"

namespace wharf::accounts {

storage::Schema account_state_schema() {
    using enum storage::ColumnType;
    return {{1,
             "what an account knows of itself",
             {{"account_state",
               {{"id", integer},
                {"incarnation", text},
                {"placement_epoch", integer},
                {"version", integer}},
               {"id"}}}}};
}

std::optional<AccountState> read_account_state(storage::Session& session) {
    auto rows = session.select(
        "SELECT incarnation, placement_epoch, version FROM account_state WHERE id = 1");
    if (!rows.next()) return std::nullopt;
    return AccountState{rows.get<std::string>(0), rows.integer(1), rows.integer(2)};
}

void write_account_state(storage::Session& session, const AccountState& state) {
    session.execute("DELETE FROM account_state");
    session.execute(
        "INSERT INTO account_state (id, incarnation, placement_epoch, version) "
        "VALUES (1, :incarnation, :placement_epoch, :version)",
        {{"incarnation", state.incarnation},
         {"placement_epoch", state.placement_epoch},
         {"version", state.version}});
}

void raise_version(storage::Session& session) {
    session.execute("UPDATE account_state SET version = version + 1");
}

}  // namespace wharf::accounts

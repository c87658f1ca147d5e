// The rules that shared SQL keeps so that both engines run it, checked whenever a statement is
// prepared for the first time.
#pragma once

#include <string_view>

namespace wharf::storage::sqlite {

// Throws std::logic_error naming the forbidden word. Only SELECT, INSERT, UPDATE, DELETE and WITH
// may begin a statement: transactions, pragmas and DDL belong to the engine.
void refuse_forbidden_sql(std::string_view sql);

}  // namespace wharf::storage::sqlite

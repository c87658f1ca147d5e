#include "host/domain/counters.hpp"

namespace wharf::domain {

// Two plain statements: UPDATE ... RETURNING keeps its row in a temporary table first, which costs
// three times as much as these.
std::int64_t take_numbers(storage::Session& session, std::string_view counter, std::int64_t count) {
    const auto last = session.value<std::int64_t>("SELECT value FROM counter WHERE name = :name",
                                                  {{"name", counter}});
    const auto value = last.value_or(0) + count;
    session.execute(last ? "UPDATE counter SET value = :value WHERE name = :name"
                         : "INSERT INTO counter (value, name) VALUES (:value, :name)",
                    {{"value", value}, {"name", counter}});
    return value - count + 1;
}

}  // namespace wharf::domain

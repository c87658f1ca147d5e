// Replay: an account's journal is run again on an empty account, and what comes of it must be the
// same, byte by byte. The journal is all that is needed: what was asked, by whom, at which instant,
// and what the host and its plugins did by themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/describe.hpp>

#include "host/operations/operations.hpp"

namespace wharf::operations {

// Where two databases are not the same.
struct ReplayDifference {
    std::string table;
    std::string original;  // the row as JSON, empty where there is none
    std::string replayed;
};
BOOST_DESCRIBE_STRUCT(ReplayDifference, (), (table, original, replayed))

// A row of the journal that could not be run again.
struct ReplayStop {
    std::int64_t seq = 0;
    std::string operation;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReplayStop, (), (seq, operation, reason))

struct ReplayReport {
    bool same = false;
    std::string account;
    std::int64_t entries = 0;  // of the journal that were run
    std::int64_t rows = 0;     // that were compared
    std::optional<ReplayStop> stopped;
    std::vector<ReplayDifference> differences;  // the first of them
};
BOOST_DESCRIBE_STRUCT(ReplayReport, (), (same, account, entries, rows, stopped, differences))

// A table that is not compared, and why.
struct NotCompared {
    std::string_view table;
    std::string_view because;
};
const std::vector<NotCompared>& not_compared();

// Runs the journal of `original`, the database of an account, in `fresh`: a host of its own on an
// empty folder, with the same plugins, without background work, in which nobody else does anything.
ReplayReport replay(storage::Session& original, Operations& fresh);

}  // namespace wharf::operations

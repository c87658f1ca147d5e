// One `>` line held against a reply.
#pragma once

#include <string>
#include <vector>

#include "tests/support/http_client.hpp"

namespace wharf::scenario {

// What is wrong, in lines that a person reads; nothing when the reply is as expected. The text is
// the
// `>` line without its `>`, names filled in:
//   201 {"number":"*"}      the status (or 4xx), and optionally what the body must hold
//   header ETag "1"         a header; * for any
//   text some words         the body as text holds this
//   .lines[0].reserved 5    one value; `.lines size 2`, `.items has {...}`, `.items none {...}`
//   no .next                absent or null
std::vector<std::string> faults(const std::string& expectation, const tests::HttpReply& reply);

}  // namespace wharf::scenario

// The host that a plugin's own tests run against (sdk/include/wharf/testing.hpp): the real
// operations on a folder that goes away, with the author's bundles loaded as ever, a clock that
// only the test moves, and no HTTP. Each line of the input is a command, each line of the output
// its answer:
//
//   {"do":"call","account":"acme","as":{"role":"admin"},"operation":"...","request":{...},"dry_run":false}
//     -> {"body":{...}} or {"refusal":{...}}
//   {"do":"pass","seconds":3600}       moves the clock; what is due is done
//   {"do":"settle","account":"acme"}   waits for its jobs
//   {"do":"restart"}                   ends the host and starts it on the same data
//   {"do":"replay","account":"acme"}   -> {"body":{"same":true,...}}
#pragma once

#include <filesystem>
#include <iosfwd>

namespace wharf::app {

// Serves until the input ends. The first line of the output says which bundles are there, each with
// what blocks it.
void run_test_host(const std::filesystem::path& plugins, std::istream& in, std::ostream& out);

}  // namespace wharf::app

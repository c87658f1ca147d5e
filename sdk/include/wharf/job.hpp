// Long work in steps: the host calls the job again with the state that its last step gave, until a
// step says that it is done. Progress, cancel and result are the host's.
#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/refusal_json.hpp"

namespace wharf {

template <class State>
struct JobStep {
    bool done = false;
    State state;  // for the next step
    std::int64_t progress_done = 0;
    std::optional<std::int64_t> progress_total;
    boost::json::value result;  // with the last step
    std::vector<Fault> errors;  // of this step; listed with the job, they do not end it
    BOOST_DESCRIBE_CLASS(JobStep, (), (done, state, progress_done, progress_total, result, errors),
                         (), ())
};

}  // namespace wharf

// Long work: the host answers at once when it is short, with 202 and a job when it is not.
#pragma once

#include <string>

#include "host/app/client.hpp"

namespace wharf::app {

class Remote;

// The result, whichever way it came. Waits for a job with a progress bar titled `title`. Throws
// Failure (refused) when it was refused, failed or cancelled.
std::string finished(Remote& remote, HttpReply reply, const std::string& title);

}  // namespace wharf::app

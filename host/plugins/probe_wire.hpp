// What the host and its probe agree on: the first byte of the answer.
#pragma once

namespace wharf::plugins {

// The answer is one of these and then the description or the reason.
inline constexpr char kProbeDescribed = 'D';
inline constexpr char kProbeBlocked = 'B';

}  // namespace wharf::plugins

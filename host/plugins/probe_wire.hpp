// What the host and its probe agree on: descriptors, and the first byte of the answer.
#pragma once

namespace wharf::plugins {

inline constexpr int kProbePluginFd = 3;
inline constexpr int kProbeAnswerFd = 4;

// The answer is one of these and then the description or the reason.
inline constexpr char kProbeDescribed = 'D';
inline constexpr char kProbeBlocked = 'B';

}  // namespace wharf::plugins

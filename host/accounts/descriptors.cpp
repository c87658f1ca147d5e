#include "host/accounts/descriptors.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "host/limits.hpp"

namespace wharf::accounts {

std::size_t raise_descriptor_limit(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur >= wanted) return limit.rlim_cur;
    // Past the hard limit goes only who is allowed to; everybody else goes up to it.
    const rlimit whole{wanted, std::max<rlim_t>(wanted, limit.rlim_max)};
    const rlimit allowed{std::min<rlim_t>(wanted, limit.rlim_max), limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &whole) != 0) ::setrlimit(RLIMIT_NOFILE, &allowed);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

std::size_t accounts_within(std::size_t descriptors, std::size_t open_max) {
    return std::clamp<std::size_t>(descriptors * 3 / 5 / limits::kDescriptorsPerAccount, 1,
                                   open_max);
}

std::size_t connections_within(std::size_t descriptors, std::size_t accounts) {
    const auto others = accounts * limits::kDescriptorsPerAccount + limits::kDescriptorsOfTheHost;
    const auto left = descriptors > others ? descriptors - others : descriptors / 5;
    return std::clamp<std::size_t>(left, 1, limits::kHttpConnectionsMax);
}

std::size_t descriptors_for(std::size_t accounts) {
    return accounts * limits::kDescriptorsPerAccount + limits::kHttpConnectionsMax +
           limits::kDescriptorsOfTheHost;
}

}  // namespace wharf::accounts

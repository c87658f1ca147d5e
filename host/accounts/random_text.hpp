// Unguessable text and its hash; libsodium stays behind this header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wharf::accounts {

// `bits` random bits (a multiple of 40) from the kernel, as lower-case letters and digits without
// the ones that are easily confused.
std::string random_text(std::size_t bits);

// 64 hex digits of BLAKE2b. Right for a secret of high entropy only: it is fast on purpose.
std::string secret_hash(std::string_view secret);

// In a time that does not depend on where they differ.
bool same_secret(std::string_view left, std::string_view right);

}  // namespace wharf::accounts

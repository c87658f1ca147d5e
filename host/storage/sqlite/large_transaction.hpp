// When a transaction counts as large, and what its writer may then hold. Beside the engine that
// they belong to, unlike the other bounds, because no other engine has them.
#pragma once

namespace wharf::storage::sqlite {

// More statements than most batches run.
inline constexpr int kLargeTransactionStatements = 500;
// Pages that do not fit are written to the log before the commit and read again, over and over. 64
// MiB hold what a plan for 100,000 waiting lines changes; they go back to the system after the
// commit.
inline constexpr int kLargeTransactionCacheKib = 64 * 1024;

}  // namespace wharf::storage::sqlite

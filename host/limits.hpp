// Every bound of the host in one place, each with the reason beside it. Past a bound the answer is a
// clear refusal, never a slower and slower success. Units stand last in the names.
#pragma once

#include <chrono>
#include <cstddef>

namespace wharf::limits {

using namespace std::chrono_literals;

// --- Storage ------------------------------------------------------------------------------------

// Page caches of one open account: one writer and its idle readers stay under 1 MiB together, so
// that a thousand open accounts stay under 1 GiB.
inline constexpr int kWriterCacheKib = 512;
inline constexpr int kReaderCacheKib = 96;
inline constexpr std::size_t kIdleReadersMax = 4;

// Prepared statements kept per connection; one costs a few KiB.
inline constexpr std::size_t kWriterStatementsMax = 256;
inline constexpr std::size_t kReaderStatementsMax = 64;

// The log is copied into the file past 4 MiB (pages of 4 KiB): about twenty busy batches.
inline constexpr int kCheckpointPages = 1000;
// What a log may keep on disk after it was emptied.
inline constexpr int kWalBytesKept = 16 * 1024 * 1024;

// --- Accounts -----------------------------------------------------------------------------------

// A batch closes at either bound. One sync is shared by up to 64 units; past 5 ms of work it no
// longer dominates, and the first unit of the batch should not wait for more.
inline constexpr std::size_t kBatchUnitsMax = 64;
inline constexpr auto kBatchTimeMax = 5ms;

// Units waiting in one strand: eight full batches, far below a second of work.
inline constexpr std::size_t kStrandQueueMax = 512;

// Accounts open at once. Each takes up to eleven descriptors and 1 MiB of cache.
inline constexpr std::size_t kOpenAccountsMax = 1000;
inline constexpr std::size_t kDescriptorsPerAccount = 12;

// Keys remembered between two requests; an entry is about 500 bytes.
inline constexpr std::size_t kCachedKeysMax = 10'000;

// Rows of one page of the directory's lists.
inline constexpr std::size_t kDirectoryPageMax = 1000;

}  // namespace wharf::limits

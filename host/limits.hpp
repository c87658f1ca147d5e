// Every bound of the host in one place, each with the reason beside it. Past a bound the answer is
// a clear refusal, never a slower and slower success. Units stand last in the names.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

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

// A transaction of more statements than most batches run counts as large. Pages that do not fit its
// writer's cache are written to the log before the commit and read again, over and over: 64 MiB
// hold what a plan for 100,000 waiting lines changes, and go back to the system after the commit.
inline constexpr int kLargeTransactionStatements = 500;
inline constexpr int kLargeTransactionCacheKib = 64 * 1024;

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

// Descriptors of neither accounts nor connections: sealed bundles, the directory, pipes, a log.
inline constexpr std::size_t kDescriptorsOfTheHost = 256;

// Keys remembered between two requests; an entry is about 500 bytes.
inline constexpr std::size_t kCachedKeysMax = 10'000;

// Rows of one page of the directory's lists.
inline constexpr std::size_t kDirectoryPageMax = 1000;

// --- Documents and lists -------------------------------------------------------------------------

// Lines of one document: about what fits a body of 1 MiB.
inline constexpr std::size_t kDocumentLinesMax = 10'000;
// Legs of one purchase order: the places and days that a sheet distributes it over.
inline constexpr std::size_t kPurchaseOrderLegsMax = 200;
// Named serials of one document.
inline constexpr std::size_t kDocumentSerialsMax = 10'000;

// Items of a page; plugins work through larger ones, in the process.
inline constexpr std::size_t kPageRowsMax = 200;
inline constexpr std::size_t kInternalPageRowsMax = 10'000;

// --- Operations ---------------------------------------------------------------------------------

// What one write or read may take; the same as an ordinary HTTP request.
inline constexpr auto kUnitTimeMax = 10s;

// Operations and plugins inside one another: six features calling each other need ten.
inline constexpr int kNestedCallsMax = 32;

// Reactions to reactions. A longer chain is a circle.
inline constexpr int kReactionDepthMax = 16;

// Reactions of one unit; what is left over is done by the account's next unit, so that a write
// never waits for more than a second of them.
inline constexpr int kReactionsPerUnitMax = 512;

// Events looked at in one read.
inline constexpr std::size_t kReactionWindow = 256;

// A failing reaction is tried again after these waits, then parked.
inline constexpr std::chrono::seconds kReactionRetries[] = {1s, 5s, 30s, 120s, 600s};

// A plugin that broke this often in a row is not entered for a while.
inline constexpr int kPluginFaultsMax = 5;
inline constexpr auto kBreakerPause = 30s;

// How long the answer to an idempotency key is kept.
inline constexpr std::chrono::hours kIdempotencyKept{7 * 24};
inline constexpr std::size_t kIdempotencyKeyBytesMax = 255;

// Documents of plugins and their keys in an index.
inline constexpr std::size_t kCollectionDocumentBytesMax = 1024 * 1024;
inline constexpr std::size_t kCollectionKeyBytesMax = 1024;

// Imports: rows of one unit (a document is never split), and refusals told in the reply.
inline constexpr std::size_t kImportRowsPerUnit = 200;
inline constexpr std::size_t kImportRefusalsTold = 1000;
inline constexpr std::size_t kImportRowsPerDocumentMax = 10'000;
// Cells of a row and bytes of a cell: wharf/csv.hpp.

// Jobs: how long a caller may wait for one, and how often a broken step is tried.
inline constexpr auto kJobWaitMax = 10s;
inline constexpr int kJobAttemptsMax = 5;
inline constexpr std::size_t kJobThreads = 2;

// How often the directory is asked whose time has come.
inline constexpr std::chrono::milliseconds kSchedulerPause{500};
inline constexpr std::size_t kSchedulerAccountsPerTurn = 100;

// What a job refused and keeps to be listed, row by row: a file of the largest size that is wrong
// throughout. Past it refusals are only counted.
inline constexpr std::int64_t kJobErrorsKept = 100'000;

// Movements and journal rows up to which `verify` answers at once: below a second of work. Past it,
// it is a job.
inline constexpr std::int64_t kVerifiedAtOnceMax = 250'000;

// --- Messages between accounts ------------------------------------------------------------------

// One message: as much as a document that a request may bring.
inline constexpr std::size_t kMessageBytesMax = 1024 * 1024;

// Messages that wait for one partner to take them in: a day of a busy account whose partner is
// away. Past it sending is refused, and with it the write that sends.
inline constexpr std::int64_t kOutboxWaitingMax = 10'000;

// Messages of one partner that an account has taken in and not worked on, because a plugin is off
// or fails. Past it they wait on the sender's side.
inline constexpr std::int64_t kInboxWaitingMax = 10'000;

// Taken in, or worked on, in one unit: a batch of the strand; and no more bytes than a batch should
// keep in memory.
inline constexpr std::size_t kMessagesPerUnit = 64;
inline constexpr std::size_t kMessageBatchBytesMax = 4 * 1024 * 1024;

// A message that fails waits as a failing reaction does (kReactionRetries), then it is parked.
// Delivery to a partner that does not take anything in is tried at the same waits and then again
// and again at the longest, one look each: nothing is lost by waiting.

// What was delivered is kept for so long, to be sent again to a partner that is restored from an
// older backup.
inline constexpr int kMessageDaysKept = 30;

// Accounts that one account exchanges messages with: a marketplace seller has hundreds of vendors.
inline constexpr std::int64_t kPartnersMax = 1'000;

// Delivery waits for two commits; a second thread keeps a slow account from holding up the others.
inline constexpr std::size_t kMessengerThreads = 2;

// Pairs of accounts that wait for a thread; those that do not fit are found by the scheduler.
inline constexpr std::size_t kMessengerQueueMax = 10'000;

// --- HTTP transport -----------------------------------------------------------------------------

// Workers mostly wait for a strand's commit. A quarter of them may wait for one account, and that
// quarter is to fill one batch while the batch before it is being committed: eight times 64.
inline constexpr std::size_t kHttpWorkers = 8 * kBatchUnitsMax;

// One busy account must leave workers for the others: past its share, 503 with Retry-After.
inline constexpr std::size_t kHttpWorkersShare = 4;

// Stack of a worker. JSON depth is bounded, so a handler is shallow; untouched pages cost nothing.
inline constexpr std::size_t kHttpWorkerStackBytes = 1024 * 1024;

// Complete requests waiting for a worker; at 10,000 requests/s this is a tenth of a second.
inline constexpr std::size_t kHttpQueueMax = 1024;

// Open sockets. An idle one costs a descriptor and about 1 KiB, no thread.
inline constexpr std::size_t kHttpConnectionsMax = 8192;

// Handshakes the kernel may hold while the gate is busy; the kernel caps it at somaxconn.
inline constexpr int kHttpListenBacklog = 1024;

// Request line and header lines together; the default of the common reverse proxies is 8 to 32 KiB.
inline constexpr std::size_t kHttpHeadBytesMax = 16 * 1024;
inline constexpr std::size_t kHttpHeadersMax = 100;

// A target that is longer is not one of ours: paths are short, filters are few.
inline constexpr std::size_t kHttpTargetBytesMax = 4 * 1024;
inline constexpr std::size_t kHttpQueryPairsMax = 64;

// A document of 10,000 lines is about 500 kB of JSON.
inline constexpr std::size_t kHttpBodyBytesMax = 1024 * 1024;

// CSV imports: about 300,000 rows in one file.
inline constexpr std::size_t kHttpImportBodyBytesMax = 32 * 1024 * 1024;

// All bodies that are held in memory at once, over all connections: an import of the largest size
// and one of half of it, or 48 documents. A host with its plugins stands at 36 MiB; under attack it
// stays below 128. Past it the largest unfinished one makes room.
inline constexpr std::size_t kHttpBufferedBytesMax = 48 * 1024 * 1024;

// One line of chunked framing: sixteen digits would do, extensions are legal and ignored.
inline constexpr std::size_t kHttpChunkLineBytesMax = 256;

// From the first byte of an ordinary request to its last.
inline constexpr auto kHttpRequestDeadline = 10s;

// Between two reads of an import: a slow line may take its time, a dead one may not.
inline constexpr auto kHttpImportIdleDeadline = 30s;

// An import as a whole: so long, and longer by what has come at this pace. The largest file may
// take 70 minutes; a line that only drips holds its connection and its memory for no more than one.
inline constexpr auto kHttpImportGrace = 60s;
inline constexpr std::size_t kHttpImportBytesPerSecondMin = 8 * 1024;

// A kept-alive connection without a request; longer than the 60 s that reverse proxies keep theirs,
// so that it is they who close first.
inline constexpr auto kHttpKeepAlive = 75s;

// Between two successful writes of a reply to a client that reads slowly.
inline constexpr auto kHttpWriteDeadline = 10s;

// After a refusal the client's unread bytes are discarded this long, so that the reply is not
// destroyed by a reset.
inline constexpr auto kHttpLinger = 1s;
inline constexpr std::size_t kHttpLingerBytesMax = 1024 * 1024;

// --- Printing -----------------------------------------------------------------------------------

// Callers at the printer, and how long one waits for its turn: an ordinary document takes some
// milliseconds, the largest some seconds, and a crowd must leave workers for everything else.
inline constexpr std::size_t kPrintQueueMax = 32;
inline constexpr auto kPrintWaitMax = 5s;

// --- HTTP interface -----------------------------------------------------------------------------

// Requests per second of one key, and how many it may save up. One key alone cannot take more than
// a quarter of what one account's strand commits on a small machine; a program that imports or
// synchronises stays far below. 0 on the command line: no limit.
inline constexpr double kHttpRequestsPerSecond = 5'000;
inline constexpr double kHttpRequestBurst = 10'000;

// Keys whose rate is remembered; the fullest buckets are forgotten first, which costs them nothing.
inline constexpr std::size_t kHttpRatedKeysMax = 20'000;

// Texts that clients choose and that are stored or logged.
inline constexpr std::size_t kHttpRequestIdMax = 128;
inline constexpr std::size_t kHttpIdempotencyKeyMax = 255;

// Distinct refusal codes that are counted apart; plugins bring their own.
inline constexpr std::size_t kCountedCodesMax = 512;

// Lines of the log that wait for a slow reader of standard error; past it lines are dropped and
// counted: a log nobody reads may not stop the host.
inline constexpr std::size_t kLogBytesMax = 8 * 1024 * 1024;

// What `Retry-After` says when the host is full: a full queue is worked off within a second.
inline constexpr auto kHttpRetryAfter = 1s;

// --- Plugins ------------------------------------------------------------------------------------

// A plugin with a hundred operations and their shapes writes about 300 KiB about itself.
inline constexpr std::size_t kManifestBytesMax = 4U << 20U;

// The sealed copy lies in memory for the life of the process; ours are below 1 MiB, stripped.
inline constexpr std::size_t kBundleFileBytesMax = std::size_t{256} << 20U;

// Loading takes milliseconds, a second with a sanitizer on a busy machine; a hang takes for ever.
inline constexpr auto kProbeTimeMax = 20s;
inline constexpr std::size_t kProbeCpuSecondsMax = 30;
inline constexpr std::size_t kProbeOpenFilesMax = 64;
inline constexpr std::size_t kProbeAddressBytesMax = std::size_t{4} << 30U;

// Plugins in processes of their own: calls at once of one plugin, processes that are kept for the
// next calls, and how long one may say nothing before it is taken for dead (three times what a call
// may take).
inline constexpr std::size_t kPluginProcessesMax = 16;
inline constexpr std::size_t kIdlePluginProcessesMax = 4;
inline constexpr auto kPluginProcessSilenceMax = 30s;

// A reason is one line in a list.
inline constexpr std::size_t kBlockedReasonBytesMax = 500;

}  // namespace wharf::limits

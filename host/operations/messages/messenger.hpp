// The threads that carry messages from one account's outbox to another's inbox, after the commit of
// the unit that sent them. They may wait for both accounts, which no unit may.
//
// One pair of accounts is worked on by one thread at a time, so its order is kept; whatever crashes
// between two steps, the next try begins with what the sender knows, and the receiver takes in each
// number once.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <wharf/values/text.hpp>

#include "host/accounts/account.hpp"
#include "host/operations/messages/inbox.hpp"
#include "host/operations/messages/lane.hpp"
#include "host/operations/services.hpp"

namespace wharf::operations {

// From any thread unless it says otherwise.
class Messenger {
public:
    // now: although the last try failed a moment ago. even_empty: also when nothing waits, because
    // the receiver was restored and the sender has to hear of it.
    enum class Try { when_due, now, even_empty };

    explicit Messenger(Services& services) : services_(services) {}
    Messenger(const Messenger&) = delete;
    Messenger& operator=(const Messenger&) = delete;
    ~Messenger() { stop(); }

    void start();
    void stop();

    // There may be something to carry. Again is fine; an account that is not there is forgotten.
    void deliver(const AccountCode& from, const AccountCode& to, Try how);
    // What the account has taken in may be worked on.
    void work_on_inbox(const AccountCode& account);
    // Does what is queued, and what comes of it, on the calling thread: for hosts whose threads
    // were not started.
    void drain();

    [[nodiscard]] std::uint64_t delivered() const { return delivered_.load(); }
    [[nodiscard]] std::uint64_t refused() const { return refused_.load(); }

private:
    // From and to; the same account twice means its inbox.
    using Pair = std::pair<AccountCode, AccountCode>;
    struct Task {
        Pair pair;
        Try how = Try::when_due;
    };

    void enqueue(Pair pair, Try how);
    void work();
    std::optional<Task> take();
    void done(const Pair& pair);
    void carry_out(const Task& task) noexcept;
    void carry(const AccountCode& from, const AccountCode& to, Try how);
    std::optional<Delivery> next_delivery(accounts::Account& sender, const AccountCode& to,
                                          Try how);
    DeliveryAnswer hand_over(const AccountCode& to, const Delivery& delivery);
    void note_answer(accounts::Account& sender, const AccountCode& to, const Delivery& delivery,
                     const DeliveryAnswer& answer);
    void note_refusal(accounts::Account& sender, const AccountCode& to, std::string problem);
    void save(accounts::Account& sender, storage::Session& session, const AccountCode& to,
              const Lane& lane);
    bool stopping();

    Services& services_;
    std::atomic<std::uint64_t> delivered_{0};
    std::atomic<std::uint64_t> refused_{0};

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Pair> order_;
    std::map<Pair, Try> waiting_;
    std::set<Pair> busy_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace wharf::operations

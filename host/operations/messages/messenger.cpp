#include "host/operations/messages/messenger.hpp"

#include <algorithm>

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/limits.hpp"
#include "host/operations/messages/outbox.hpp"
#include "host/operations/messages/partners.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

constexpr const char* kRequestId = "messages";

std::string text_of(const Refusal& refusal) {
    return refusal.code() + ": " + refusal.detail();
}

}  // namespace

void Messenger::start() {
    for (std::size_t i = 0; i < limits::kMessengerThreads; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

void Messenger::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
    threads_.clear();
}

bool Messenger::stopping() {
    std::lock_guard lock(mutex_);
    return stopping_;
}

void Messenger::deliver(const AccountCode& from, const AccountCode& to, Try how) {
    enqueue({from, to}, how);
}

void Messenger::work_on_inbox(const AccountCode& account) {
    enqueue({account, account}, Try::when_due);
}

// What does not fit is found by the scheduler: the directory knows that the account is due.
void Messenger::enqueue(Pair pair, Try how) {
    {
        std::lock_guard lock(mutex_);
        const auto known = waiting_.find(pair);
        if (known != waiting_.end()) {
            known->second = std::max(known->second, how);
            return;
        }
        if (order_.size() >= limits::kMessengerQueueMax) return;
        waiting_.emplace(pair, how);
        order_.push_back(std::move(pair));
    }
    changed_.notify_one();
}

// Precondition: the mutex is held.
std::optional<Messenger::Task> Messenger::take() {
    const auto free = std::find_if(order_.begin(), order_.end(),
                                   [this](const Pair& pair) { return !busy_.contains(pair); });
    if (free == order_.end()) return std::nullopt;
    auto taken = waiting_.extract(*free);
    order_.erase(free);
    busy_.insert(taken.key());
    return Task{taken.key(), taken.mapped()};
}

void Messenger::done(const Pair& pair) {
    {
        std::lock_guard lock(mutex_);
        busy_.erase(pair);
    }
    changed_.notify_all();
}

void Messenger::work() {
    while (true) {
        std::optional<Task> task;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stopping_ || (task = take()).has_value(); });
            if (stopping_) return;
        }
        carry_out(*task);
        done(task->pair);
    }
}

void Messenger::drain() {
    while (true) {
        std::optional<Task> task;
        {
            std::lock_guard lock(mutex_);
            task = take();
        }
        if (!task) return;
        carry_out(*task);
        done(task->pair);
    }
}

void Messenger::carry_out(const Task& task) noexcept {
    const auto& [from, to] = task.pair;
    try {
        if (from != to) return carry(from, to, task.how);
        run_work(services_, services_.accounts->open(to), facts_of(services_, to, kRequestId, true),
                 [](UnitOfWork& unit) { operations::work_on_inbox(unit); });
    } catch (const Refusal& refusal) {
        // An account that is not there has nothing to send.
        if (refusal.kind() == RefusalKind::not_found) return;
        services_.log(LogLevel::warning, "messages", text_of(refusal));
    } catch (const std::exception& error) {
        services_.log(LogLevel::warning, "messages", error.what());
    }
}

void Messenger::carry(const AccountCode& from, const AccountCode& to, Try how) {
    const auto sender = services_.accounts->open(from);
    while (!stopping()) {
        const auto delivery = next_delivery(*sender, to, how);
        if (!delivery) return;
        how = Try::when_due;
        try {
            const auto answer = hand_over(to, *delivery);
            note_answer(*sender, to, *delivery, answer);
        } catch (const Refusal& refusal) {
            const auto told =
                refusal.kind() == RefusalKind::not_found ? text_of(not_agreed()) : text_of(refusal);
            return note_refusal(*sender, to, told);
        } catch (const std::exception& error) {
            services_.log(LogLevel::warning, "messages",
                          from.text() + " to " + to.text() + ": " + error.what());
            return note_refusal(*sender, to, "unavailable: the other account could not take it in");
        }
    }
}

// What the sender's outbox holds for the partner, as it is committed.
std::optional<Delivery> Messenger::next_delivery(accounts::Account& sender, const AccountCode& to,
                                                 Try how) {
    auto snapshot = sender.snapshot();
    auto& session = snapshot->session();
    if (!has_agreed(session, to)) return std::nullopt;
    const auto lane = lane_of(session, to);
    if (how == Try::when_due && lane.retry_at && services_.clock() < *lane.retry_at) {
        return std::nullopt;
    }
    auto messages = next_messages(session, to, lane.delivered);
    if (messages.empty() && how != Try::even_empty) return std::nullopt;
    return Delivery{sender.code(), lane.their_incarnation, std::move(messages)};
}

DeliveryAnswer Messenger::hand_over(const AccountCode& to, const Delivery& delivery) {
    DeliveryAnswer answer;
    auto facts = facts_of(
        services_, to,
        delivery.messages.empty() ? kRequestId : delivery.messages.front().request_id, true);
    run_work(services_, services_.accounts->open(to), std::move(facts),
             [&](UnitOfWork& unit) { answer = take_in(unit, delivery); });
    return answer;
}

void Messenger::note_answer(accounts::Account& sender, const AccountCode& to,
                            const Delivery& delivery, const DeliveryAnswer& answer) {
    accounts::run(sender, [&](storage::Session& session) {
        auto lane = lane_of(session, to);
        lane.their_incarnation = answer.incarnation;
        if (answer.other_life) {
            lane.delivered = last_taken(session, to, *answer.other_life);
        } else if (answer.taken > 0) {
            lane.delivered = std::max(lane.delivered, delivery.messages[answer.taken - 1].number);
            lane.delivered_at = services_.clock();
        }
        lane.attempts = 0;
        lane.retry_at.reset();
        lane.problem.clear();
        if (!answer.problem.empty()) note_failure(lane, services_.clock(), answer.problem);
        save(sender, session, to, lane);
    });
    delivered_ += answer.taken;
    if (!answer.problem.empty()) ++refused_;
}

void Messenger::note_refusal(accounts::Account& sender, const AccountCode& to,
                             std::string problem) {
    ++refused_;
    accounts::run(sender, [&](storage::Session& session) {
        auto lane = lane_of(session, to);
        note_failure(lane, services_.clock(), std::move(problem));
        save(sender, session, to, lane);
    });
}

// The directory's instant is lowered before the account commits, as everywhere.
void Messenger::save(accounts::Account& sender, storage::Session& session, const AccountCode& to,
                     const Lane& lane) {
    if (lane.retry_at) {
        accounts::run(services_.accounts->directory(), [&](storage::Session& directory) {
            accounts::lower_next_due(directory, sender.code(), *lane.retry_at);
        });
    }
    save_lane(session, to, lane);
}

}  // namespace wharf::operations

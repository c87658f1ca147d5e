// One client in a mixed load: places, amends, ships and cancels its own orders, buys, receives,
// runs the planner and, if it may, switches it. Every request can be sent twice without harm: it
// carries an Idempotency-Key or a reference. What was acknowledged is remembered and held against
// the account afterwards.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/support/shop.hpp"

namespace wharf::tests {

// What must be found in the account, as its owner believes it to be.
struct Believed {
    struct Order {
        std::string reference;
        std::int64_t quantity = 0;
        bool cancelled = false;
    };
    struct Purchase {
        std::string sku;
        std::int64_t quantity = 0;
        std::int64_t received = 0;
        std::string status = "draft";
    };
    std::map<std::string, Order> orders;        // by number
    std::map<std::string, Purchase> purchases;  // by number
    std::map<std::string, int> journal;         // acknowledged writes with a key, by operation
};

class Buyer {
public:
    Buyer(int id, std::uint32_t seed, bool may_switch);

    // Works until told to stop or the host is gone. Any thread, one at a time.
    void work(Client client, Client platform, const std::atomic<bool>& stop);
    // Sends what was cut off once more, and nothing else.
    void finish(Client client, Client platform);
    // Sends the last acknowledged requests again: the same bytes must come back.
    void send_again(Client client);

    [[nodiscard]] const Believed& believed() const { return believed_; }
    [[nodiscard]] int acknowledged() const { return acknowledged_; }
    // Answers that were neither a success nor one of the refusals that such a mix brings about.
    [[nodiscard]] const std::vector<std::string>& wrong() const { return wrong_; }

private:
    enum class Kind { place, amend, ship, cancel, purchase, submit, approve, receive, run, toggle };
    struct Action {
        Kind kind = Kind::place;
        std::string path;
        std::string body;
        std::string key;     // empty: told apart by its reference
        std::string number;  // of the document it is about
        std::int64_t quantity = 0;
    };
    struct Acknowledged {
        Action action;
        std::string body;
    };

    Action next();
    Action place();
    Action about_order(Kind kind);
    Action purchase();
    Action about_purchase();
    Action toggle();
    bool send(Client& client, Client& platform, const Action& action);
    void take(const Action& action, const HttpReply& reply);
    void refused(const Action& action, const HttpReply& reply);
    int up_to(int max);
    std::string name();

    int id_;
    std::mt19937 random_;
    bool may_switch_;
    int count_ = 0;
    bool switched_on_ = true;
    std::optional<Action> pending_;
    Believed believed_;
    std::vector<Acknowledged> latest_;
    std::vector<std::string> open_orders_;
    std::vector<std::string> open_purchases_;
    int acknowledged_ = 0;
    std::vector<std::string> wrong_;
};

// The product that a mixed load buys and sells, by its number.
std::string mixed_sku(int n);
inline constexpr int kMixedProducts = 8;

}  // namespace wharf::tests

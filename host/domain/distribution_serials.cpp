// Serials that belong to an order before its goods come, dealt out over its legs.
#include <algorithm>
#include <set>

#include "host/domain/distribution_plan.hpp"
#include "host/domain/purchase_order_balance.hpp"

namespace wharf::domain {
namespace {

std::set<Serial> received_serials(Transaction& transaction, const DocumentNumber& order) {
    std::set<Serial> serials;
    auto row = transaction.session().select(
        "SELECT s.serial FROM receipt_serial s JOIN receipt r ON r.number = s.receipt "
        "WHERE r.purchase_order = :number AND r.status = 'posted' AND s.placed <> 'rejected'",
        {{"number", order}});
    while (row.next()) serials.insert(row.get<Serial>(0));
    return serials;
}

// The serials of one line of the parent.
class Dealing {
public:
    Dealing(Transaction& transaction, DistributionPlan& plan, const ParentLine& line,
            Faults& faults)
        : transaction_(transaction), plan_(plan), line_(line), faults_(faults) {}

    void run() {
        gather();
        if (all_.empty()) return refuse_named("the line has no serials to name");
        for (auto& hand : hands_) take_named(hand);
        for (auto& hand : hands_) keep_own(hand);
        for (auto& hand : hands_) take_from_pool(hand);
    }

private:
    struct Hand {
        LegTarget* target = nullptr;
        std::size_t wanted = 0;
        std::vector<Serial> own;  // received ones first
        std::set<Serial> received;
    };

    void gather() {
        if (plan_.first) {
            const auto index = plan_.parent.index_of(line_.line);
            all_ = plan_.parent.order.lines[*index].serials;
        }
        for (auto& leg : plan_.legs) {
            Hand hand;
            const auto* line = leg.line_of(line_.line);
            Quantity cancelled;
            if (line != nullptr) {
                hand.own = line->serials;
                cancelled = line->cancelled;
                if (!hand.own.empty()) {
                    hand.received = received_serials(transaction_, leg.stored.order.number);
                    std::stable_partition(hand.own.begin(), hand.own.end(), [&](const auto& one) {
                        return hand.received.contains(one);
                    });
                }
                all_.insert(all_.end(), hand.own.begin(), hand.own.end());
            }
            const auto target = leg.targets.find(line_.line);
            if (target != leg.targets.end()) {
                hand.target = &target->second;
                hand.wanted = static_cast<std::size_t>(
                    std::max(target->second.quantity - target->second.called_off - cancelled,
                             Quantity(0))
                        .raw());
            }
            hands_.push_back(std::move(hand));
        }
        free_.insert(all_.begin(), all_.end());
        for (const auto& hand : hands_) {
            for (const auto& serial : hand.received) free_.erase(serial);
        }
    }

    void refuse_named(const std::string& why) {
        for (const auto& hand : hands_) {
            if (hand.target == nullptr || !hand.target->named || hand.target->named->empty()) {
                continue;
            }
            faults_.add("/legs", "serials_not_taken", why);
        }
    }

    void take_named(Hand& hand) {
        if (hand.target == nullptr || !hand.target->named) return;
        const auto& named = *hand.target->named;
        faults_.add_if(named.size() != hand.wanted, "/legs", "serial_count",
                       std::to_string(named.size()) + " serials for " +
                           std::to_string(hand.wanted) + " units of \"" + line_.sku.text() + "\"");
        for (const auto& serial : hand.received) {
            faults_.conflict_if(std::find(named.begin(), named.end(), serial) == named.end(),
                                "/legs", "serial_received",
                                "\"" + serial.text() + "\" was received there and stays");
        }
        for (const auto& serial : named) {
            const bool taken = hand.received.contains(serial) || free_.erase(serial) > 0;
            faults_.add_if(!taken, "/legs", "serial_not_free",
                           "\"" + serial.text() +
                               "\" is not on the line, or named or received "
                               "elsewhere");
            hand.target->serials.push_back(serial);
        }
    }

    void keep_own(Hand& hand) {
        if (hand.target == nullptr || hand.target->named) return;
        for (const auto& serial : hand.own) {
            if (hand.target->serials.size() >= hand.wanted) return;
            if (!hand.received.contains(serial) && free_.erase(serial) == 0) continue;
            hand.target->serials.push_back(serial);
        }
    }

    void take_from_pool(Hand& hand) {
        if (hand.target == nullptr || hand.target->named) return;
        for (; next_ < all_.size() && hand.target->serials.size() < hand.wanted; ++next_) {
            if (free_.erase(all_[next_]) > 0) hand.target->serials.push_back(all_[next_]);
        }
    }

    Transaction& transaction_;
    DistributionPlan& plan_;
    const ParentLine& line_;
    Faults& faults_;
    std::vector<Hand> hands_;  // by index of the leg
    std::vector<Serial> all_;
    std::set<Serial> free_;
    std::size_t next_ = 0;
};

}  // namespace

void deal_serials(Transaction& transaction, DistributionPlan& plan, Faults& faults) {
    for (const auto& line : plan.lines) Dealing(transaction, plan, line, faults).run();
}

}  // namespace wharf::domain

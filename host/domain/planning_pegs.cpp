// Tying supply to demand and untying it.
#include <algorithm>
#include <map>
#include <tuple>

#include "host/domain/list_query.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/planning.hpp"
#include "host/domain/planning_demand.hpp"
#include "host/domain/planning_filters.hpp"
#include "host/domain/planning_supply.hpp"
#include "host/domain/pointers.hpp"

namespace wharf::domain {
namespace {

constexpr std::size_t kSupplyAtOnce = 1000;

// Demand in allocation order, given away from the front: each line is touched once however many
// supply lines it takes.
class DemandQueue {
public:
    explicit DemandQueue(std::vector<OpenDemand> lines) : lines_(std::move(lines)) {}

    [[nodiscard]] bool empty() const { return next_ == lines_.size(); }

    // Ties up to `quantity` of the supply line.
    planning::Covered give(Transaction& transaction, const planning::Supply& supply,
                           Quantity quantity) {
        planning::Covered covered{supply.supply, Count(0), 0};
        const auto tied = take(quantity);
        for (const auto& line : tied) {
            covered.quantity += line.quantity;
            ++covered.lines;
        }
        if (supply.pegged.zero()) {
            peg_all(transaction, supply.supply, supply.sku, supply.location, tied);
            return covered;
        }
        for (const auto& line : tied) {
            peg(transaction, line.order, line.line, supply.sku, supply.location, supply.supply,
                line.quantity);
        }
        return covered;
    }

private:
    // The first lines, with as much of each as `quantity` reaches.
    std::vector<Tied> take(Quantity quantity) {
        std::vector<Tied> taken;
        while (quantity.positive() && !empty()) {
            auto& line = lines_[next_];
            const auto part = std::min(quantity, line.open);
            taken.push_back({line.order, line.line, part});
            quantity -= part;
            line.open -= part;
            if (line.open.zero()) ++next_;
        }
        return taken;
    }

    std::vector<OpenDemand> lines_;
    std::size_t next_ = 0;
};

// The same product, location and horizon share one walk through the demand.
struct GroupKey {
    LocationCode location;
    Sku sku;
    std::optional<Instant> due_before;
    auto operator<=>(const GroupKey&) const = default;
};

class Covering {
public:
    Covering(Transaction& transaction, const planning::PegSupply& request)
        : transaction_(transaction), request_(request), reply_{} {}

    planning::CoverReply run() {
        reply_.covered.resize(request_.covers.size());
        find_all();
        for (std::size_t i = 0; i < request_.covers.size(); ++i) {
            if (request_.covers[i].order) cover_order(i);
        }
        for (const auto& [key, indexes] : groups_) cover_group(key, indexes);
        return std::move(reply_);
    }

private:
    void find_all() {
        for (std::size_t i = 0; i < request_.covers.size(); ++i) {
            const auto& cover = request_.covers[i];
            auto& supply = find(i, cover.supply);
            if (!cover.order) {
                groups_[{supply.location, supply.sku, cover.due_before}].push_back(i);
            }
            supplies_.push_back(&supply);
        }
    }

    planning::Supply& find(std::size_t i, const SupplyLine& line) {
        const auto key = std::tuple(line.kind, line.number, line.line);
        const auto known = found_.find(key);
        if (known != found_.end()) return known->second;
        auto supply = find_supply(transaction_, line);
        if (supply) return found_.emplace(key, std::move(*supply)).first->second;
        throw Refusal::invalid(pointer_at("/covers", i, "supply"), "unknown_supply",
                               "\"" + line.number.text() + "\" line " + std::to_string(line.line) +
                                   " is no supply that is still to come");
    }

    // What the line still has to give now: other covers may have taken of it.
    [[nodiscard]] Quantity free_now(std::size_t i) const {
        const auto& supply = *supplies_[i];
        return std::min(request_.covers[i].quantity, supply.owed - supply.pegged);
    }

    void give(DemandQueue& queue, std::size_t i) {
        auto& supply = *supplies_[i];
        reply_.covered[i] = queue.give(transaction_, supply, free_now(i));
        supply.pegged += reply_.covered[i].quantity;
    }

    void cover_order(std::size_t i) {
        const auto& cover = request_.covers[i];
        const auto& supply = *supplies_[i];
        DemandQueue queue(open_demand(
            transaction_,
            {supply.sku, supply.location, cover.order, cover.order_line, cover.due_before},
            free_now(i)));
        give(queue, i);
    }

    void cover_group(const GroupKey& key, const std::vector<std::size_t>& indexes) {
        Quantity wanted;
        for (const auto i : indexes) wanted += std::max(free_now(i), Quantity(0));
        DemandQueue queue(open_demand(
            transaction_, {key.sku, key.location, std::nullopt, std::nullopt, key.due_before},
            wanted));
        for (const auto i : indexes) give(queue, i);
    }

    Transaction& transaction_;
    const planning::PegSupply& request_;
    planning::CoverReply reply_;
    // Each supply line once, however many covers name it; what is tied is counted along.
    std::map<std::tuple<SupplyKind, DocumentNumber, std::int32_t>, planning::Supply> found_;
    std::vector<planning::Supply*> supplies_;  // by index of the cover
    std::map<GroupKey, std::vector<std::size_t>> groups_;
};

struct Place {
    LocationCode location;
    Sku sku;
};

// Products and locations that wait, and have supply that is not fully pegged or may have.
std::vector<Place> waiting_places(Transaction& transaction,
                                  const planning::PegFreeSupply& request) {
    PlaceParameters places("w.location", transaction.actor());
    auto parameters = places.parameters();
    std::string sql = "SELECT w.location, w.sku FROM waiting_line w WHERE w.waiting > 0";
    sql += places.condition();
    if (request.location) {
        sql += " AND w.location = :location";
        parameters.emplace_back("location", *request.location);
    }
    if (request.sku) {
        sql += " AND w.sku = :sku";
        parameters.emplace_back("sku", *request.sku);
    }
    sql += " GROUP BY w.location, w.sku ORDER BY w.location, w.sku";
    auto row = transaction.session().select(sql, parameters);
    std::vector<Place> found;
    while (row.next()) found.push_back({row.get<LocationCode>(0), row.get<Sku>(1)});
    return found;
}

std::vector<planning::Supply> free_supply(Transaction& transaction,
                                          const planning::PegFreeSupply& request,
                                          const Place& place) {
    const std::optional<Sku> sku(place.sku);
    const std::optional<LocationCode> location(place.location);
    const SupplyFilter filter{
        sku, location, true, *request.purchase_orders, *request.in_transit, *request.quality_check};
    std::vector<planning::Supply> all;
    SupplyMark mark;
    for (;;) {
        auto some = read_supply(transaction, filter, mark, kSupplyAtOnce);
        const bool last = some.size() < kSupplyAtOnce;
        if (!some.empty()) mark = mark_of(some.back());
        all.insert(all.end(), std::make_move_iterator(some.begin()),
                   std::make_move_iterator(some.end()));
        if (last) return all;
    }
}

}  // namespace

planning::CoverReply peg_supply(Transaction& transaction, const planning::PegSupply& request) {
    refuse_vendors(transaction);
    return Covering(transaction, request).run();
}

planning::CoverReply peg_free_supply(Transaction& transaction,
                                     const planning::PegFreeSupply& request) {
    refuse_vendors(transaction);
    planning::CoverReply reply;
    for (const auto& place : waiting_places(transaction, request)) {
        const auto supplies = free_supply(transaction, request, place);
        Quantity wanted;
        for (const auto& supply : supplies) wanted += supply.owed - supply.pegged;
        if (!wanted.positive()) continue;
        DemandQueue queue(open_demand(
            transaction,
            {place.sku, place.location, std::nullopt, std::nullopt, request.due_before}, wanted));
        for (const auto& supply : supplies) {
            if (queue.empty()) break;
            auto covered = queue.give(transaction, supply, supply.owed - supply.pegged);
            if (covered.quantity.positive()) reply.covered.push_back(std::move(covered));
        }
    }
    return reply;
}

planning::CoverReply unpeg_supply(Transaction& transaction, const planning::UnpegSupply& request) {
    refuse_vendors(transaction);
    if (!find_supply(transaction, request.supply)) {
        throw Refusal::invalid("/supply", "unknown_supply",
                               "\"" + request.supply.number.text() + "\" line " +
                                   std::to_string(request.supply.line) +
                                   " is no supply that is still to come");
    }
    planning::Covered untied{request.supply, Count(0), 0};
    auto pegs = pegs_on_supply(transaction, request.supply);
    std::reverse(pegs.begin(), pegs.end());
    for (const auto& tied : pegs) {
        auto taken = tied.quantity;
        if (request.quantity) taken = std::min(taken, *request.quantity - untied.quantity);
        if (!taken.positive()) break;
        reduce_peg(transaction, tied, taken);
        untied.quantity += taken;
        ++untied.lines;
    }
    return {{untied}};
}

Page<Peg> list_pegs(Transaction& transaction, const planning::ListPegs& request) {
    refuse_vendors(transaction);
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_counter(request.after);
    ListQuery query(
        "SELECT id, sales_order, order_line, sku, location, supply_kind, supply_number, "
        "supply_line, quantity FROM peg");
    query.where("id > :after", "after", after);
    query.where_equal("sales_order", request.order);
    query.where_equal("supply_number", request.supply);
    query.where_equal("sku", request.sku);
    query.where_equal("location", request.location);
    query.where_among("location", transaction.actor().locations);
    const auto rows = limit + 1;
    query.sql() += " ORDER BY id LIMIT :rows";
    query.parameters().emplace_back("rows", rows);
    auto row = transaction.session().select(query.sql(), query.parameters());
    return collect_page<Peg>(
        limit, [&]() { return row.next() ? std::optional(read_peg(row)) : std::nullopt; },
        [](const Peg& last) { return encode_cursor({std::to_string(last.id)}); });
}

}  // namespace wharf::domain

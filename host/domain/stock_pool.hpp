// The ledger's two kinds of balance: what stands at one position, and the pool of a location, sku
// and lot that is promised and costed as one. Only move() and reservations change them.
#pragma once

#include <optional>
#include <string_view>

#include "host/domain/ledger.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

// `lot` is the empty text where there is none.
struct PoolKey {
    const LocationCode& location;
    const Sku& sku;
    std::string_view lot;
};

struct Pool {
    Count on_hand;   // in all conditions
    Money value;     // of these
    Count sellable;  // of these
    Count docked;    // of the sellable: in the default bin, waiting for putaway
    Count reserved;  // of the sellable
};

inline std::string_view lot_text(const std::optional<LotCode>& lot) {
    return lot ? lot->view() : std::string_view();
}

std::optional<Pool> find_pool(Transaction& transaction, const PoolKey& key);

// How a movement changes a pool; `sellable_in` names the bin of a change of sellable stock.
struct PoolChange {
    Quantity on_hand{0};
    Money value;
    Quantity sellable{0};
    BinCode bin;
};
void change_pool(Transaction& transaction, const PoolKey& key, const PoolChange& change);

// Lots come and go: a pool of one that holds nothing any more is forgotten.
void forget_empty_pool(Transaction& transaction, const PoolKey& key);

// Takes from a position and gives what is left there; refuses (conflict, insufficient_stock) more
// than stands there.
Standing take_from_position(Transaction& transaction, const PoolKey& key, const Position& position,
                            Quantity quantity, Money value);
// Another position of the pool where something stands, the one with the most.
std::optional<Position> fullest_position(Transaction& transaction, const PoolKey& key);
void put_at_position(Transaction& transaction, const PoolKey& key, const Position& position,
                     Quantity quantity, Money value);
// Outside places are kept the same way, and may go below zero. `quantity` is signed.
void change_outside(Transaction& transaction, Outside outside, const Sku& sku, std::string_view lot,
                    Quantity quantity, Money value);

LocationCode outside_code(Outside outside);

// Where sellable stock of the pool stands, in the order in which it is picked: shelves before the
// default bin, then by bin.
struct BinStock {
    BinCode bin;
    Count quantity;
};
std::vector<BinStock> sellable_bins(Transaction& transaction, const PoolKey& key);

}  // namespace wharf::domain

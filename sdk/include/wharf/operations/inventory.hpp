// Stock operations.
#pragma once

#include "wharf/model/inventory.hpp"
#include "wharf/operation.hpp"

namespace wharf::inventory {

struct Levels {
    using Reply = Page<StockItem>;
    static constexpr OperationInfo kOperation{"inventory.levels", Access::read, "inventory.read",
                                              "GET /stock",
                                              "Stock by sku, location, condition, lot"};
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Levels, (), (sku, location, limit, after))

struct Movements {
    using Reply = Page<Movement>;
    static constexpr OperationInfo kOperation{"inventory.movements", Access::read, "inventory.read",
                                              "GET /stock/movements",
                                              "Movements of the ledger, oldest first"};
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    std::optional<DocumentNumber> document;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Movements, (), (sku, location, document, limit, after))

struct GetSerial {
    using Reply = SerialState;
    static constexpr OperationInfo kOperation{"inventory.serial", Access::read, "inventory.read",
                                              "GET /stock/serials/{serial}", "Where one serial is"};
    Serial serial;
};
BOOST_DESCRIBE_STRUCT(GetSerial, (), (serial))

// One change of an adjustment. Exactly one of `quantity` (a signed change), `counted` (the absolute
// count, with `expected`, what the counter saw before) or `to_condition` with `quantity` (a move
// between conditions) is meant. `unit_cost` values what comes in; without it the moving average
// does.
struct AdjustmentLine {
    Sku sku;
    std::optional<SignedQuantity> quantity;
    std::optional<Count> counted;
    std::optional<Count> expected;
    Defaulted<Condition> condition = Condition::sellable;
    std::optional<Condition> to_condition;
    std::optional<BinCode> bin;
    std::optional<LotCode> lot;
    std::optional<Date> manufactured_on;
    std::optional<Date> expires_on;
    std::optional<Money> mrp;
    Defaulted<std::vector<Serial>> serials;
    std::optional<Money> unit_cost;
};
BOOST_DESCRIBE_STRUCT(AdjustmentLine, (),
                      (sku, quantity, counted, expected, condition, to_condition, bin, lot,
                       manufactured_on, expires_on, mrp, serials, unit_cost))

struct Adjustment {
    DocumentNumber number;
    std::optional<Reference> reference;
    LocationCode location;
    Name reason;
    std::vector<Movement> movements;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(Adjustment, (), (number, reference, location, reason, movements, created_at))

// All lines or none. The reason `opening` takes from @opening, `loss` gives to @loss, any other
// goes through @adjustment.
struct Adjust {
    using Reply = Adjustment;
    static constexpr OperationInfo kOperation{"inventory.adjust", Access::write,
                                              "inventory.write",  "POST /stock/adjustments",
                                              "Adjust stock",     201};
    std::optional<Reference> reference;
    LocationCode location;
    Name reason;
    std::vector<AdjustmentLine> lines;
};
BOOST_DESCRIBE_STRUCT(Adjust, (), (reference, location, reason, lines))

struct MoveBin {
    using Reply = Page<Movement>;
    static constexpr OperationInfo kOperation{"inventory.move_bin",
                                              Access::write,
                                              "inventory.write",
                                              "POST /stock/bin-moves",
                                              "Move stock between bins of one location",
                                              201};
    LocationCode location;
    Sku sku;
    std::optional<LotCode> lot;
    Defaulted<Condition> condition = Condition::sellable;
    BinCode from_bin;
    BinCode to_bin;
    Quantity quantity;
    Defaulted<std::vector<Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(MoveBin, (),
                      (location, sku, lot, condition, from_bin, to_bin, quantity, serials))

struct Violation {
    std::string invariant;  // S1, S2, ... as docs/invariants.md names them
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(Violation, (), (invariant, detail))

struct Verification {
    bool ok = true;
    std::vector<Violation> violations;
    std::int64_t movements = 0;
    std::int64_t documents = 0;
    std::int64_t audit_entries = 0;
};
BOOST_DESCRIBE_STRUCT(Verification, (), (ok, violations, movements, documents, audit_entries))

struct Verify {
    using Reply = Verification;
    static constexpr OperationInfo kOperation{"inventory.verify", Access::read, "audit.read",
                                              "GET /verify",
                                              "Check every invariant of the account"};
    Defaulted<std::int32_t> wait = 10;  // seconds to wait for the end, at most 10: then a job
};
BOOST_DESCRIBE_STRUCT(Verify, (), (wait))

}  // namespace wharf::inventory

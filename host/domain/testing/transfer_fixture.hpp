// An account with two warehouses that sends goods from one to the other.
//
//   Mover account;
//   account.stock("TEA", "BLR", 10);
//   const auto transfer = account.dispatched({{"TEA", 6}});
//   account.receive(transfer, 1, 6);
#pragma once

#include <string>
#include <vector>

#include "host/domain/testing/domain_fixture.hpp"
#include "host/domain/transfer.hpp"

namespace wharf::domain::testing {

class Mover : public TestAccount {
public:
    Mover() {
        account.inventory_type = InventoryType::serialized;
        account.serial_mode = 2;
        location("BLR").location("DEL").product("TEA").product("MILK", Tracking::lot);
        product("PHONE", Tracking::serial);
    }

    static transfers::Create moving(const std::vector<Wanted>& lines) {
        transfers::Create request;
        request.source = LocationCode("BLR");
        request.destination = LocationCode("DEL");
        for (const auto& wanted : lines) {
            auto& line = request.lines.emplace_back();
            line.sku = Sku(wanted.sku);
            line.quantity = Quantity(wanted.quantity);
        }
        return request;
    }
    Transfer create(const transfers::Create& request) {
        return run([&](Transaction& t) { return create_transfer(t, request); });
    }
    Transfer draft(const std::vector<Wanted>& lines) { return create(moving(lines)); }
    Transfer approve(const Transfer& transfer, bool may_wait = false) {
        return run([&](Transaction& t) {
            return approve_transfer(t, transfers::Approve{transfer.number, may_wait});
        });
    }
    Transfer approved(const std::vector<Wanted>& lines) { return approve(draft(lines)); }
    Transfer dispatch(const Transfer& transfer,
                      const std::vector<transfers::DispatchLine>& lines = {}) {
        return run([&](Transaction& t) {
            return dispatch_transfer(t, transfers::Dispatch{transfer.number, lines});
        });
    }
    Transfer dispatched(const std::vector<Wanted>& lines) { return dispatch(approved(lines)); }

    static transfers::Receive receiving(const Transfer& transfer, std::int32_t line,
                                        std::int64_t quantity, std::int64_t damaged = 0,
                                        std::int64_t missing = 0) {
        transfers::Receive request;
        request.number = transfer.number;
        request.difference_owner = Name("dispatch desk");
        request.difference_due_on = Date::parse("2026-12-01");
        transfers::ReceiveLine wanted;
        wanted.line = line;
        wanted.quantity = Count(quantity);
        wanted.damaged = Count(damaged);
        wanted.missing = Count(missing);
        request.lines->push_back(wanted);
        return request;
    }
    Transfer receive(const transfers::Receive& request) {
        return run([&](Transaction& t) { return receive_transfer(t, request); });
    }
    Transfer receive(const Transfer& transfer, std::int32_t line, std::int64_t quantity,
                     std::int64_t damaged = 0, std::int64_t missing = 0) {
        return receive(receiving(transfer, line, quantity, damaged, missing));
    }
    static transfers::Resolve found(const Transfer& transfer, DifferenceOutcome outcome,
                                    std::optional<std::int64_t> quantity = {}) {
        transfers::Resolve request;
        request.number = transfer.number;
        request.difference = 1;
        request.outcome = outcome;
        if (quantity) request.quantity = Quantity(*quantity);
        request.reason = Reason("the carrier's word");
        return request;
    }
    Transfer resolve(const transfers::Resolve& request) {
        return run([&](Transaction& t) { return resolve_difference(t, request); });
    }
    Transfer cancel(const transfers::Cancel& request) {
        return run([&](Transaction& t) { return cancel_transfer(t, request); });
    }
    Transfer look(const Transfer& transfer) {
        return run([&](Transaction& t) { return get_transfer(t, {transfer.number}); });
    }
    // What the ledger says of an outside place, all products together.
    StockItem outside(const std::string& place) {
        auto rows = session().select(
            "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT), "
            "CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM balance WHERE location = :place",
            {{"place", place}});
        rows.next();
        StockItem item;
        item.on_hand = Count(rows.integer(0));
        item.value = Money::from_raw(rows.integer(1));
        return item;
    }
};

}  // namespace wharf::domain::testing

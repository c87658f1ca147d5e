// An account on a real database in a folder of its own, for the domain's tests.
//
//   TestAccount account;
//   account.location("BLR").product("TEA").stock("TEA", "BLR", 5);
//   auto order = account.order("SO-1", {{"TEA", 8}});
//   EXPECT_EQ(account.refusal([&](auto& t) { ... }).code(), "wrong_status");
//   account.expect_sound();
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/domain/catalog_operations.hpp"
#include "host/domain/events.hpp"
#include "host/domain/inventory_operations.hpp"
#include "host/domain/sales_operations.hpp"
#include "host/domain/schema.hpp"
#include "host/domain/transaction.hpp"
#include "host/storage/sqlite/engine.hpp"
#include "host/storage/sqlite/test_folder.hpp"

namespace wharf::domain::testing {

// What an order line of a test names.
struct Wanted {
    std::string sku;
    std::int64_t quantity = 1;
    std::string price = "10.00";
    std::optional<std::string> location = std::nullopt;
};

// The first fault with its place, or what was refused as a whole.
inline std::string fault_of(const Refusal& refusal) {
    if (refusal.faults().empty()) return refusal.code();
    return refusal.faults().front().pointer + " " + refusal.faults().front().code;
}

class TestAccount {
public:
    TestAccount() {
        storage::sqlite::Settings settings;
        settings.folder = folder_.path();
        engine_ = storage::sqlite::open_engine(std::move(settings));
        database_ = engine_->open("acme", domain_schema());
        database_->begin_batch();
        account.code = AccountCode("acme");
        account.name = Name("Acme");
        account.currency = Text<3, 3>("INR");
        account.time_zone = Name("Asia/Kolkata");
        account.country = Text<2, 2>("IN");
        account.fiscal_year_start = Text<5, 5>("04-01");
        actor.name = "key-1";
    }

    // The account's settings, who asks and when, as the next transaction will see them.
    Account account;
    Actor actor;
    Instant now = *Instant::parse("2026-11-01T09:00:00Z");
    std::optional<std::int64_t> expected_version;

    void pass_days(std::int64_t days) { now = now.plus_micros(days * Instant::kDay); }

    // Runs one unit: kept when it returns, rolled back when it refuses.
    template <class Work>
    auto run(Work work) {
        storage::Savepoint savepoint(session());
        Transaction transaction(session(), account, {now, actor, "request-1", 0, expected_version});
        if constexpr (std::is_void_v<decltype(work(transaction))>) {
            work(transaction);
            savepoint.keep();
            expected_version.reset();
        } else {
            auto result = work(transaction);
            savepoint.keep();
            expected_version.reset();
            return result;
        }
    }

    // Runs a unit that is to be refused; gives the refusal.
    template <class Work>
    Refusal refusal(Work work) {
        try {
            run(work);
        } catch (const Refusal& refused) {
            expected_version.reset();
            return refused;
        }
        ADD_FAILURE() << "nothing was refused";
        return Refusal(RefusalKind::internal, "none", "nothing was refused");
    }

    storage::Session& session() { return database_->writer(); }

    TestAccount& location(const std::string& code) {
        catalog::PutLocation request;
        request.code = LocationCode(code);
        request.name = Name("Location " + code);
        run([&](Transaction& t) { return put_location(t, request); });
        return *this;
    }
    TestAccount& product(const std::string& sku, Tracking tracking = Tracking::none) {
        catalog::PutProduct request;
        request.sku = Sku(sku);
        request.name = Name("Product " + sku);
        request.tracking = tracking;
        run([&](Transaction& t) { return put_product(t, request); });
        return *this;
    }
    // With a pack: `CASE` of 12.
    TestAccount& packed_product(const std::string& sku) {
        catalog::PutProduct request;
        request.sku = Sku(sku);
        request.name = Name("Product " + sku);
        request.packs = std::vector<Pack>{{UnitCode("CASE"), Quantity(12), std::nullopt}};
        run([&](Transaction& t) { return put_product(t, request); });
        return *this;
    }
    TestAccount& vendor(const std::string& code) {
        catalog::PutVendor request;
        request.code = VendorCode(code);
        request.name = Name("Vendor " + code);
        run([&](Transaction& t) { return put_vendor(t, request); });
        return *this;
    }
    TestAccount& customer(const std::string& code) {
        catalog::PutCustomer request;
        request.code = CustomerCode(code);
        request.name = Name("Customer " + code);
        run([&](Transaction& t) { return put_customer(t, request); });
        return *this;
    }

    static inventory::Adjust adjustment(const std::string& location, const std::string& reason) {
        inventory::Adjust request;
        request.location = LocationCode(location);
        request.reason = Name(reason);
        return request;
    }
    inventory::Adjustment adjust(const inventory::Adjust& request) {
        return run([&](Transaction& t) { return domain::adjust(t, request); });
    }
    // Opening stock; its cost is 90.00 each.
    TestAccount& stock(const std::string& sku, const std::string& at, std::int64_t quantity,
                       const std::string& unit_cost = "90.00") {
        auto request = adjustment(at, "opening");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku);
        line.quantity = SignedQuantity(quantity);
        line.unit_cost = Money::parse(unit_cost);
        adjust(request);
        return *this;
    }
    TestAccount& lot(const std::string& sku, const std::string& at, const std::string& code,
                     std::int64_t quantity, const std::string& expires_on = {}) {
        auto request = adjustment(at, "opening");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku);
        line.quantity = SignedQuantity(quantity);
        line.lot = LotCode(code);
        if (!expires_on.empty()) line.expires_on = Date::parse(expires_on);
        line.unit_cost = Money::parse("90.00");
        adjust(request);
        return *this;
    }
    TestAccount& serials(const std::string& sku, const std::string& at,
                         const std::vector<std::string>& codes) {
        auto request = adjustment(at, "opening");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku);
        line.quantity = SignedQuantity(static_cast<std::int64_t>(codes.size()));
        line.unit_cost = Money::parse("90.00");
        std::vector<Serial> named;
        for (const auto& code : codes) named.emplace_back(code);
        line.serials = std::move(named);
        adjust(request);
        return *this;
    }
    // Takes away (negative) or adds, for a reason.
    inventory::Adjustment change(const std::string& sku, const std::string& at,
                                 std::int64_t quantity, const std::string& reason) {
        auto request = adjustment(at, reason);
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku);
        line.quantity = SignedQuantity(quantity);
        return adjust(request);
    }

    static sales::PlaceOrder placing(const std::vector<Wanted>& lines,
                                     const std::string& at = "BLR") {
        sales::PlaceOrder request;
        request.location = LocationCode(at);
        for (const auto& wanted : lines) {
            auto& line = request.lines.emplace_back();
            line.sku = Sku(wanted.sku);
            line.quantity = Quantity(wanted.quantity);
            line.unit_price = *Money::parse(wanted.price);
            if (wanted.location) line.location = LocationCode(*wanted.location);
        }
        return request;
    }
    SalesOrder place(const sales::PlaceOrder& request) {
        return run([&](Transaction& t) { return place_order(t, request); });
    }
    SalesOrder order(const std::string& reference, const std::vector<Wanted>& lines) {
        auto request = placing(lines);
        request.reference = Reference(reference);
        return place(request);
    }
    SalesOrder order(const std::vector<Wanted>& lines) { return place(placing(lines)); }
    SalesOrder read(const SalesOrder& order) {
        sales::GetOrder request{order.number};
        return run([&](Transaction& t) { return get_order(t, request); });
    }
    SalesOrder ship(const SalesOrder& order) {
        sales::ShipOrder request;
        request.number = order.number;
        return run([&](Transaction& t) { return ship_order(t, request); });
    }
    SalesOrder cancel(const SalesOrder& order) {
        sales::CancelOrder request;
        request.number = order.number;
        return run([&](Transaction& t) { return cancel_order(t, request); });
    }
    SalesOrder amend(const SalesOrder& order, std::int32_t line, std::int64_t quantity) {
        sales::AmendOrder request;
        request.number = order.number;
        request.lines = std::vector<sales::AmendLine>{{line, Count(quantity)}};
        return run([&](Transaction& t) { return amend_order(t, request); });
    }
    SalesOrder hold(const SalesOrder& order) {
        sales::HoldOrder request{order.number, std::nullopt};
        return run([&](Transaction& t) { return hold_order(t, request); });
    }
    SalesOrder release(const SalesOrder& order) {
        sales::ReleaseOrder request{order.number};
        return run([&](Transaction& t) { return release_order(t, request); });
    }

    // The stock of a sku at a location in one condition, all lots together.
    StockItem level(const std::string& sku, const std::string& at,
                    Condition condition = Condition::sellable) {
        inventory::Levels request;
        request.sku = Sku(sku);
        request.location = LocationCode(at);
        const auto page = run([&](Transaction& t) { return levels(t, request); });
        StockItem sum;
        for (const auto& item : page.items) {
            if (item.condition != condition) continue;
            sum.on_hand = Quantity(sum.on_hand) + item.on_hand;
            sum.reserved = Quantity(sum.reserved) + item.reserved;
            sum.available = Quantity(sum.available) + item.available;
            sum.value += item.value;
        }
        return sum;
    }

    std::vector<std::string> event_names() {
        std::vector<std::string> names;
        for (const auto& event : events_after(session(), 0, 1000)) names.push_back(event.name);
        return names;
    }
    std::int64_t count_events(const std::string& name) {
        const auto names = event_names();
        return std::count(names.begin(), names.end(), name);
    }

    inventory::Verification verification() {
        return run([](Transaction& t) { return verify(t, inventory::Verify{}); });
    }
    // Every invariant holds.
    void expect_sound() {
        for (const auto& violation : verification().violations) {
            ADD_FAILURE() << violation.invariant << " " << violation.detail;
        }
    }
    // Writes what was done so far to the disk and goes on in a new batch.
    void commit() {
        database_->commit_batch();
        database_->begin_batch();
    }

private:
    storage::sqlite::TestFolder folder_;
    std::unique_ptr<storage::Engine> engine_;
    std::unique_ptr<storage::Database> database_;
};

}  // namespace wharf::domain::testing

// An account that buys: the domain's fixture with purchase orders, receipts and pegs.
//
//   Buyer account;
//   account.sells("V1", "TEA", "100.00");
//   const auto order = account.approved({{"TEA", 10}});
//   account.receive(order, 10);
#pragma once

#include <string>
#include <vector>

#include "host/domain/planning.hpp"
#include "host/domain/purchase_order.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain::testing {

class Buyer : public TestAccount {
public:
    Buyer() { location("BLR").product("TEA").vendor("V1").sells("V1", "TEA", "100.00"); }

    Buyer& location(const std::string& code) {
        TestAccount::location(code);
        return *this;
    }
    Buyer& product(const std::string& sku, Tracking tracking = Tracking::none) {
        TestAccount::product(sku, tracking);
        return *this;
    }
    Buyer& packed_product(const std::string& sku) {
        TestAccount::packed_product(sku);
        return *this;
    }
    Buyer& vendor(const std::string& code) {
        TestAccount::vendor(code);
        return *this;
    }

    Buyer& sells(const std::string& vendor, const std::string& sku, const std::string& price) {
        catalog::PutVendorItem request;
        request.vendor = VendorCode(vendor);
        request.sku = Sku(sku);
        request.price = *Money::parse(price);
        run([&](Transaction& t) { return put_vendor_item(t, request); });
        return *this;
    }

    // Prices are the vendor item's unless the test names one.
    static purchasing::CreateOrder buying(const std::vector<Wanted>& lines,
                                          const std::string& vendor = "V1",
                                          const std::string& ship_to = "BLR") {
        purchasing::CreateOrder request;
        request.vendor = VendorCode(vendor);
        request.ship_to = LocationCode(ship_to);
        for (const auto& wanted : lines) {
            auto& line = request.lines.emplace_back();
            line.sku = Sku(wanted.sku);
            line.quantity = Quantity(wanted.quantity);
        }
        return request;
    }
    PurchaseOrder create(const purchasing::CreateOrder& request) {
        return run([&](Transaction& t) { return create_purchase_order(t, request); });
    }
    PurchaseOrder draft(const std::vector<Wanted>& lines) { return create(buying(lines)); }
    PurchaseOrder submit(const PurchaseOrder& order) {
        return run([&](Transaction& t) {
            return submit_purchase_order(t, purchasing::SubmitOrder{order.number});
        });
    }
    PurchaseOrder approve(const PurchaseOrder& order) {
        return run([&](Transaction& t) {
            return approve_purchase_order(t, purchasing::ApproveOrder{order.number});
        });
    }
    PurchaseOrder approved(const std::vector<Wanted>& lines) {
        return approve(submit(draft(lines)));
    }
    PurchaseOrder reject(const PurchaseOrder& order) {
        return run([&](Transaction& t) {
            return reject_purchase_order(t, purchasing::RejectOrder{order.number, Reason("no")});
        });
    }
    PurchaseOrder cancel_order(const PurchaseOrder& order) {
        return run([&](Transaction& t) {
            return cancel_purchase_order(t, purchasing::CancelOrder{order.number, std::nullopt});
        });
    }
    PurchaseOrder close(const PurchaseOrder& order) {
        return run([&](Transaction& t) {
            return close_purchase_order(t, purchasing::CloseOrder{order.number, std::nullopt});
        });
    }
    static purchasing::AmendOrder amending(const PurchaseOrder& order, std::int32_t line,
                                           std::int64_t quantity) {
        purchasing::AmendOrder request;
        request.number = order.number;
        purchasing::AmendLine changed;
        changed.line = line;
        changed.quantity = Count(quantity);
        request.lines = std::vector{changed};
        return request;
    }
    PurchaseOrder amend_order(const purchasing::AmendOrder& request) {
        return run([&](Transaction& t) { return amend_purchase_order(t, request); });
    }
    PurchaseOrder amend_order(const PurchaseOrder& order, std::int32_t line,
                              std::int64_t quantity) {
        return amend_order(amending(order, line, quantity));
    }
    PurchaseOrder read(const PurchaseOrder& order) {
        return run([&](Transaction& t) {
            return get_purchase_order(t, purchasing::GetOrder{order.number});
        });
    }
    using TestAccount::read;

    static receiving::PostReceipt receiving_of(const PurchaseOrder& order, std::int64_t quantity,
                                               std::int64_t rejected = 0) {
        receiving::PostReceipt request;
        request.purchase_order = order.number;
        request.location = order.ship_to;
        auto& line = request.lines.emplace_back();
        line.purchase_order_line = 1;
        line.sku = order.lines.front().sku;
        line.quantity = Quantity(quantity);
        line.rejected = Count(rejected);
        return request;
    }
    Receipt post(const receiving::PostReceipt& request) {
        return run([&](Transaction& t) { return post_receipt(t, request); });
    }
    Receipt receive(const PurchaseOrder& order, std::int64_t quantity, std::int64_t rejected = 0) {
        return post(receiving_of(order, quantity, rejected));
    }
    Receipt reverse(const Receipt& receipt) {
        return run([&](Transaction& t) {
            return reverse_receipt(t, receiving::ReverseReceipt{receipt.number, std::nullopt});
        });
    }
    static receiving::InspectReceipt inspecting(const Receipt& receipt, std::int64_t accepted,
                                                std::int64_t rejected) {
        receiving::InspectReceipt request;
        request.number = receipt.number;
        auto& line = request.lines.emplace_back();
        line.line = 1;
        line.accepted = Count(accepted);
        line.rejected = Count(rejected);
        return request;
    }
    Receipt inspect(const receiving::InspectReceipt& request) {
        return run([&](Transaction& t) { return inspect_receipt(t, request); });
    }
    Receipt inspect(const Receipt& receipt, std::int64_t accepted, std::int64_t rejected) {
        return inspect(inspecting(receipt, accepted, rejected));
    }

    static SupplyLine supply(const PurchaseOrder& order, std::int32_t line = 1) {
        return {SupplyKind::purchase_order, order.number, line};
    }
    static SupplyLine supply(const Receipt& receipt, std::int32_t line = 1) {
        return {SupplyKind::receipt, receipt.number, line};
    }
    // Ties up to `quantity` of the supply line in allocation order; gives how much it was.
    std::int64_t peg_to(const SupplyLine& line, std::int64_t quantity) {
        planning::PegSupply request;
        request.covers.push_back({line, Quantity(quantity), {}, {}, {}});
        return run([&](Transaction& t) { return peg_supply(t, request); })
            .covered.front()
            .quantity.raw();
    }
    // `SO-000001/1 <- PO-000001/1: 5`, oldest first.
    std::vector<std::string> pegs() {
        const auto page = run([](Transaction& t) { return list_pegs(t, {}); });
        std::vector<std::string> texts;
        for (const auto& peg : page.items) {
            texts.push_back(peg.order.text() + "/" + std::to_string(peg.order_line) + " <- " +
                            peg.supply.number.text() + "/" + std::to_string(peg.supply.line) +
                            ": " + std::to_string(peg.quantity.raw()));
        }
        return texts;
    }
    planning::Need need(const std::string& sku = "TEA", const std::string& at = "BLR") {
        planning::Needs request;
        request.sku = Sku(sku);
        request.location = LocationCode(at);
        const auto page = run([&](Transaction& t) { return needs(t, request); });
        return page.items.empty() ? planning::Need() : page.items.front();
    }

    void as_person(const std::string& name) {
        actor = Actor();
        actor.name = name;
    }
    void as_plugin(const std::string& plugin) {
        actor = Actor();
        actor.name = "plugin:" + plugin;
        actor.plugin = plugin;
    }
    void as_vendor(const std::string& code) {
        actor = Actor();
        actor.name = "vendor-key";
        actor.vendor = VendorCode(code);
    }
};

}  // namespace wharf::domain::testing

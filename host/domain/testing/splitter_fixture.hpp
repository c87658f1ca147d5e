// A buyer with three places, whose purchase orders are distributed over them.
//
//   Splitter account;
//   auto parent = account.split(account.draft({{"TEA", 10}}), {{"BLR", 4}, {"DEL", 6}});
//   account.leg(parent, "DEL")
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/domain/distribute_order.hpp"
#include "host/domain/testing/gst_parties.hpp"
#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain::testing {

// How much of line 1 goes where.
struct Share {
    std::string location;
    std::int64_t quantity = 0;
};

class Splitter : public Buyer {
public:
    Splitter() {
        location("DEL").location("MUM");
        as_plugin("split_delivery");
    }

    // BLR and MYS in Karnataka, like the vendor V1; BOM in Maharashtra. TEA bears 5 %, SOAP 18 %.
    Splitter& under_gst() {
        registered("BLR", "29");
        registered("MYS", "29");
        registered("BOM", "27");
        good("TEA", "5", "100.00");
        good("SOAP", "18", "7.60");
        return regular("V1", "29");
    }
    // The vendor is registered in the state from now on.
    Splitter& regular(const std::string& code, const std::string& state) {
        catalog::PutVendor request;
        request.code = VendorCode(code);
        request.name = Name("Kaveri Traders");
        request.tax_status = TaxStatus::regular;
        request.gstin = Gstin(gstin(state, "ABCDE1234F"));
        run([&](Transaction& t) { return put_vendor(t, request); });
        return *this;
    }
    Splitter& good(const std::string& sku, const char* rate, const std::string& price,
                   const char* cess = "0") {
        catalog::PutProduct request;
        request.sku = Sku(sku);
        request.name = Name("Product " + sku);
        request.tax_rate = *Percent::parse(rate);
        request.cess = *Percent::parse(cess);
        run([&](Transaction& t) { return put_product(t, request); });
        sells("V1", sku, price);
        return *this;
    }
    static Charge charge(const char* name, const char* amount, bool before_tax = true) {
        return {Name(name), *Money::parse(amount), before_tax};
    }

    static purchasing::Leg new_leg(const std::string& location, std::int64_t quantity,
                                   std::int32_t line = 1) {
        purchasing::Leg leg;
        leg.location = LocationCode(location);
        leg.lines.push_back({line, Count(quantity), std::nullopt});
        return leg;
    }
    static purchasing::Leg same_leg(const PurchaseOrder& order, std::int64_t quantity,
                                    std::int32_t line = 1) {
        purchasing::Leg leg;
        leg.number = order.number;
        leg.lines.push_back({line, Count(quantity), std::nullopt});
        return leg;
    }
    static purchasing::DistributeOrder distributing(const PurchaseOrder& order,
                                                    std::vector<purchasing::Leg> legs) {
        purchasing::DistributeOrder request;
        request.number = order.number;
        request.legs = std::move(legs);
        return request;
    }
    PurchaseOrder distribute(const purchasing::DistributeOrder& request) {
        return run([&](Transaction& t) { return distribute_order(t, request); });
    }
    PurchaseOrder distribute(const PurchaseOrder& order, std::vector<purchasing::Leg> legs) {
        return distribute(distributing(order, std::move(legs)));
    }
    PurchaseOrder split(const PurchaseOrder& order, const std::vector<Share>& shares) {
        std::vector<purchasing::Leg> legs;
        for (const auto& share : shares) legs.push_back(new_leg(share.location, share.quantity));
        return distribute(order, std::move(legs));
    }
    // The first leg for a place.
    PurchaseOrder leg(const PurchaseOrder& parent, const std::string& location) {
        for (const auto& leg : read(parent).legs) {
            if (leg.location.view() == location) return read_number(leg.number);
        }
        ADD_FAILURE() << "no leg for " << location;
        return {};
    }
    PurchaseOrder read_number(const DocumentNumber& number) {
        return run(
            [&](Transaction& t) { return get_purchase_order(t, purchasing::GetOrder{number}); });
    }
    Refusal refused(const purchasing::DistributeOrder& request) {
        return refusal([&](Transaction& t) { distribute_order(t, request); });
    }

private:
    void registered(const std::string& code, const std::string& state) {
        const auto request = registered_location(code, state);
        run([&](Transaction& t) { return put_location(t, request); });
    }
};

}  // namespace wharf::domain::testing

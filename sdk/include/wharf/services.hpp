// Typed access to the host's operations, one small face per area. Each function runs its operation
// in the caller's unit of work, returns its reply, and throws the Refusal that it answers with.
#pragma once

#include "wharf/door.hpp"
#include "wharf/operations/catalog.hpp"
#include "wharf/operations/documents.hpp"
#include "wharf/operations/inventory.hpp"
#include "wharf/operations/planning.hpp"
#include "wharf/operations/purchase_legs.hpp"
#include "wharf/operations/purchasing.hpp"
#include "wharf/operations/sales.hpp"
#include "wharf/operations/tax.hpp"
#include "wharf/operations/transfers.hpp"

namespace wharf::services {

// What every service is made of.
class Service {
public:
    explicit Service(Door door) : door_(door) {}

protected:
    template <OperationRequest Request>
    typename Request::Reply run(const Request& request) const {
        return door_.call<typename Request::Reply>(Request::kOperation.name, to_json(request));
    }

private:
    Door door_;
};

class Catalog : public Service {
public:
    using Service::Service;
    auto put_location(const catalog::PutLocation& request) const { return run(request); }
    auto put_product(const catalog::PutProduct& request) const { return run(request); }
    auto put_vendor(const catalog::PutVendor& request) const { return run(request); }
    auto put_vendor_item(const catalog::PutVendorItem& request) const { return run(request); }
    auto put_customer(const catalog::PutCustomer& request) const { return run(request); }
    auto put_stock_level(const catalog::PutStockLevel& request) const { return run(request); }
    auto get_location(const catalog::GetLocation& request) const { return run(request); }
    auto get_product(const catalog::GetProduct& request) const { return run(request); }
    auto get_vendor(const catalog::GetVendor& request) const { return run(request); }
    auto get_vendor_item(const catalog::GetVendorItem& request) const { return run(request); }
    auto get_customer(const catalog::GetCustomer& request) const { return run(request); }
    auto get_stock_level(const catalog::GetStockLevel& request) const { return run(request); }
    auto list_locations(const catalog::ListLocations& request) const { return run(request); }
    auto list_products(const catalog::ListProducts& request) const { return run(request); }
    auto list_vendors(const catalog::ListVendors& request) const { return run(request); }
    auto list_vendor_items(const catalog::ListVendorItems& request) const { return run(request); }
    auto list_customers(const catalog::ListCustomers& request) const { return run(request); }
    auto list_stock_levels(const catalog::ListStockLevels& request) const { return run(request); }
    auto list_lots(const catalog::ListLots& request) const { return run(request); }
    auto lock_lot(const catalog::LockLot& request) const { return run(request); }
    auto unlock_lot(const catalog::UnlockLot& request) const { return run(request); }
};

class Inventory : public Service {
public:
    using Service::Service;
    auto levels(const inventory::Levels& request) const { return run(request); }
    auto movements(const inventory::Movements& request) const { return run(request); }
    auto serial(const inventory::GetSerial& request) const { return run(request); }
    auto adjust(const inventory::Adjust& request) const { return run(request); }
    auto move_bin(const inventory::MoveBin& request) const { return run(request); }
    auto verify(const inventory::Verify& request) const { return run(request); }
};

class Sales : public Service {
public:
    using Service::Service;
    auto place_order(const sales::PlaceOrder& request) const { return run(request); }
    auto amend_order(const sales::AmendOrder& request) const { return run(request); }
    auto approve_order(const sales::ApproveOrder& request) const { return run(request); }
    auto cancel_order(const sales::CancelOrder& request) const { return run(request); }
    auto hold(const sales::HoldOrder& request) const { return run(request); }
    auto release(const sales::ReleaseOrder& request) const { return run(request); }
    auto allocate(const sales::AllocateOrder& request) const { return run(request); }
    auto release_reservation(const sales::ReleaseReservation& request) const {
        return run(request);
    }
    auto ship(const sales::ShipOrder& request) const { return run(request); }
    auto reverse_shipment(const sales::ReverseShipment& request) const { return run(request); }
    auto get_order(const sales::GetOrder& request) const { return run(request); }
    auto list_orders(const sales::ListOrders& request) const { return run(request); }
    auto expect_return(const sales::ExpectReturn& request) const { return run(request); }
    auto receive_return(const sales::ReceiveReturn& request) const { return run(request); }
    auto get_return(const sales::GetReturn& request) const { return run(request); }
    auto list_returns(const sales::ListReturns& request) const { return run(request); }
};

class Purchasing : public Service {
public:
    using Service::Service;
    auto create_order(const purchasing::CreateOrder& request) const { return run(request); }
    auto amend_order(const purchasing::AmendOrder& request) const { return run(request); }
    auto submit_order(const purchasing::SubmitOrder& request) const { return run(request); }
    auto approve_order(const purchasing::ApproveOrder& request) const { return run(request); }
    auto reject_order(const purchasing::RejectOrder& request) const { return run(request); }
    auto cancel_order(const purchasing::CancelOrder& request) const { return run(request); }
    auto close_order(const purchasing::CloseOrder& request) const { return run(request); }
    auto get_order(const purchasing::GetOrder& request) const { return run(request); }
    auto list_orders(const purchasing::ListOrders& request) const { return run(request); }
    auto distribute_order(const purchasing::DistributeOrder& request) const { return run(request); }
    auto group_orders(const purchasing::GroupOrders& request) const { return run(request); }
};

class Receiving : public Service {
public:
    using Service::Service;
    auto post_receipt(const receiving::PostReceipt& request) const { return run(request); }
    auto approve_receipt(const receiving::ApproveReceipt& request) const { return run(request); }
    auto inspect_receipt(const receiving::InspectReceipt& request) const { return run(request); }
    auto reverse_receipt(const receiving::ReverseReceipt& request) const { return run(request); }
    auto get_receipt(const receiving::GetReceipt& request) const { return run(request); }
    auto list_receipts(const receiving::ListReceipts& request) const { return run(request); }
};

class Planning : public Service {
public:
    using Service::Service;
    auto needs(const planning::Needs& request) const { return run(request); }
    auto waiting_lines(const planning::WaitingLines& request) const { return run(request); }
    auto supply_lines(const planning::SupplyLines& request) const { return run(request); }
    auto peg(const planning::PegSupply& request) const { return run(request); }
    auto peg_free_supply(const planning::PegFreeSupply& request) const { return run(request); }
    auto unpeg(const planning::UnpegSupply& request) const { return run(request); }
    auto pegs(const planning::ListPegs& request) const { return run(request); }
    auto released_pegs(const planning::ReleasedPegs& request) const { return run(request); }
};

// What a supply is taxed with, and which document a transfer travels under. Nothing is made.
class Tax : public Service {
public:
    using Service::Service;
    auto assess(const tax::Assess& request) const { return run(request); }
    auto for_transfer(const tax::ForTransfer& request) const { return run(request); }
};

// Documents with numbers of their own: issued in the caller's unit of work, so that a refusal
// leaves no hole in a series, and rendered from what is kept.
class Documents : public Service {
public:
    using Service::Service;
    auto issue(const documents::Issue& request) const { return run(request); }
    auto get(const documents::Get& request) const { return run(request); }
    auto list(const documents::List& request) const { return run(request); }
    auto void_document(const documents::Void& request) const { return run(request); }
    auto set_transport(const documents::SetTransport& request) const { return run(request); }
    auto set_registration(const documents::SetRegistration& request) const { return run(request); }
    auto pdf(const documents::Pdf& request) const { return run(request); }
    auto inv_01(const documents::Inv01& request) const { return run(request); }
    auto e_way_bill(const documents::EWayBill& request) const { return run(request); }
    auto put_series(const documents::PutSeries& request) const { return run(request); }
    auto list_series(const documents::ListSeries& request) const { return run(request); }
    auto put_settings(const documents::PutSettings& request) const { return run(request); }
    auto get_settings(const documents::GetSettings& request) const { return run(request); }
};

class Transfers : public Service {
public:
    using Service::Service;
    auto create(const transfers::Create& request) const { return run(request); }
    auto amend(const transfers::Amend& request) const { return run(request); }
    auto approve(const transfers::Approve& request) const { return run(request); }
    auto dispatch(const transfers::Dispatch& request) const { return run(request); }
    auto receive(const transfers::Receive& request) const { return run(request); }
    auto resolve(const transfers::Resolve& request) const { return run(request); }
    auto cancel(const transfers::Cancel& request) const { return run(request); }
    auto approve_excess(const transfers::ApproveExcess& request) const { return run(request); }
    auto reject_excess(const transfers::RejectExcess& request) const { return run(request); }
    auto get(const transfers::Get& request) const { return run(request); }
    auto list(const transfers::List& request) const { return run(request); }
    auto list_differences(const transfers::ListDifferences& request) const { return run(request); }
    auto parts(const transfers::Parts& request) const { return run(request); }
};

}  // namespace wharf::services

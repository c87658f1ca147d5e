#include "host/domain/sales_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"

namespace wharf::operations {

void bind_sales(Registry& registry) {
    bind<sales::PlaceOrder>(registry, &domain::place_order);
    bind<sales::AmendOrder>(registry, &domain::amend_order);
    bind<sales::ApproveOrder>(registry, &domain::approve_order);
    bind<sales::CancelOrder>(registry, &domain::cancel_order);
    bind<sales::HoldOrder>(registry, &domain::hold_order);
    bind<sales::ReleaseOrder>(registry, &domain::release_order);
    bind<sales::AllocateOrder>(registry, &domain::allocate_order);
    bind<sales::ReleaseReservation>(registry, &domain::release_reservation);
    bind<sales::ShipOrder>(registry, &domain::ship_order);
    bind<sales::ReverseShipment>(registry, &domain::reverse_shipment);
    bind<sales::GetOrder>(registry, &domain::get_order);
    bind<sales::ListOrders>(registry, &domain::list_orders);
    bind<sales::ExpectReturn>(registry, &domain::expect_return);
    bind<sales::ReceiveReturn>(registry, &domain::receive_return);
    bind<sales::GetReturn>(registry, &domain::get_return);
    bind<sales::ListReturns>(registry, &domain::list_returns);
}

}  // namespace wharf::operations

#include "host/domain/distribute_order.hpp"
#include "host/domain/planning.hpp"
#include "host/domain/purchase_order.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/released_pegs.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"

namespace wharf::operations {

void bind_purchasing(Registry& registry) {
    bind<purchasing::CreateOrder>(registry, &domain::create_purchase_order);
    bind<purchasing::AmendOrder>(registry, &domain::amend_purchase_order);
    bind<purchasing::SubmitOrder>(registry, &domain::submit_purchase_order);
    bind<purchasing::ApproveOrder>(registry, &domain::approve_purchase_order);
    bind<purchasing::RejectOrder>(registry, &domain::reject_purchase_order);
    bind<purchasing::CancelOrder>(registry, &domain::cancel_purchase_order);
    bind<purchasing::CloseOrder>(registry, &domain::close_purchase_order);
    bind<purchasing::GetOrder>(registry, &domain::get_purchase_order);
    bind<purchasing::ListOrders>(registry, &domain::list_purchase_orders);
    // How an order is split is a feature's to offer: its rules, its rights, its switch.
    const auto plugins_only = [](Operation& operation) { operation.plugins_only = true; };
    bind<purchasing::DistributeOrder>(registry, &domain::distribute_order, plugins_only);
    bind<purchasing::GroupOrders>(registry, &domain::group_orders, plugins_only);
}

void bind_receiving(Registry& registry) {
    bind<receiving::PostReceipt>(registry, &domain::post_receipt);
    bind<receiving::ApproveReceipt>(registry, &domain::approve_receipt);
    bind<receiving::InspectReceipt>(registry, &domain::inspect_receipt);
    bind<receiving::ReverseReceipt>(registry, &domain::reverse_receipt);
    bind<receiving::SetVendorInvoice>(registry, &domain::set_vendor_invoice);
    bind<receiving::IssueSerials>(registry, &domain::issue_serials);
    bind<receiving::GetReceipt>(registry, &domain::get_receipt);
    bind<receiving::ListReceipts>(registry, &domain::list_receipts);
    bind<receiving::SendOn>(registry, &domain::send_on,
                            [](Operation& operation) { operation.plugins_only = true; });
}

void bind_planning(Registry& registry) {
    bind<planning::Needs>(registry, &domain::needs);
    bind<planning::WaitingLines>(registry, &domain::waiting_lines);
    bind<planning::SupplyLines>(registry, &domain::supply_lines);
    bind<planning::PegSupply>(registry, &domain::peg_supply);
    bind<planning::PegFreeSupply>(registry, &domain::peg_free_supply);
    bind<planning::UnpegSupply>(registry, &domain::unpeg_supply);
    bind<planning::ListPegs>(registry, &domain::list_pegs);
    bind<planning::ReleasedPegs>(registry, &domain::released_pegs);
}

}  // namespace wharf::operations

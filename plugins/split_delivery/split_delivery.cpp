// One purchase order, several receiving locations: what is declared, and when each part is called.
#include <wharf/plugin.hpp>

#include <wharf/operations/plugins.hpp>

#include "hub.hpp"
#include "model.hpp"
#include "settings.hpp"
#include "splits.hpp"

namespace split_delivery {

using wharf::Context;
using wharf::Occurrence;
namespace event = wharf::event;

class SplitDelivery : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Split delivery")
            .summary("One purchase order delivered to several locations, by rows or by rule")
            .plans({"growth", "enterprise"})
            .account_types({"seller", "aggregator_3pl"})
            .config<Settings>();
        declare_uses(setup);
        setup.write("split", "POST /purchase-orders/{number}/split", &SplitDelivery::split)
            .permission("purchasing.write")
            .summary("Distribute a purchase order over several locations")
            .csv(&SplitRequest::sheet);
        setup
            .write("redistribute", "POST /purchase-orders/{number}/redistribute",
                   &SplitDelivery::redistribute)
            .permission("purchasing.write")
            .summary("Distribute a split purchase order anew")
            .csv(&RedistributeRequest::sheet)
            .on_existing("purchase_order", &RedistributeRequest::number);
        setup.read("get", "GET /purchase-orders/{number}", &SplitDelivery::get)
            .permission("purchasing.read")
            .summary("A split purchase order with its legs and how it came to them")
            .on_existing("purchase_order", &GetSplit::number);
        setup.write("group", "POST /groups", &SplitDelivery::group)
            .permission("purchasing.write")
            .summary("Put draft purchase orders of one vendor under one parent");
        declare_hubs(setup);
        setup.collection<SplitRecord>("splits").index(&SplitRecord::open);
        setup.on<event::PurchaseOrderCompleted>(&SplitDelivery::over<event::PurchaseOrderCompleted>)
            .on<event::PurchaseOrderClosed>(&SplitDelivery::over<event::PurchaseOrderClosed>)
            .on<event::PurchaseOrderCancelled>(&SplitDelivery::over<event::PurchaseOrderCancelled>)
            .on<event::PurchaseOrderRejected>(&SplitDelivery::over<event::PurchaseOrderRejected>)
            .on<event::PurchaseOrderAmended>(&SplitDelivery::over<event::PurchaseOrderAmended>);
        setup.preview(&SplitDelivery::preview);
    }

    // What is at a hub when the plugin is switched off is still sent on or kept.
    static void declare_hubs(wharf::Setup& setup) {
        setup.read("waiting", "GET /onward", &SplitDelivery::waiting)
            .permission("receiving.read")
            .summary("Goods at a hub that could not be sent on, and why");
        setup.write("send_on", "POST /onward/{number}/send", &SplitDelivery::send)
            .permission("receiving.write")
            .summary("Send on what waits at a hub")
            .on_existing("split", &OnwardRequest::number);
        setup.write("keep", "POST /onward/{number}/keep", &SplitDelivery::keep)
            .permission("receiving.write")
            .summary("Keep at the hub what was to be sent on")
            .on_existing("split", &OnwardRequest::number);
        setup.within<wharf::receiving::PostReceipt>(&SplitDelivery::posted)
            .within<wharf::receiving::ApproveReceipt>(&SplitDelivery::approved)
            .within<wharf::receiving::InspectReceipt>(&SplitDelivery::inspected);
        // The hooks above rest while the plugin is finishing; these go on.
        setup.on<event::ReceiptPosted>(&SplitDelivery::came<event::ReceiptPosted>)
            .on_existing("purchase_order", &wharf::Receipt::purchase_order)
            .on<event::ReceiptInspected>(&SplitDelivery::came<event::ReceiptInspected>)
            .on_existing("purchase_order", &wharf::Receipt::purchase_order)
            .on<event::ReceiptReversed>(&SplitDelivery::came<event::ReceiptReversed>)
            .on_existing("purchase_order", &wharf::Receipt::purchase_order)
            .on<event::PluginSwitchedOn>(&SplitDelivery::switched_on);
        setup.collection<Waiting>("waiting_at_hubs");
    }

    static void declare_uses(wharf::Setup& setup) {
        namespace purchasing = wharf::purchasing;
        setup.uses<purchasing::GetOrder, purchasing::DistributeOrder, purchasing::GroupOrders,
                   purchasing::SubmitOrder>();
        setup.uses<wharf::planning::Needs, wharf::planning::PegSupply>();
        setup.uses<wharf::receiving::GetReceipt, wharf::receiving::ListReceipts,
                   wharf::receiving::SendOn>();
        setup.uses("stn.create").uses("stn.approve");  // where it is on
        setup.uses<wharf::catalog::GetLocation, wharf::plugins::GetPlugin>();
    }

    Split split(Context& context, const SplitRequest& request) const {
        return split_order(context, request);
    }
    Split redistribute(Context& context, const RedistributeRequest& request) const {
        return redistribute_order(context, request);
    }
    Split get(Context& context, const GetSplit& request) const {
        return read_split(context, request.number);
    }
    PurchaseOrder group(Context& context, const GroupRequest& request) const {
        return group_orders(context, request);
    }

    wharf::Page<Waiting> waiting(Context& context, const WaitingQuery& query) const {
        return waiting_at_hubs(context, query);
    }
    Onward send(Context& context, const OnwardRequest& request) const {
        return send_on(context, request);
    }
    Onward keep(Context& context, const OnwardRequest& request) const {
        return keep_here(context, request);
    }
    void posted(Context& context, const wharf::receiving::PostReceipt&,
                const wharf::Receipt& receipt) const {
        forward(context, receipt);
    }
    void approved(Context& context, const wharf::receiving::ApproveReceipt&,
                  const wharf::Receipt& receipt) const {
        forward(context, receipt);
    }
    void inspected(Context& context, const wharf::receiving::InspectReceipt&,
                   const wharf::Receipt& receipt) const {
        forward(context, receipt);
    }

    // A receipt that is taken back makes a completed order open again: that is told as an
    // amendment.
    template <class Event>
    void over(Context& context, const Occurrence<Event>& happened) const {
        note_status(context, happened.data);
    }

    template <class Event>
    void came(Context& context, const Occurrence<Event>& happened) const {
        if (happened.data.destination) look_after(context, happened.data.number);
    }
    void switched_on(Context& context, const Occurrence<event::PluginSwitchedOn>&) const {
        catch_up(context);
    }

    Preview preview(Context& context) const {
        return {splits_under_way(context) + count_waiting(context),
                "nothing happens by itself: orders are split when asked"};
    }
};

}  // namespace split_delivery

WHARF_PLUGIN(split_delivery::SplitDelivery, "split_delivery", "1.0.0")

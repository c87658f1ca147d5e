// Automatic purchase orders for backorders: what is declared, and when each part is called.
#include <wharf/plugin.hpp>

#include <set>
#include <utility>

#include "demand.hpp"
#include "exceptions.hpp"
#include "model.hpp"
#include "planner.hpp"
#include "settings.hpp"
#include "shrink.hpp"
#include "surplus.hpp"

namespace backorder_po {

using wharf::Context;
using wharf::Occurrence;
namespace event = wharf::event;

class BackorderPo : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Automatic purchase orders for backorders")
            .summary("Buys what waiting order lines need, once, and explains each figure")
            .plans({"growth", "enterprise"})
            .account_types({"seller", "aggregator_3pl"})
            .config<Settings>();
        declare_uses(setup);
        setup.read("requirements", "GET /requirements", &BackorderPo::requirements)
            .permission("purchasing.read")
            .summary("Quantity to purchase per product and location, with each term");
        setup.read("why", "GET /requirements/{location}/{sku}/why", &BackorderPo::why)
            .permission("purchasing.read")
            .summary("The terms of one quantity to purchase");
        setup.read("exceptions", "GET /exceptions", &BackorderPo::exceptions)
            .permission("purchasing.read")
            .summary("What only a person can mend");
        setup.write("run", "POST /runs", &BackorderPo::run)
            .permission("purchasing.write")
            .summary("Buy what is needed now");
        setup.every("run", wharf::from_config("run_at"), &BackorderPo::scheduled);
        declare_reactions(setup);
        setup.event<ExceptionRaised>("Something needs a person");
        setup.collection<Exception>("exceptions").index(&Exception::sku, &Exception::location);
        setup.collection<Mark>("marks").index(&Mark::sku, &Mark::location).index(&Mark::order);
        setup.collection<ApprovedValue>("approved_values");
        setup.preview(&BackorderPo::preview);
    }

    static void declare_uses(wharf::Setup& setup) {
        namespace planning = wharf::planning;
        namespace purchasing = wharf::purchasing;
        setup.uses<planning::Needs, planning::WaitingLines, planning::SupplyLines,
                   planning::PegSupply, planning::PegFreeSupply, planning::ReleasedPegs>();
        setup.uses<purchasing::CreateOrder, purchasing::AmendOrder, purchasing::SubmitOrder,
                   purchasing::ApproveOrder, purchasing::CancelOrder, purchasing::GetOrder,
                   purchasing::ListOrders>();
        setup.uses("split_delivery.group");  // where it is on
        setup.uses<wharf::catalog::GetProduct, wharf::catalog::GetVendor,
                   wharf::catalog::GetVendorItem, wharf::catalog::ListVendorItems,
                   wharf::inventory::Levels>();
    }

    static void declare_reactions(wharf::Setup& setup) {
        setup.on<event::OrderPlaced>(&BackorderPo::order_changed<event::OrderPlaced>)
            .on<event::OrderApproved>(&BackorderPo::order_changed<event::OrderApproved>)
            .on<event::OrderAmended>(&BackorderPo::order_changed<event::OrderAmended>)
            .on<event::OrderHeld>(&BackorderPo::order_changed<event::OrderHeld>)
            .on<event::OrderReleased>(&BackorderPo::order_changed<event::OrderReleased>)
            .on<event::OrderCancelled>(&BackorderPo::order_over<event::OrderCancelled>)
            .on<event::OrderCompleted>(&BackorderPo::order_over<event::OrderCompleted>)
            .on<event::ReturnExpected>(&BackorderPo::return_changed<event::ReturnExpected>)
            .on<event::ReturnReceived>(&BackorderPo::return_changed<event::ReturnReceived>)
            .on<event::StockMoved>(&BackorderPo::stock_moved)
            .on<event::ReservationReleased>(&BackorderPo::reservation_released)
            .on<event::ReceiptPosted>(&BackorderPo::receipt_changed<event::ReceiptPosted>)
            .on<event::ReceiptReversed>(&BackorderPo::receipt_changed<event::ReceiptReversed>)
            .on<event::ReceiptInspected>(&BackorderPo::receipt_changed<event::ReceiptInspected>)
            .on<event::PurchaseOrderCreated>(&BackorderPo::supply_made)
            .on<event::PurchaseOrderAmended>(&BackorderPo::supply_cut<event::PurchaseOrderAmended>)
            .on<event::PurchaseOrderCancelled>(
                &BackorderPo::supply_cut<event::PurchaseOrderCancelled>)
            .on<event::PurchaseOrderRejected>(
                &BackorderPo::supply_refused<event::PurchaseOrderRejected>)
            .on<event::PurchaseOrderClosed>(
                &BackorderPo::supply_refused<event::PurchaseOrderClosed>)
            .on<event::TransferCreated>(&BackorderPo::transfer_changed<event::TransferCreated>)
            .on<event::TransferAmended>(&BackorderPo::transfer_changed<event::TransferAmended>)
            .on<event::TransferReceived>(&BackorderPo::transfer_changed<event::TransferReceived>)
            .on<event::TransferResolved>(&BackorderPo::transfer_changed<event::TransferResolved>)
            .on<event::TransferDispatched>(
                &BackorderPo::transfer_changed<event::TransferDispatched>)
            .on<event::TransferCancelled>(&BackorderPo::transfer_changed<event::TransferCancelled>)
            .on<event::PluginSwitchedOn>(&BackorderPo::switched_on);
    }

    // ---- asked for
    // -------------------------------------------------------------------------------

    wharf::Page<Requirement> requirements(Context& context, const RequirementsQuery& query) const {
        const auto settings = context.config<Settings>();
        const Marks marks(context);
        wharf::planning::Needs needs;
        needs.sku = query.sku;
        needs.location = query.location;
        needs.due_before = horizon(context, settings);
        needs.limit = query.limit;
        needs.after = query.after;
        const auto page = context.call(needs);
        wharf::Page<Requirement> reply;
        for (const auto& need : page.items) {
            Planner planner(context, settings);
            reply.items.push_back(planner.plan(need, marks, AskedBy::run));
        }
        reply.next = page.next;
        return reply;
    }

    Requirement why(Context& context, const WhyQuery& query) const {
        auto page = requirements(context, {query.sku, query.location, 1, std::nullopt});
        if (page.items.empty()) {
            throw wharf::Refusal::not_found("need of this product at this location",
                                            query.sku.view());
        }
        return std::move(page.items.front());
    }

    wharf::Page<Exception> exceptions(Context& context, const ExceptionsQuery& query) const {
        return list_exceptions(context, query);
    }

    RunReply run(Context& context, const RunRequest& request) const {
        const auto settings = context.config<Settings>();
        wharf::planning::PegFreeSupply free;
        free.sku = request.sku;
        free.location = request.location;
        peg_free_supply(context, settings, std::move(free));
        clear_withheld(context, request.sku, request.location);
        const Marks marks(context);
        Planner planner(context, settings);
        each_need(
            context, settings, request.sku, request.location,
            [&](const wharf::planning::Need& need) { planner.plan(need, marks, AskedBy::run); });

        RunReply reply;
        reply.purchase_orders = planner.book().write();
        reply.lines = planner.book().total().lines;
        reply.quantity = planner.book().total().quantity;
        reply.value = planner.book().total().value;
        auto found = surplus_left(context, settings, request);
        for (auto& exception : planner.exceptions()) found.push_back(std::move(exception));
        settle_exceptions(context, request.sku, request.location, found);
        reply.exceptions = open_exceptions(context);
        return reply;
    }

    void scheduled(Context& context, const wharf::ScheduledRun&) const {
        if (context.config<Settings>().mode != Mode::suggest_only) run(context, {});
    }

    Preview preview(Context& context) const {
        const auto settings = context.config<Settings>();
        const Marks marks(context);
        Planner planner(context, settings);
        Preview preview;
        each_need(context, settings, {}, {}, [&](const wharf::planning::Need& need) {
            planner.plan(need, marks, AskedBy::run);
            ++preview.products;
        });
        wharf::planning::WaitingLines lines;
        lines.due_before = horizon(context, settings);
        context.each(lines, [&](const wharf::planning::WaitingLine&) { ++preview.waiting_lines; });
        preview.vendors = planner.book().vendors();
        preview.purchase_orders = planner.book().drafts();
        preview.quantity = planner.book().total().quantity;
        preview.value = planner.book().total().value;
        preview.exceptions = static_cast<std::int32_t>(planner.exceptions().size());
        preview.note = settings.mode == Mode::immediate
                           ? "switching on makes these purchase orders at once"
                           : "the first run makes these purchase orders";
        return preview;
    }

    // ---- reactions
    // -------------------------------------------------------------------------------

    template <class Event>
    void order_changed(Context& context, const Occurrence<Event>& happened) const {
        if constexpr (std::is_same_v<Event, event::OrderPlaced>) {
            bool short_line = false;
            for (const auto& line : happened.data.lines) short_line |= line.waiting.positive();
            if (!short_line) return;  // fully reserved: nothing to buy, nothing to shrink
        }
        settle_lines(context, happened.data.lines);
    }

    template <class Event>
    void order_over(Context& context, const Occurrence<Event>& happened) const {
        forget_order(context, happened.data.number);
        settle_lines(context, happened.data.lines);
    }

    template <class Event>
    void return_changed(Context& context, const Occurrence<Event>& happened) const {
        std::set<Place> touched;
        for (const auto& line : happened.data.lines) {
            touched.emplace(happened.data.location, line.sku);
        }
        settle(context, touched);
    }

    void stock_moved(Context& context, const Occurrence<event::StockMoved>& happened) const {
        settle(context, happened.data.sku, happened.data.location);
    }

    void reservation_released(Context& context,
                              const Occurrence<event::ReservationReleased>& happened) const {
        settle(context, happened.data.sku, happened.data.location);
    }

    template <class Event>
    void receipt_changed(Context& context, const Occurrence<Event>& happened) const {
        std::set<Place> touched;
        for (const auto& line : happened.data.lines) {
            touched.emplace(happened.data.location, line.sku);
        }
        settle(context, touched);
    }

    // Somebody else's order is free supply: pegged, not bought again.
    void supply_made(Context& context,
                     const Occurrence<event::PurchaseOrderCreated>& happened) const {
        if (happened.data.source.view() == "backorder_po") return;
        std::set<Place> touched;
        for (const auto& line : happened.data.lines) {
            touched.emplace(happened.data.ship_to, line.sku);
        }
        settle(context, touched, Buying::never);
    }

    // A transfer is supply at its destination from its draft on; what it loses is need again there.
    template <class Event>
    void transfer_changed(Context& context, const Occurrence<Event>& happened) const {
        std::set<Place> touched;
        for (const auto& line : happened.data.lines) {
            touched.emplace(happened.data.destination, line.sku);
        }
        // What a person asked for, changed or called off is not answered with a purchase at once.
        const bool by_person = std::is_same_v<Event, event::TransferCreated> ||
                               std::is_same_v<Event, event::TransferAmended> ||
                               std::is_same_v<Event, event::TransferCancelled>;
        settle(context, touched, by_person ? Buying::never : Buying::by_mode);
    }

    // What a person took away is need again at once, and bought again only by a run.
    template <class Event>
    void supply_cut(Context& context, const Occurrence<Event>& happened) const {
        mark_released(context, happened.data, happened.at, false);
        settle_surplus(context, context.config<Settings>(), happened.data);
    }

    template <class Event>
    void supply_refused(Context& context, const Occurrence<Event>& happened) const {
        // A rejected amendment leaves the order as it was.
        const auto status = happened.data.status;
        const bool over = status == wharf::PurchaseOrderStatus::rejected ||
                          status == wharf::PurchaseOrderStatus::completed;
        if (!over) return;
        mark_released(context, happened.data, happened.at, true);
        settle_surplus(context, context.config<Settings>(), happened.data);
    }

    void switched_on(Context& context, const Occurrence<event::PluginSwitchedOn>& happened) const {
        if (happened.data.plugin.view() != "backorder_po") return;
        if (context.config<Settings>().mode == Mode::immediate) run(context, {});
    }

    // ---- shared
    // ----------------------------------------------------------------------------------

    enum class Buying { by_mode, never };

    template <class Lines>
    void settle_lines(Context& context, const Lines& lines) const {
        std::set<Place> touched;
        for (const auto& line : lines) touched.emplace(line.location, line.sku);
        settle(context, touched);
    }

    static void peg_free_supply(Context& context, const Settings& settings,
                                wharf::planning::PegFreeSupply request) {
        request.due_before = horizon(context, settings);
        request.purchase_orders = settings.count_open_purchase_orders;
        request.in_transit = settings.count_in_transit;
        request.quality_check = settings.count_quality_check;
        context.call(request);
    }

    void settle(Context& context, const Sku& sku, const LocationCode& location) const {
        settle(context, std::set<Place>{{location, sku}});
    }

    // Brings supply and demand of the products into line after a change, all of them together: an
    // order of hundreds of lines changes each purchase order once, not hundreds of times.
    void settle(Context& context, const std::set<Place>& places,
                Buying buying = Buying::by_mode) const {
        const auto settings = context.config<Settings>();
        for (const auto& [location, sku] : places) {
            wharf::planning::PegFreeSupply free;
            free.sku = sku;
            free.location = location;
            peg_free_supply(context, settings, std::move(free));
        }
        auto found = shrink_supply(context, settings, places);
        const bool buys = buying == Buying::by_mode && settings.mode == Mode::immediate;
        Planner planner(context, settings);
        std::vector<Place> looked_at;
        for (const auto& place : places) {
            const auto& [location, sku] = place;
            std::optional<wharf::planning::Need> need;
            each_need(context, settings, sku, location,
                      [&](const wharf::planning::Need& only) { need = only; });
            const bool in_need = need && terms_of(*need, settings).net_need.positive();
            // What only a run buys keeps the exceptions that the last run found.
            if (!buys && in_need) continue;
            if (buys && need) planner.plan(*need, Marks(context, sku, location), AskedBy::reaction);
            looked_at.push_back(place);
        }
        planner.book().write();
        for (auto& exception : planner.exceptions()) {
            found[{exception.location, exception.sku}].push_back(std::move(exception));
        }
        for (const auto& place : looked_at) {
            settle_exceptions(context, place.second, place.first, found[place]);
        }
    }

    // A run over needs finds no approved orders that lost theirs: those that were found stay, as
    // long as they have more than is needed.
    static std::vector<Exception> surplus_left(Context& context, const Settings& settings,
                                               const RunRequest& request) {
        SurplusCheck check(context, settings);
        std::vector<Exception> left;
        for (auto& open : open_surplus(context, request.sku, request.location)) {
            if (check.holds(open)) left.push_back(std::move(open));
        }
        return left;
    }
};

}  // namespace backorder_po

WHARF_PLUGIN(backorder_po::BackorderPo, "backorder_po", "1.0.0")

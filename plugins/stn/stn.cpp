// Stock transfer notes: what is declared, and when each part is called.
#include <wharf/plugin.hpp>

#include <set>

#include "low_stock.hpp"
#include "model.hpp"
#include "notes.hpp"
#include "overdue.hpp"
#include "papers.hpp"
#include "settings.hpp"

namespace stn {

using wharf::Context;
using wharf::Occurrence;
namespace event = wharf::event;
namespace transfers = wharf::transfers;

class Stn : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Stock transfer notes")
            .summary("Moves goods between locations with the document that the law asks for")
            .plans({"growth", "enterprise"})
            .account_types({"seller"})
            .config<Settings>();
        setup.permission("stn.approve", "Approve transfers, for the location they leave from");
        declare_uses(setup);
        declare_steps(setup);
        declare_reads(setup);
        setup.write("request_low_stock", "POST /requests", &Stn::request)
            .permission("inventory.write")
            .summary("Draft the transfers that low stock asks for");
        setup.write("set_price", "PUT /prices/{sku}", &Stn::set_price)
            .permission("catalog.write")
            .summary("Set what a unit is worth on a transfer's document");
        setup.every("low_stock", wharf::from_config("low_stock_at"), &Stn::scheduled);
        setup.every("overdue", wharf::daily_at("01:00"), &Stn::overdue);
        setup.event<DifferenceOverdue>("What is missing on a transfer is past its day");
        setup.collection<Told>("overdue");
        setup.on<event::TransferCreated>(&Stn::supply_made<event::TransferCreated>)
            .on<event::TransferAmended>(&Stn::supply_made<event::TransferAmended>)
            .on<event::OrderPlaced>(&Stn::demand_made<event::OrderPlaced>)
            .on<event::OrderApproved>(&Stn::demand_made<event::OrderApproved>)
            .on<event::OrderReleased>(&Stn::demand_made<event::OrderReleased>)
            .on<event::ReservationReleased>(&Stn::reservation_released)
            .on<event::OrderAmended>(&Stn::supply_freed<event::OrderAmended>)
            .on<event::OrderHeld>(&Stn::supply_freed<event::OrderHeld>)
            .on<event::OrderCancelled>(&Stn::supply_freed<event::OrderCancelled>);
        setup.collection<Kept>("notes");
        setup.collection<Price>("prices");
        setup.preview(&Stn::preview);
    }

    static void declare_uses(wharf::Setup& setup) {
        setup.uses<transfers::Create, transfers::Amend, transfers::Approve, transfers::Dispatch,
                   transfers::Receive, transfers::Resolve, transfers::Cancel,
                   transfers::ApproveExcess, transfers::RejectExcess, transfers::Get,
                   transfers::List, transfers::ListDifferences, transfers::Parts>();
        setup.uses<wharf::tax::ForTransfer, wharf::documents::Issue, wharf::documents::Get>();
        setup.uses<wharf::planning::PegFreeSupply, wharf::planning::SupplyLines,
                   wharf::planning::WaitingLines, wharf::inventory::Levels>();
        setup.uses<wharf::catalog::GetProduct, wharf::catalog::GetStockLevel,
                   wharf::catalog::ListStockLevels, wharf::catalog::ListLocations>();
    }

    // Whatever is under way may be finished while the plugin is being switched off.
    static void declare_steps(wharf::Setup& setup) {
        setup.write("create", "POST /transfers", &Stn::create)
            .permission("inventory.write")
            .summary("Draft a transfer note");
        setup.write("amend", "POST /transfers/{number}/amend", &Stn::amend)
            .permission("inventory.write")
            .summary("Amend a transfer note before dispatch")
            .on_existing("transfer", &transfers::Amend::number);
        setup.write("approve", "POST /transfers/{number}/approve", &Stn::approve)
            .permission("stn.approve")
            .summary("Approve a transfer note and reserve it at its source")
            .on_existing("transfer", &transfers::Approve::number);
        setup.write("dispatch", "POST /transfers/{number}/dispatch", &Stn::dispatch)
            .permission("inventory.write")
            .summary("Dispatch a transfer note and issue its document")
            .on_existing("transfer", &DispatchNote::number);
        setup.write("receive", "POST /transfers/{number}/receive", &Stn::receive)
            .permission("receiving.write")
            .summary("Receive a transfer note, all or some of it")
            .on_existing("transfer", &transfers::Receive::number);
        setup.write("resolve", "POST /transfers/{number}/resolve", &Stn::resolve)
            .permission("inventory.write")
            .summary("Say where missing units turned out to be")
            .on_existing("transfer", &transfers::Resolve::number);
        setup.write("cancel", "POST /transfers/{number}/cancel", &Stn::cancel)
            .permission("inventory.write")
            .summary("Cancel a transfer note")
            .on_existing("transfer", &transfers::Cancel::number);
        setup.write("close", "POST /transfers/{number}/close", &Stn::close)
            .permission("inventory.write")
            .summary("Close a transfer note with nothing left to resolve")
            .on_existing("transfer", &NoteNumber::number);
        setup
            .write("approve_excess", "POST /transfers/{number}/excess/{excess}/approve",
                   &Stn::approve_excess)
            .permission("receiving.approve")
            .summary("Take in what came and was never dispatched")
            .on_existing("transfer", &transfers::ApproveExcess::number);
        setup
            .write("reject_excess", "POST /transfers/{number}/excess/{excess}/reject",
                   &Stn::reject_excess)
            .permission("receiving.approve")
            .summary("Do not take in what was never dispatched")
            .on_existing("transfer", &transfers::RejectExcess::number);
    }

    static void declare_reads(wharf::Setup& setup) {
        setup.read("get", "GET /transfers/{number}", &Stn::get)
            .permission("inventory.read")
            .summary("One transfer note")
            .on_existing("transfer", &NoteNumber::number);
        setup.read("list", "GET /transfers", &Stn::list)
            .permission("inventory.read")
            .summary("Transfer notes, oldest first");
        setup.read("document", "GET /transfers/{number}/document", &Stn::document)
            .permission("inventory.read")
            .summary("What a transfer travels under, and why")
            .on_existing("transfer", &NoteNumber::number);
        setup.read("suggestions", "GET /suggestions", &Stn::suggestions)
            .permission("inventory.read")
            .summary("What low stock asks for");
        setup.read("prices", "GET /prices", &Stn::prices)
            .permission("catalog.read")
            .summary("What units are worth on a transfer's document");
    }

    // ---- the life of a transfer
    // ------------------------------------------------------------------

    TransferNote create(Context& context, const CreateNote& request) const {
        return create_note(context, context.config<Settings>(), request);
    }
    TransferNote amend(Context& context, const transfers::Amend& request) const {
        return note_of(context, context.transfers().amend(request));
    }
    TransferNote approve(Context& context, const transfers::Approve& request) const {
        return approve_note(context, context.config<Settings>(), request);
    }
    TransferNote dispatch(Context& context, const DispatchNote& request) const {
        return dispatch_note(context, context.config<Settings>(), request);
    }
    TransferNote receive(Context& context, const transfers::Receive& request) const {
        return receive_note(context, context.config<Settings>(), request);
    }
    TransferNote resolve(Context& context, const transfers::Resolve& request) const {
        return resolve_note(context, context.config<Settings>(), request);
    }
    TransferNote cancel(Context& context, const transfers::Cancel& request) const {
        return cancel_note(context, context.config<Settings>(), request);
    }
    TransferNote close(Context& context, const NoteNumber& request) const {
        return close_note(context, request.number);
    }
    TransferNote approve_excess(Context& context, const transfers::ApproveExcess& request) const {
        return note_of(context, context.transfers().approve_excess(request));
    }
    TransferNote reject_excess(Context& context, const transfers::RejectExcess& request) const {
        return note_of(context, context.transfers().reject_excess(request));
    }

    // ---- looking
    // ---------------------------------------------------------------------------------

    TransferNote get(Context& context, const NoteNumber& request) const {
        return get_note(context, request.number);
    }
    wharf::Page<TransferNote> list(Context& context, const transfers::List& query) const {
        auto page = context.transfers().list(query);
        wharf::Page<TransferNote> reply;
        for (auto& transfer : page.items) {
            reply.items.push_back(note_of(context, std::move(transfer)));
        }
        reply.next = page.next;
        return reply;
    }
    Derivation document(Context& context, const NoteNumber& request) const {
        const auto settings = context.config<Settings>();
        const auto note = get_note(context, request.number);
        return Papers(context, settings).derive(note, note.purpose);
    }
    Suggestions suggestions(Context& context, const SuggestionsQuery& query) const {
        return suggest(context, context.config<Settings>(), query);
    }
    wharf::Page<Price> prices(Context& context, const PricesQuery& query) const {
        const auto page = context.collection<Price>("prices").find(
            wharf::Find().limit(query.limit).after(query.after));
        wharf::Page<Price> reply;
        for (const auto& item : page.items) reply.items.push_back(item.document);
        reply.next = page.next;
        return reply;
    }

    // ---- low stock and prices
    // --------------------------------------------------------------------

    Requested request(Context& context, const SuggestionsQuery& query) const {
        return request_low_stock(context, context.config<Settings>(), query);
    }
    void scheduled(Context& context, const wharf::ScheduledRun&) const {
        const auto settings = context.config<Settings>();
        if (settings.low_stock == LowStock::request) request_low_stock(context, settings, {});
    }
    void overdue(Context& context, const wharf::ScheduledRun&) const { tell_overdue(context); }
    Price set_price(Context& context, const Price& price) const {
        if (price.price < Money()) {
            throw wharf::Refusal::invalid("/price", "negative", "a price is not negative");
        }
        static_cast<void>(context.catalog().get_product({price.sku}));
        context.collection<Price>("prices").put(price, price.sku.text());
        return price;
    }

    // ---- demand at the destination
    // ---------------------------------------------------------------

    template <class Event>
    void supply_made(Context& context, const Occurrence<Event>& happened) const {
        std::set<std::pair<Sku, LocationCode>> places;
        for (const auto& line : happened.data.lines) {
            if (line.owed > line.pegged) places.emplace(line.sku, happened.data.destination);
        }
        cover(context, places);
    }
    template <class Event>
    void demand_made(Context& context, const Occurrence<Event>& happened) const {
        if (happened.data.status != wharf::OrderStatus::open) return;
        std::set<std::pair<Sku, LocationCode>> places;
        for (const auto& line : happened.data.lines) {
            if (line.waiting.positive()) places.emplace(line.sku, line.location);
        }
        cover(context, places);
    }
    // What was pegged to an order that needs less may cover those who wait behind it.
    template <class Event>
    void supply_freed(Context& context, const Occurrence<Event>& happened) const {
        std::set<std::pair<Sku, LocationCode>> places;
        for (const auto& line : happened.data.lines) places.emplace(line.sku, line.location);
        cover(context, places);
    }
    void reservation_released(Context& context,
                              const Occurrence<event::ReservationReleased>& happened) const {
        cover(context, {{happened.data.sku, happened.data.location}});
    }

    static void cover(Context& context, const std::set<std::pair<Sku, LocationCode>>& places) {
        if (!context.config<Settings>().cover_demand) return;
        for (const auto& [sku, location] : places) {
            wharf::planning::PegFreeSupply free;
            free.sku = sku;
            free.location = location;
            free.purchase_orders = false;
            free.quality_check = false;
            context.call(free);
        }
    }

    Preview preview(Context& context) const {
        const auto settings = context.config<Settings>();
        Preview preview;
        std::set<std::pair<LocationCode, LocationCode>> drafts;
        for (const auto& suggestion : suggest(context, settings, {}).items) {
            if (suggestion.exception) continue;
            drafts.emplace(*suggestion.source, suggestion.destination);
            preview.quantity += suggestion.quantity;
        }
        preview.transfers = static_cast<std::int32_t>(drafts.size());
        preview.note = settings.low_stock == LowStock::request
                           ? "these transfers are drafted at the next scheduled run"
                           : "these transfers are drafted when somebody asks for them";
        return preview;
    }
};

}  // namespace stn

WHARF_PLUGIN(stn::Stn, "stn", "1.0.0")

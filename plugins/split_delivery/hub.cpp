#include "hub.hpp"

#include <wharf/operations/plugins.hpp>

#include <algorithm>
#include <utility>

namespace split_delivery {

namespace {

using wharf::Receipt;
using wharf::ReceiptLine;
using wharf::Refusal;
using wharf::RefusalKind;

constexpr const char* kWaiting = "waiting_at_hubs";
constexpr const char* kTransfers = "stn";

// What stn takes and gives, as far as this plugin speaks of it.
struct NewTransferLine {
    Sku sku;
    Quantity quantity;
    std::optional<wharf::LotCode> lot;
    std::vector<wharf::Serial> serials;
};
BOOST_DESCRIBE_STRUCT(NewTransferLine, (), (sku, quantity, lot, serials))

struct NewTransfer {
    LocationCode source;
    LocationCode destination;
    std::vector<NewTransferLine> lines;
};
BOOST_DESCRIBE_STRUCT(NewTransfer, (), (source, destination, lines))

struct TransferNumber {
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(TransferNumber, (), (number))

struct TransferLineNumber {
    std::int32_t line = 0;
};
BOOST_DESCRIBE_STRUCT(TransferLineNumber, (), (line))

struct MadeTransfer {
    DocumentNumber number;
    std::vector<TransferLineNumber> lines;
};
BOOST_DESCRIBE_STRUCT(MadeTransfer, (), (number, lines))

bool transfers_are_on(wharf::Context& context) {
    wharf::plugins::GetPlugin query;
    query.plugin = wharf::PluginName(kTransfers);
    try {
        return context.call(query).state == "on";
    } catch (const Refusal& refusal) {
        if (refusal.kind() == RefusalKind::not_found) return false;
        throw;
    }
}

std::vector<const ReceiptLine*> onward_lines(const Receipt& receipt) {
    std::vector<const ReceiptLine*> lines;
    for (const auto& line : receipt.lines) {
        if (line.onward.positive()) lines.push_back(&line);
    }
    return lines;
}

// Exactly these units, where the receipt leaves no doubt which they are.
std::vector<wharf::Serial> serials_of(const ReceiptLine& line) {
    std::vector<wharf::Serial> serials;
    const auto& rejected = line.rejected_serials;
    for (const auto& serial : line.serials) {
        if (std::find(rejected.begin(), rejected.end(), serial) == rejected.end()) {
            serials.push_back(serial);
        }
    }
    if (serials.size() != static_cast<std::size_t>(line.onward.raw())) serials.clear();
    return serials;
}

Receipt get_receipt(wharf::Context& context, const DocumentNumber& number) {
    wharf::receiving::GetReceipt query;
    query.number = number;
    return context.call(query);
}

// The receipt with what waits on it.
Receipt waiting_receipt(wharf::Context& context, const DocumentNumber& number) {
    auto receipt = get_receipt(context, number);
    if (receipt.destination && !onward_lines(receipt).empty()) return receipt;
    throw Refusal::conflict("split_delivery.nothing_to_send_on",
                            "nothing of " + number.text() + " waits to be sent on");
}

MadeTransfer make_transfer(wharf::Context& context, const Receipt& receipt,
                           const std::vector<const ReceiptLine*>& lines) {
    NewTransfer request{receipt.location, *receipt.destination, {}};
    for (const auto* line : lines) {
        request.lines.push_back({line->sku, line->onward, line->lot, serials_of(*line)});
    }
    auto made = context.call<MadeTransfer>("stn.create", request);
    context.call<MadeTransfer>("stn.approve", TransferNumber{made.number});
    return made;
}

// A host that is too busy just now is no reason to leave goods at a hub: the receipt is tried
// again.
bool passes_by_itself(const Refusal& refusal) {
    return refusal.kind() == RefusalKind::unavailable || refusal.kind() == RefusalKind::deadline;
}

// A receipt is seen by keys of the place that received it.
bool sees(const wharf::Principal& principal, const Waiting& waiting) {
    const auto& own = principal.locations;
    return own.empty() || std::find(own.begin(), own.end(), waiting.hub) != own.end();
}

void refuse_vendors(const wharf::Principal& principal) {
    if (!principal.vendor) return;
    throw Refusal::forbidden("not_for_vendors", "a vendor's key sees its own purchase orders only");
}

void forget(wharf::Context& context, const DocumentNumber& receipt) {
    const auto waiting = context.collection<Waiting>(kWaiting);
    if (waiting.get(receipt.text())) waiting.remove(receipt.text());
}

}  // namespace

void require_transfers(wharf::Context& context, const OrderView& view,
                       const std::vector<SheetRow>& rows, SheetFaults& faults) {
    const auto needs = [&](const SheetRow& row) {
        return row.row.via && view.brings_more(row.row);
    };
    if (std::none_of(rows.begin(), rows.end(), needs) || transfers_are_on(context)) return;
    for (const auto& row : rows) {
        if (!needs(row)) continue;
        faults.add(row.pointer, "needs_transfers",
                   row.says("a hub sends goods on by transfer: switch the plugin stn on"));
    }
}

Onward send_on(wharf::Context& context, const OnwardRequest& request) {
    const auto receipt = waiting_receipt(context, request.number);
    const auto lines = onward_lines(receipt);
    const auto transfer = make_transfer(context, receipt, lines);
    for (std::size_t i = 0; i < lines.size() && i < transfer.lines.size(); ++i) {
        wharf::receiving::SendOn hand_over;
        hand_over.number = receipt.number;
        hand_over.line = lines[i]->line;
        hand_over.supply = {wharf::SupplyKind::transfer, transfer.number, transfer.lines[i].line};
        context.call(hand_over);
    }
    forget(context, receipt.number);
    return {receipt.number, receipt.location, *receipt.destination, transfer.number};
}

Onward keep_here(wharf::Context& context, const OnwardRequest& request) {
    const auto receipt = waiting_receipt(context, request.number);
    for (const auto* line : onward_lines(receipt)) {
        wharf::receiving::SendOn keep;
        keep.number = receipt.number;
        keep.line = line->line;
        context.call(keep);
    }
    forget(context, receipt.number);
    return {receipt.number, receipt.location, *receipt.destination, std::nullopt};
}

void forward(wharf::Context& context, const Receipt& receipt) {
    if (!receipt.destination) return;
    if (onward_lines(receipt).empty()) return forget(context, receipt.number);
    try {
        // By its own operation, so that a refusal leaves no half of a transfer behind.
        context.call<Onward>("split_delivery.send_on", OnwardRequest{receipt.number});
    } catch (const Refusal& refusal) {
        if (passes_by_itself(refusal)) throw;
        context.log(wharf::LogLevel::warning,
                    receipt.number.text() + " waits at its hub: " + refusal.detail());
        const auto waiting = context.collection<Waiting>(kWaiting);
        waiting.put({receipt.number, receipt.location, *receipt.destination, refusal.code(),
                     refusal.detail(), context.now()},
                    receipt.number.text());
    }
}

void look_after(wharf::Context& context, const DocumentNumber& number) {
    const auto receipt = get_receipt(context, number);
    const bool waits = !onward_lines(receipt).empty();
    const bool listed = context.collection<Waiting>(kWaiting).get(number.text()).has_value();
    if (waits != listed) forward(context, receipt);
}

std::int64_t count_waiting(wharf::Context& context) {
    return context.collection<Waiting>(kWaiting).count(wharf::Find());
}

wharf::Page<Waiting> waiting_at_hubs(wharf::Context& context, const WaitingQuery& query) {
    refuse_vendors(context.principal());
    const auto collection = context.collection<Waiting>(kWaiting);
    wharf::Page<Waiting> page;
    page.next = query.after;
    std::int32_t room = query.limit;
    do {  // a page is filled although some are not for this key
        auto found = collection.find(wharf::Find().limit(room).after(std::move(page.next)));
        for (auto& stored : found.items) {
            if (!sees(context.principal(), stored.document)) continue;
            page.items.push_back(std::move(stored.document));
            --room;
        }
        page.next = std::move(found.next);
    } while (room > 0 && page.next);
    return page;
}

}  // namespace split_delivery

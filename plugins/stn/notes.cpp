#include "notes.hpp"

#include <utility>

#include "papers.hpp"

namespace stn {
namespace {

using wharf::Refusal;
using wharf::Transfer;
using wharf::TransferStatus;

wharf::Collection<Kept> kept_notes(wharf::Context& context) {
    return context.collection<Kept>("notes");
}

// A transfer that was made without this plugin, as a sales order, has nothing kept: it is a branch
// transfer without documents.
Kept kept_of(wharf::Context& context, const DocumentNumber& number) {
    auto found = kept_notes(context).get(number.text());
    if (found) return std::move(found->document);
    Kept kept;
    kept.number = number;
    return kept;
}

void keep(wharf::Context& context, const Kept& kept) {
    kept_notes(context).put(kept, kept.number.text());
}

TransferNote joined(Transfer transfer, const Kept& kept) {
    TransferNote note;
    static_cast<Transfer&>(note) = std::move(transfer);
    note.purpose = kept.purpose;
    note.documents = kept.documents;
    note.closed_at = kept.closed_at;
    return note;
}

// Where missing units turned out to be, as the notes that correct the invoice name them.
struct Corrections {
    std::vector<Correction> returned;
    std::vector<Correction> lost;

    void add(wharf::DifferenceOutcome outcome, Correction correction) {
        if (outcome == wharf::DifferenceOutcome::returned_to_source) {
            returned.push_back(std::move(correction));
        } else if (outcome == wharf::DifferenceOutcome::lost) {
            lost.push_back(std::move(correction));
        }
    }
};

TransferNote corrected(wharf::Context& context, const Settings& settings, Transfer transfer,
                       const Corrections& corrections, const std::optional<wharf::Reason>& reason) {
    auto kept = kept_of(context, transfer.number);
    const auto before = kept.documents.size();
    const Papers papers(context, settings);
    papers.correct(kept, Role::credit_note, corrections.returned, reason);
    papers.correct(kept, Role::reversal_note, corrections.lost, reason);
    if (kept.documents.size() != before) keep(context, kept);
    return joined(std::move(transfer), kept);
}

}  // namespace

TransferNote note_of(wharf::Context& context, Transfer transfer) {
    const auto kept = kept_of(context, transfer.number);
    return joined(std::move(transfer), kept);
}

TransferNote get_note(wharf::Context& context, const DocumentNumber& number) {
    return note_of(context, context.transfers().get({number}));
}

TransferNote create_note(wharf::Context& context, const Settings& settings,
                         const CreateNote& request) {
    wharf::transfers::Create create;
    create.reference = request.reference;
    create.source = request.source;
    create.destination = request.destination;
    create.expected_on = request.expected_on;
    create.note = request.note;
    create.lines = request.lines;
    create.explanation = request.explanation;
    auto transfer = context.transfers().create(create);
    const auto before = kept_notes(context).get(transfer.number.text());
    if (before) {  // the same reference again
        if (before->document.purpose == *request.purpose) {
            return joined(std::move(transfer), before->document);
        }
        throw Refusal::conflict("reference_taken", "\"" + request.reference->text() + "\" is " +
                                                       transfer.number.text() +
                                                       ", which has another purpose");
    }
    // Ends that no document can be made for are refused before anybody packs.
    static_cast<void>(Papers(context, settings)
                          .document_for(request.source, request.destination, request.purpose));
    Kept kept;
    kept.number = transfer.number;
    kept.purpose = request.purpose;
    keep(context, kept);
    return joined(std::move(transfer), kept);
}

TransferNote approve_note(wharf::Context& context, const Settings& settings,
                          const wharf::transfers::Approve& request) {
    auto transfer = context.transfers().approve(request);
    const auto kept = kept_of(context, request.number);
    // What has no value on its document is refused before anybody packs.
    static_cast<void>(Papers(context, settings).derive(transfer, kept.purpose));
    return joined(std::move(transfer), kept);
}

TransferNote dispatch_note(wharf::Context& context, const Settings& settings,
                           const DispatchNote& request) {
    auto transfer = context.transfers().dispatch({request.number, request.lines});
    auto kept = kept_of(context, request.number);
    Papers(context, settings).issue(transfer, kept, request.transport);
    keep(context, kept);
    return joined(std::move(transfer), kept);
}

TransferNote receive_note(wharf::Context& context, const Settings& settings,
                          wharf::transfers::Receive request) {
    if (!request.difference_owner) {
        request.difference_owner =
            settings.difference_owner.value_or(wharf::Name(context.principal().name));
    }
    if (!request.difference_due_on) {
        request.difference_due_on = context.today().plus_days(*settings.difference_due_days);
    }
    return note_of(context, context.transfers().receive(request));
}

TransferNote resolve_note(wharf::Context& context, const Settings& settings,
                          const wharf::transfers::Resolve& request) {
    const auto before = context.transfers().get({request.number});
    auto transfer = context.transfers().resolve(request);
    const auto& difference = before.differences[static_cast<std::size_t>(request.difference) - 1];
    Corrections corrections;
    corrections.add(request.outcome, {difference.line, request.quantity.value_or(difference.open),
                                      request.lot, *request.serials});
    return corrected(context, settings, std::move(transfer), corrections, request.reason);
}

TransferNote cancel_note(wharf::Context& context, const Settings& settings,
                         const wharf::transfers::Cancel& request) {
    auto transfer = context.transfers().cancel(request);
    Corrections corrections;
    for (const auto& one : *request.dispositions) {
        corrections.add(one.outcome, {one.line, one.quantity, one.lot, *one.serials});
    }
    return corrected(context, settings, std::move(transfer), corrections, request.reason);
}

TransferNote close_note(wharf::Context& context, const DocumentNumber& number) {
    auto transfer = context.transfers().get({number});
    std::vector<wharf::Fault> faults;
    for (std::size_t i = 0; i < transfer.differences.size(); ++i) {
        const auto& difference = transfer.differences[i];
        if (!difference.open.positive()) continue;
        faults.push_back({"/differences/" + std::to_string(i), "stn.unresolved_difference",
                          std::to_string(difference.open.raw()) + " of \"" + difference.sku.text() +
                              "\" are missing; " + difference.owner.text() + " answers by " +
                              difference.due_on.text()});
    }
    for (std::size_t i = 0; i < transfer.excess.size(); ++i) {
        if (transfer.excess[i].status != wharf::ExcessStatus::waiting) continue;
        faults.push_back({"/excess/" + std::to_string(i), "stn.undecided_excess",
                          std::to_string(transfer.excess[i].quantity.raw()) + " of \"" +
                              transfer.excess[i].sku.text() + "\" wait for a decision"});
    }
    if (!faults.empty()) {
        const auto first = faults.front();
        throw Refusal::conflict(first.code, first.detail, "resolve it, then close the transfer")
            .with_faults(std::move(faults));
    }
    if (transfer.status != TransferStatus::received &&
        transfer.status != TransferStatus::cancelled) {
        throw Refusal::conflict(
            "stn.not_received",
            number.text() + " is " + boost::describe::enum_to_string(transfer.status, "unknown"),
            "receive it; with \"complete\": true what did not come is reported missing");
    }
    auto kept = kept_of(context, number);
    if (!kept.closed_at) {
        kept.closed_at = context.now();
        kept.closed_by = context.principal().name;
        keep(context, kept);
    }
    return joined(std::move(transfer), kept);
}

}  // namespace stn

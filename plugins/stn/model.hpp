// What this plugin takes in, gives out and remembers. The transfer itself is the host's.
#pragma once

#include <wharf/plugin.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace stn {

using wharf::Count;
using wharf::DocumentNumber;
using wharf::LocationCode;
using wharf::Money;
using wharf::Quantity;
using wharf::Sku;

// branch: between two places of business. job_work: to somebody who works on the goods.
enum class Purpose { branch, job_work, unknown };
BOOST_DESCRIBE_ENUM(Purpose, branch, job_work, unknown)

// What a document was issued for in the life of its transfer.
enum class Role { dispatch, credit_note, reversal_note, unknown };
BOOST_DESCRIBE_ENUM(Role, dispatch, credit_note, reversal_note, unknown)

struct NoteDocument {
    Role role = Role::dispatch;
    wharf::DocumentKind kind = wharf::DocumentKind::delivery_challan;
    DocumentNumber number;
    DocumentNumber id;  // its name below /documents
    wharf::Date issued_on;
    Money total;
    bool e_way_bill_required = false;
};
BOOST_DESCRIBE_STRUCT(NoteDocument, (),
                      (role, kind, number, id, issued_on, total, e_way_bill_required))

// Kept by the plugin beside the host's transfer, under its number.
struct Kept {
    DocumentNumber number;
    Purpose purpose = Purpose::branch;
    std::vector<NoteDocument> documents;
    std::optional<wharf::Instant> closed_at;
    std::optional<std::string> closed_by;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (number, purpose, documents, closed_at, closed_by))

// A transfer note: the host's transfer with its purpose and its documents.
struct TransferNote : wharf::Transfer {
    Purpose purpose = Purpose::branch;
    std::vector<NoteDocument> documents;
    std::optional<wharf::Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(TransferNote, (wharf::Transfer), (purpose, documents, closed_at))

struct CreateNote {
    std::optional<wharf::Reference> reference;
    LocationCode source;
    LocationCode destination;
    wharf::Defaulted<Purpose> purpose = Purpose::branch;
    std::optional<wharf::Date> expected_on;
    std::optional<wharf::Note> note;
    std::vector<wharf::transfers::NewLine> lines;
    std::optional<wharf::RawJson> explanation;
};
BOOST_DESCRIBE_STRUCT(CreateNote, (),
                      (reference, source, destination, purpose, expected_on, note, lines,
                       explanation))

struct DispatchNote {
    DocumentNumber number;
    wharf::Defaulted<std::vector<wharf::transfers::DispatchLine>> lines;
    std::optional<wharf::Transport> transport;
};
BOOST_DESCRIBE_STRUCT(DispatchNote, (), (number, lines, transport))

struct NoteNumber {
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(NoteNumber, (), (number))

// What one line is worth on the document.
struct ValuedLine {
    std::int32_t line = 0;
    Sku sku;
    Count quantity;
    Money unit_price;
    Money value;
};
BOOST_DESCRIBE_STRUCT(ValuedLine, (), (line, sku, quantity, unit_price, value))

// What a transfer travels under, and why. Before dispatch it says what would be issued, at what the
// goods cost now.
struct Derivation {
    wharf::DocumentKind kind = wharf::DocumentKind::delivery_challan;
    bool inter_state = false;
    std::vector<wharf::TaxReason> reasons;
    TaxableValue taxable_value = TaxableValue::cost;
    std::vector<ValuedLine> lines;
};
BOOST_DESCRIBE_STRUCT(Derivation, (), (kind, inter_state, reasons, taxable_value, lines))

// What a unit is worth on a document with the setting `price_list`, without tax.
struct Price {
    Sku sku;
    Money price;
};
BOOST_DESCRIBE_STRUCT(Price, (), (sku, price))

struct PricesQuery {
    wharf::Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(PricesQuery, (), (limit, after))

// position = available + coming - waiting; below the minimum the maximum is asked for, as far as
// the source has it to spare beyond its own minimum. Who has least of its minimum is served first,
// and all up to their minimum before anybody up to the maximum.
struct Suggestion {
    std::int32_t rank = 0;  // 1: the most urgent
    Sku sku;
    LocationCode destination;
    std::optional<LocationCode> source;
    Count available;
    Count coming;  // owed by purchase orders, transfers and quality check
    Count waiting;
    Count minimum;
    Count maximum;
    Count missing;   // to the minimum
    Count wanted;    // to the maximum
    Count spare;     // at the source, when its turn came
    Count quantity;  // to be asked for
    // `no_source`: nobody has any to spare; `no_document`: none is right for the route; else the
    // code with which the draft was refused.
    std::optional<std::string> exception;
};
BOOST_DESCRIBE_STRUCT(Suggestion, (),
                      (rank, sku, destination, source, available, coming, waiting, minimum, maximum,
                       missing, wanted, spare, quantity, exception))

struct SuggestionsQuery {
    std::optional<LocationCode> destination;
    std::optional<Sku> sku;
};
BOOST_DESCRIBE_STRUCT(SuggestionsQuery, (), (destination, sku))

struct Suggestions {
    std::vector<Suggestion> items;
};
BOOST_DESCRIBE_STRUCT(Suggestions, (), (items))

struct Requested {
    std::vector<DocumentNumber> transfers;  // drafts, to be approved by their source
    Count quantity;
    std::vector<Suggestion> exceptions;
};
BOOST_DESCRIBE_STRUCT(Requested, (), (transfers, quantity, exceptions))

// A difference whose day has passed, with who answers for it.
struct DifferenceOverdue {
    using Document = wharf::OpenDifference;
    static constexpr std::string_view kName = "stn.difference_overdue";
};

// That it was told, so that it is told once.
struct Told {
    DocumentNumber transfer;
    std::int32_t difference = 0;
    wharf::Instant at;
};
BOOST_DESCRIBE_STRUCT(Told, (), (transfer, difference, at))

struct Preview {
    std::int32_t transfers = 0;  // that low stock asks for now
    Count quantity;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Preview, (), (transfers, quantity, note))

}  // namespace stn

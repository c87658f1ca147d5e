#include "host/domain/gst/e_way_limits.hpp"

#include <algorithm>
#include <array>

namespace wharf::domain {
namespace {

constexpr Money rupees(std::int64_t amount) {
    return Money::from_raw(amount * Money::kUnit);
}

constexpr Money kLimit = rupees(50'000);
constexpr std::string_view kRule = "CGST Rule 138(1)";

struct StateLimit {
    std::string_view state;
    EWayLimit limit;
};

// States that notified another limit for movements of all taxable goods within them (Rule
// 138(14)(d)). Those that tell goods, cities or distances apart (Chhattisgarh, Goa, Gujarat,
// Jharkhand, Punjab, ...) are left at the 50,000 that is right everywhere: the account may set its
// own limit (`e_way_bill_limit` of the document settings).
constexpr std::array<StateLimit, 5> kWithinState = {{
    {"07", {rupees(100'000), "Delhi, notification 03/2018 of 15.06.2018"}},
    {"08", {rupees(100'000), "Rajasthan, notification of 30.03.2021 under Rule 138(14)(d)"}},
    {"10", {rupees(100'000), "Bihar, notification S.O. 14 of 14.01.2019"}},
    {"27", {rupees(100'000), "Maharashtra, notification 15E/2018 of 29.06.2018"}},
    {"33", {rupees(100'000), "Tamil Nadu, notification 09/2018 of 31.05.2018"}},
}};

bool moves_goods(DocumentKind kind) {
    return kind == DocumentKind::delivery_challan || kind == DocumentKind::tax_invoice ||
           kind == DocumentKind::bill_of_supply;
}

// With tax, without exempt goods (Rule 138(1), explanation 2).
Money consignment_value(const IssuedDocument& document) {
    Money value;
    for (const auto& line : document.lines) {
        if (line.taxability != Taxability::taxable) continue;
        value += line.taxable;
        for (const auto& share : line.tax) value += share.amount;
    }
    return value;
}

}  // namespace

EWayLimit e_way_limit(std::optional<std::string_view> state, bool inter_state) {
    if (!inter_state && state) {
        const auto* found =
            std::find_if(kWithinState.begin(), kWithinState.end(),
                         [&](const StateLimit& entry) { return entry.state == *state; });
        if (found != kWithinState.end()) return found->limit;
    }
    return {kLimit, kRule};
}

const Party& place_of_dispatch(const IssuedDocument& document) {
    return document.dispatch_from ? *document.dispatch_from : document.supplier;
}

const Party& place_of_delivery(const IssuedDocument& document) {
    return document.ship_to ? *document.ship_to : document.recipient;
}

EWayBillNeed e_way_bill_need(const IssuedDocument& document, std::optional<Money> policy) {
    EWayBillNeed need;
    const auto& from = place_of_dispatch(document).state_code;
    const auto& to = place_of_delivery(document).state_code;
    const bool inter_state = from != to || !from;
    const auto limit = e_way_limit(from ? std::optional(from->view()) : std::nullopt, inter_state);
    need.limit = limit.value;
    need.basis = limit.basis;
    if (!inter_state && policy) {
        need.limit = *policy;
        need.basis = "e_way_bill_limit of the account's document settings";
    }
    if (!moves_goods(document.kind)) return need;
    need.value = consignment_value(document);
    const bool job_work = document.purpose == DocumentPurpose::job_work && inter_state;
    if (job_work) {
        need.limit = Money();
        need.basis =
            "CGST Rule 138(1), third proviso: job work in another state, whatever the value";
    }
    need.required = need.value > need.limit;
    return need;
}

}  // namespace wharf::domain

// Issuing serials to be printed (serial mode 5).
#include <set>

#include "host/domain/faults.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/serial_places.hpp"
#include "host/limits.hpp"

namespace wharf::domain {
namespace {

void refuse_other_modes(const Transaction& transaction) {
    constexpr std::int32_t kFromPool = 5;
    if (transaction.account().serial_mode == kFromPool) return;
    throw Refusal::conflict("wrong_serial_mode", "serials are issued in serial mode 5 only");
}

void check_request(const receiving::IssueSerials& request) {
    const auto most = static_cast<std::int64_t>(limits::kDocumentLinesMax);
    if (request.count.has_value() != request.serials->empty()) {
        throw Refusal::invalid("/count", "count_or_serials",
                               "give either a count or the serials themselves");
    }
    if (request.count && request.count->raw() > most) {
        throw Refusal::invalid("/count", "out_of_range",
                               "at most " + std::to_string(most) + " are issued at once");
    }
}

void check_named(Transaction& transaction, const std::vector<Serial>& serials) {
    Faults faults;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < serials.size(); ++i) {
        const auto issued = transaction.session().value<std::int64_t>(
            "SELECT issued_at FROM serial_pool WHERE serial = :serial", {{"serial", serials[i]}});
        if (issued || !seen.insert(serials[i].view()).second ||
            real_place(transaction, serials[i])) {
            faults.add(pointer_at("/serials", i), "serial_known",
                       "\"" + serials[i].text() + "\" was issued or used before");
        }
    }
    faults.refuse_if_any();
}

// `SN-000123`
std::vector<Serial> made_serials(Transaction& transaction, Quantity count) {
    std::vector<Serial> serials;
    for (std::int64_t i = 0; i < count.raw(); ++i) {
        serials.emplace_back(transaction.next_number("SN").text());
    }
    return serials;
}

}  // namespace

receiving::IssuedSerials issue_serials(Transaction& transaction,
                                       const receiving::IssueSerials& request) {
    refuse_other_modes(transaction);
    check_request(request);
    auto serials = request.count ? made_serials(transaction, *request.count) : *request.serials;
    check_named(transaction, serials);
    for (const auto& serial : serials) {
        transaction.session().execute(
            "INSERT INTO serial_pool (serial, issued_at, sku, receipt) "
            "VALUES (:serial, :issued_at, NULL, NULL)",
            {{"serial", serial}, {"issued_at", transaction.now()}});
    }
    return {std::move(serials)};
}

}  // namespace wharf::domain

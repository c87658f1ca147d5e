#include "host/operations/messages/partners.hpp"

#include "host/limits.hpp"
#include "host/operations/messages/lane.hpp"

namespace wharf::operations {
namespace {

using partners::Partner;
using partners::PartnerStatus;

std::optional<Partner> find_partner(storage::Session& session, const AccountCode& code) {
    auto rows = session.select(
        "SELECT status, reason, changed_by, changed_at, version FROM partner WHERE partner = "
        ":partner",
        {{"partner", code}});
    if (!rows.next()) return std::nullopt;
    Partner partner;
    partner.partner = code;
    partner.status = rows.get<PartnerStatus>(0);
    partner.reason = rows.get<std::string>(1);
    partner.changed_by = rows.get<std::string>(2);
    partner.changed_at = rows.get<Instant>(3);
    partner.version = rows.integer(4);
    return partner;
}

std::int64_t count_received(storage::Session& session, const AccountCode& partner,
                            std::string_view status) {
    return session
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM inbox_message WHERE partner = :partner AND status = :status",
            {{"partner", partner}, {"status", status}})
        .value_or(0);
}

void write(storage::Session& session, const Partner& partner) {
    session.execute("DELETE FROM partner WHERE partner = :partner", {{"partner", partner.partner}});
    session.execute(
        "INSERT INTO partner (partner, status, reason, changed_by, changed_at, version) VALUES "
        "(:partner, :status, :reason, :by, :at, :version)",
        {{"partner", partner.partner},
         {"status", partner.status},
         {"reason", partner.reason},
         {"by", partner.changed_by},
         {"at", partner.changed_at},
         {"version", partner.version}});
}

void change(UnitOfWork& unit, Partner partner, PartnerStatus status, const Reason& reason,
            const std::string& by) {
    partner.status = status;
    partner.reason = reason.text();
    partner.changed_by = by;
    partner.changed_at = unit.facts.now;
    ++partner.version;
    write(unit.session, partner);
}

void require_room(storage::Session& session) {
    const auto partners = session.value<std::int64_t>("SELECT COUNT(*) FROM partner").value_or(0);
    if (partners < limits::kPartnersMax) return;
    throw Refusal::conflict(
        "too_many_partners",
        "an account has at most " + std::to_string(limits::kPartnersMax) + " partners");
}

}  // namespace

bool has_agreed(storage::Session& session, const AccountCode& partner) {
    return session
        .value<std::int64_t>(
            "SELECT version FROM partner WHERE partner = :partner AND status = 'agreed'",
            {{"partner", partner}})
        .has_value();
}

std::vector<AccountCode> agreed_partners(storage::Session& session) {
    auto rows =
        session.select("SELECT partner FROM partner WHERE status = 'agreed' ORDER BY partner");
    std::vector<AccountCode> codes;
    while (rows.next()) codes.push_back(rows.get<AccountCode>(0));
    return codes;
}

Partner partner_of(storage::Session& session, const AccountCode& code) {
    auto partner = find_partner(session, code);
    if (!partner) throw Refusal::not_found("partner", code.view());
    const auto lane = lane_of(session, code);
    partner->sent_waiting = count_waiting(session, code, lane.delivered);
    partner->received_waiting = count_received(session, code, "waiting");
    partner->received_parked = count_received(session, code, "parked");
    partner->delivered_at = lane.delivered_at;
    partner->problem = lane.problem;
    partner->retry_at = lane.retry_at;
    return *std::move(partner);
}

std::vector<AccountCode> partners_after(storage::Session& session, const std::string& after,
                                        std::size_t limit) {
    auto rows = session.select(
        "SELECT partner FROM partner WHERE partner > :after ORDER BY partner LIMIT :limit",
        {{"after", after}, {"limit", limit}});
    std::vector<AccountCode> codes;
    while (rows.next()) codes.push_back(rows.get<AccountCode>(0));
    return codes;
}

Partner agree(UnitOfWork& unit, const partners::Agree& request, const std::string& by) {
    if (request.partner == unit.facts.account) {
        throw Refusal::invalid("/partner", "own_account", "is the account itself");
    }
    auto partner = find_partner(unit.session, request.partner);
    if (partner && partner->status == PartnerStatus::agreed) {
        return partner_of(unit.session, request.partner);
    }
    if (!partner) {
        require_room(unit.session);
        partner.emplace().partner = request.partner;
    }
    change(unit, *std::move(partner), PartnerStatus::agreed, request.reason, by);
    return partner_of(unit.session, request.partner);
}

Partner end(UnitOfWork& unit, const partners::End& request, const std::string& by) {
    auto partner = find_partner(unit.session, request.partner);
    if (!partner) throw Refusal::not_found("partner", request.partner.view());
    if (partner->status == PartnerStatus::agreed) {
        change(unit, *std::move(partner), PartnerStatus::ended, request.reason, by);
    }
    return partner_of(unit.session, request.partner);
}

}  // namespace wharf::operations

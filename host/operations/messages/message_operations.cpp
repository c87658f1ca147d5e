#include "host/operations/messages/message_operations.hpp"

#include <boost/describe.hpp>

#include "host/domain/pages.hpp"
#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/messages/inbox.hpp"
#include "host/operations/messages/inbox_rows.hpp"
#include "host/operations/messages/messenger.hpp"
#include "host/operations/messages/outbox.hpp"
#include "host/operations/messages/partners.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

// Refuses (stale) another version than the client's; a partner that is not there has version 0.
void check_version(CallContext& context, const AccountCode& partner) {
    const auto version = context.session().value<std::int64_t>(
        "SELECT version FROM partner WHERE partner = :partner", {{"partner", partner}});
    context.transaction().check_version(version.value_or(0));
}

// What waited for this account's consent goes on: to the other, from the other, and what was taken
// in already.
void go_on_with(UnitOfWork& unit, const AccountCode& partner) {
    wake_at(unit, unit.facts.now);
    unit.after_commit("agreed with " + partner.text(),
                      [messenger = unit.services.messenger, own = unit.facts.account, partner] {
                          messenger->deliver(own, partner, Messenger::Try::now);
                          messenger->deliver(partner, own, Messenger::Try::now);
                          messenger->work_on_inbox(own);
                      });
}

partners::Partner agree_with(CallContext& context, const partners::Agree& request) {
    check_version(context, request.partner);
    auto partner = agree(context.unit(), request, context.actor_name());
    go_on_with(context.unit(), request.partner);
    return partner;
}

partners::Partner end_with(CallContext& context, const partners::End& request) {
    check_version(context, request.partner);
    return end(context.unit(), request, context.actor_name());
}

partners::Partner get(CallContext& context, const partners::GetPartner& request) {
    return partner_of(context.session(), request.partner);
}

Page<partners::Partner> list(CallContext& context, const partners::ListPartners& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    Page<partners::Partner> page;
    for (const auto& code :
         partners_after(context.session(), domain::decode_cursor(request.after, 1)[0], limit + 1)) {
        if (page.items.size() == limit) {
            page.next = domain::encode_cursor({page.items.back().partner.view()});
            break;
        }
        page.items.push_back(partner_of(context.session(), code));
    }
    return page;
}

template <class Enum>
std::string name_of(const std::optional<Enum>& value) {
    return value ? boost::describe::enum_to_string(*value, "unknown") : "";
}

template <class Item>
Page<Item> page_of(std::vector<Item> items, std::size_t limit) {
    Page<Item> page{std::move(items), std::nullopt};
    if (page.items.size() > limit) {
        page.items.resize(limit);
        page.next = std::to_string(page.items.back().number);
    }
    return page;
}

Page<messages::SentMessage> list_sent(CallContext& context, const messages::ListSent& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    return page_of(sent_messages(context.session(), {request.partner.value_or(AccountCode()).text(),
                                                     name_of(request.status),
                                                     number_cursor(request.after), limit + 1}),
                   limit);
}

Page<messages::ReceivedMessage> list_received(CallContext& context,
                                              const messages::ListReceived& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    return page_of(
        received_messages(context.session(),
                          {request.partner.value_or(AccountCode()).text(), name_of(request.status),
                           number_cursor(request.after), limit + 1}),
        limit);
}

Done retry(CallContext& context, const messages::RetryReceived& request) {
    retry_parked_message(context.unit(), request.number);
    return {};
}

}  // namespace

void bind_messages(Registry& registry) {
    bind<partners::Agree>(registry, &agree_with);
    bind<partners::End>(registry, &end_with);
    bind<partners::GetPartner>(registry, &get);
    bind<partners::ListPartners>(registry, &list);
    bind<messages::ListSent>(registry, &list_sent);
    bind<messages::ListReceived>(registry, &list_received);
    bind<messages::RetryReceived>(registry, &retry);
    bind<messages::Send>(registry, &send_message,
                         [](Operation& operation) { operation.plugins_only = true; });
}

}  // namespace wharf::operations

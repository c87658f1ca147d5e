// Trading partners (the accounts that an account has agreed to exchange messages with) and the
// messages themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "wharf/describe.hpp"
#include "wharf/operation.hpp"

namespace wharf::partners {

// agreed: this account sends to the other and takes from it. ended: it does neither.
enum class PartnerStatus { agreed, ended, unknown };
BOOST_DESCRIBE_ENUM(PartnerStatus, agreed, ended, unknown)

// What this account knows. Whether the other side has agreed shows in what was delivered.
struct Partner {
    AccountCode partner;
    PartnerStatus status = PartnerStatus::agreed;
    std::string reason;
    std::string changed_by;
    Instant changed_at;
    std::int64_t sent_waiting = 0;        // messages that the other account has not taken in yet
    std::int64_t received_waiting = 0;    // taken in, and not worked on yet
    std::int64_t received_parked = 0;     // failed for good; messages.list_received shows them
    std::optional<Instant> delivered_at;  // when the other account last took something in
    std::string problem;                  // why what is sent does not get there, or empty
    std::optional<Instant> retry_at;      // when it is tried again
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Partner, (),
                      (partner, status, reason, changed_by, changed_at, sent_waiting,
                       received_waiting, received_parked, delivered_at, problem, retry_at, version))

// Consent of this account alone: messages go to and fro once the other one has agreed as well.
struct Agree {
    using Reply = Partner;
    static constexpr OperationInfo kOperation{"partners.agree", Access::write, "partners.write",
                                              "PUT /partners/{partner}",
                                              "Agree to exchange messages with another account"};
    AccountCode partner;
    Reason reason;
};
BOOST_DESCRIBE_STRUCT(Agree, (), (partner, reason))

// From the answer on nothing is taken from the other account and nothing goes to it. What waits
// stays, and goes on when the account agrees again.
struct End {
    using Reply = Partner;
    static constexpr OperationInfo kOperation{"partners.end", Access::write, "partners.write",
                                              "POST /partners/{partner}/end",
                                              "Exchange no more messages with another account"};
    AccountCode partner;
    Reason reason;
};
BOOST_DESCRIBE_STRUCT(End, (), (partner, reason))

struct GetPartner {
    using Reply = Partner;
    static constexpr OperationInfo kOperation{"partners.get", Access::read, "partners.read",
                                              "GET /partners/{partner}",
                                              "One account that messages are exchanged with"};
    AccountCode partner;
};
BOOST_DESCRIBE_STRUCT(GetPartner, (), (partner))

struct ListPartners {
    using Reply = Page<Partner>;
    static constexpr OperationInfo kOperation{"partners.list", Access::read, "partners.read",
                                              "GET /partners",
                                              "Accounts that messages are exchanged with"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListPartners, (), (limit, after))

}  // namespace wharf::partners

namespace wharf::messages {

struct SendReply {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(SendReply, (), (number))

// Only for plugins, through Context::send. Refuses `no_partner` when this account has not agreed
// with the other; the other side's consent is asked for when the message is delivered.
struct Send {
    using Reply = SendReply;
    static constexpr OperationInfo kOperation{"messages.send", Access::write, "", "",
                                              "Send a message to another account"};
    AccountCode to;
    std::string message;
    RawJson data;
};
BOOST_DESCRIBE_STRUCT(Send, (), (to, message, data))

enum class SentStatus { waiting, delivered, unknown };
BOOST_DESCRIBE_ENUM(SentStatus, waiting, delivered, unknown)

// `number` counts up in the account; what was delivered is kept for 30 days.
struct SentMessage {
    std::int64_t number = 0;
    AccountCode to;
    std::string message;
    std::string plugin;  // that sent it
    SentStatus status = SentStatus::waiting;
    Instant sent_at;
    std::string request_id;
    RawJson data;
};
BOOST_DESCRIBE_STRUCT(SentMessage, (),
                      (number, to, message, plugin, status, sent_at, request_id, data))

struct ListSent {
    using Reply = Page<SentMessage>;
    static constexpr OperationInfo kOperation{"messages.list_sent", Access::read, "partners.read",
                                              "GET /messages/sent",
                                              "Messages to other accounts, oldest first"};
    std::optional<AccountCode> partner;
    std::optional<SentStatus> status;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListSent, (), (partner, status, limit, after))

// waiting: behind another one, after a failure, or for its plugin to be on. parked: it failed as
// often as it is tried.
enum class ReceivedStatus { waiting, parked, unknown };
BOOST_DESCRIBE_ENUM(ReceivedStatus, waiting, parked, unknown)

// `number` counts what this account took in; `id` is the message's own, the same on both sides.
struct ReceivedMessage {
    std::int64_t number = 0;
    std::string id;
    AccountCode from;
    std::string message;
    ReceivedStatus status = ReceivedStatus::waiting;
    Instant sent_at;
    Instant received_at;
    std::int32_t attempts = 0;
    std::optional<Instant> retry_at;
    std::string code;  // of the last failure, or empty
    std::string detail;
    RawJson data;
};
BOOST_DESCRIBE_STRUCT(ReceivedMessage, (),
                      (number, id, from, message, status, sent_at, received_at, attempts, retry_at,
                       code, detail, data))

// What was worked on stands in the audit; this lists what was not.
struct ListReceived {
    using Reply = Page<ReceivedMessage>;
    static constexpr OperationInfo kOperation{
        "messages.list_received", Access::read, "partners.read", "GET /messages/received",
        "Messages from other accounts that are not worked on yet"};
    std::optional<AccountCode> partner;
    std::optional<ReceivedStatus> status;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListReceived, (), (partner, status, limit, after))

// Works on a parked message now, out of order.
struct RetryReceived {
    using Reply = Done;
    static constexpr OperationInfo kOperation{"messages.retry", Access::write, "plugins.write",
                                              "POST /messages/received/{number}/retry",
                                              "Work on a parked message again"};
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(RetryReceived, (), (number))

}  // namespace wharf::messages

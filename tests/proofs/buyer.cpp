#include "tests/proofs/buyer.hpp"

#include <algorithm>

namespace wharf::tests {

namespace {

constexpr std::size_t kSentAgain = 6;

// What the journal calls it. Placing and buying are told apart by reference: a second sending is
// journalled as well.
const char* operation_of(const std::string& path) {
    const auto step = path.substr(path.rfind('/') + 1);
    if (path.starts_with("orders/")) {
        if (step == "amend") return "sales.amend_order";
        if (step == "ship") return "sales.ship";
        return "sales.cancel_order";
    }
    if (path.starts_with("purchase-orders/")) {
        return step == "submit" ? "purchasing.submit_order" : "purchasing.approve_order";
    }
    if (path == "receipts") return "receiving.post_receipt";
    return "backorder_po.run";
}

}  // namespace

std::string mixed_sku(int n) {
    return "MIX-" + std::to_string(n % kMixedProducts);
}

Buyer::Buyer(int id, std::uint32_t seed, bool may_switch)
    : id_(id), random_(seed + static_cast<std::uint32_t>(id)), may_switch_(may_switch) {}

int Buyer::up_to(int max) {
    return std::uniform_int_distribution(1, max)(random_);
}

std::string Buyer::name() {
    return std::to_string(id_) + "-" + std::to_string(++count_);
}

Buyer::Action Buyer::place() {
    const auto reference = "W-" + name();
    const int quantity = up_to(4);
    return {Kind::place, "orders",  Shop::order(reference, mixed_sku(up_to(100)), quantity),
            "",          reference, quantity};
}

Buyer::Action Buyer::about_order(Kind kind) {
    const auto& number =
        open_orders_[static_cast<std::size_t>(up_to(static_cast<int>(open_orders_.size())) - 1)];
    if (kind == Kind::ship) return {kind, "orders/" + number + "/ship", "{}", name(), number};
    if (kind == Kind::cancel) return {kind, "orders/" + number + "/cancel", "{}", name(), number};
    const int quantity = up_to(6);
    return {kind,
            "orders/" + number + "/amend",
            json::serialize(json::object{{"lines", {{{"line", 1}, {"quantity", quantity}}}}}),
            name(),
            number,
            quantity};
}

Buyer::Action Buyer::purchase() {
    const auto reference = "M-" + name();
    const int quantity = up_to(5);
    json::object body{{"reference", reference},
                      {"vendor", "V1"},
                      {"ship_to", "BLR"},
                      {"lines", {{{"sku", mixed_sku(up_to(100))}, {"quantity", quantity}}}}};
    return {Kind::purchase, "purchase-orders", json::serialize(body), "", reference, quantity};
}

// The next step of the oldest purchase of its own: submit, approve, then receive one by one.
Buyer::Action Buyer::about_purchase() {
    const auto number = open_purchases_.front();
    const auto& known = believed_.purchases.at(number);
    const auto base = "purchase-orders/" + number;
    if (known.status == "draft") return {Kind::submit, base + "/submit", "{}", name(), number};
    if (known.status == "waiting_for_approval") {
        return {Kind::approve, base + "/approve", "{}", name(), number};
    }
    json::object line{
        {"purchase_order_line", 1}, {"sku", known.sku}, {"quantity", 1}, {"unit_cost", "100.00"}};
    json::object body{
        {"purchase_order", number}, {"location", "BLR"}, {"lines", json::array{line}}};
    return {Kind::receive, "receipts", json::serialize(body), name(), number, 1};
}

Buyer::Action Buyer::toggle() {
    const std::string body =
        std::string(R"({"enabled":)") + (switched_on_ ? "false" : "true") +
        R"(,"reason":"mixed load","config":{"mode":"immediate","run_at":{"daily_at":["02:00"]}}})";
    return {Kind::toggle, "plugins/backorder_po", body, "", ""};
}

Buyer::Action Buyer::next() {
    if (may_switch_) return toggle();
    const int dice = up_to(100);
    if (dice <= 8) return {Kind::run, "plugins/backorder_po/runs", "{}", name(), ""};
    if (dice <= 16) return purchase();
    if (dice <= 46 && !open_purchases_.empty()) return about_purchase();
    if (dice <= 70 && !open_orders_.empty()) {
        return about_order(dice <= 58 ? Kind::amend : dice <= 64 ? Kind::ship : Kind::cancel);
    }
    return place();
}

void Buyer::work(Client client, Client platform, const std::atomic<bool>& stop) {
    try {
        while (!stop) {
            if (!pending_) pending_ = next();
            if (send(client, platform, *pending_)) pending_.reset();
        }
    } catch (const NoReply&) {
        return;  // it is still pending: it may have been done
    }
}

void Buyer::finish(Client client, Client platform) {
    while (pending_) {
        if (send(client, platform, *pending_)) pending_.reset();
    }
}

// False when it must be sent again.
bool Buyer::send(Client& client, Client& platform, const Action& action) {
    const auto reply = action.kind == Kind::toggle
                           ? platform.put(action.path, action.body)
                           : client.post(action.path, action.body, action.key);
    if (reply.status == 503) return false;
    if (reply.status == 200 || reply.status == 201) {
        take(action, reply);
    } else {
        refused(action, reply);
    }
    return true;
}

void Buyer::take(const Action& action, const HttpReply& reply) {
    ++acknowledged_;
    if (!action.key.empty()) {
        ++believed_.journal[operation_of(action.path)];
        latest_.push_back({action, reply.body});
    }
    const auto document = reply.json();
    switch (action.kind) {
        case Kind::place: {
            const auto number = plain_text(document.at("number"));
            believed_.orders[number] = {action.number, action.quantity, false};
            open_orders_.push_back(number);
            break;
        }
        case Kind::amend:
            believed_.orders.at(action.number).quantity = action.quantity;
            break;
        case Kind::cancel:
            believed_.orders.at(action.number).cancelled = true;
            std::erase(open_orders_, action.number);
            break;
        case Kind::ship:
            if (plain_text(document.at("status")) != "open")
                std::erase(open_orders_, action.number);
            break;
        case Kind::purchase: {
            const auto number = plain_text(document.at("number"));
            const auto sku = plain_text(*at_path(document, ".lines[0].sku"));
            believed_.purchases[number] = {sku, action.quantity, 0, "draft"};
            open_purchases_.push_back(number);
            break;
        }
        case Kind::submit:
        case Kind::approve:
            believed_.purchases.at(action.number).status = plain_text(document.at("status"));
            break;
        case Kind::receive: {
            auto& known = believed_.purchases.at(action.number);
            if (++known.received == known.quantity) std::erase(open_purchases_, action.number);
            break;
        }
        case Kind::toggle:
            switched_on_ = !switched_on_;
            break;
        case Kind::run:
            break;
    }
}

// Others ship, receive and switch at the same time: such answers are right.
void Buyer::refused(const Action& action, const HttpReply& reply) {
    const bool off = action.kind == Kind::run && reply.status == 404;
    const bool step =
        reply.status == 409 &&
        (action.kind == Kind::amend || action.kind == Kind::ship || action.kind == Kind::cancel);
    if (off || step) return;
    wrong_.push_back(action.path + " " + action.body + ": " + std::to_string(reply.status) + " " +
                     reply.body);
}

void Buyer::send_again(Client client) {
    const auto count = std::min(latest_.size(), kSentAgain);
    for (auto done = latest_.end() - static_cast<std::ptrdiff_t>(count); done != latest_.end();
         ++done) {
        const auto reply = client.post(done->action.path, done->action.body, done->action.key);
        // A plugin that is off answers so before any replay.
        if (done->action.kind == Kind::run && reply.status == 404) continue;
        if (reply.status == 200 && reply.body == done->body &&
            reply.header("idempotent-replayed") == "true") {
            continue;
        }
        wrong_.push_back(done->action.path + " sent again: " + std::to_string(reply.status) + " " +
                         reply.body + " instead of " + done->body);
    }
}

}  // namespace wharf::tests

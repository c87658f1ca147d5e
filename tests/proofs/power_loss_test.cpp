// The power goes at any write or sync, and the disk keeps what it likes of everything that was not
// synced. What was acknowledged is there, and the account adds up.
#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "host/storage/sqlite/test_folder.hpp"
#include "host/storage/sqlite/testing/power_loss.hpp"
#include "tests/proofs/inner_host.hpp"
#include "tests/support/proof.hpp"
#include "tests/support/together.hpp"

namespace wharf::tests {
namespace {

namespace fs = std::filesystem;
using storage::sqlite::PowerLoss;
using storage::sqlite::TestFolder;

constexpr int kClients = 5;
// A commit of a few orders takes about fifty steps; the log is emptied every eighth.
constexpr int kCheckpointPages = 200;
constexpr int kStepsMax = 1'500;
// So many steps come in any case, unless the host hangs.
constexpr int kRequestsMax = 5'000;
constexpr int kLies = 20;

// A small shop whose planner buys at once, as it lies on the disk of a host that ended cleanly.
void make_shop(const fs::path& folder) {
    InnerHost host({.folder = folder});
    host.account("acme");
    host.call("catalog.put_location", R"({"code":"BLR","name":"Bengaluru","kind":"warehouse"})");
    host.call("catalog.put_product", R"({"sku":"TEA","name":"Tea"})");
    host.call("catalog.put_vendor", R"({"code":"V1","name":"Nilgiri","lead_time_days":7})");
    host.call("catalog.put_vendor_item", R"({"vendor":"V1","sku":"TEA","price":"100.00"})");
    host.call("inventory.adjust", R"({"location":"BLR","reason":"opening",)"
                                  R"("lines":[{"sku":"TEA","quantity":20,"unit_cost":"90.00"}]})");
    host.call("plugins.switch", R"({"plugin":"backorder_po","enabled":true,"reason":"proof",)"
                                R"("config":{"mode":"immediate"}})");
}

struct Sent {
    operations::Call call;
    std::string reply;  // empty: not acknowledged
};

// Whatever the machine does, a client hears a reply or a refusal that lets it send again.
std::optional<std::string> send(InnerHost& host, const operations::Call& call) {
    try {
        return host.answer(call).body;
    } catch (const Refusal& refusal) {
        if (refusal.kind() != RefusalKind::unavailable) {
            ADD_FAILURE() << call.operation << ": " << refusal.code() << ": " << refusal.detail();
        }
    } catch (const storage::StorageError& error) {
        if (error.kind() != storage::StorageError::Kind::io) ADD_FAILURE() << error.what();
    }
    return std::nullopt;
}

operations::Call next_call(int client, int n) {
    const auto name = std::to_string(client) + '-' + std::to_string(n);
    if (client == 0 && n % 3 == 0) {
        return InnerHost::make("accounts.create",
                               R"({"code":"made-)" + name +
                                   R"(","name":"Made","plan":"growth","account_type":"seller",)"
                                   R"("inventory_type":"non_serialized","currency":"INR",)"
                                   R"("time_zone":"Asia/Kolkata","country":"IN"})",
                               "", name);
    }
    if (n % 4 == 3) {
        return InnerHost::make("inventory.adjust",
                               R"({"location":"BLR","reason":"found",)"
                               R"("lines":[{"sku":"TEA","quantity":1,"unit_cost":"90.00"}]})",
                               "acme", name);
    }
    return InnerHost::make(
        "sales.place_order",
        R"({"location":"BLR","lines":[{"sku":"TEA","quantity":3,"unit_price":"240.00"}]})", "acme",
        name);
}

std::vector<Sent> work_until_cut(InnerHost& host, PowerLoss& power) {
    std::mutex mutex;
    std::vector<Sent> sent;
    together(kClients, [&](int client) {
        for (int n = 0; n < kRequestsMax; ++n) {
            auto call = next_call(client, n);
            const auto reply = send(host, call);
            {
                const std::lock_guard lock(mutex);
                sent.push_back({std::move(call), reply.value_or("")});
            }
            if (!reply) return;
        }
    });
    EXPECT_TRUE(power.is_cut());
    return sent;
}

void expect_verified(InnerHost& host, const std::string& account) {
    const auto found = host.call("inventory.verify", "{}", account);
    EXPECT_EQ(found.at("ok"), true) << boost::json::serialize(found);
}

// Everything acknowledged is there with the bytes of its reply; what was not is done by sending it
// again, once.
void expect_all_there(InnerHost& host, const std::vector<Sent>& sent) {
    expect_verified(host, "acme");
    std::int64_t ordered = 0;
    for (const auto& one : sent) {
        const auto answer = host.answer(one.call);
        if (!one.reply.empty()) {
            EXPECT_TRUE(answer.replayed) << one.call.operation << " is lost: " << one.reply;
            EXPECT_EQ(answer.body, one.reply);
        }
        if (one.call.operation == "accounts.create") {
            expect_verified(host, parse_json(answer.body).value.at("code").as_string().c_str());
        }
        if (one.call.operation == "sales.place_order") ordered += 3;
    }
    expect_verified(host, "acme");
    std::int64_t found = 0;
    std::string after;
    do {
        const auto page = host.call("sales.list_orders", R"({"limit":200)" + after + '}');
        for (const auto& order : page.at("items").as_array()) {
            found += order.at("lines").at(0).at("quantity").to_number<std::int64_t>();
        }
        const auto& next = page.at("next");
        after = next.is_null() ? "" : R"(,"after":)" + boost::json::serialize(next);
    } while (!after.empty());
    EXPECT_EQ(found, ordered);
}

// How many acknowledged writes are not there; all of them when the host cannot start.
std::int64_t missing(const fs::path& folder, const std::vector<Sent>& sent) {
    const auto acknowledged =
        std::count_if(sent.begin(), sent.end(), [](const Sent& one) { return !one.reply.empty(); });
    std::int64_t there = 0;
    try {
        InnerHost host({.folder = folder});
        for (const auto& one : sent) {
            if (!one.reply.empty() && host.answer(one.call).replayed) ++there;
        }
    } catch (const std::exception&) {
        return acknowledged;
    }
    return acknowledged - there;
}

// The proof can fail: on a disk that says "synced" and does nothing, writes are lost.
TEST(PowerLoss, IsNoticedOnADiskThatLies) {
    std::mt19937 random(seed_of_proof());
    const TestFolder shop;
    make_shop(shop.path());
    std::int64_t lost = 0;
    for (int i = 0; i < kLies && lost == 0; ++i) {
        const TestFolder folder;
        fs::copy(shop.path(), folder.path(), fs::copy_options::recursive);
        PowerLoss power(static_cast<std::uint32_t>(random()));
        std::vector<Sent> sent;
        {
            InnerHost host({.folder = folder.path(), .vfs = power.name()});
            power.lie();
            power.cut_after(kStepsMax);
            sent = work_until_cut(host, power);
        }
        power.lose();
        lost += missing(folder.path(), sent);
    }
    EXPECT_GT(lost, 0);
}

TEST(PowerLoss, LosesNothingAcknowledged) {
    const int cuts = repetitions("WHARF_POWER_CUTS", 200);
    const auto seed = seed_of_proof();
    std::mt19937 random(seed);
    const TestFolder shop;
    make_shop(shop.path());
    std::int64_t acknowledged = 0;
    std::int64_t sectors = 0;
    int done = 0;
    for (; done < cuts && !HasFailure(); ++done) {
        const TestFolder folder;
        fs::copy(shop.path(), folder.path(), fs::copy_options::recursive);
        std::vector<Sent> sent;
        {
            PowerLoss power(static_cast<std::uint32_t>(random()));
            {
                InnerHost host({.folder = folder.path(),
                                .vfs = power.name(),
                                .checkpoint_pages = kCheckpointPages});
                power.cut_after(std::uniform_int_distribution(1, kStepsMax)(random));
                sent = work_until_cut(host, power);
            }
            sectors += power.lose();
        }
        InnerHost host({.folder = folder.path()});
        expect_all_there(host, sent);
        for (const auto& one : sent) acknowledged += one.reply.empty() ? 0 : 1;
        if (HasFailure()) std::cout << "at cut " << done << '\n';
    }
    report("power", std::to_string(done) + " power cuts, " + std::to_string(acknowledged) +
                        " writes acknowledged before them, " + std::to_string(sectors) +
                        " unsynced sectors lost or torn");
}

}  // namespace
}  // namespace wharf::tests

// Serials at receipt in each of the five modes.
#include "host/domain/receipt_serials.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;

class Serials : public ::testing::Test {
protected:
    Serials() {
        account.account.inventory_type = InventoryType::serialized;
        account.product("PHONE", Tracking::serial).sells("V1", "PHONE", "500.00");
    }
    void mode(std::int32_t number) { account.account.serial_mode = number; }

    static std::vector<Serial> named(const std::vector<std::string>& codes) {
        std::vector<Serial> serials;
        for (const auto& code : codes) serials.emplace_back(code);
        return serials;
    }
    receiving::PostReceipt scan(const PurchaseOrder& order, const std::vector<std::string>& codes) {
        auto request = account.receiving_of(order, static_cast<std::int64_t>(codes.size()));
        request.lines[0].serials = named(codes);
        return request;
    }
    std::string refused(const receiving::PostReceipt& request) {
        const auto refusal =
            account.refusal([&](Transaction& t) { return post_receipt(t, request); });
        return refusal.faults().empty() ? refusal.code() : refusal.faults().front().code;
    }
    // Sells and ships one unit: this one.
    void sell(const std::string& code) {
        const auto order = account.order("SO-" + code, {{"PHONE", 1}});
        sales::ShipOrder request;
        request.number = order.number;
        request.lines = std::vector<sales::QuantityLine>{{1, Quantity(1), named({code})}};
        account.run([&](Transaction& t) { return ship_order(t, request); });
    }
    static std::vector<std::string> texts(const std::vector<Serial>& serials) {
        std::vector<std::string> all;
        for (const auto& serial : serials) all.push_back(serial.text());
        return all;
    }

    Buyer account;
};

TEST_F(Serials, Mode1TakesOnlyWhatWasAnnouncedWithTheOrder) {
    mode(1);
    auto request = account.buying({{"PHONE", 2}});
    request.lines[0].serials = named({"A1"});
    EXPECT_EQ(account.refusal([&](Transaction& t) { return create_purchase_order(t, request); })
                  .faults()
                  .front()
                  .code,
              "serial_count");
    request.lines[0].serials = named({"A1", "A2"});
    const auto order = account.approve(account.submit(account.create(request)));
    EXPECT_EQ(texts(account.read(order).lines[0].serials), (std::vector<std::string>{"A1", "A2"}));
    EXPECT_EQ(refused(scan(order, {"A1", "B1"})), "serial_not_on_the_order");
    account.post(scan(order, {"A1", "A2"}));
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::completed);
    account.expect_sound();
}

TEST_F(Serials, Mode1AnnouncesASerialOnOneOrderOnly) {
    mode(1);
    auto request = account.buying({{"PHONE", 1}});
    request.lines[0].serials = named({"A1"});
    account.create(request);
    const auto refusal =
        account.refusal([&](Transaction& t) { return create_purchase_order(t, request); });
    EXPECT_EQ(refusal.faults().front().code, "serial_announced");
    EXPECT_EQ(refusal.faults().front().pointer, "/lines/0/serials/0");
}

TEST_F(Serials, Mode1KeepsASerialOnOneLineOfAnOrder) {
    mode(1);
    auto request = account.buying({{"PHONE", 1}, {"PHONE", 1}});
    request.lines[0].serials = named({"A1"});
    request.lines[1].serials = named({"A1"});
    const auto both = account.refusal([&](Transaction& t) { create_purchase_order(t, request); });
    EXPECT_EQ(both.faults().front().code, "serial_twice");
    request.lines[1].serials = named({"A2"});
    const auto order = account.create(request);
    auto amendment = account.amending(order, 2, 1);
    (*amendment.lines)[0].serials = named({"A1"});
    const auto moved = account.refusal([&](Transaction& t) { amend_purchase_order(t, amendment); });
    EXPECT_EQ(moved.faults().front().code, "serial_twice");
}

TEST_F(Serials, Mode1NamesTheSerialsAgainWhenTheQuantityChanges) {
    mode(1);
    auto request = account.buying({{"PHONE", 1}});
    request.lines[0].serials = named({"A1"});
    const auto order = account.create(request);
    auto amendment = account.amending(order, 1, 2);
    EXPECT_EQ(account.refusal([&](Transaction& t) { return amend_purchase_order(t, amendment); })
                  .faults()
                  .front()
                  .code,
              "serial_count");
    (*amendment.lines)[0].serials = named({"A1", "A2"});
    EXPECT_EQ(account.amend_order(amendment).lines[0].serials.size(), 2U);
    EXPECT_EQ(account.read(order).lines[0].serials.size(), 2U);
}

TEST_F(Serials, Mode2RefusesOneThatIsInStockAndSaysWhere) {
    mode(2);
    const auto order = account.approved({{"PHONE", 4}});
    account.post(scan(order, {"A1"}));
    const auto refusal = account.refusal([&](Transaction& t) {
        return post_receipt(t, scan(order, {"A2", "A1"}));
    });
    ASSERT_EQ(refusal.faults().size(), 1U);
    EXPECT_EQ(refusal.faults()[0].pointer, "/lines/0/serials/1");
    EXPECT_EQ(refusal.faults()[0].code, "serial_in_stock");
    EXPECT_NE(refusal.faults()[0].detail.find("BLR"), std::string::npos);
    EXPECT_EQ(refused(scan(order, {"A2", "A2"})), "serial_twice");
    auto few = scan(order, {"A2"});
    few.lines[0].quantity = Quantity(2);
    EXPECT_EQ(refused(few), "serial_count");
    account.expect_sound();
}

TEST_F(Serials, Mode2TakesNoneWithTheOrder) {
    mode(2);
    auto request = account.buying({{"PHONE", 1}});
    request.lines[0].serials = named({"A1"});
    EXPECT_EQ(account.refusal([&](Transaction& t) { return create_purchase_order(t, request); })
                  .faults()
                  .front()
                  .code,
              "serials_not_taken");
}

TEST_F(Serials, ASerialThatLeftMayComeBack) {
    mode(2);
    const auto order = account.approved({{"PHONE", 4}});
    account.post(scan(order, {"A1"}));
    sell("A1");
    account.post(scan(order, {"A1"}));
    EXPECT_EQ(account.level("PHONE", "BLR").on_hand, Count(1));
    account.expect_sound();
}

TEST_F(Serials, RejectedOnesAreNamed) {
    mode(2);
    const auto order = account.approved({{"PHONE", 3}});
    auto request = scan(order, {"A1", "A2", "A3"});
    request.lines[0].rejected = Count(1);
    EXPECT_EQ(refused(request), "serial_count");
    request.lines[0].rejected_serials = named({"B1"});
    EXPECT_EQ(refused(request), "serial_not_counted");
    request.lines[0].rejected_serials = named({"A2"});
    const auto receipt = account.post(request);
    EXPECT_EQ(texts(receipt.lines[0].rejected_serials), (std::vector<std::string>{"A2"}));
    const auto place =
        account
            .run([](Transaction& t) { return get_serial(t, inventory::GetSerial{Serial("A2")}); })
            .place;
    EXPECT_EQ(place.condition, Condition::damaged);
    account.expect_sound();
}

TEST_F(Serials, Mode3MakesThemAfterTheOrderAndAScanNamesTheLine) {
    mode(3);
    const auto order = account.approved({{"PHONE", 2}, {"PHONE", 1}});
    EXPECT_EQ(texts(order.lines[1].serials), (std::vector<std::string>{"PO-000001-2-0001"}));
    auto request = scan(order, {"PO-000001-2-0001"});
    request.lines[0].purchase_order_line.reset();
    EXPECT_EQ(account.post(request).lines[0].purchase_order_line, 2);
    EXPECT_EQ(refused(scan(order, {"A1"})), "serial_not_on_the_order");
    EXPECT_EQ(account.amend_order(order, 1, 3).lines[0].serials.size(), 3U);
    account.expect_sound();
}

TEST_F(Serials, Modes1And3NeedAnOrder) {
    for (const std::int32_t number : {1, 3}) {
        mode(number);
        receiving::PostReceipt request;
        request.location = LocationCode("BLR");
        request.vendor = VendorCode("V1");
        auto& line = request.lines.emplace_back();
        line.sku = Sku("PHONE");
        line.quantity = Quantity(1);
        line.serials = named({"A1"});
        EXPECT_EQ(refused(request), "purchase_order_required");
        line.sku = Sku("TEA");
        line.serials = named({});
        account.post(request);
    }
    account.expect_sound();
}

TEST_F(Serials, Mode4MakesThemAtReceipt) {
    mode(4);
    const auto order = account.approved({{"PHONE", 3}});
    EXPECT_EQ(refused(scan(order, {"A1"})), "serials_not_taken");
    const auto receipt = account.receive(order, 3, 1);
    EXPECT_EQ(
        texts(receipt.lines[0].serials),
        (std::vector<std::string>{"GRN-000001-1-0001", "GRN-000001-1-0002", "GRN-000001-1-0003"}));
    EXPECT_EQ(texts(receipt.lines[0].rejected_serials),
              (std::vector<std::string>{"GRN-000001-1-0003"}));
    account.expect_sound();
}

TEST_F(Serials, Mode5BindsAPrintedCodeOnce) {
    mode(5);
    account.product("TABLET", Tracking::serial).sells("V1", "TABLET", "900.00");
    const auto order = account.approved({{"PHONE", 4}, {"TABLET", 1}});
    EXPECT_EQ(refused(scan(order, {"SN-000001"})), "serial_not_issued");
    receiving::IssueSerials issue;
    issue.count = Quantity(2);
    const auto issued = account.run([&](Transaction& t) { return issue_serials(t, issue); });
    EXPECT_EQ(texts(issued.serials), (std::vector<std::string>{"SN-000001", "SN-000002"}));
    const auto receipt = account.post(scan(order, {"SN-000001"}));
    sell("SN-000001");
    EXPECT_EQ(refused(scan(order, {"SN-000001"})), "serial_bound");
    const auto second = account.post(scan(order, {"SN-000002"}));
    account.reverse(second);
    account.post(scan(order, {"SN-000002"}));
    account.expect_sound();
}

TEST_F(Serials, Mode5IssuesEachCodeOnce) {
    mode(5);
    receiving::IssueSerials issue;
    issue.serials = named({"X1", "X1"});
    EXPECT_EQ(account.refusal([&](Transaction& t) { return issue_serials(t, issue); })
                  .faults()
                  .front()
                  .code,
              "serial_known");
    issue.serials = named({"X1"});
    account.run([&](Transaction& t) { return issue_serials(t, issue); });
    EXPECT_EQ(account.refusal([&](Transaction& t) { return issue_serials(t, issue); })
                  .faults()
                  .front()
                  .code,
              "serial_known");
    mode(2);
    EXPECT_EQ(account.refusal([&](Transaction& t) { return issue_serials(t, issue); }).code(),
              "wrong_serial_mode");
}

TEST_F(Serials, InspectionNamesThemWhenItDividesThem) {
    mode(2);
    account.account.policies.quality_check_required = true;
    const auto order = account.approved({{"PHONE", 3}});
    const auto receipt = account.post(scan(order, {"A1", "A2", "A3"}));
    auto request = account.inspecting(receipt, 1, 1);
    EXPECT_EQ(account.refusal([&](Transaction& t) { return inspect_receipt(t, request); })
                  .faults()
                  .front()
                  .code,
              "serial_count");
    request.lines[0].accepted_serials = named({"A3"});
    request.lines[0].rejected_serials = named({"A1"});
    account.inspect(request);
    account.inspect(receipt, 1, 0);
    EXPECT_EQ(account.level("PHONE", "BLR").on_hand, Count(2));
    account.expect_sound();
}

TEST_F(Serials, AReversalTakesThoseSerialsOnly) {
    mode(2);
    const auto order = account.approved({{"PHONE", 4}});
    const auto receipt = account.post(scan(order, {"A1", "A2"}));
    account.post(scan(order, {"A3"}));
    sell("A1");
    const auto refusal = account.refusal([&](Transaction& t) {
        return reverse_receipt(t, {receipt.number, {}});
    });
    EXPECT_EQ(refusal.code(), "stock_moved_on");
    account.expect_sound();
}

TEST_F(Serials, TenThousandAreTakenInOneReceipt) {
    mode(2);
    const auto order = account.approved({{"PHONE", 10'000}});
    std::vector<std::string> codes;
    for (int i = 0; i < 10'000; ++i) codes.push_back("S" + std::to_string(i));
    account.post(scan(order, codes));
    EXPECT_EQ(account.level("PHONE", "BLR").on_hand, Count(10'000));
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain

// The catalog: what is checked when an entry is made or replaced.
#include <gtest/gtest.h>

#include "host/domain/catalog.hpp"
#include "host/domain/gst/gstin.hpp"
#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

struct CatalogTest : ::testing::Test {
    ~CatalogTest() override { account.expect_sound(); }

    template <class Work>
    std::string refused(Work work) {
        const auto refusal = account.refusal(work);
        return refusal.faults().empty() ? refusal.code() : refusal.faults().front().code;
    }
    template <class Request, class Put>
    std::string refused(const Request& request, Put put) {
        return refused([&](Transaction& t) { return put(t, request); });
    }
    static catalog::PutLocation bengaluru() {
        catalog::PutLocation request;
        request.code = LocationCode("BLR");
        request.name = Name("Bengaluru");
        request.gstin = Text<15, 15>("29AAGCB7383J1Z4");
        request.address = Address{};
        request.address->state_code = Text<2, 2>("29");
        return request;
    }
    static catalog::PutProduct tea() {
        catalog::PutProduct request;
        request.sku = Sku("TEA");
        request.name = Name("Tea 250 g");
        request.packs = std::vector<Pack>{{UnitCode("CASE"), Quantity(12), std::nullopt}};
        return request;
    }
    TestAccount account;
};

TEST(Gstin, TheCheckCharacterFollowsFromTheOthers) {
    EXPECT_EQ(gstin_check_character("29AAGCB7383J1Z"), '4');
    EXPECT_EQ(gstin_check_character("27AAPFU0939F1Z"), 'V');
    EXPECT_FALSE(gstin_fault("27AAPFU0939F1ZV", "27", "/gstin"));
    EXPECT_EQ(gstin_fault("27AAPFU0939F1ZW", "27", "/gstin")->code, "gstin_check");
    EXPECT_EQ(gstin_fault("27AAPFU0939F1ZV", "29", "/gstin")->code, "gstin_state");
    EXPECT_EQ(gstin_fault("55AAPFU0939F1ZV", std::nullopt, "/gstin")->code, "gstin_state");
    EXPECT_EQ(gstin_fault("27aapfu0939f1zv", std::nullopt, "/gstin")->code, "bad_gstin");
}

TEST_F(CatalogTest, TheSameContentAgainChangesNothing) {
    auto put = [&](const catalog::PutLocation& request) {
        return account.run([&](Transaction& t) { return put_location(t, request); });
    };
    EXPECT_EQ(put(bengaluru()).version, 1);
    EXPECT_EQ(put(bengaluru()).version, 1);
    auto changed = bengaluru();
    changed.name = Name("Bengaluru 2");
    EXPECT_EQ(put(changed).version, 2);
    account.expected_version = 1;
    EXPECT_EQ(account.refusal([&](Transaction& t) { return put_location(t, changed); }).kind(),
              RefusalKind::stale);
    const auto read =
        account.run([](Transaction& t) { return get_location(t, LocationCode("BLR")); });
    EXPECT_EQ(read.address->state_code->text(), "29");
}

TEST_F(CatalogTest, ALocationCannotBeItsOwnVendor) {
    account.run([](Transaction& t) { return put_location(t, bengaluru()); });
    catalog::PutVendor vendor;
    vendor.code = VendorCode("V1");
    vendor.name = Name("Ourselves");
    vendor.gstin = Text<15, 15>("29AAGCB7383J1Z4");
    EXPECT_EQ(refused(vendor, put_vendor), "own_vendor");
    vendor.gstin = Text<15, 15>("27AAPFU0939F1ZV");
    vendor.state_code = Text<2, 2>("27");
    const auto kept = account.run([&](Transaction& t) { return put_vendor(t, vendor); });
    EXPECT_EQ(kept.currency.text(), "INR");
    auto location = bengaluru();
    location.code = LocationCode("BOM");
    location.gstin = vendor.gstin;
    location.address->state_code = Text<2, 2>("27");
    EXPECT_EQ(refused(location, put_location), "own_vendor");
}

TEST_F(CatalogTest, AGstinIsOfItsAddressState) {
    auto request = bengaluru();
    request.address->state_code = Text<2, 2>("33");
    EXPECT_EQ(refused(request, put_location), "gstin_state");
    request.gstin.reset();
    request.address->state_code = Text<2, 2>("77");
    EXPECT_EQ(refused(request, put_location), "unknown_state");
    request.address->state_code.reset();
    request.code = LocationCode("@vendor");
    EXPECT_EQ(refused(request, put_location), "reserved_code");
}

TEST_F(CatalogTest, StockKeepsALocationAStockingOne) {
    account.location("BLR").product("TEA").stock("TEA", "BLR", 1);
    auto request = bengaluru();
    request.holds_stock = false;
    EXPECT_EQ(refused(request, put_location), "has_stock");
}

TEST_F(CatalogTest, UnitsOfAProductAreUnique) {
    auto request = tea();
    request.packs->push_back({UnitCode("CASE"), Quantity(24), std::nullopt});
    request.packs->push_back({UnitCode("each"), Quantity(2), std::nullopt});
    const auto refusal = account.refusal([&](Transaction& t) { return put_product(t, request); });
    ASSERT_EQ(refusal.faults().size(), 2U);
    EXPECT_EQ(refusal.faults()[0].pointer, "/packs/1/unit");
}

TEST_F(CatalogTest, SerialsNeedASerializedAccount) {
    auto request = tea();
    request.tracking = Tracking::serial;
    EXPECT_EQ(refused(request, put_product), "not_serialized");
    request.tracking = Tracking::none;
    request.expiry_required = true;
    EXPECT_EQ(refused(request, put_product), "dates_need_lots");
}

TEST_F(CatalogTest, TrackingStaysOnceSomethingMoved) {
    account.location("BLR");
    account.run([](Transaction& t) { return put_product(t, tea()); });
    auto request = tea();
    request.tracking = Tracking::lot;
    account.run([&](Transaction& t) { return put_product(t, request); });
    account.run([](Transaction& t) { return put_product(t, tea()); });
    account.stock("TEA", "BLR", 1);
    EXPECT_EQ(refused(request, put_product), "tracking_fixed");
    request = tea();
    request.base_unit = UnitCode("bag");
    EXPECT_EQ(refused(request, put_product), "base_unit_fixed");
}

TEST_F(CatalogTest, AVendorItemNamesWhatIsThere) {
    catalog::PutVendorItem item;
    item.vendor = VendorCode("V1");
    item.sku = Sku("TEA");
    item.price = *Money::parse("100.00");
    item.price_breaks = std::vector<PriceBreak>{{Quantity(100), *Money::parse("95.00")},
                                                {Quantity(50), *Money::parse("97.00")}};
    const auto refusal = account.refusal([&](Transaction& t) { return put_vendor_item(t, item); });
    ASSERT_EQ(refusal.faults().size(), 3U);
    EXPECT_EQ(refusal.faults()[0].code, "unknown_vendor");
    EXPECT_EQ(refusal.faults()[1].code, "unknown_sku");
    EXPECT_EQ(refusal.faults()[2].pointer, "/price_breaks/1/from_quantity");
    account.vendor("V1").product("TEA");
    item.price_breaks->pop_back();
    account.run([&](Transaction& t) { return put_vendor_item(t, item); });
    const auto read = account.run(
        [](Transaction& t) { return get_vendor_item(t, VendorCode("V1"), Sku("TEA")); });
    ASSERT_EQ(read.price_breaks.size(), 1U);
    EXPECT_EQ(read.price_breaks[0].price.text(), "95.00");
}

TEST_F(CatalogTest, AVendorInAnAccountNamesIt) {
    catalog::PutVendor vendor;
    vendor.code = VendorCode("V1");
    vendor.name = Name("Vendor");
    vendor.channel = VendorChannel::account;
    EXPECT_EQ(refused(vendor, put_vendor), "account_required");
    vendor.account = AccountCode("acme");
    EXPECT_EQ(refused(vendor, put_vendor), "own_account");
    vendor.account = AccountCode("mill");
    account.run([&](Transaction& t) { return put_vendor(t, vendor); });
}

TEST_F(CatalogTest, ListsComeInPagesOfTheKey) {
    for (const char* sku : {"C", "A", "B"}) account.product(sku);
    catalog::ListProducts request;
    request.limit = 2;
    auto page = account.run([&](Transaction& t) { return list_products(t, request); });
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[1].sku.text(), "B");
    account.product("AA");
    request.after = page.next;
    page = account.run([&](Transaction& t) { return list_products(t, request); });
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].sku.text(), "C");
}

// Every way of asking, page by page: `V1 TEA, V2 TEA`.
TEST_F(CatalogTest, VendorItemsAreListedByVendorBySkuAndByBoth) {
    for (const char* sku : {"TEA", "RICE", "SALT"}) account.product(sku);
    for (const char* vendor : {"V3", "V1", "V2"}) {
        account.vendor(vendor);
        for (const char* sku : {"TEA", "RICE"}) {
            catalog::PutVendorItem item;
            item.vendor = VendorCode(vendor);
            item.sku = Sku(sku);
            item.price = *Money::parse("100.00");
            account.run([&](Transaction& t) { return put_vendor_item(t, item); });
        }
    }
    auto listed = [&](const char* vendor, const char* sku) {
        catalog::ListVendorItems request;
        if (vendor != nullptr) request.vendor = VendorCode(vendor);
        if (sku != nullptr) request.sku = Sku(sku);
        request.limit = 1;
        std::string seen;
        do {
            const auto page =
                account.run([&](Transaction& t) { return list_vendor_items(t, request); });
            for (const auto& item : page.items) {
                if (!seen.empty()) seen += ", ";
                seen += item.vendor.text() + ' ' + item.sku.text();
            }
            request.after = page.next;
        } while (request.after);
        return seen;
    };
    EXPECT_EQ(listed(nullptr, nullptr), "V1 RICE, V1 TEA, V2 RICE, V2 TEA, V3 RICE, V3 TEA");
    EXPECT_EQ(listed("V2", nullptr), "V2 RICE, V2 TEA");
    EXPECT_EQ(listed(nullptr, "TEA"), "V1 TEA, V2 TEA, V3 TEA");
    EXPECT_EQ(listed("V2", "TEA"), "V2 TEA");
    EXPECT_EQ(listed(nullptr, "SALT"), "");
    account.actor.vendor = VendorCode("V3");
    EXPECT_EQ(listed(nullptr, nullptr), "V3 RICE, V3 TEA");
    EXPECT_EQ(listed(nullptr, "TEA"), "V3 TEA");
    EXPECT_EQ(listed("V2", nullptr), "");
}

TEST_F(CatalogTest, ACustomerKeepsItsAddresses) {
    catalog::PutCustomer request;
    request.code = CustomerCode("C1");
    request.name = Name("Hotel Leela");
    request.kind = CustomerKind::business;
    request.gstin = Text<15, 15>("27AAPFU0939F1ZV");
    request.group = Text<1, 64>("hotels");
    Address other;
    other.state_code = Text<2, 2>("29");
    request.addresses = std::vector<Address>{other};
    EXPECT_EQ(refused(request, put_customer), "gstin_state");
    Address own;
    own.state_code = Text<2, 2>("27");
    request.addresses->push_back(own);
    account.run([&](Transaction& t) { return put_customer(t, request); });
    const auto read =
        account.run([](Transaction& t) { return get_customer(t, CustomerCode("C1")); });
    EXPECT_EQ(read.addresses.size(), 2U);
    EXPECT_EQ(read.group->text(), "hotels");
}

}  // namespace
}  // namespace wharf::domain

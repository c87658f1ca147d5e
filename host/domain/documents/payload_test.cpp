// What the tax network is given: the figures, and the JSON Schemas where they are at hand.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "host/domain/testing/documents_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::money;
using testing::Shop;

// Where the schemas are, which are used in place: WHARF_SCHEMAS, or beside the project's root.
std::filesystem::path schemas() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests of one process run one after another
    if (const char* named = std::getenv("WHARF_SCHEMAS")) return named;
    return std::filesystem::path(WHARF_SOURCE_DIR) / ".." / "shared" / "schemas";
}

// Empty when the text is valid; else what the validator says.
std::string schema_faults(const std::string& json, const std::string& schema) {
    storage::sqlite::TestFolder folder;
    const auto instance = std::filesystem::path(folder.path()) / "instance.json";
    const auto answer = std::filesystem::path(folder.path()) / "answer";
    std::ofstream(instance) << json;
    const auto command = "python3 -W ignore -m jsonschema -i " + instance.string() + " " +
                         (schemas() / "india" / schema).string() + " > " + answer.string() +
                         " 2>&1";
    // NOLINTNEXTLINE(concurrency-mt-unsafe,cert-env33-c): the validator is a program
    if (std::system(command.c_str()) == 0) return {};
    std::ifstream file(answer);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* kInv01 = "inv-01-v1.1.schema.json";
constexpr const char* kEWayBill = "eway-bill.schema.json";

// A run that has not looked says so; nothing of the payload was held against the network's rules.
#define SKIP_WITHOUT_SCHEMA(schema)                                                       \
    if (!std::filesystem::exists(schemas() / "india" / (schema)))                         \
    GTEST_SKIP() << "SKIPPED, nothing was checked: the tax network's schema " << (schema) \
                 << " is not in " << schemas().string() << ": set WHARF_SCHEMAS"

std::string inv_01_of(Shop& shop, const IssuedDocument& document) {
    return bytes_of(shop.run([&](Transaction& t) { return inv_01(t, {document.id}); }));
}

std::string e_way_of(Shop& shop, documents::EWayBill request) {
    return bytes_of(shop.run([&](Transaction& t) { return e_way_bill(t, request); }));
}

std::vector<IssuedDocument> documents_of_all_kinds(Shop& shop) {
    auto mixed = Shop::invoice();
    mixed.lines.push_back(Shop::line("SOAP", 7, "19.999999"));
    mixed.charges = std::vector<Charge>{{Name("Freight"), money("30.00"), true},
                                        {Name("Insurance"), money("12.50"), false}};
    mixed.round_to_rupee = true;
    std::vector<IssuedDocument> made = {shop.issue(mixed)};
    auto included = Shop::invoice();
    included.prices_include_tax = true;
    included.ship_to = PartyReference{};
    included.ship_to->customer = CustomerCode("C1");
    included.dispatch_from = PartyReference{};
    included.dispatch_from->location = LocationCode("BOM");
    made.push_back(shop.issue(included));
    made.push_back(shop.issue(Shop::request(DocumentKind::tax_invoice, "BLR", "BOM")));
    auto credit = Shop::note(DocumentKind::credit_note, made[0]);
    credit.lines.emplace_back().original_line = 1;
    credit.lines[0].quantity = Quantity(3);
    made.push_back(shop.issue(credit));
    auto reverse = Shop::invoice();
    reverse.reverse_charge = true;
    made.push_back(shop.issue(reverse));
    for (const auto type :
         {SupplyType::sez_with_payment, SupplyType::sez_without_payment, SupplyType::deemed_export,
          SupplyType::export_with_payment, SupplyType::export_without_payment}) {
        auto zero_rated = Shop::invoice();
        zero_rated.supply_type = type;
        made.push_back(shop.issue(zero_rated));
    }
    auto abroad = Shop::invoice();
    abroad.supply_type = SupplyType::export_without_payment;
    abroad.recipient->customer.reset();
    abroad.recipient->party = NewParty{};
    abroad.recipient->party->legal_name = Name("Harrods Limited");
    abroad.recipient->party->tax_status = TaxStatus::overseas;
    abroad.recipient->party->address = Address{};
    abroad.recipient->party->address->line1 = Name("87 Brompton Road");
    abroad.recipient->party->address->city = Name("London");
    abroad.recipient->party->address->country = Text<2, 2>("GB");
    made.push_back(shop.issue(abroad));
    auto territory = Shop::request(DocumentKind::tax_invoice, "PORT", "BLR");
    territory.recipient->location.reset();
    territory.recipient->party = NewParty{};
    territory.recipient->party->legal_name = Name("Island Stores");
    territory.recipient->party->tax_status = TaxStatus::regular;
    territory.recipient->party->gstin = Gstin(testing::gstin("35", "ABCDE1234F"));
    territory.recipient->party->address = testing::address_in("35");
    made.push_back(shop.issue(territory));
    auto debit = Shop::note(DocumentKind::debit_note, made[0]);
    debit.lines.emplace_back().original_line = 2;
    debit.lines[0].taxable = money("12.34");
    made.push_back(shop.issue(debit));
    auto by_value = Shop::note(DocumentKind::credit_note, made[1]);
    by_value.lines.emplace_back().original_line = 1;
    by_value.lines[0].taxable = money("7.77");
    made.push_back(shop.issue(by_value));
    return made;
}

TEST(Payload, Inv01IsValidForEveryKindOfInvoiceAndNote) {
    SKIP_WITHOUT_SCHEMA(kInv01);
    Shop shop;
    for (const auto& document : documents_of_all_kinds(shop)) {
        const auto json = inv_01_of(shop, document);
        EXPECT_EQ(schema_faults(json, kInv01), "") << json;
    }
}

TEST(Payload, TheEWayBillIsValidForEveryKindThatTravels) {
    SKIP_WITHOUT_SCHEMA(kInv01);
    Shop shop;
    auto made = documents_of_all_kinds(shop);
    std::erase_if(made, [](const auto& document) {
        return document.kind == DocumentKind::credit_note ||
               document.kind == DocumentKind::debit_note;
    });
    auto challan = Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2");
    challan.transport = Transport{};
    challan.transport->mode = TransportMode::road;
    challan.transport->vehicle_number = Text<4, 15>("KA01AB1234");
    challan.transport->distance_km = 12;
    made.push_back(shop.issue(challan));
    auto job_work = Shop::request(DocumentKind::delivery_challan, "BLR", "BOM");
    job_work.purpose = DocumentPurpose::job_work;
    made.push_back(shop.issue(job_work));
    auto on_approval = Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2");
    on_approval.purpose = DocumentPurpose::other;
    made.push_back(shop.issue(on_approval));
    for (const auto& document : made) {
        documents::EWayBill request;
        request.id = document.id;
        const auto json = e_way_of(shop, request);
        EXPECT_EQ(schema_faults(json, kEWayBill), "") << json;
    }
}

TEST(Payload, Inv01CarriesTheFiguresOfTheDocument) {
    Shop shop;
    const auto document = documents_of_all_kinds(shop).front();
    const auto json = boost::json::parse(inv_01_of(shop, document));
    const auto& values = json.at("ValDtls");
    auto text = [](const boost::json::value& number) { return number.to_number<double>(); };
    // 1000.00 + 140.00 + freight 30.00; 5 % and 18 % between states
    EXPECT_DOUBLE_EQ(text(values.at("AssVal")), 1170.00);
    EXPECT_DOUBLE_EQ(text(values.at("IgstVal")), 77.18);
    EXPECT_DOUBLE_EQ(text(values.at("OthChrg")), 12.50);
    EXPECT_DOUBLE_EQ(text(values.at("RndOffAmt")), 0.32);
    EXPECT_DOUBLE_EQ(text(values.at("TotInvVal")), 1260.00);
    EXPECT_EQ(json.at("DocDtls").at("Typ"), "INV");
    EXPECT_EQ(json.at("BuyerDtls").at("Pos"), "27");
    EXPECT_EQ(json.at("TranDtls").at("SupTyp"), "B2B");
}

TEST(Payload, NamesOfSeveralLinesAreWrittenOnOne) {
    Shop shop;
    auto request = Shop::invoice();
    request.lines[0].description = Name("Tea\n250 g\tin a tin");
    const auto document = shop.issue(request);
    const auto json = boost::json::parse(inv_01_of(shop, document));
    EXPECT_EQ(json.at("ItemList").as_array().at(0).at("PrdDesc"), "Tea 250 g in a tin");
    documents::EWayBill asked;
    asked.id = document.id;
    const auto bill = boost::json::parse(e_way_of(shop, asked));
    EXPECT_EQ(bill.at("itemList").as_array().at(0).at("productName"), "Tea 250 g in a tin");
}

TEST(Payload, WhatIsMissingIsNamedByPointer) {
    Shop shop;
    auto bare = Shop::invoice();
    bare.recipient->address = Address{};
    bare.recipient->address->line1 = Name("Somewhere");
    const auto document = shop.issue(bare);
    const auto refusal = shop.refusal([&](Transaction& t) { return inv_01(t, {document.id}); });
    EXPECT_EQ(refusal.code(), "incomplete");
    ASSERT_EQ(refusal.faults().size(), 2U);
    EXPECT_EQ(refusal.faults()[0].pointer, "/recipient/address/city");
    EXPECT_EQ(refusal.faults()[1].pointer, "/recipient/address/postal_code");
}

TEST(Payload, TheNetworksOwnLimitsAreTold) {
    Shop shop;
    auto long_one = Shop::invoice();
    long_one.lines.assign(251, Shop::line("TEA", 1, "1.00"));
    const auto document = shop.issue(long_one);
    documents::EWayBill request;
    request.id = document.id;
    EXPECT_EQ(shop.refusal([&](Transaction& t) { return e_way_bill(t, request); }).code(),
              "too_many_lines");
    EXPECT_NE(inv_01_of(shop, document), "");
    long_one.lines.assign(1001, Shop::line("TEA", 1, "1.00"));
    const auto longer = shop.issue(long_one);
    EXPECT_EQ(shop.refusal([&](Transaction& t) { return inv_01(t, {longer.id}); }).code(),
              "too_many_lines");
}

TEST(Payload, OnlyInvoicesAndNotesOfTaxpayersAreRegistered) {
    Shop shop;
    const auto challan = shop.issue(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"));
    EXPECT_EQ(shop.refusal([&](Transaction& t) { return inv_01(t, {challan.id}); }).code(),
              "no_e_invoice");
    shop.customer_of("C2", "", "27");
    auto request = Shop::invoice();
    request.recipient->customer = CustomerCode("C2");
    const auto invoice = shop.issue(request);
    EXPECT_EQ(shop.refusal([&](Transaction& t) { return inv_01(t, {invoice.id}); }).code(),
              "no_e_invoice");
}

TEST(Payload, TheEWayBillDerivesTypesAndTakesOthers) {
    Shop shop;
    auto ask = [&](const IssuedDocument& document, documents::EWayBill request = {}) {
        request.id = document.id;
        return boost::json::parse(e_way_of(shop, request));
    };
    const auto challan = shop.issue(Shop::request(DocumentKind::delivery_challan, "BLR", "BLR2"));
    auto json = ask(challan);
    EXPECT_EQ(json.at("docType"), "CHL");
    EXPECT_EQ(json.at("subSupplyType"), 5);
    EXPECT_EQ(json.at("supplyType"), "O");
    EXPECT_EQ(json.at("transactionType"), 1);
    json = ask(shop.issue(Shop::request(DocumentKind::tax_invoice, "BLR", "BOM")));
    EXPECT_EQ(json.at("docType"), "INV");
    EXPECT_EQ(json.at("subSupplyType"), 1);
    EXPECT_EQ(json.at("fromStateCode"), 29);
    EXPECT_EQ(json.at("toStateCode"), 27);
    documents::EWayBill other;
    other.direction = documents::EWayDirection::inward;
    other.sub_supply_type = 8;
    other.sub_supply_description = Text<1, 20>("On approval");
    json = ask(challan, other);
    EXPECT_EQ(json.at("supplyType"), "I");
    EXPECT_EQ(json.at("subSupplyDesc"), "On approval");
    other.sub_supply_type = 13;
    other.id = challan.id;
    EXPECT_EQ(
        shop.refusal([&](Transaction& t) { return e_way_bill(t, other); }).faults().front().pointer,
        "/sub_supply_type");
}

TEST(Payload, WhereInvoicesAreRegisteredThatComesFirst) {
    Shop shop;
    documents::PutSettings settings;
    settings.e_invoicing = true;
    shop.run([&](Transaction& t) { return put_document_settings(t, settings); });
    const auto invoice = shop.issue(Shop::invoice());
    documents::EWayBill request;
    request.id = invoice.id;
    EXPECT_EQ(shop.refusal([&](Transaction& t) { return e_way_bill(t, request); }).code(),
              "registration_first");
    documents::SetRegistration registration;
    registration.id = invoice.id;
    registration.registration.irn = Text<64, 64>(std::string(64, 'a'));
    shop.run([&](Transaction& t) { return set_registration(t, registration); });
    EXPECT_NE(e_way_of(shop, request), "");
    registration.registration.irn = Text<64, 64>(std::string(64, 'b'));
    registration.registration.signed_qr = Text<1, 4000>(std::string(2332, 'q'));
    const auto too_long =
        shop.refusal([&](Transaction& t) { return set_registration(t, registration); });
    EXPECT_EQ(too_long.faults().front().pointer, "/registration/signed_qr");
    EXPECT_EQ(too_long.faults().front().code, "too_long");
    registration.registration.signed_qr.reset();
    EXPECT_EQ(
        shop.refusal([&](Transaction& t) { return set_registration(t, registration); }).code(),
        "registered");
}

}  // namespace
}  // namespace wharf::domain

// Who is taxed with what: one table of cases.
#include "host/domain/gst/supply_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace wharf::domain {
namespace {

Party party(TaxStatus status, const char* state) {
    Party made;
    made.legal_name = Name("Somebody");
    made.tax_status = status;
    if (*state != '\0') made.state_code = StateCode(state);
    return made;
}

struct Case {
    const char* what;
    TaxStatus supplier;
    const char* from;
    const char* bill_to;
    const char* ship_to;  // empty: the same place
    bool third_party;
    const char* place;  // given, or empty
    SupplyType type;
    bool reverse_charge;
    // expected
    const char* place_of_supply;
    const char* components;
    bool charged;
    const char* reason;
};

std::string text_of(const std::vector<TaxKind>& kinds) {
    std::string text;
    for (const auto kind : kinds) {
        if (kind == TaxKind::cess) continue;
        text += (text.empty() ? "" : "+") + std::string(boost::describe::enum_to_string(kind, "?"));
    }
    return text;
}

using enum SupplyType;
constexpr auto kRegular = TaxStatus::regular;

const Case kCases[] = {
    {"two states", kRegular, "29", "27", "", false, "", regular, false, "27", "igst", true,
     "inter_state"},
    {"one state", kRegular, "29", "29", "", false, "", regular, false, "29", "cgst+sgst", true,
     "intra_state"},
    {"within Chandigarh", kRegular, "04", "04", "", false, "", regular, false, "04", "cgst+utgst",
     true, "union_territory"},
    {"within Daman and Diu", kRegular, "26", "26", "", false, "", regular, false, "26",
     "cgst+utgst", true, "union_territory"},
    {"within Lakshadweep", kRegular, "31", "31", "", false, "", regular, false, "31", "cgst+utgst",
     true, "union_territory"},
    {"within the Andamans", kRegular, "35", "35", "", false, "", regular, false, "35", "cgst+utgst",
     true, "union_territory"},
    {"within Ladakh", kRegular, "38", "38", "", false, "", regular, false, "38", "cgst+utgst", true,
     "union_territory"},
    {"within other territory", kRegular, "97", "97", "", false, "", regular, false, "97",
     "cgst+utgst", true, "union_territory"},
    {"Delhi has a legislature", kRegular, "07", "07", "", false, "", regular, false, "07",
     "cgst+sgst", true, "intra_state"},
    {"Puducherry has a legislature", kRegular, "34", "34", "", false, "", regular, false, "34",
     "cgst+sgst", true, "intra_state"},
    {"a union territory from elsewhere", kRegular, "29", "04", "", false, "", regular, false, "04",
     "igst", true, "inter_state"},
    {"shipped to another own place", kRegular, "29", "29", "27", false, "", regular, false, "27",
     "igst", true, "place_ship_to"},
    {"shipped to a third party", kRegular, "29", "29", "27", true, "", regular, false, "29",
     "cgst+sgst", true, "place_bill_to"},
    {"a given place is kept", kRegular, "29", "29", "", false, "27", regular, false, "27", "igst",
     true, "place_given"},
    {"to a zone in the same state", kRegular, "29", "29", "", false, "", sez_with_payment, false,
     "29", "igst", true, "special_economic_zone"},
    {"to a zone, under undertaking", kRegular, "29", "29", "", false, "", sez_without_payment,
     false, "29", "", false, "zero_rated"},
    {"export", kRegular, "29", "", "", false, "", export_with_payment, false, "96", "igst", true,
     "place_export"},
    {"export under bond", kRegular, "29", "", "", false, "", export_without_payment, false, "96",
     "", false, "zero_rated"},
    {"deemed export within a state", kRegular, "29", "29", "", false, "", deemed_export, false,
     "29", "cgst+sgst", true, "intra_state"},
    {"deemed export between states", kRegular, "29", "27", "", false, "", deemed_export, false,
     "27", "igst", true, "inter_state"},
    {"composition", TaxStatus::composition, "29", "29", "", false, "", regular, false, "29", "",
     false, "supplier_composition"},
    {"unregistered", TaxStatus::unregistered, "29", "27", "", false, "", regular, false, "27", "",
     false, "supplier_unregistered"},
    {"overseas", TaxStatus::overseas, "", "27", "", false, "", regular, false, "27", "", false,
     "supplier_overseas"},
    {"reverse charge", kRegular, "29", "27", "", false, "", regular, true, "27", "igst", false,
     "reverse_charge"},
    {"reverse charge of the unregistered", TaxStatus::unregistered, "29", "29", "", false, "",
     regular, true, "29", "cgst+sgst", false, "reverse_charge"},
};

TEST(SupplyRule, TableOfCases) {
    for (const auto& each : kCases) {
        SCOPED_TRACE(each.what);
        const auto supplier = party(each.supplier, each.from);
        const auto recipient = party(kRegular, each.bill_to);
        const auto place = party(kRegular, each.ship_to);
        SupplyFacts facts;
        facts.supplier = &supplier;
        facts.recipient = &recipient;
        if (*each.ship_to != '\0') facts.ship_to = &place;
        facts.ship_to_third_party = each.third_party;
        if (*each.place != '\0') facts.place_of_supply = StateCode(each.place);
        facts.supply_type = each.type;
        facts.reverse_charge = each.reverse_charge;
        Faults faults;
        const auto rule = supply_rule(facts, MissingState::refused, faults);
        EXPECT_TRUE(faults.empty());
        EXPECT_EQ(rule.place_of_supply, StateCode(each.place_of_supply));
        EXPECT_EQ(text_of(rule.kinds), each.components);
        EXPECT_EQ(rule.charged, each.charged);
        EXPECT_TRUE(std::any_of(rule.reasons.begin(), rule.reasons.end(), [&](const auto& reason) {
            return reason.code == each.reason;
        })) << each.reason;
    }
}

TEST(SupplyRule, OutsideIndiaThereIsOneComponent) {
    const auto supplier = party(kRegular, "");
    const auto recipient = party(kRegular, "");
    SupplyFacts facts;
    facts.under_gst = false;
    facts.supplier = &supplier;
    facts.recipient = &recipient;
    Faults faults;
    const auto rule = supply_rule(facts, MissingState::refused, faults);
    EXPECT_EQ(text_of(rule.kinds), "tax");
    EXPECT_TRUE(rule.charged);
    EXPECT_TRUE(faults.empty());
}

TEST(SupplyRule, ADocumentNeedsBothStatesAnOrderAssumesThem) {
    const auto supplier = party(kRegular, "");
    const auto recipient = party(kRegular, "29");
    SupplyFacts facts;
    facts.supplier = &supplier;
    facts.recipient = &recipient;
    Faults faults;
    supply_rule(facts, MissingState::refused, faults);
    ASSERT_FALSE(faults.empty());
    const auto fault = faults.take().front();
    EXPECT_EQ(fault.pointer, "/supplier");
    EXPECT_EQ(fault.code, "state_missing");
    Faults none;
    const auto rule = supply_rule(facts, MissingState::assumed, none);
    EXPECT_TRUE(none.empty());
    EXPECT_EQ(text_of(rule.kinds), "cgst+sgst");
    EXPECT_EQ(rule.reasons[1].code, "state_assumed");
}

TEST(SupplyRule, ASaleAbroadIsAnExportAndSaysSo) {
    const auto supplier = party(kRegular, "29");
    const auto recipient = party(TaxStatus::overseas, "");
    SupplyFacts facts;
    facts.supplier = &supplier;
    facts.recipient = &recipient;
    Faults faults;
    supply_rule(facts, MissingState::refused, faults);
    const auto found = faults.take();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].pointer, "/supply_type");
}

}  // namespace
}  // namespace wharf::domain

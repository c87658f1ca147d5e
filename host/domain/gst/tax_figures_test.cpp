// The arithmetic of tax: cases that must come out to the paisa, and what holds of any document.
#include "host/domain/gst/tax_figures.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "host/domain/gst/share_out.hpp"

namespace wharf::domain {
namespace {

Money money(const char* text) {
    return *Money::parse(text);
}
Percent percent(const char* text) {
    return *Percent::parse(text);
}

TaxedLine line(const char* amount, const char* rate, const char* cess = "0") {
    return {money(amount), percent(rate), percent(cess), Taxability::taxable};
}

SupplyRule charging(bool inter_state) {
    SupplyRule rule;
    rule.taxpayer = rule.charged = true;
    rule.inter_state = inter_state;
    rule.kinds = tax_kinds(true, inter_state, StateCode("29"));
    return rule;
}

std::string share(const TaxedLine& of, TaxKind kind) {
    Money sum;
    for (const auto& entry : of.tax) {
        if (entry.kind == kind) sum += entry.amount;
    }
    return sum.text();
}

// What the design says must come out.
TEST(TaxFigures, TwoLinesOf760At12PercentComeOutToThePaisa) {
    std::vector<TaxedLine> lines = {line("7.60", "12"), line("7.60", "12")};
    const auto figures = tax_figures(charging(false), lines, {}, {false, true, 2});
    EXPECT_EQ(figures.summary.taxable.text(), "15.20");
    ASSERT_EQ(figures.summary.components.size(), 2U);
    EXPECT_EQ(figures.summary.components[0].kind, TaxKind::cgst);
    EXPECT_EQ(figures.summary.components[0].amount.text(), "0.91");
    EXPECT_EQ(figures.summary.components[0].rate.text(), "6");
    EXPECT_EQ(figures.summary.components[1].amount.text(), "0.91");
    EXPECT_EQ(share(lines[0], TaxKind::cgst), "0.46");
    EXPECT_EQ(share(lines[1], TaxKind::cgst), "0.45");
    EXPECT_EQ(figures.summary.tax.text(), "1.82");
    EXPECT_EQ(figures.round_off.text(), "-0.02");
    EXPECT_EQ(figures.total.text(), "17.00");
}

TEST(TaxFigures, EachRateIsRoundedByItself) {
    std::vector<TaxedLine> lines = {line("10.01", "5"), line("10.03", "5"), line("99.99", "18")};
    const auto figures = tax_figures(charging(true), lines, {}, {});
    ASSERT_EQ(figures.summary.components.size(), 2U);
    EXPECT_EQ(figures.summary.components[0].amount.text(), "1.00");   // 20.04 at 5 %: 1.002
    EXPECT_EQ(figures.summary.components[1].amount.text(), "18.00");  // 17.9982
}

TEST(TaxFigures, HalfAPaisaGoesUp) {
    std::vector<TaxedLine> lines = {line("0.50", "1")};
    EXPECT_EQ(tax_figures(charging(true), lines, {}, {}).summary.tax.text(), "0.01");
    lines = {line("0.49", "1")};
    EXPECT_EQ(tax_figures(charging(true), lines, {}, {}).summary.tax.text(), "0.00");
}

TEST(TaxFigures, AQuarterPercentIsHalvedExactly) {
    std::vector<TaxedLine> lines = {line("100000.00", "0.25")};
    const auto figures = tax_figures(charging(false), lines, {}, {});
    EXPECT_EQ(figures.summary.components[0].rate.text(), "0.125");
    EXPECT_EQ(figures.summary.components[0].amount.text(), "125.00");
}

TEST(TaxFigures, CessIsAComponentOfItsOwn) {
    std::vector<TaxedLine> lines = {line("1000.00", "28", "12")};
    const auto figures = tax_figures(charging(true), lines, {}, {});
    EXPECT_EQ(share(lines[0], TaxKind::igst), "280.00");
    EXPECT_EQ(share(lines[0], TaxKind::cess), "120.00");
    EXPECT_EQ(figures.total.text(), "1400.00");
}

TEST(TaxFigures, ExemptLinesBearNothing) {
    std::vector<TaxedLine> lines = {line("100.00", "18"), line("50.00", "18")};
    lines[1].taxability = Taxability::exempt;
    const auto figures = tax_figures(charging(true), lines, {}, {});
    EXPECT_EQ(figures.summary.taxable.text(), "150.00");
    EXPECT_EQ(figures.summary.tax.text(), "18.00");
    EXPECT_TRUE(lines[1].tax.empty());
}

TEST(TaxFigures, PricesThatIncludeTaxGiveBackTheirPrice) {
    struct Case {
        const char* gross;
        const char* rate;
        const char* taxable;
    };
    // gross x 100 / (100 + rate), rounded
    for (const auto& [gross, rate, taxable] : {Case{"118.00", "18", "100.00"},
                                               {"100.00", "18", "84.75"},
                                               {"99.99", "5", "95.23"},
                                               {"0.01", "28", "0.01"},
                                               {"1499.00", "12", "1338.39"}}) {
        std::vector<TaxedLine> lines = {line(gross, rate)};
        const auto figures = tax_figures(charging(false), lines, {}, {true, false, 2});
        EXPECT_EQ(lines[0].taxable.text(), taxable) << gross;
        EXPECT_EQ(figures.total.text(), gross);
    }
}

TEST(TaxFigures, ChargesBeforeTaxAreSharedByValueAndTaxed) {
    std::vector<TaxedLine> lines = {line("100.00", "18"), line("200.00", "5")};
    const std::vector<Charge> charges = {{Name("Freight"), money("10.00"), true},
                                         {Name("Insurance"), money("7.50"), false}};
    const auto figures = tax_figures(charging(true), lines, charges, {});
    EXPECT_EQ(lines[0].charges.text(), "3.33");
    EXPECT_EQ(lines[1].charges.text(), "6.67");
    EXPECT_EQ(figures.summary.taxable.text(), "310.00");
    EXPECT_EQ(share(lines[0], TaxKind::igst), "18.60");  // 103.33 at 18 %: 18.5994
    EXPECT_EQ(share(lines[1], TaxKind::igst), "10.33");  // 206.67 at 5 %: 10.3335
    EXPECT_EQ(figures.charges_after_tax.text(), "7.50");
    EXPECT_EQ(figures.total.text(), "346.43");
}

TEST(TaxFigures, ReverseChargeStandsBesideTheTotal) {
    auto rule = charging(false);
    rule.charged = false;
    rule.reverse_charge = true;
    std::vector<TaxedLine> lines = {line("1000.00", "5")};
    const auto figures = tax_figures(rule, lines, {}, {});
    EXPECT_EQ(figures.total.text(), "1000.00");
    EXPECT_EQ(figures.summary.tax.text(), "0.00");
    EXPECT_EQ(figures.summary.reverse_charge_tax.text(), "50.00");
    EXPECT_EQ(figures.summary.components.size(), 2U);
}

TEST(TaxFigures, CurrenciesOfNoDecimalsAreRoundedToUnits) {
    SupplyRule rule;
    rule.charged = true;
    rule.kinds = tax_kinds(false, false, {});
    std::vector<TaxedLine> lines = {line("333", "10"), line("334", "10")};
    const auto figures = tax_figures(rule, lines, {}, {false, false, 0});
    EXPECT_EQ(figures.summary.tax.text(), "67.00");  // 66.7
    EXPECT_EQ(share(lines[0], TaxKind::tax), "33.00");
    EXPECT_EQ(share(lines[1], TaxKind::tax), "34.00");
}

TEST(ShareOut, TheFirstOfEqualsTakesWhatIsLeft) {
    const auto shares = share_out(money("0.05"), {1, 1, 1}, 10'000);
    EXPECT_EQ(shares[0].text(), "0.02");
    EXPECT_EQ(shares[1].text(), "0.02");
    EXPECT_EQ(shares[2].text(), "0.01");
    EXPECT_EQ(share_out(money("1.00"), {0, 0}, 10'000)[0].text(), "1.00");
}

// ---- what holds of every document ----

struct RandomDocument {
    std::vector<TaxedLine> lines;
    std::vector<Charge> charges;
    SupplyRule rule;
    FigureOptions options;
};

RandomDocument random_document(std::mt19937& random) {
    auto below = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    };
    static const char* kRates[] = {"0", "0.1", "0.25", "3", "5", "12", "18", "28", "40"};
    RandomDocument made;
    made.rule = charging(below(2) == 0);
    if (below(4) == 0) {
        made.rule.charged = false;
        made.rule.reverse_charge = true;
    }
    made.options.round_to_unit = below(2) == 0;
    made.options.prices_include_tax = !made.rule.reverse_charge && below(2) == 0;
    const auto count = 1 + below(30);
    for (std::int64_t i = 0; i < count; ++i) {
        auto made_line = line("0", kRates[below(9)], below(5) == 0 ? "12" : "0");
        const auto most = below(3) == 0 ? 100 : 10'000'000;
        made_line.amount = Money::from_raw(below(most) * 10'000);
        if (below(8) == 0) made_line.taxability = Taxability::nil;
        made.lines.push_back(made_line);
    }
    for (std::int64_t i = below(3); i > 0; --i) {
        made.charges.push_back(
            {Name("Freight"), Money::from_raw(below(100'000) * 10'000), below(2) == 0});
    }
    return made;
}

Int128 distance(Int128 a, Int128 b) {
    return a > b ? a - b : b - a;
}

void check_sums(const RandomDocument& made, const TaxFigures& figures) {
    Money taxable;
    Money total = figures.charges_after_tax + figures.round_off;
    std::map<std::pair<TaxKind, Percent>, Money> shares;
    for (const auto& of : made.lines) {
        taxable += of.taxable;
        total += of.total;
        for (const auto& entry : of.tax) {
            EXPECT_GE(entry.amount, Money());
            shares[{entry.kind, entry.rate}] += entry.amount;
        }
    }
    EXPECT_EQ(figures.summary.taxable, taxable);
    EXPECT_EQ(figures.total, total);
    EXPECT_EQ(shares.size(), figures.summary.components.size());
    for (const auto& component : figures.summary.components) {
        EXPECT_EQ(component.amount, (shares[{component.kind, component.rate}]));
        const Int128 exact = Int128{component.taxable.raw()} * component.rate.raw();
        const Int128 stands = Int128{component.amount.raw()} * Percent::kHundred;
        // Half a paisa where a rate is rounded once; a paisa for each line's rounding of included
        // prices, and one for what a component carries.
        const auto tolerance =
            made.options.prices_include_tax ? static_cast<std::int64_t>(made.lines.size()) + 1 : 1;
        EXPECT_LE(distance(exact, stands), Int128{10'000} * Percent::kHundred * tolerance);
    }
}

TEST(TaxFigures, AnyDocumentAddsUp) {
    std::mt19937 random(20261124);
    for (int i = 0; i < 5000; ++i) {
        auto made = random_document(random);
        Money gross;
        for (const auto& of : made.lines) gross += of.amount;
        for (const auto& charge : made.charges) gross += charge.amount;
        const auto figures = tax_figures(made.rule, made.lines, made.charges, made.options);
        check_sums(made, figures);
        if (made.options.prices_include_tax) {
            EXPECT_EQ(figures.total - figures.round_off, gross) << "round " << i;
        } else {
            EXPECT_EQ(figures.summary.taxable + figures.charges_after_tax, gross);
        }
        if (made.options.round_to_unit) {
            EXPECT_EQ(figures.total.raw() % Money::kUnit, 0);
        }
        if (::testing::Test::HasFailure()) FAIL() << "round " << i;
    }
}

TEST(TaxFigures, CentralAndStateTaxAreEqualWhereTaxIsAdded) {
    std::mt19937 random(7);
    for (int i = 0; i < 1000; ++i) {
        auto made = random_document(random);
        made.rule = charging(false);
        made.options.prices_include_tax = false;
        tax_figures(made.rule, made.lines, made.charges, made.options);
        for (const auto& of : made.lines) {
            EXPECT_EQ(share(of, TaxKind::cgst), share(of, TaxKind::sgst));
        }
    }
}

}  // namespace
}  // namespace wharf::domain

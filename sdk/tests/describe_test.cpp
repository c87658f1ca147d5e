// The description of a type gives its shape, its JSON and its reader; here each is held to it.
#include "wharf/describe.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "wharf/json_parse.hpp"
#include "wharf/schema.hpp"
#include "wharf/validate.hpp"

namespace {

enum class Colour { red, green, unknown };
BOOST_DESCRIBE_ENUM(Colour, red, green, unknown)

struct Line {
    wharf::Sku sku;
    wharf::Quantity quantity;
    std::optional<wharf::Money> price;
    wharf::Defaulted<std::vector<wharf::Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(Line, (), (sku, quantity, price, serials))

struct Document {
    wharf::Name name;
    Colour colour = Colour::red;
    wharf::Defaulted<wharf::Percent> tax_rate = wharf::Percent::whole(18);
    std::optional<wharf::Instant> at;
    std::vector<Line> lines;
};
BOOST_DESCRIBE_STRUCT(Document, (), (name, colour, tax_rate, at, lines))

std::vector<wharf::Fault> faults(std::string_view text) {
    auto parsed = wharf::parse_json(text);
    auto found = wharf::faults_of(parsed.value, *wharf::shape_of<Document>());
    found.insert(found.end(), parsed.faults.begin(), parsed.faults.end());
    return found;
}

TEST(Describe, AValueSurvivesWritingAndReading) {
    Document document{wharf::Name("Tea \"250\" \n g"),
                      Colour::green,
                      wharf::Percent::from_raw(2500),
                      wharf::Instant::parse("2026-11-01T09:00:00.125Z"),
                      {{wharf::Sku("TEA"), wharf::Quantity(8), wharf::Money::parse("240.5"), {}}}};
    const auto text = wharf::to_json(document);
    EXPECT_EQ(text, R"({"name":"Tea \"250\" \n g","colour":"green","tax_rate":"0.25",)"
                    R"("at":"2026-11-01T09:00:00.125Z",)"
                    R"("lines":[{"sku":"TEA","quantity":8,"price":"240.50","serials":[]}]})");
    EXPECT_TRUE(faults(text).empty());
    EXPECT_EQ(wharf::to_json(wharf::from_json<Document>(wharf::parse_json(text).value)), text);
}

TEST(Describe, AllFaultsAreNamedAtOnceWithTheirPointers) {
    const auto found = faults(
        R"({"name":"","colour":"blue","at":"yesterday","extra":1,"extra":2,)"
        R"("lines":[{"sku":" A","quantity":1.5},{"quantity":0,"price":12},{"sku":"B","quantity":9223372036854775808}]})");
    std::vector<std::string> pointers;
    for (const auto& fault : found) pointers.push_back(fault.pointer + " " + fault.code);
    EXPECT_EQ(pointers, (std::vector<std::string>{
                            "/name invalid_text", "/colour not_a_choice", "/at invalid_instant",
                            "/lines/0/sku invalid_code", "/lines/0/quantity wrong_type",
                            "/lines/1/sku missing", "/lines/1/quantity out_of_range",
                            "/lines/1/price wrong_type", "/lines/2/quantity out_of_range",
                            "/extra unknown_field", "/extra duplicate_key"}));
}

TEST(Describe, AMissingFieldWithADefaultKeepsIt) {
    const auto parsed = wharf::parse_json(R"({"name":"x","colour":"red","lines":[]})");
    EXPECT_TRUE(wharf::faults_of(parsed.value, *wharf::shape_of<Document>()).empty());
    EXPECT_EQ(wharf::from_json<Document>(parsed.value).tax_rate->text(), "18");
}

TEST(Describe, AnUnknownChoiceIsKeptAsUnknown) {
    const auto parsed = wharf::parse_json(R"({"colour":"ultraviolet"})");
    EXPECT_EQ(wharf::from_json<Document>(parsed.value).colour, Colour::unknown);
}

TEST(Schema, GoesThereAndBackWithoutLoss) {
    const auto schema = wharf::to_json_schema(*wharf::shape_of<Document>());
    const auto again = wharf::to_json_schema(*wharf::shape_from_schema(schema));
    EXPECT_EQ(boost::json::serialize(schema), boost::json::serialize(again));
    EXPECT_EQ(schema.at("title"), "Document");
}

TEST(Schema, KeepsTheFormatOfASecret) {
    const auto shape = wharf::shape_from_schema(
        boost::json::object{{"type", "string"}, {"format", "money"}, {"writeOnly", true}});
    EXPECT_TRUE(shape->secret);
    EXPECT_EQ(wharf::to_json_schema(*shape).at("format"), "money");
}

TEST(Schema, RefusesALengthBelowZero) {
    for (const char* key : {"minLength", "minItems"}) {
        boost::json::object schema{{"type", key[3] == 'L' ? "string" : "array"},
                                   {"items", boost::json::object{{"type", "string"}}}};
        schema[key] = -1;
        EXPECT_THROW(wharf::shape_from_schema(schema), wharf::Refusal) << key;
    }
}

TEST(JsonParse, RefusesWhatIsNoJson) {
    for (const char* text : {"", "{", "[1,]", "{\"a\":1}x", "nul", "\"\xff\"", "01", "{\"a\" 1}"}) {
        EXPECT_THROW(wharf::parse_json(text), wharf::Refusal) << text;
    }
    EXPECT_THROW(wharf::parse_json(std::string(40, '[') + std::string(40, ']')), wharf::Refusal);
}

TEST(JsonParse, NamesARepeatedKeyDeepInside) {
    const auto parsed = wharf::parse_json(R"({"a":[0,{"b/c":{"x":1,"y":2,"x":3}}]})");
    ASSERT_EQ(parsed.faults.size(), 1U);
    EXPECT_EQ(parsed.faults[0].pointer, "/a/1/b~1c/x");
}

// Comparing each with each would take a quarter of a minute for this one body.
TEST(JsonParse, AHundredThousandKeysAreReadInAMoment) {
    std::string text = "{";
    for (int i = 100'000; i < 220'000; ++i) text += '"' + std::to_string(i) + "\":0,";
    text += "\"100007\":1}";
    const auto begin = std::chrono::steady_clock::now();
    const auto parsed = wharf::parse_json(text);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    ASSERT_EQ(parsed.faults.size(), 1U);
    EXPECT_EQ(parsed.faults[0].pointer, "/100007");
}

// The library makes infinity of the first and no number at all of the second, and prints neither as
// JSON.
TEST(JsonParse, PointsAtANumberThatNoDoubleHolds) {
    const auto parsed = wharf::parse_json(R"({"a":[-1e400,{"b":0e400,"c":1e300}],"d":1e999})");
    std::vector<std::string> pointers;
    for (const auto& fault : parsed.faults) {
        EXPECT_EQ(fault.code, "out_of_range");
        pointers.push_back(fault.pointer);
    }
    EXPECT_EQ(pointers, (std::vector<std::string>{"/a/0", "/a/1/b", "/d"}));
    EXPECT_EQ(wharf::parse_json("1e400").faults.at(0).pointer, "");
}

TEST(Money, IsExactAndRoundsHalfAwayFromZero) {
    using wharf::Money;
    EXPECT_EQ(Money::parse("0.1234567"), std::nullopt);
    EXPECT_EQ(Money::parse("1e3"), std::nullopt);
    EXPECT_EQ(Money::parse(".5"), std::nullopt);
    EXPECT_EQ(Money::parse("5."), std::nullopt);
    EXPECT_EQ(Money::parse("007"), std::nullopt);
    EXPECT_EQ(Money::parse("-2.345")->rounded().text(), "-2.35");
    EXPECT_EQ(Money::parse("2.345")->rounded().text(), "2.35");
    EXPECT_EQ(Money::parse("1499")->text(), "1499.00");
    EXPECT_EQ(wharf::line_amount(wharf::Quantity(3), *Money::parse("0.333333")).text(), "1.00");
    EXPECT_THROW(*Money::parse("9000000000000") * wharf::Quantity(2000), wharf::Refusal);
}

TEST(Time, ReadsAndWritesWhatItTakes) {
    EXPECT_EQ(wharf::Instant::parse("2024-02-29T23:59:59.999Z")->text(),
              "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(wharf::Instant::parse("1969-12-31T23:59:59Z")->text(), "1969-12-31T23:59:59.000Z");
    EXPECT_EQ(wharf::Instant::parse("2023-02-29T00:00:00Z"), std::nullopt);
    EXPECT_EQ(wharf::Instant::parse("2023-02-28T24:00:00Z"), std::nullopt);
    EXPECT_EQ(wharf::Instant::parse("2023-02-28T00:00:00+05:30"), std::nullopt);
    EXPECT_EQ(wharf::Date::parse("2026-1-1"), std::nullopt);
}

}  // namespace

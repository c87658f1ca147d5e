// Texts that break software, in every text field of every write that the running host tells of:
// taken and given back byte for byte, or refused with the field's name.
#include "tests/hostile/text_fields.hpp"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/hostile/endpoints.hpp"
#include "tests/hostile/warehouse_town.hpp"

namespace wharf::tests {
namespace {

std::vector<std::string> hostile_texts() {
    return {
        "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7\xE2\x80\xAE"
        "abc",  // right to left, and turned
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7\xF0\x9F\x87\xAE\xF0\x9F\x87\xB3",  // joined
        "e\xCC\x81 \xC3\xA9 Z\xCD\x91\xCD\xAB\xCC\x93",  // composed and not
        "a\xE2\x80\x8B"
        "b\xEF\xBB\xBF"
        "c\xC2\xAD"
        "d",                                                     // characters without width
        "\xF4\x8F\xBF\xBF\xEF\xBF\xBE\xEF\xB7\x90",              // that are none
        "\xC4\xB0\xC4\xB1\xC3\x9F\xEF\xAC\x81\xCF\x82",          // whose case is odd
        "\xF0\xA0\x80\x80\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xB9\x84",  // far planes, vowels, Thai
        "A\xC2\xA0"
        "B\xE3\x80\x80"
        "C",  // blanks of other kinds
        "'; DROP TABLE product; -- \" OR 1=1",
        "<script>alert(1)</script>&amp;]]>",
        "%s%n%p {0} {{7*7}} ${jndi:ldap://x/a}",
        "..\\..\\/etc/passwd $(reboot)`id`",
        "=1+1",
        "null",
        "-0",
        std::string(64, 'x'),
        std::string(65, 'x'),
        std::string(100'000, 'x'),
        std::string("a\0b", 3),
        "a\x01"
        "b",
    };
}

// True when a text of the document is this one, byte for byte.
bool holds(const json::value& document, const std::string& text) {
    if (const auto* string = document.if_string()) return *string == text;
    if (const auto* array = document.if_array()) {
        return std::ranges::any_of(*array, [&](const auto& item) { return holds(item, text); });
    }
    if (const auto* object = document.if_object()) {
        return std::ranges::any_of(*object,
                                   [&](const auto& member) { return holds(member.value(), text); });
    }
    return false;
}

struct Counts {
    int sent = 0;
    int back = 0;
    int named = 0;
    int otherwise = 0;
};

class Writes {
public:
    Writes(WarehouseTown& town, const json::value& document)
        : client_(town.shop().platform_client()),
          bengaluru_(town.bengaluru),
          maker_(document, {{"sku", "TEA"},
                            {"location", "BLR"},
                            {"vendor", "V1"},
                            {"ship_to", "BLR"},
                            {"order", bengaluru_.order},
                            {"purchase_order", bengaluru_.purchase_order},
                            {"supply", bengaluru_.purchase_order},
                            {"from_bin", "DEFAULT"},
                            {"to_bin", "B2"},
                            {"role", "sales"}}) {}

    void try_all(const Endpoint& endpoint) {
        const auto path = path_of(endpoint);
        const auto least = maker_.least("", endpoint.request);
        for (const auto& place : maker_.texts(endpoint.request)) {
            for (const auto& text : hostile_texts()) {
                SCOPED_TRACE(endpoint.operation + ' ' + pointer_to(place) + ": " +
                             text.substr(0, 60));
                const auto body = maker_.with(least, endpoint.request, place, text);
                judge(endpoint, path, place, text,
                      client_.send({endpoint.method, path, {}, json::serialize(body)}));
            }
        }
    }
    [[nodiscard]] const Counts& counts() const { return counts_; }

private:
    // What acts on a document is only tried out: the next text finds it as it was.
    std::string path_of(const Endpoint& endpoint) const {
        std::string number = bengaluru_.order;
        if (endpoint.path.find("/purchase-orders/") != std::string::npos) {
            number = bengaluru_.purchase_order;
        } else if (endpoint.path.find("/receipts/") != std::string::npos) {
            number = bengaluru_.receipt;
        } else if (endpoint.path.find("/returns/") != std::string::npos) {
            number = bengaluru_.expected_return;
        }
        const Values values{{"account", "acme"}, {"id", "none"},       {"plugin", "none"},
                            {"event", "1"},      {"job", "none"},      {"code", "X1"},
                            {"sku", "TEA"},      {"vendor", "V1"},     {"location", "BLR"},
                            {"lot", "L1"},       {"kind", "products"}, {"number", number}};
        const bool makes =
            endpoint.method != "POST" || endpoint.path.find('{', 15) == std::string::npos;
        return filled(endpoint.path, values) + (makes ? "" : "?dry_run=true");
    }

    void judge(const Endpoint& endpoint, const std::string& path, const Place& place,
               const std::string& text, const HttpReply& reply) {
        ++counts_.sent;
        ASSERT_LT(reply.status, 500) << reply.body;
        ASSERT_NE(reply.status, 400) << reply.body;
        if (reply.status < 300) {
            EXPECT_EQ(text.find('\0'), std::string::npos) << "a NUL was taken";
            if (comes_back(endpoint, path, text, reply)) {
                ++counts_.back;
            } else {
                ++counts_.otherwise;
            }
            return;
        }
        names(reply.json(), place) ? ++counts_.named : ++counts_.otherwise;
    }
    // In the reply and, where it was stored, once more when it is read.
    bool comes_back(const Endpoint& endpoint, const std::string& path, const std::string& text,
                    const HttpReply& reply) {
        if (!holds(reply.json(), text)) return false;
        const auto stored = endpoint.method == "PUT" ? path : reply.header("location");
        if (stored.empty() || path.find("dry_run") != std::string::npos) return true;
        EXPECT_TRUE(holds(client_.get(stored).json(), text)) << "it is stored otherwise";
        return true;
    }
    static bool names(const json::value& problem, const Place& place) {
        const auto pointer = pointer_to(place);
        const auto* errors = problem.as_object().if_contains("errors");
        return errors != nullptr && std::ranges::any_of(errors->as_array(), [&](const auto& error) {
                   return pointer.starts_with(plain_text(error.at("pointer")));
               });
    }

    Client client_;
    Documents bengaluru_;
    BodyMaker maker_;
    Counts counts_;
};

TEST(TextFields, EveryTextComesBackByteForByteOrIsRefusedByTheFieldsName) {
    WarehouseTown town;
    const auto document = town.shop().admin().must_get("/openapi.json");
    Writes writes(town, document);
    int operations = 0;
    for (const auto& endpoint : endpoints_of(document)) {
        if (endpoint.request.is_null() || !endpoint.in_account()) continue;
        if (endpoint.operation.starts_with("imports.")) continue;  // csv_files_test.cpp
        writes.try_all(endpoint);
        ++operations;
    }
    const auto& counts = writes.counts();
    std::cout << "proof: " << counts.sent << " texts in " << operations
              << " writes: " << counts.back << " came back, " << counts.named
              << " refused by the field's name, " << counts.otherwise << " for another reason\n";
    EXPECT_GT(counts.back, 300);
    EXPECT_GT(counts.named, 300);
    town.shop().close();
}

// Identities stand in paths as well.
TEST(TextFields, AnOddCodeIsFoundUnderItsPath) {
    Shop shop;
    for (const auto& [code, encoded] :
         std::vector<std::pair<std::string, std::string>>{{"a/b", "a%2Fb"},
                                                          {"%2F", "%252F"},
                                                          {"a?b#c", "a%3Fb%23c"},
                                                          {"a b+c", "a%20b%2Bc"},
                                                          {"'; --", "%27%3B%20--"},
                                                          {"\xF0\x9F\x98\x80", "%F0%9F%98%80"},
                                                          {"e\xCC\x81", "e%CC%81"},
                                                          {"\xC3\xA9", "%C3%A9"}}) {
        ASSERT_EQ(shop.admin().put("products/" + encoded, R"({"name":"x"})").status, 200) << code;
        EXPECT_EQ(plain_text(shop.admin().must_get("products/" + encoded).at("sku")), code);
    }
    // The last two look alike and are two: nothing is normalised.
    EXPECT_EQ(shop.all("products").size(), 8U);
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

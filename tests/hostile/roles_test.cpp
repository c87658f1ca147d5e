// Who may call what: every path of the running host with a key of every role, against the table in
// roles.golden. A path that is new has no row there, and somebody has to look at who may use it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "tests/hostile/endpoints.hpp"
#include "tests/hostile/warehouse_town.hpp"

namespace wharf::tests {
namespace {

constexpr const char* kGolden = WHARF_HOSTILE_TABLES "/roles.golden";
constexpr const char* kRegenerate =
    "to write tests/hostile/roles.golden anew, run WHARF_REGENERATE=1 "
    "build/release/bin/wharf_hostile_test --gtest_filter='Roles.*', then read its difference";

constexpr const char* kHead =
    "# Who may call what, one letter for each role: + may, - may not (403), . does not see it "
    "(404).\n"
    "# Columns: P platform_admin, S support, A admin, B purchasing, W warehouse, C sales, V "
    "vendor,\n"
    "# I integration without permissions. Written by tests/hostile/roles_test.cpp, which says "
    "how.\n"
    "# PSABWCVI\n";

// Permission comes before anything that the request says, so an empty one will do; what is there is
// there, what is not answers 404 to those who may ask.
char verdict(int status, bool there) {
    if (status == 403) return '-';
    if (status == 401) return 'x';
    return status == 404 && there ? '.' : '+';
}

std::set<std::string> read_golden() {
    std::ifstream file(kGolden);
    std::set<std::string> rows;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.front() != '#') rows.insert(line);
    }
    return rows;
}

void write_golden(const std::set<std::string>& rows) {
    std::ofstream file(kGolden);
    file << kHead;
    for (const auto& row : rows) file << row << '\n';
}

std::set<std::string> rows_of(WarehouseTown& town) {
    auto& host = town.shop().host();
    std::vector<Client> clients;
    auto platform = town.shop().platform_client();
    clients.push_back(platform.another());
    const auto support =
        platform.expect(201, platform.post("/v1/keys", R"({"name":"support","role":"support"})"));
    clients.emplace_back(host.url(), "acme", plain_text(support.at("key")));
    for (const auto* role : {"admin", "purchasing", "warehouse", "sales"}) {
        clients.push_back(town.key(role));
    }
    clients.push_back(town.key("vendor", R"({"vendor":"V1"})"));
    clients.push_back(town.key("integration", R"({"permissions":["none.none"]})"));

    const Values values{{"account", "acme"}, {"id", "none"},     {"plugin", "backorder_po"},
                        {"event", "1"},      {"job", "none"},    {"code", "NONE"},
                        {"sku", "NONE"},     {"vendor", "NONE"}, {"location", "NONE"},
                        {"serial", "NONE"},  {"lot", "NONE"},    {"kind", "products"},
                        {"number", "NONE"}};
    Client nobody(host.url(), "acme", "");
    std::set<std::string> rows;
    for (const auto& endpoint : endpoints_of(town.shop().admin().must_get("/openapi.json"))) {
        auto path = filled(endpoint.path, values);
        const bool there = endpoint.path.find('{', 15) == std::string::npos;
        if (endpoint.method != "GET") path += "?dry_run=true";
        std::string letters;
        for (auto& client : clients) {
            letters += verdict(call(client, endpoint, path).status, there);
        }
        EXPECT_EQ(call(nobody, endpoint, path).status, 401) << endpoint.method << ' ' << path;
        rows.insert(letters + ' ' + endpoint.method + ' ' + endpoint.path);
    }
    return rows;
}

TEST(Roles, EveryPathIsOpenToTheRolesOfTheTableAndNoOthers) {
    WarehouseTown town;
    const auto found = rows_of(town);
    std::cout << "proof: " << found.size() << " paths x 8 roles\n";
    EXPECT_GT(found.size(), 90U);
    if (std::getenv("WHARF_REGENERATE") != nullptr) write_golden(found);
    const auto golden = read_golden();
    for (const auto& row : found) {
        EXPECT_TRUE(golden.contains(row)) << "not in the table: " << row << '\n' << kRegenerate;
    }
    for (const auto& row : golden) {
        EXPECT_TRUE(found.contains(row)) << "in the table, but not so: " << row << '\n'
                                         << kRegenerate;
    }
    town.shop().close();
}

}  // namespace
}  // namespace wharf::tests

// Every damaged file of csv_files.hpp through HTTP: refused whole, or each row taken or refused
// with its number and code.
#include "tests/hostile/csv_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "tests/hostile/flood.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

using ::testing::UnorderedElementsAreArray;

HttpReply import(Client& client, const std::string& kind, const std::string& bytes) {
    return client.send({"POST", "imports/" + kind, {{"Content-Type", "text/csv"}}, bytes});
}

std::vector<std::string> told(const json::value& reply, int status) {
    std::vector<std::string> all;
    const auto* list = reply.as_object().if_contains(status == 200 ? "refusals" : "errors");
    if (list == nullptr) return all;
    for (const auto& one : list->as_array()) {
        const auto code = plain_text(one.at("code"));
        all.push_back(status == 200 ? plain_text(one.at("row")) + ' ' + code : code);
        EXPECT_FALSE(one.at("detail").as_string().empty());
    }
    return all;
}

TEST(CsvFiles, EachRowIsTakenOrRefusedWithItsNumberAndCode) {
    Shop shop;
    shop.product("TEA", 10);
    for (const auto& file : csv_files()) {
        SCOPED_TRACE(file.name);
        const auto reply = import(shop.admin(), file.kind, file.bytes);
        ASSERT_EQ(reply.status, file.status) << reply.body;
        const auto body = reply.json();
        EXPECT_THAT(told(body, reply.status), UnorderedElementsAreArray(file.told)) << reply.body;
        if (reply.status == 200) {
            EXPECT_EQ(number_at(body, ".taken") + number_at(body, ".already_there"), file.taken)
                << reply.body;
        }
    }
    std::cout << "proof: " << csv_files().size() << " damaged files\n";
    EXPECT_EQ(shop.admin().must_get("products/=1+1").at("name"), "=HYPERLINK(\"x\")");
    shop.close();
}

// Files of the largest size made of nothing but one character: what is read of them stays small.
TEST(CsvFiles, ThirtyMebibytesOfNothingAreReadInLittleMemory) {
    Shop shop;
    const std::size_t size = 31 * 1024 * 1024;
    for (const std::string filler : {",", ";", "\"", "\n"}) {
        std::string bytes;
        while (bytes.size() < size) bytes += filler;
        const auto reply = import(shop.admin(), "products", bytes);
        EXPECT_EQ(reply.status, 422) << filler;
        EXPECT_LT(reply.body.size(), 500'000U) << filler;
    }
    const auto memory = memory_mib(shop.host().pid(), "VmHWM");
    std::cout << "proof: files of one character: at most " << memory << " MiB resident\n";
    EXPECT_LT(memory, 256);
    shop.close();
}

}  // namespace
}  // namespace wharf::tests

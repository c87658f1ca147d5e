// For the tests of messages: a host with the keeper on in two accounts, acme and shop, and words
// for what passes between them. Nothing is carried until the test says so.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "host/operations/host_fixture.hpp"
#include "host/operations/keeper_fixture.hpp"

namespace wharf::operations {

struct TwoAccounts : Host {
    TwoAccounts() : Host({keeper::plugin(), keeper::clerk()}) {
        account("acme").account("shop");
        on("acme").on("shop");
    }

    TwoAccounts& on(const std::string& account, const std::string& config = "{}") {
        call("plugins.switch",
             R"({"plugin":"keeper","enabled":true,"reason":"test","config":)" + config + '}',
             account);
        return *this;
    }
    TwoAccounts& off(const std::string& account) {
        call("plugins.switch", R"({"plugin":"keeper","enabled":false,"reason":"test"})", account);
        return *this;
    }
    TwoAccounts& agree(const std::string& account, const std::string& partner) {
        call("partners.agree", R"({"partner":")" + partner + R"(","reason":"test"})", account);
        return *this;
    }
    TwoAccounts& end_with(const std::string& account, const std::string& partner) {
        call("partners.end", R"({"partner":")" + partner + R"(","reason":"test"})", account);
        return *this;
    }
    TwoAccounts& linked() { return agree("acme", "shop").agree("shop", "acme"); }

    static std::string tell_request(const std::string& text, const std::string& to = "shop") {
        return R"({"to":")" + to + R"(","sku":"TEA","text":")" + text + "\"}";
    }
    TwoAccounts& tell(const std::string& text, const std::string& from = "acme",
                      const std::string& to = "shop") {
        call("keeper.tell", tell_request(text, to), from);
        return *this;
    }
    // What is queued is carried, and nothing else becomes due.
    TwoAccounts& carry() {
        operations().messenger().drain();
        return *this;
    }
    TwoAccounts& wait(std::chrono::seconds time) {
        pass(time);
        operations().look_at_the_clock();
        return *this;
    }
    // Past every wait of a failing message.
    TwoAccounts& wait_for_the_last_try() {
        for (int i = 0; i < 8; ++i) wait(std::chrono::seconds(601));
        return *this;
    }

    // What was heard, in order: "acme said one".
    std::vector<std::string> heard(const std::string& account = "shop") {
        std::vector<std::string> texts;
        const auto page = call("keeper.list", R"({"sku":"TEA"})", account);
        for (const auto& note : page.at("items").as_array()) {
            const std::string text = note.at("document").at("text").as_string().c_str();
            texts.push_back(text.substr(0, text.find(',')));
        }
        return texts;
    }
    boost::json::value partner(const std::string& account, const std::string& partner) {
        return call("partners.get", R"({"partner":")" + partner + "\"}", account);
    }
    boost::json::array sent(const std::string& account, const std::string& query = "{}") {
        return call("messages.list_sent", query, account).at("items").as_array();
    }
    boost::json::array received(const std::string& account, const std::string& query = "{}") {
        return call("messages.list_received", query, account).at("items").as_array();
    }
    // Rows of the journal that tell of messages, as "<note's step>".
    std::vector<std::string> steps(const std::string& account = "shop") {
        std::vector<std::string> told;
        const auto items = call("audit.list", R"({"limit":200})", account).at("items").as_array();
        for (const auto& entry : items) {
            if (entry.at("kind").as_string() != "message") continue;
            const std::string note = entry.at("note").as_string().c_str();
            told.push_back(note.substr(note.find(' ') + 1));
        }
        return told;
    }
    void expect_verified() {
        for (const auto* account : {"acme", "shop"}) {
            const auto found = call("inventory.verify", "{}", account);
            EXPECT_EQ(found.at("ok"), true) << boost::json::serialize(found);
        }
    }
};

}  // namespace wharf::operations

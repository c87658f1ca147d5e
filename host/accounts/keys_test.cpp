// Keys and roles: what is shown once, what is kept, who may do what, and how soon a revoked key
// ends.
#include "host/accounts/keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "host/accounts/roles.hpp"
#include "host/accounts/testing.hpp"

namespace wharf::accounts {
namespace {

using testing::HasSubstr;

const Instant kNow = Instant::from_raw(1000);

NewKey key_of(Role role, std::optional<AccountCode> account = AccountCode("acme")) {
    NewKey key;
    key.name = "ops";
    key.role = role;
    key.account = std::move(account);
    key.created_by = "test";
    key.created_at = kNow;
    return key;
}

class KeysTest : public testing::Test {
protected:
    IssuedKey made(const NewKey& key) {
        return run(host_.accounts().directory(),
                   [&](storage::Session& session) { return make_key(session, key); });
    }
    void revoke(const std::string& id) {
        run(host_.accounts().directory(),
            [&](storage::Session& session) { revoke_key(session, AccountCode("acme"), id, kNow); });
    }
    std::shared_ptr<const Principal> whose(const std::string& token, Instant now = kNow) {
        return host_.accounts().keys().authenticate(token, now);
    }
    std::vector<std::string> refused_fields(const NewKey& key) {
        std::vector<std::string> pointers;
        try {
            made(key);
        } catch (const Refusal& refusal) {
            for (const auto& fault : refusal.faults()) pointers.push_back(fault.pointer);
        }
        return pointers;
    }

    TestHost host_;
};

TEST_F(KeysTest, ATokenNamesItsPrincipal) {
    auto key = key_of(Role::warehouse);
    key.locations = {LocationCode("BLR"), LocationCode("Old Town 2")};
    key.permissions = {"safety_hold.place"};
    auto issued = made(key);
    EXPECT_THAT(issued.token, testing::StartsWith("wharf_" + issued.id + "_"));
    for (int i = 0; i < 2; ++i) {
        auto principal = whose(issued.token);
        ASSERT_TRUE(principal);
        EXPECT_EQ(principal->key_id, issued.id);
        EXPECT_EQ(principal->role, Role::warehouse);
        EXPECT_EQ(principal->account, AccountCode("acme"));
        EXPECT_EQ(principal->locations, key.locations);
        EXPECT_TRUE(may(*principal, "safety_hold.place"));
        EXPECT_TRUE(may(*principal, "receiving.write"));
        EXPECT_FALSE(may(*principal, "sales.write"));
    }
}

TEST_F(KeysTest, NoTwoTokensAreAlikeAndTheSecretIsNotStored) {
    auto one = made(key_of(Role::admin));
    auto two = made(key_of(Role::admin));
    EXPECT_NE(one.id, two.id);
    auto secret = one.token.substr(one.token.rfind('_') + 1);
    EXPECT_EQ(secret.size(), 32U);
    auto stored = find_key(host_.accounts().directory().snapshot()->session(), one.id);
    ASSERT_TRUE(stored);
    EXPECT_NE(stored->secret_hash, secret);
    EXPECT_EQ(stored->secret_hash.size(), 64U);
}

TEST_F(KeysTest, WrongTokensAreNobodys) {
    auto issued = made(key_of(Role::admin));
    auto wrong = issued.token;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    EXPECT_FALSE(whose(wrong));
    EXPECT_TRUE(whose(issued.token));
    EXPECT_FALSE(whose(wrong));
    for (std::string token : {"", "wharf_", "wharf_k1", "wharf_k1_", "wharf__x", "Wharf_k1_x",
                              "wharf_k999_00000000000000000000000000000000"}) {
        EXPECT_FALSE(whose(token)) << token;
    }
    EXPECT_FALSE(whose(issued.token + std::string(1, '\0')));
    EXPECT_FALSE(whose(issued.token + std::string(5000, 'x')));
}

TEST_F(KeysTest, ARevokedKeyEndsAtOnceAndRevokingAgainIsFine) {
    auto issued = made(key_of(Role::admin));
    auto other = made(key_of(Role::sales));
    EXPECT_TRUE(whose(issued.token));
    revoke(issued.id);
    EXPECT_FALSE(whose(issued.token));
    EXPECT_TRUE(whose(other.token));
    revoke(issued.id);
    auto snapshot = host_.accounts().directory().snapshot();
    auto keys = list_keys(snapshot->session(), AccountCode("acme"), "", 10);
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].revoked_at, kNow);
}

TEST_F(KeysTest, AKeyOfAnotherAccountDoesNotExist) {
    auto issued = made(key_of(Role::admin, AccountCode("other")));
    EXPECT_THROW(revoke(issued.id), Refusal);
    EXPECT_TRUE(whose(issued.token));
    auto snapshot = host_.accounts().directory().snapshot();
    EXPECT_TRUE(list_keys(snapshot->session(), AccountCode("acme"), "", 10).empty());
    EXPECT_TRUE(list_keys(snapshot->session(), std::nullopt, "", 10).empty());
}

TEST_F(KeysTest, AKeyExpires) {
    auto key = key_of(Role::admin);
    key.expires_at = Instant::from_raw(2000);
    auto issued = made(key);
    EXPECT_TRUE(whose(issued.token, Instant::from_raw(1999)));
    EXPECT_FALSE(whose(issued.token, Instant::from_raw(2000)));
}

TEST_F(KeysTest, KeysGoWithTheirAccount) {
    host_.created("acme");
    auto issued = made(key_of(Role::admin));
    EXPECT_TRUE(whose(issued.token));
    host_.accounts().remove(AccountCode("acme"));
    EXPECT_FALSE(whose(issued.token));
}

TEST_F(KeysTest, RevocationHoldsAmongManyThreads) {
    auto issued = made(key_of(Role::admin));
    std::atomic<bool> revoked = false;
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> askers;
    for (int i = 0; i < 4; ++i) {
        askers.emplace_back([&] {
            while (!stop) {
                bool before = revoked;
                if (before && whose(issued.token)) ++wrong;
                if (!before) whose(issued.token);
            }
        });
    }
    for (int i = 0; i < 20; ++i) made(key_of(Role::sales));
    revoke(issued.id);
    revoked = true;
    for (int i = 0; i < 20; ++i) made(key_of(Role::sales));
    stop = true;
    for (auto& asker : askers) asker.join();
    EXPECT_EQ(wrong, 0);
}

TEST_F(KeysTest, ContradictionsAreRefusedWithTheirFields) {
    using testing::ElementsAre;
    EXPECT_THAT(refused_fields(key_of(Role::support)), ElementsAre("/role"));
    EXPECT_THAT(refused_fields(key_of(Role::admin, std::nullopt)), ElementsAre("/role"));
    EXPECT_THAT(refused_fields(key_of(Role::vendor)), ElementsAre("/vendor"));
    EXPECT_THAT(refused_fields(key_of(Role::integration)), ElementsAre("/permissions"));
    auto key = key_of(Role::sales);
    key.name = "";
    key.vendor = VendorCode("V1");
    key.locations = {LocationCode("BLR")};
    key.permissions = {"sales", "accounts.write", "Sales.Write", "my_plugin.read"};
    EXPECT_THAT(refused_fields(key), ElementsAre("/name", "/vendor", "/locations", "/permissions/0",
                                                 "/permissions/1", "/permissions/2"));
}

Principal principal_of(Role role, std::optional<AccountCode> account = std::nullopt) {
    Principal principal;
    principal.role = role;
    principal.account = std::move(account);
    return principal;
}

TEST(Roles, SupportSeesAndTogglesButMovesNoStock) {
    auto support = principal_of(Role::support);
    for (const char* allowed :
         {"accounts.write", "plugins.write", "inventory.read", "audit.read"}) {
        EXPECT_TRUE(may(support, allowed)) << allowed;
    }
    for (const char* refused : {"inventory.write", "sales.write", "receiving.write",
                                "purchasing.approve", "safety_hold.place"}) {
        EXPECT_FALSE(may(support, refused)) << refused;
    }
    EXPECT_TRUE(may_see(support, AccountCode("any")));
}

TEST(Roles, AnAdminRulesItsAccountAndNothingElse) {
    auto admin = principal_of(Role::admin, AccountCode("acme"));
    EXPECT_TRUE(may(admin, "inventory.write"));
    EXPECT_TRUE(may(admin, "safety_hold.place"));
    EXPECT_FALSE(may(admin, "accounts.write"));
    EXPECT_FALSE(may(admin, "plugins.override"));
    EXPECT_TRUE(may_see(admin, AccountCode("acme")));
    EXPECT_FALSE(may_see(admin, AccountCode("other")));
}

TEST(Roles, AnIntegrationMayExactlyWhatItsKeyLists) {
    auto integration = principal_of(Role::integration, AccountCode("acme"));
    integration.permissions = {"sales.write"};
    EXPECT_TRUE(may(integration, "sales.write"));
    EXPECT_FALSE(may(integration, "sales.read"));
}

TEST(Roles, EveryRoleHoldsOnlyPermissionsThatExist) {
    for (auto role : {Role::support, Role::admin, Role::purchasing, Role::warehouse, Role::sales,
                      Role::vendor}) {
        for (auto permission : permissions_of(role)) {
            EXPECT_THAT(host_permissions(), testing::Contains(permission));
            EXPECT_TRUE(well_formed_permission(permission));
        }
    }
}

}  // namespace
}  // namespace wharf::accounts

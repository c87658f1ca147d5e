#include "host/http/openapi.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <wharf/describe.hpp>
#include <wharf/operations/catalog.hpp>
#include <wharf/operations/sales.hpp>

#include "host/http/api_fixture.hpp"
#include "host/http/docs_page.hpp"
#include "host/operations/registry.hpp"

namespace wharf::http {
namespace {

template <class Request>
operations::Operation from_description() {
    const OperationInfo info = Request::kOperation;
    const auto space = info.route.find(' ');
    auto operation = testing::operation_of(
        std::string(info.name), std::string(info.route.substr(0, space)),
        std::string(info.route.substr(space + 1)), shape_of<Request>(), info.access);
    operation.permission = info.permission;
    operation.success_status = info.success_status;
    operation.reply = shape_of<typename Request::Reply>();
    return operation;
}

boost::json::value document(const std::string& account = {}) {
    operations::Registry registry;
    registry.add(from_description<sales::PlaceOrder>());
    registry.add(from_description<sales::AmendOrder>());
    registry.add(from_description<catalog::PutProduct>());
    registry.add(from_description<catalog::GetProduct>());
    registry.add(from_description<catalog::ListVendorItems>());
    auto of_host = from_description<catalog::ListVendors>();
    of_host.scope = operations::Scope::host;
    registry.add(std::move(of_host));
    auto hidden = from_description<catalog::ListLots>();
    hidden.plugins_only = true;
    registry.add(std::move(hidden));
    std::vector<const operations::Operation*> all;
    for (const auto& operation : registry.all()) all.push_back(&operation);
    return boost::json::parse(openapi_document(all, {"Wharf", "1.2.3", account}));
}

void collect_references(const boost::json::value& value, std::set<std::string>& found) {
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array) collect_references(item, found);
    }
    if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
            if (member.key() == "$ref") found.insert(member.value().as_string().c_str());
            collect_references(member.value(), found);
        }
    }
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
    const auto json = document();
    std::set<std::string> references;
    collect_references(json, references);
    EXPECT_GT(references.size(), 8U);
    for (const auto& reference : references) {
        ASSERT_EQ(reference.substr(0, 2), "#/");
        boost::json::error_code error;
        EXPECT_NE(json.find_pointer(reference.substr(1), error), nullptr) << reference;
    }
}

TEST(OpenApi, OperationIdsAreUniqueAndPathParametersAreDeclared) {
    const auto json = document();
    EXPECT_EQ(json.at("openapi").as_string(), "3.1.0");
    std::set<std::string> ids;
    for (const auto& path : json.at("paths").as_object()) {
        ASSERT_TRUE(path.key().starts_with("/v1"));
        for (const auto& method : path.value().as_object()) {
            EXPECT_TRUE(ids.insert(method.value().at("operationId").as_string().c_str()).second);
            std::size_t in_path = 0;
            for (const auto& parameter : method.value().at("parameters").as_array()) {
                const auto* in = parameter.as_object().if_contains("in");
                if (in == nullptr || in->as_string() != "path") continue;
                ++in_path;
                EXPECT_TRUE(parameter.at("required").as_bool());
                EXPECT_NE(
                    std::string(path.key())
                        .find("{" + std::string(parameter.at("name").as_string().c_str()) + "}"),
                    std::string::npos);
            }
            const std::string key(path.key());
            EXPECT_EQ(in_path, static_cast<std::size_t>(std::count(key.begin(), key.end(), '{')));
            EXPECT_TRUE(method.value().at("responses").as_object().contains("default"));
        }
    }
    EXPECT_EQ(ids.size(), 6U);
}

TEST(OpenApi, NamedShapesStandOnceAsComponents) {
    const auto json = document();
    const auto& schemas = json.at("components").at("schemas").as_object();
    for (const char* name : {"SalesOrder", "Product", "PlaceOrderLine", "Problem"}) {
        EXPECT_TRUE(schemas.contains(name)) << name;
    }
    EXPECT_EQ(schemas.at("SalesOrder").at("type").as_string(), "object");
}

TEST(OpenApi, WhatThePathHoldsIsNotInTheBody) {
    const auto json = document();
    const auto& put = json.at("paths").at("/v1/accounts/{account}/products/{sku}").at("put");
    const auto reference =
        put.at("requestBody").at("content").at("application/json").at("schema").at("$ref");
    boost::json::error_code error;
    const auto* body =
        json.find_pointer(std::string(reference.as_string().c_str()).substr(1), error);
    ASSERT_NE(body, nullptr);
    EXPECT_FALSE(body->at("properties").as_object().contains("sku"));
    EXPECT_TRUE(body->at("properties").as_object().contains("name"));
}

TEST(OpenApi, AnAccountsDocumentNamesItAndLeavesOutTheHosts) {
    const auto json = document("acme");
    const auto& paths = json.at("paths").as_object();
    EXPECT_TRUE(paths.contains("/v1/accounts/acme/orders"));
    EXPECT_FALSE(paths.contains("/v1/vendors"));
}

TEST(OpenApi, ThePageForPeopleEscapesAndLinksEveryShape) {
    operations::Registry registry;
    auto operation = from_description<catalog::GetProduct>();
    operation.summary = "<script>alert(1)</script>";
    registry.add(std::move(operation));
    const auto page = docs_page(openapi_document({&registry.all().front()}, {"Wharf", "1"}));
    EXPECT_EQ(page.find("<script>"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(page.find("id=\"schema-Product\""), std::string::npos);
    EXPECT_NE(page.find("href=\"#schema-Product\""), std::string::npos);
    EXPECT_EQ(page.find("http://"), std::string::npos);
    EXPECT_EQ(page.find("https://"), std::string::npos);
}

}  // namespace
}  // namespace wharf::http

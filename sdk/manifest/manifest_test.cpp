#include "sdk/manifest/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace wharf::manifest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The example of sdk/abi/plugin_json.md, with one piece of its text replaced by another.
std::string example(const std::string& piece = "", const std::string& other = "") {
    std::ifstream stream(WHARF_PLUGIN_JSON_MD);
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const auto begin = text.find("```json") + 7;
    text = text.substr(begin, text.find("```", begin) - begin);
    if (piece.empty()) return text;
    const auto at = text.find(piece);
    EXPECT_NE(at, std::string::npos) << piece;
    return text.replace(at, piece.size(), other);
}

std::string refused(const std::string& text) {
    try {
        (void)read_manifest(text);
    } catch (const Refusal& refusal) {
        return one_line(refusal);
    }
    return "taken";
}

TEST(Manifest, TheDocumentedExampleIsReadWhole) {
    const Manifest manifest = read_manifest(example());
    EXPECT_EQ(manifest.name, "safety_hold");
    EXPECT_EQ(manifest.version, "1.0.0");
    EXPECT_EQ(manifest.sdk_level, 1);
    EXPECT_THAT(manifest.plans, ElementsAre("growth", "enterprise"));
    EXPECT_THAT(manifest.uses, ElementsAre("inventory.levels", "inventory.reserve"));
    EXPECT_THAT(manifest.guards, ElementsAre("sales.place_order"));
    ASSERT_EQ(manifest.operations.size(), 1U);
    EXPECT_EQ(manifest.operations[0].access, Access::write);
    EXPECT_EQ(manifest.operations[0].path, "/holds");
    EXPECT_EQ(manifest.requires_plugins.at(0).plugin, "stn");
    EXPECT_EQ(manifest.reactions.at(0).event, "receipt.posted");
    EXPECT_EQ(manifest.receives.at(0).message, "safety_hold.asked");
    EXPECT_EQ(manifest.schedules.at(0).rule.daily_at, "02:00");
    EXPECT_EQ(manifest.collections.at(0).indexes.at(0).name, "by_sku");
    EXPECT_FALSE(manifest.preview);
    EXPECT_EQ(shared_object_name(manifest), "safety_hold.so");
}

TEST(Manifest, ADescriptionIsTheDocumentWithoutFiles) {
    const Manifest manifest = read_manifest(example());
    EXPECT_FALSE(manifest.description.as_object().contains("files"));
    EXPECT_TRUE(manifest.description.as_object().contains("operations"));
}

TEST(Manifest, ADescriptionMayNotListFiles) {
    try {
        (void)read_description(example());
        FAIL() << "taken";
    } catch (const Refusal& refusal) {
        EXPECT_THAT(one_line(refusal), HasSubstr("/files is not known here"));
    }
}

TEST(Manifest, AllFaultsAreToldAtOnce) {
    const std::string told = refused(
        R"({"sdk_level":1,"name":"Bad Name","version":"one","colour":"red","plans":["gold"]})");
    EXPECT_THAT(told, HasSubstr("/name \"Bad Name\" is not a name of lower-case letters"));
    EXPECT_THAT(told, HasSubstr("/version \"one\" is not a version like \"1.0.0\""));
    EXPECT_THAT(told, HasSubstr("/title must be given"));
    EXPECT_THAT(told, HasSubstr("/plans/0 \"gold\" is not growth, enterprise or other"));
    EXPECT_THAT(told, HasSubstr("/colour is not known here"));
}

TEST(Manifest, ACsvBodyBecomesAFieldOfTheRequest) {
    const std::string given = "\"on_existing\": null,\n      \"request\"";
    EXPECT_EQ(read_manifest(example()).operations[0].csv_field, "");
    const auto taken = example(given, "\"on_existing\": null, \"csv\": \"sku\", \"request\"");
    EXPECT_EQ(read_manifest(taken).operations[0].csv_field, "sku");
    EXPECT_THAT(refused(example(given, "\"on_existing\": null, \"csv\": \"sheet\", \"request\"")),
                HasSubstr("\"sheet\" is no field of the request"));
}

TEST(Manifest, WhatIsNoJsonIsMalformed) {
    EXPECT_THAT(refused("{"), HasSubstr("is no JSON"));
    EXPECT_THAT(refused("[]"), HasSubstr("must be an object"));
}

// Another reader would take the other one.
TEST(Manifest, AKeyThatStandsTwiceIsAFault) {
    EXPECT_THAT(refused(R"({"sdk_level":1,"name":"good","name":"other","files":[]})"),
                HasSubstr("/name the key \"name\" stands twice in one object"));
}

TEST(Manifest, ALaterLevelIsTheOnlyFault) {
    EXPECT_EQ(refused(R"({"sdk_level":2,"something_new":true})"),
              "/sdk_level needs SDK level 2, and this host has level 1");
}

TEST(Manifest, AnOperationBelongsToItsPlugin) {
    EXPECT_THAT(refused(example("\"safety_hold.place\"", "\"stn.place\"")),
                HasSubstr("/operations/0/name \"stn.place\" is not an operation of this plugin"));
}

TEST(Manifest, AReadDoesNotPut) {
    EXPECT_THAT(refused(example("\"access\": \"write\"", "\"access\": \"write\",\"extra\": 1")),
                HasSubstr("/operations/0/extra is not known here"));
    EXPECT_THAT(refused(example("\"method\": \"POST\"", "\"method\": \"GET\"")),
                HasSubstr("/operations/0/method a write is not GET"));
}

TEST(Manifest, APathFieldIsAFieldOfTheRequest) {
    EXPECT_EQ(refused(example("\"/holds\"", "\"/holds/{sku}\"")), "taken");
    EXPECT_THAT(refused(example("\"/holds\"", "\"/holds/{id}\"")),
                HasSubstr("/operations/0/path \"id\" is no field of the request"));
}

TEST(Manifest, PathsThatBeginWithAnUnderscoreAreTheHosts) {
    EXPECT_THAT(refused(example("\"/holds\"", "\"/_config\"")),
                HasSubstr("/operations/0/path \"/_config\" is not a path"));
}

TEST(Manifest, AScheduleHasExactlyOneRule) {
    EXPECT_THAT(refused(example("{\"daily_at\": \"02:00\"}", "{}")), HasSubstr("give exactly one"));
    EXPECT_THAT(refused(example("\"02:00\"", "\"24:00\"")),
                HasSubstr("/schedules/0/rule/daily_at \"24:00\" is not a time"));
}

TEST(Manifest, AScheduleMayBeLeftToTheSettings) {
    const Manifest manifest =
        read_manifest(example("{\"daily_at\": \"02:00\"}", "{\"config\": \"runs\"}"));
    EXPECT_EQ(manifest.schedules.at(0).rule.config, "runs");
}

TEST(Manifest, APostThatWritesAnswersCreatedUnlessItSaysOtherwise) {
    EXPECT_EQ(read_manifest(example()).operations.at(0).success_status, 201);
    EXPECT_EQ(read_manifest(example("\"as_plugin\": false", "\"success_status\": 200"))
                  .operations.at(0)
                  .success_status,
              200);
}

TEST(Manifest, AShapeMustBeReadable) {
    EXPECT_THAT(
        refused(example("\"reply\": {\"type\": \"object\"}", "\"reply\": {\"type\": \"tuple\"}")),
        HasSubstr("/operations/0/reply the JSON Schema "));
    EXPECT_THAT(refused(example("\"reply\": {\"type\": \"object\"}", "\"reply\": 1")),
                HasSubstr("/operations/0/reply the JSON Schema is no object"));
}

TEST(Manifest, ARequestIsAnObject) {
    EXPECT_THAT(refused(example("\"request\": {\"type\": \"object\"}",
                                "\"request\": {\"type\": \"string\"}")),
                HasSubstr("/jobs/0/request must be the JSON Schema of an object"));
}

TEST(Manifest, TheSharedObjectMustBeListed) {
    EXPECT_THAT(refused(example("\"safety_hold.so\"", "\"other.so\"")),
                HasSubstr("/files must list \"safety_hold.so\""));
}

TEST(Manifest, AFileStaysInsideTheBundle) {
    EXPECT_THAT(refused(example("\"safety_hold.so\"", "\"../safety_hold.so\"")),
                HasSubstr("/files/0/path \"../safety_hold.so\" is not a relative path"));
}

TEST(Manifest, APluginCannotRequireItself) {
    EXPECT_THAT(refused(example("\"stn\"", "\"safety_hold\"")),
                HasSubstr("a plugin cannot require itself"));
}

TEST(Manifest, NamesAreDeclaredOnce) {
    EXPECT_THAT(refused(example("{\"event\": \"receipt.posted\", \"on_existing\": null}",
                                "{\"event\": \"a.b\"}, {\"event\": \"a.b\"}")),
                HasSubstr("/reactions \"a.b\" is declared twice"));
}

}  // namespace
}  // namespace wharf::manifest

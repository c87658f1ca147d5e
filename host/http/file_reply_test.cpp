#include "host/http/file_reply.hpp"

#include <gtest/gtest.h>

#include <wharf/describe.hpp>
#include <wharf/file.hpp>
#include <wharf/schema.hpp>

#include "host/http/api_fixture.hpp"

namespace wharf::http {
namespace {

Response message_of(const PdfFile& file) {
    Response response;
    response.body = to_json(file);
    return response;
}

PdfFile pdf(const std::string& bytes) {
    return file_of<PdfFile>("SKA1_2627_000001.pdf", bytes);
}

TEST(FileReply, TheShapeAloneTellsAFile) {
    EXPECT_EQ(file_media_type(*shape_of<PdfFile>()), "application/pdf");
    EXPECT_EQ(file_media_type(*shape_from_schema(to_json_schema(*shape_of<CsvFile>()))),
              "text/csv");
    const auto text = testing::shape_of_kind(Shape::Kind::text);
    const std::vector<Shape::Field> fields = {
        {"content", text}, {"file_name", text}, {"media_type", text}};
    EXPECT_TRUE(file_media_type(*testing::object_of("XmlFile", fields)));
    EXPECT_FALSE(file_media_type(*testing::object_of("Attachment", fields)));
    EXPECT_FALSE(file_media_type(*testing::object_of("PdfFile", {{"content", text}})));
}

TEST(FileReply, TheClientGetsTheBytes) {
    const std::string bytes("%PDF-1.5\0\xff\n", 11);
    auto response = message_of(pdf(bytes));
    send_as_file(testing::make_request("GET"), response);
    EXPECT_EQ(response.body, bytes);
    EXPECT_EQ(response.content_type, "application/pdf");
    ASSERT_NE(response.headers.find("Content-Disposition"), nullptr);
    EXPECT_EQ(*response.headers.find("Content-Disposition"),
              "inline; filename=\"SKA1_2627_000001.pdf\"");
}

TEST(FileReply, WhoAsksForJsonGetsTheMessage) {
    auto request = testing::make_request("GET");
    request.headers.add("Accept", "application/json");
    auto response = message_of(pdf("%PDF"));
    const auto message = response.body;
    send_as_file(request, response);
    EXPECT_EQ(response.body, message);
    EXPECT_EQ(response.content_type, "application/json; charset=utf-8");
}

TEST(FileReply, AJsonFileIsItselfWhateverIsAccepted) {
    auto request = testing::make_request("GET");
    request.headers.add("Accept", "application/json");
    Response response;
    response.body = to_json(file_of<JsonFile>("inv 01\"\r\n.json", R"({"Version":"1.1"})"));
    send_as_file(request, response);
    EXPECT_EQ(response.body, R"({"Version":"1.1"})");
    EXPECT_EQ(*response.headers.find("Content-Disposition"), "inline; filename=\"inv_01___.json\"");
}

TEST(FileReply, APluginsBadFileIsAFaultOfTheHostsSide) {
    Response response;
    response.body = R"({"file_name":"a.pdf","media_type":"no type","content":"JVBE"})";
    EXPECT_THROW(send_as_file(testing::make_request("GET"), response), Refusal);
    response.body = R"({"file_name":"a.pdf","media_type":"application/pdf","content":"?"})";
    EXPECT_THROW(send_as_file(testing::make_request("GET"), response), Refusal);
}

}  // namespace
}  // namespace wharf::http

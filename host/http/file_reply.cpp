#include "host/http/file_reply.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <utility>
#include <wharf/refusal.hpp>
#include <wharf/values/base64.hpp>

namespace wharf::http {

namespace {

constexpr std::string_view kJson = "application/json";

std::string_view text_of(const boost::json::object& message, std::string_view name) {
    const auto* member = message.if_contains(boost::json::string_view(name.data(), name.size()));
    if (member == nullptr || !member->is_string()) return {};
    return {member->get_string().data(), member->get_string().size()};
}

// A header takes no quotes, controls or other scripts: what is no plain letter becomes `_`.
std::string plain_name(std::string_view name) {
    std::string plain(name);
    std::replace_if(
        plain.begin(), plain.end(),
        [](unsigned char c) {
            const bool letter =
                (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            return !letter && c != '.' && c != '-' && c != '_';
        },
        '_');
    return plain;
}

bool is_media_type(std::string_view text) {
    return text.find('/') != std::string_view::npos &&
           std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return c > 0x20 && c < 0x7F && c != '"'; });
}

}  // namespace

std::optional<std::string_view> file_media_type(const Shape& reply) {
    constexpr std::pair<std::string_view, std::string_view> kFiles[] = {
        {"PdfFile", "application/pdf"},
        {"JsonFile", kJson},
        {"XmlFile", "application/xml"},
        {"CsvFile", "text/csv"}};
    if (reply.kind != Shape::Kind::object || reply.fields.size() != 3) return std::nullopt;
    for (const char* field : {"file_name", "media_type", "content"}) {
        const auto* found = reply.field(field);
        if (found == nullptr || found->shape->kind != Shape::Kind::text) return std::nullopt;
    }
    for (const auto& [name, media_type] : kFiles) {
        if (reply.name == name) return media_type;
    }
    return std::nullopt;
}

void send_as_file(const Request& request, Response& response) {
    const auto message = boost::json::parse(response.body);
    const auto* object = message.if_object();
    if (object == nullptr || object->contains("dry_run")) return;
    const auto type = text_of(*object, "media_type");
    const bool wants_message = request.header("Accept").find(kJson) != std::string_view::npos;
    if (wants_message && type != kJson) return;
    auto bytes = from_base64(text_of(*object, "content"));
    if (!bytes || !is_media_type(type)) {
        throw Refusal(RefusalKind::internal, "internal", "an operation answered with no file");
    }
    response.body = std::move(*bytes);
    response.content_type = type;
    response.headers.set("Content-Disposition",
                         "inline; filename=\"" + plain_name(text_of(*object, "file_name")) + '"');
}

}  // namespace wharf::http

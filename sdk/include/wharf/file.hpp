// A file as the reply of an operation: PDF, CSV, the JSON or XML of another standard.
//
//   PdfFile print(Context& context, const Print& request) const;      // GET /notes/{number}/pdf
//       return file_of<PdfFile>("note.pdf", bytes);
//
// Through the C door and in calls it is a message like any other, with the bytes as base64. On the
// operation's own HTTP route the host answers with the bytes themselves, as `Content-Type` the
// media type and `Content-Disposition: inline; filename="..."`; a client that names
// `application/json` in `Accept` gets the message instead (unless the file is JSON). The host knows
// a file by the name of its type, which the manifest carries: these four. With its base64 a file is
// at most what a message of the door may hold, 64 MiB.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "wharf/refusal.hpp"
#include "wharf/values/base64.hpp"

namespace wharf {

struct PdfFile {
    std::string file_name;  // letters, digits, `.`, `_`, `-`; others become `_` over HTTP
    std::string media_type = "application/pdf";
    std::string content;  // base64
};
BOOST_DESCRIBE_STRUCT(PdfFile, (), (file_name, media_type, content))

struct JsonFile {
    std::string file_name;
    std::string media_type = "application/json";
    std::string content;
};
BOOST_DESCRIBE_STRUCT(JsonFile, (), (file_name, media_type, content))

struct XmlFile {
    std::string file_name;
    std::string media_type = "application/xml";
    std::string content;
};
BOOST_DESCRIBE_STRUCT(XmlFile, (), (file_name, media_type, content))

struct CsvFile {
    std::string file_name;
    std::string media_type = "text/csv";
    std::string content;
};
BOOST_DESCRIBE_STRUCT(CsvFile, (), (file_name, media_type, content))

template <class File>
File file_of(std::string_view file_name, std::string_view bytes) {
    File file;
    file.file_name = file_name;
    file.content = to_base64(bytes);
    return file;
}

// The bytes of a file that was got. Throws Refusal(internal) when they are no base64.
template <class File>
std::string bytes_of(const File& file) {
    auto bytes = from_base64(file.content);
    if (!bytes) throw Refusal(RefusalKind::internal, "unreadable", "a file is no base64");
    return std::move(*bytes);
}

}  // namespace wharf

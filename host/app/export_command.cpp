// `wharf export`: any list operation, page by page, as CSV.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "host/app/commands.hpp"
#include "host/app/csv.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/print.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

// A document with lines becomes a row for each line, which carries the document's fields too: the
// form that imports take.
const boost::json::array* lines_of(const boost::json::object& item) {
    const auto* lines = item.if_contains("lines");
    return lines != nullptr && lines->is_array() ? &lines->get_array() : nullptr;
}

class ItemWriter {
public:
    virtual ~ItemWriter() = default;
    virtual void write(const boost::json::object& item) = 0;
    virtual void end() = 0;
    [[nodiscard]] virtual std::size_t rows() const = 0;
};

// One array of the items as they came.
class JsonWriter final : public ItemWriter {
public:
    explicit JsonWriter(std::ostream& out) : out_(out) {}

    void write(const boost::json::object& item) override {
        out_ << (rows_++ == 0 ? "[" : ",\n ") << boost::json::serialize(item);
    }
    void end() override { out_ << (rows_ == 0 ? "[]\n" : "]\n"); }
    [[nodiscard]] std::size_t rows() const override { return rows_; }

private:
    std::ostream& out_;
    std::size_t rows_ = 0;
};

class CsvWriter final : public ItemWriter {
public:
    explicit CsvWriter(std::ostream& out) : out_(out) {}

    void write(const boost::json::object& item) override {
        const auto* lines = lines_of(item);
        if (lines == nullptr) return row(item, nullptr);
        for (const auto& line : *lines) row(item, line.if_object());
    }
    void end() override {}
    [[nodiscard]] std::size_t rows() const override { return rows_; }

private:
    // The columns are those of the first row: every item of one list has the same fields.
    void name_columns(const boost::json::object& item, const boost::json::object* line) {
        for (const auto& member : item) {
            if (line == nullptr || member.key() != "lines") columns_.emplace_back(member.key());
        }
        if (line == nullptr) return header();
        for (const auto& member : *line) {
            const std::string name(member.key());
            if (std::find(columns_.begin(), columns_.end(), name) == columns_.end()) {
                columns_.push_back(name);
            }
        }
        header();
    }

    void header() {
        std::string text;
        append_csv_row(text, columns_);
        out_ << text;
    }

    void row(const boost::json::object& item, const boost::json::object* line) {
        if (columns_.empty()) name_columns(item, line);
        std::vector<std::string> fields;
        for (const auto& column : columns_) {
            const auto* value = line == nullptr ? nullptr : line->if_contains(column);
            if (value == nullptr) value = item.if_contains(column);
            fields.push_back(value == nullptr ? "" : plain_text(*value));
        }
        std::string text;
        append_csv_row(text, fields);
        out_ << text;
        ++rows_;
    }

    std::ostream& out_;
    std::vector<std::string> columns_;
    std::size_t rows_ = 0;
};

std::unique_ptr<ItemWriter> writer_for(const Remote& remote, std::ostream& out) {
    if (remote.json()) return std::make_unique<JsonWriter>(out);
    return std::make_unique<CsvWriter>(out);
}

struct Export {
    std::string operation;
    std::string filter = "{}";
    std::string file;
};

void write_pages(Remote& remote, const Export& what, std::ostream& out) {
    auto request = json_argument(what.filter).as_object();
    request["limit"] = 200;
    const auto path = remote.base() + "/operations/" + path_segment(what.operation);
    const std::unique_ptr<ItemWriter> writer = writer_for(remote, out);
    while (true) {
        const auto body = remote.write("POST", path, boost::json::serialize(request));
        const auto page = boost::json::parse(body);
        const auto* items = page.as_object().if_contains("items");
        if (items == nullptr || !items->is_array()) {
            throw Failure(ExitCode::usage, what.operation + " gives no list");
        }
        for (const auto& item : items->get_array()) {
            if (item.is_object()) writer->write(item.get_object());
        }
        const auto* next = page.as_object().if_contains("next");
        if (next == nullptr || !next->is_string()) break;
        request["after"] = *next;
        out.flush();
    }
    writer->end();
    out.flush();
    if (!out) throw Failure(ExitCode::disk, "the file could not be written");
    std::cerr << writer->rows() << " rows\n";
}

void run_export(Remote& remote, const Export& what) {
    if (what.file.empty()) return write_pages(remote, what, std::cout);
    std::ofstream file(what.file, std::ios::binary | std::ios::trunc);
    if (!file) throw Failure(ExitCode::usage, "cannot write " + what.file);
    write_pages(remote, what, file);
}

}  // namespace

void add_export(CLI::App& app, Remote& remote) {
    auto* command = app.add_subcommand("export", "Write what a list operation gives as CSV");
    auto what = std::make_shared<Export>();
    command->add_option("operation", what->operation, "Such as catalog.list_products")->required();
    command->add_option("--filter", what->filter, "JSON: the operation's own filters")
        ->capture_default_str();
    command->add_option("--out,-o", what->file, "A file; standard output without it");
    remote.add_connection_options(*command);
    remote.add_account_option(*command);
    remote.add_json_flag(*command);
    command->callback([what, &remote] { run_export(remote, *what); });
}

}  // namespace wharf::app

#include "demo/csv.hpp"

#include <algorithm>

namespace wharf::demo {

namespace {

// Reads one record after the other; `at_` stands behind what was read.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool next(CsvRecord& record) {
        while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) step();
        if (at_ == text_.size()) return false;
        record = {line_, {}, false};
        while (field(record)) {
        }
        return true;
    }

private:
    // One field; true when another one of the same record follows.
    bool field(CsvRecord& record) {
        auto& value = record.fields.emplace_back();
        if (at_ < text_.size() && text_[at_] == '"') quoted(record, value);
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') {
            if (text_[at_] != '\r') value += text_[at_];
            step();
        }
        if (at_ == text_.size()) return false;
        const bool more = text_[at_] == ',';
        step();
        return more;
    }

    void quoted(CsvRecord& record, std::string& value) {
        step();
        while (at_ < text_.size()) {
            if (text_[at_] != '"') {
                value += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                value += '"';
                step();
            } else {
                step();
                const char after = at_ < text_.size() ? text_[at_] : '\n';
                record.broken = after != ',' && after != '\n' && after != '\r';
                return;
            }
            step();
        }
        record.broken = true;
    }

    void step() {
        if (text_[at_] == '\n') ++line_;
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
};

std::string quoted_if_needed(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string quoted = "\"";
    for (char c : field) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

void read_csv(std::string_view text, const std::function<void(const CsvRecord&)>& take) {
    Reader reader(text);
    CsvRecord record;
    while (reader.next(record)) take(record);
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const auto& field : fields) {
        if (!line.empty() || &field != &fields.front()) line += ',';
        line += quoted_if_needed(field);
    }
    return line + '\n';
}

}  // namespace wharf::demo

#include "host/storage/sqlite/sql_rules.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace wharf::storage::sqlite {
namespace {

constexpr std::array<std::string_view, 5> kBeginnings = {"SELECT", "INSERT", "UPDATE", "DELETE",
                                                         "WITH"};

// What one of the engines lacks or does its own way; the clock and the dice come from the context.
constexpr std::array<std::string_view, 17> kWords = {
    "CONFLICT",     "IGNORE",      "LIKE",     "ILIKE",         "GLOB",
    "REGEXP",       "ROWID",       "OID",      "ISNULL",        "NOTNULL",
    "INDEXED",      "COLLATE",     "ROLLBACK", "AUTOINCREMENT", "CURRENT_TIMESTAMP",
    "CURRENT_DATE", "CURRENT_TIME"};

// Forbidden as functions only: columns may have these names.
constexpr std::array<std::string_view, 20> kFunctions = {
    "NOW",      "DATE",          "TIME",   "DATETIME",     "JULIANDAY",
    "STRFTIME", "UNIXEPOCH",     "RANDOM", "RANDOMBLOB",   "NEXTVAL",
    "CHANGES",  "TOTAL_CHANGES", "TOTAL",  "GROUP_CONCAT", "IFNULL",
    "IIF",      "PRINTF",        "INSTR",  "TYPEOF",       "LAST_INSERT_ROWID"};

bool word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

[[noreturn]] void refuse(std::string_view sql, std::string_view word) {
    throw std::logic_error("\"" + std::string(word) +
                           "\" is not part of the SQL that the engines share: " + std::string(sql));
}

void check_word(std::string_view sql, std::string word, bool first, bool called) {
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    auto among = [&](const auto& words) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (first && !among(kBeginnings)) refuse(sql, word);
    if (among(kWords) || (word == "REPLACE" && !called)) refuse(sql, word);
    if (called && (among(kFunctions) || word.starts_with("JSON"))) refuse(sql, word);
}

std::size_t after_quoted(std::string_view sql, std::size_t begin) {
    auto end = sql.find('\'', begin + 1);
    if (end == std::string_view::npos) refuse(sql, "'");
    return end + 1;
}

}  // namespace

void refuse_forbidden_sql(std::string_view sql) {
    bool first = true;
    for (std::size_t i = 0; i < sql.size();) {
        char c = sql[i];
        if (c == '\'') {
            i = after_quoted(sql, i);
        } else if (c == ':' || word_character(c)) {
            std::size_t end = i + 1;
            while (end < sql.size() && word_character(sql[end])) ++end;
            // A parameter's name and a column behind its table's alias may be any word.
            bool free_name = c == ':' || (i > 0 && sql[i - 1] == '.');
            if (!free_name) {
                bool called = end < sql.size() && sql[end] == '(';
                check_word(sql, std::string(sql.substr(i, end - i)), first, called);
                first = false;
            }
            i = end;
        } else {
            if (c == '"' || c == '`' || c == '[' || c == '?' || c == '@' || c == '$' || c == ';' ||
                sql.substr(i, 2) == "->" || sql.substr(i, 2) == "--") {
                refuse(sql, sql.substr(i, 1));
            }
            ++i;
        }
    }
    if (first) refuse(sql, "");
}

}  // namespace wharf::storage::sqlite

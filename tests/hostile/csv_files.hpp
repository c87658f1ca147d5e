// Damaged CSV files: what is sent to POST imports/<kind>, and what it gets. Rows are numbered as
// lines of the file.
#pragma once

#include <string>
#include <vector>

namespace wharf::tests {

struct CsvFile {
    std::string name;
    std::string kind;
    std::string bytes;
    int status = 200;
    std::vector<std::string> told = {};  // 422: the codes; 200: "row code" of each refusal
    int taken = 0;                       // rows, those included that were there already
};

inline std::vector<CsvFile> csv_that_is_none() {
    const std::string nul(1, '\0');
    return {
        {"nul", "products", "sku,name\nA" + nul + ",B\n", 400},
        {"nul_behind", "products", "sku,name\nA,B\n" + nul, 400},
        {"utf16", "products", "\xFF\xFEs" + nul + "k" + nul, 400},
        {"latin1", "products", "sku,name\nA,caf\xE9\n", 400},
        {"overlong", "products", "sku,name\nA,\xC0\xAF\n", 400},
        {"surrogate", "products", "sku,name\nA,\xED\xA0\x80\n", 400},
        {"cut_sequence", "products", "sku,name\nA,\xE2\x82", 400},
        {"gzip", "products", "\x1f\x8b\x08\xff", 400},
    };
}

inline std::vector<CsvFile> csv_headers() {
    const std::string row = "\nA,B\n";
    const auto header = [](const std::string& name, const std::string& bytes,
                           std::vector<std::string> codes) {
        return CsvFile{name, "products", bytes, 422, std::move(codes)};
    };
    const std::string unknown = "unknown_column";
    const std::string missing = "missing_column";
    return {
        header("empty_file", "", {"empty_file"}),
        header("byte_order_mark_alone", "\xEF\xBB\xBF", {"empty_file"}),
        header("empty_lines_alone", "\r\n\n\r\n", {"empty_file"}),
        header("carriage_returns_alone", "sku,name\rA,B\r", {unknown, unknown, missing}),
        header("semicolons", "sku;name\nA;B\n", {unknown, missing, missing}),
        header("tabs", "sku\tname\nA\tB\n", {unknown, missing, missing}),
        header("blank_in_front", " sku,name" + row, {unknown, missing}),
        header("capitals", "SKU,name" + row, {unknown, missing}),
        header("second_byte_order_mark", "\xEF\xBB\xBF\xEF\xBB\xBFsku,name" + row,
               {unknown, missing}),
        header("no_break_blank", "sku,name\xC2\xA0" + row, {unknown, missing}),
        header("column_twice", "sku,name,name\nA,B,C\n", {"duplicate_column"}),
        header("column_unknown", "sku,name,colour\nA,B,C\n", {unknown}),
        header("column_without_name", "sku,name,\nA,B,\n", {unknown}),
        header("column_of_a_part", "sku,name,packs\nA,B,C\n", {unknown}),
        header("column_into_a_text", "sku,name,name.first\nA,B,C\n", {unknown}),
        header("column_of_dots", "sku,name,...\nA,B,C\n", {unknown}),
        header("column_missing", "sku\nA\n", {missing}),
        header("no_column_known", "a,b" + row, {unknown, unknown, missing, missing}),
        header("no_header_but_a_row", "A,B\n", {unknown, unknown, missing, missing}),
        header("quote_never_closed", "\"sku,name\nA,B\n",
               {"malformed_header", unknown, missing, missing}),
        header("text_behind_quote", "\"sku\"x,name" + row, {"malformed_header", unknown, missing}),
        header("quote_inside", "sk\"u,name" + row, {"malformed_header", unknown, missing}),
        header("json", "{\"sku\":\"A\"}", {"malformed_header", unknown, missing, missing}),
        header("html", "<table><tr><td>sku</td></tr></table>", {unknown, missing, missing}),
        header("spreadsheet", "PK\x03\x04", {unknown, missing, missing}),
        header("comment_first", "# products\nsku,name" + row, {unknown, missing, missing}),
    };
}

inline std::vector<CsvFile> csv_rows() {
    const auto file = [](const std::string& name, const std::string& rows,
                         std::vector<std::string> told, int taken) {
        return CsvFile{name, "products", "sku,name\n" + rows, 200, std::move(told), taken};
    };
    const std::string good = "GOOD,Good\n";
    return {
        file("header_alone", "", {}, 0),
        file("empty_lines_between", "\nGOOD,Good\n\r\n\n", {}, 1),
        file("no_last_line_end", "GOOD,Good", {}, 1),
        file("too_few_cells", "A\n" + good, {"2 malformed_row"}, 1),
        file("too_many_cells", "A,B,C\n" + good, {"2 malformed_row"}, 1),
        file("comma_at_the_end", "A,B,\n" + good, {"2 malformed_row"}, 1),
        file("blanks_alone", "  \n" + good, {"2 malformed_row"}, 1),
        file("comment", "# A,B,C\n" + good, {"2 malformed_row"}, 1),
        file("commas_alone", ",,,,,\n" + good, {"2 malformed_row"}, 1),
        file("five_thousand_commas", std::string(5000, ',') + "\n" + good, {"2 malformed_row"}, 1),
        file("both_cells_empty", ",\n" + good, {"2 missing", "2 missing"}, 1),
        file("sku_empty", ",B\n" + good, {"2 missing"}, 1),
        file("sku_quoted_empty", "\"\",B\n" + good, {"2 missing"}, 1),
        file("quote_never_closed", good + "A,\"B\nC,D\n", {"3 malformed_row"}, 1),
        file("text_behind_quote", "\"A\"x,B\n" + good, {"2 malformed_row"}, 1),
        file("quote_inside", "A\"x,B\n" + good, {"2 malformed_row"}, 1),
        file("blank_before_quote", " \"A\",B\n" + good, {"2 malformed_row"}, 1),
        file("blank_behind_quote", "\"A\" ,B\n" + good, {"2 malformed_row"}, 1),
        file("backslash_quote", "\"A\\\"B\",C\n" + good, {"2 malformed_row"}, 1),
        file("line_feed_in_sku", "\"A\nB\",C\nD\n" + good, {"2 invalid_code", "4 malformed_row"},
             1),
        file("carriage_return_inside", "A\rB,C\n" + good, {"2 invalid_code"}, 1),
        file("blank_in_front", " A,B\n" + good, {"2 invalid_code"}, 1),
        file("control_in_sku", "A\x01,B\n" + good, {"2 invalid_code"}, 1),
        file("control_in_name", "A,\x1B[2J\n" + good, {"2 invalid_text"}, 1),
        file("long_sku", std::string(65, 'A') + ",B\n" + good, {"2 invalid_code"}, 1),
        file("huge_name", "A," + std::string(900'000, 'B') + "\n" + good, {"2 invalid_text"}, 1),
        file("huger_name", "A," + std::string(2'000'000, 'B') + "\n" + good, {"2 malformed_row"},
             1),
        file("three_bad_rows", "A\n,B\nC,D,E\n" + good,
             {"2 malformed_row", "3 missing", "4 malformed_row"}, 1),
        file("formula", "=1+1,=HYPERLINK(\"x\")\n" + good, {"2 malformed_row"}, 1),
        file("quoted_formula", "=1+1,\"=HYPERLINK(\"\"x\"\")\"\n", {}, 1),
    };
}

inline std::vector<CsvFile> csv_values() {
    const auto vendor = [](const std::string& cell, std::vector<std::string> told) {
        return CsvFile{
            "lead_time " + cell, "vendors", "code,name,lead_time_days\nV9,Nine," + cell + "\n", 200,
            std::move(told),     0};
    };
    const auto product = [](const std::string& column, const std::string& cell,
                            const std::string& code) {
        return CsvFile{
            column + ' ' + cell, "products", "sku,name," + column + "\nA,B," + cell + "\n", 200,
            {"2 " + code},       0};
    };
    return {
        vendor("1.5", {"2 wrong_type"}),
        vendor("1e3", {"2 wrong_type"}),
        vendor("0x1", {"2 wrong_type"}),
        vendor("+1", {"2 wrong_type"}),
        vendor(" 1", {"2 wrong_type"}),
        vendor("1 ", {"2 wrong_type"}),
        vendor("\xD9\xA1", {"2 wrong_type"}),
        vendor("seven", {"2 wrong_type"}),
        vendor("2147483648", {"2 out_of_range"}),
        vendor("9223372036854775808", {"2 wrong_type"}),
        vendor("99999999999999999999999", {"2 wrong_type"}),
        product("active", "TRUE", "wrong_type"),
        product("active", "yes", "wrong_type"),
        product("active", "1", "wrong_type"),
        product("mrp", "\"1,50\"", "invalid_decimal"),
        product("mrp", "1e3", "invalid_decimal"),
        product("mrp", "INR 5", "invalid_decimal"),
        product("tax_rate", "18%", "invalid_decimal"),
        product("tracking", "None", "not_a_choice"),
        product("gtin", "123", "invalid_text"),
    };
}

inline std::vector<CsvFile> csv_documents() {
    const std::string header = "reference,location,sku,quantity,unit_price\n";
    const auto orders = [&](const std::string& name, const std::string& rows,
                            std::vector<std::string> told, int taken) {
        return CsvFile{name, "orders", header + rows, 200, std::move(told), taken};
    };
    return {
        orders("reference_missing", ",BLR,TEA,1,1.00\n", {"2 missing_reference"}, 0),
        orders("rows_of_one_document_differ", "D1,BLR,TEA,1,1.00\nD1,DEL,TEA,1,1.00\n",
               {"2 document_refused", "3 rows_differ"}, 0),
        orders("not_adjacent", "D2,BLR,TEA,1,1.00\nD3,BLR,TEA,1,1.00\nD2,BLR,TEA,1,1.00\n",
               {"4 reference_not_adjacent"}, 2),
        orders("one_bad_line_refuses_the_document",
               "D4,BLR,TEA,1,1.00\nD4,BLR,TEA,0,1.00\nD5,BLR,TEA,1,1.00\n",
               {"2 document_refused", "3 out_of_range"}, 1),
        orders("quantity_past_int64", "D6,BLR,TEA,9223372036854775808,1.00\n", {"2 wrong_type"}, 0),
        orders("negative_quantity", "D7,BLR,TEA,-1,1.00\n", {"2 out_of_range"}, 0),
        orders("ragged_row_in_a_document", "D8,BLR,TEA,1,1.00\nD8,BLR,TEA\n",
               {"2 document_refused", "3 malformed_row"}, 0),
    };
}

inline std::vector<CsvFile> csv_files() {
    std::vector<CsvFile> all;
    for (auto part :
         {csv_that_is_none(), csv_headers(), csv_rows(), csv_values(), csv_documents()}) {
        for (auto& file : part) all.push_back(std::move(file));
    }
    return all;
}

}  // namespace wharf::tests

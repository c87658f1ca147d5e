// Damaged JSON bodies: what is sent to POST orders, and the status, code and pointers that it gets.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wharf::tests {

struct Expected {
    std::string pointer;
    std::string code;
};

struct JsonBody {
    std::string name;
    std::string bytes;
    int status = 400;                   // 400 is `malformed`, 422 is `invalid`
    std::vector<Expected> faults = {};  // exactly these, in any order
};

inline std::string times(int count, const std::string& piece) {
    std::string text;
    for (int i = 0; i < count; ++i) text += piece;
    return text;
}

// An order that is right but for one value.
inline std::string with_quantity(const std::string& number) {
    return R"({"location":"BLR","lines":[{"sku":"TEA","unit_price":"1.00","quantity":)" + number +
           "}]}";
}
inline std::string with_price(const std::string& value) {
    return R"({"location":"BLR","lines":[{"sku":"TEA","quantity":1,"unit_price":)" + value + "}]}";
}
inline std::string with_location(const std::string& value) {
    return R"({"location":)" + value +
           R"(,"lines":[{"sku":"TEA","quantity":1,"unit_price":"1.00"}]})";
}
// The bytes stand inside a JSON string.
inline std::string with_text(const std::string& bytes) {
    return with_location('"' + bytes + '"');
}

inline std::vector<JsonBody> json_that_is_none() {
    const std::string nul(1, '\0');
    return {
        {"blanks", " \r\n\t"},
        {"byte_order_mark", "\xEF\xBB\xBF{}"},
        {"utf16", std::string("\xFF\xFE{\0}\0", 6)},
        {"utf32", std::string("\0\0\0{\0\0\0}", 8)},
        {"nul", nul},
        {"nul_behind", "{}" + nul},
        {"nul_between", "{" + nul + "}"},
        {"trailing_garbage", "{} x"},
        {"trailing_brace", "{}}"},
        {"trailing_comma", "{},"},
        {"two_documents", "{}{}"},
        {"two_lines", "{}\n{}"},
        {"open_object", "{"},
        {"open_key", "{\"a"},
        {"key_alone", "{\"a\"}"},
        {"key_and_colon", "{\"a\":"},
        {"key_and_comma", "{\"a\",1}"},
        {"no_comma", R"({"a":1 "b":2})"},
        {"two_commas", R"({"a":1,,"b":2})"},
        {"comma_first", R"({,"a":1})"},
        {"comma_last", R"({"a":1,})"},
        {"comma_last_in_array", R"({"a":[1,]})"},
        {"comma_alone_in_array", R"({"a":[,]})"},
        {"open_array", "[1,2"},
        {"wrong_bracket", R"({"a":[1})"},
        {"closing_first", "]"},
        {"key_without_quotes", "{a:1}"},
        {"single_quotes", "{'a':1}"},
        {"number_as_key", "{1:1}"},
        {"null_as_key", "{null:1}"},
        {"comment", "{/* a */}"},
        {"line_comment", "{} // a"},
        {"hash_comment", "{} # a"},
        {"capital_true", R"({"a":True})"},
        {"capital_null", R"({"a":NULL})"},
        {"half_true", R"({"a":tru})"},
        {"long_true", R"({"a":truely})"},
        {"undefined", R"({"a":undefined})"},
        {"not_a_number", R"({"a":NaN})"},
        {"infinity", R"({"a":Infinity})"},
        {"negative_infinity", R"({"a":-Infinity})"},
        {"leading_zero", with_quantity("01")},
        {"leading_plus", with_quantity("+1")},
        {"leading_point", with_quantity(".5")},
        {"trailing_point", with_quantity("1.")},
        {"hexadecimal", with_quantity("0x10")},
        {"octal", with_quantity("0o7")},
        {"underscore", with_quantity("1_000")},
        {"thousands", with_quantity("1,000")},
        {"minus_alone", with_quantity("-")},
        {"two_minuses", with_quantity("--1")},
        {"minus_blank", with_quantity("- 1")},
        {"exponent_alone", with_quantity("1e")},
        {"exponent_sign_alone", with_quantity("1e+")},
        {"exponent_with_point", with_quantity("1e1.5")},
        {"big_integer_suffix", with_quantity("1n")},
        {"other_digits", with_quantity("\xD9\xA1")},
        {"full_width_digits", with_quantity("\xEF\xBC\x91")},
        {"form_data", "location=BLR&lines=1"},
        {"xml", "<order/>"},
        {"yaml", "location: BLR"},
        {"html", "<!doctype html><p>"},
        {"gzip", "\x1f\x8b\x08"},
        {"blank_is_no_break", "\xC2\xA0{}"},
        {"line_separator_as_blank", "{\xE2\x80\xA8}"},
        {"vertical_tab_as_blank", "{\v}"},
        {"form_feed_as_blank", "{\f}"},
        {"deep_arrays", times(33, "[") + times(33, "]")},
        {"deep_objects", times(33, R"({"a":)") + "1" + times(33, "}")},
        {"very_deep", times(100'000, "[")},
        {"very_deep_objects", times(100'000, R"({"a":)")},
        {"deep_inside_a_field", with_location(times(40, "[") + times(40, "]"))},
    };
}

inline std::vector<JsonBody> json_with_bad_text() {
    return {
        {"open_string", R"({"location":"BLR)"},
        {"line_feed_in_string", with_text("a\nb")},
        {"carriage_return_in_string", with_text("a\rb")},
        {"tab_in_string", with_text("a\tb")},
        {"nul_in_string", with_text(std::string("a\0b", 3))},
        {"control_in_string", with_text("a\x01")},
        {"escape_of_nothing", with_text("\\")},
        {"escape_unknown", with_text("\\x41")},
        {"escape_of_quote", with_text("\\'")},
        {"escape_octal", with_text("\\0")},
        {"escape_in_capitals", with_text("\\U0041")},
        {"escape_short", with_text("\\u41")},
        {"escape_no_digits", with_text("\\uzzzz")},
        {"escape_with_brace", with_text("\\u{41}")},
        {"escape_cut", R"({"location":"\u00)"},
        {"lone_high_surrogate", with_text("\\ud800")},
        {"lone_low_surrogate", with_text("\\udc00")},
        {"surrogates_swapped", with_text("\\udc00\\ud800")},
        {"two_high_surrogates", with_text("\\ud800\\ud800")},
        {"high_surrogate_and_letter", with_text("\\ud800a")},
        {"high_surrogate_and_escape", with_text("\\ud800\\n")},
        {"lone_surrogate_in_key", R"({"\ud800":1})"},
        {"encoded_surrogate", with_text("\xED\xA0\x80")},
        {"encoded_surrogate_pair", with_text("\xED\xA0\xBD\xED\xB8\x80")},
        {"overlong_slash", with_text("\xC0\xAF")},
        {"overlong_nul", with_text("\xC0\x80")},
        {"overlong_of_three", with_text("\xE0\x80\xAF")},
        {"overlong_of_four", with_text("\xF0\x80\x80\xAF")},
        {"lone_continuation", with_text("\x80")},
        {"lead_without_tail", with_text("\xC3")},
        {"lead_and_letter", with_text("\xC3(")},
        {"two_of_three", with_text("\xE2\x82")},
        {"three_of_four", with_text("\xF0\x9F\x98")},
        {"five_bytes", with_text("\xF8\x88\x80\x80\x80")},
        {"past_unicode", with_text("\xF4\x90\x80\x80")},
        {"byte_fe", with_text("\xFE")},
        {"byte_ff", with_text("\xFF")},
        {"latin1", with_text("caf\xE9")},
        {"bad_byte_in_key", "{\"\xFF\":1}"},
        {"bad_byte_outside", "{\xFF}"},
    };
}

inline std::vector<JsonBody> json_with_bad_numbers() {
    const auto quantity = [](const std::string& name, const std::string& number,
                             const std::string& code) {
        return JsonBody{name, with_quantity(number), 422, {{"/lines/0/quantity", code}}};
    };
    const auto past_double = [](const std::string& name, const std::string& number) {
        return JsonBody{name, with_quantity(number), 422, {{"/lines/0/quantity", "out_of_range"}}};
    };
    return {
        quantity("zero", "0", "out_of_range"),
        quantity("minus_one", "-1", "out_of_range"),
        quantity("past_the_most", "1000000000000001", "out_of_range"),
        quantity("most_of_int64", "9223372036854775807", "out_of_range"),
        quantity("least_of_int64", "-9223372036854775808", "out_of_range"),
        quantity("past_int64", "9223372036854775808", "out_of_range"),
        quantity("most_of_uint64", "18446744073709551615", "out_of_range"),
        quantity("past_uint64", "18446744073709551616", "wrong_type"),
        quantity("below_int64", "-9223372036854775809", "wrong_type"),
        quantity("forty_digits", std::string(40, '9'), "wrong_type"),
        quantity("fraction", "1.5", "wrong_type"),
        quantity("whole_fraction", "1.0", "wrong_type"),
        quantity("exponent", "1e3", "wrong_type"),
        quantity("negative_exponent", "1e-3", "wrong_type"),
        quantity("negative_zero", "-0", "out_of_range"),
        quantity("negative_zero_fraction", "-0.0", "wrong_type"),
        quantity("tiny", "1e-400", "wrong_type"),
        quantity("many_decimals", "1." + std::string(1000, '0') + "1", "wrong_type"),
        past_double("huge", "1e400"),
        past_double("minus_huge", "-1e400"),
        past_double("zero_times_huge", "0e400"),
        {"exponent_past_int32", with_quantity("1e2147483648")},
        past_double("four_hundred_digits", std::string(400, '9')),
        quantity("text_of_a_number", "\"1\"", "wrong_type"),
        quantity("truth_as_number", "true", "wrong_type"),
        quantity("null_as_number", "null", "wrong_type"),
        quantity("array_as_number", "[1]", "wrong_type"),
        quantity("object_as_number", "{}", "wrong_type"),
    };
}

inline std::vector<JsonBody> json_with_bad_values() {
    const auto price = [](const std::string& name, const std::string& value,
                          const std::string& code) {
        return JsonBody{name, with_price(value), 422, {{"/lines/0/unit_price", code}}};
    };
    const auto location = [](const std::string& name, const std::string& value,
                             const std::string& code) {
        return JsonBody{name, with_location(value), 422, {{"/location", code}}};
    };
    return {
        price("money_as_number", "1.5", "wrong_type"),
        price("money_as_whole_number", "1", "wrong_type"),
        price("money_without_digits", R"("")", "invalid_decimal"),
        price("money_with_exponent", R"("1e3")", "invalid_decimal"),
        price("money_with_comma", R"("1,50")", "invalid_decimal"),
        price("money_with_sign", R"("+1.50")", "invalid_decimal"),
        price("money_with_blank", R"(" 1.50")", "invalid_decimal"),
        price("money_with_currency", R"("INR 1.50")", "invalid_decimal"),
        price("money_with_seven_decimals", R"("0.1234567")", "invalid_decimal"),
        price("money_past_int64", R"("99999999999999999999.00")", "invalid_decimal"),
        price("money_in_other_digits", R"("\u0661")", "invalid_decimal"),
        price("money_not_a_number", R"("NaN")", "invalid_decimal"),
        location("escaped_nul", R"("a\u0000b")", "invalid_code"),
        location("escaped_line_feed", R"("a\nb")", "invalid_code"),
        location("escaped_delete", R"("a\u007f")", "invalid_code"),
        location("escaped_c1_control", R"("a\u0085b")", "invalid_code"),
        location("line_separator", R"("a\u2028b")", "invalid_code"),
        location("no_character", R"("")", "invalid_code"),
        location("blank_in_front", R"(" BLR")", "invalid_code"),
        location("blank_behind", R"("BLR ")", "invalid_code"),
        location("sixty_five_characters", '"' + std::string(65, 'A') + '"', "invalid_code"),
        location("half_a_megabyte", '"' + std::string(500'000, 'A') + '"', "invalid_code"),
        location("null_as_text", "null", "wrong_type"),
        location("number_as_text", "7", "wrong_type"),
        location("array_as_text", R"(["BLR"])", "wrong_type"),
        location("object_as_text", R"({"code":"BLR"})", "wrong_type"),
    };
}

inline std::vector<JsonBody> json_of_the_wrong_form() {
    const std::string line = R"({"sku":"TEA","quantity":1,"unit_price":"1.00"})";
    return {
        {"null_document", "null", 422, {{"", "wrong_type"}}},
        {"true_document", "true", 422, {{"", "wrong_type"}}},
        {"number_document", "7", 422, {{"", "wrong_type"}}},
        {"text_document", "\"x\"", 422, {{"", "wrong_type"}}},
        {"array_document", "[]", 422, {{"", "wrong_type"}}},
        {"array_of_documents", '[' + with_quantity("1") + ']', 422, {{"", "wrong_type"}}},
        {"huge_document", "1e400", 422, {{"", "out_of_range"}}},
        {"empty_document", "{}", 422, {{"/location", "missing"}, {"/lines", "missing"}}},
        {"lines_as_object", R"({"location":"BLR","lines":{}})", 422, {{"/lines", "wrong_type"}}},
        {"line_as_text",
         R"({"location":"BLR","lines":["TEA"]})",
         422,
         {{"/lines/0", "wrong_type"}}},
        {"line_as_null", R"({"location":"BLR","lines":[null]})", 422, {{"/lines/0", "wrong_type"}}},
        {"unknown_field",
         R"({"location":"BLR","lines":[)" + line + R"(],"colour":1})",
         422,
         {{"/colour", "unknown_field"}}},
        {"empty_key",
         R"({"location":"BLR","lines":[)" + line + R"(],"":1})",
         422,
         {{"/", "unknown_field"}}},
        {"key_with_slash",
         R"({"location":"BLR","lines":[)" + line + R"(],"a/b~c":1})",
         422,
         {{"/a~1b~0c", "unknown_field"}}},
        {"key_in_capitals",
         R"({"Location":"BLR","lines":[)" + line + "]}",
         422,
         {{"/location", "missing"}, {"/Location", "unknown_field"}}},
        {"prototype_key",
         R"({"location":"BLR","lines":[)" + line + R"(],"__proto__":{}})",
         422,
         {{"/__proto__", "unknown_field"}}},
        {"key_twice",
         R"({"location":"BLR","location":"DEL","lines":[)" + line + "]}",
         422,
         {{"/location", "duplicate_key"}}},
        {"key_twice_by_escape",
         R"({"location":"BLR","l\u006fcation":"BLR","lines":[)" + line + "]}",
         422,
         {{"/location", "duplicate_key"}}},
        {"key_thrice",
         R"({"location":"BLR","location":"BLR","location":"BLR","lines":[)" + line + "]}",
         422,
         {{"/location", "duplicate_key"}, {"/location", "duplicate_key"}}},
        {"key_twice_in_line",
         R"({"location":"BLR","lines":[{"sku":"TEA","quantity":1,"quantity":2,"unit_price":"1.00"}]})",
         422,
         {{"/lines/0/quantity", "duplicate_key"}}},
        {"unknown_choice",
         R"({"location":"BLR","kind":"gift","lines":[)" + line + "]}",
         422,
         {{"/kind", "not_a_choice"}}},
        {"choice_in_capitals",
         R"({"location":"BLR","kind":"Consumer","lines":[)" + line + "]}",
         422,
         {{"/kind", "not_a_choice"}}},
        {"day_that_is_none",
         R"({"location":"BLR","ordered_at":"2026-02-29T00:00:00.000Z","lines":[)" + line + "]}",
         422,
         {{"/ordered_at", "invalid_instant"}}},
        {"instant_with_zone",
         R"({"location":"BLR","ordered_at":"2026-02-28T00:00:00+05:30","lines":[)" + line + "]}",
         422,
         {{"/ordered_at", "invalid_instant"}}},
        {"leap_second",
         R"({"location":"BLR","ordered_at":"2016-12-31T23:59:60Z","lines":[)" + line + "]}",
         422,
         {{"/ordered_at", "invalid_instant"}}},
        {"truth_as_text",
         R"({"location":"BLR","approved":"true","lines":[)" + line + "]}",
         422,
         {{"/approved", "wrong_type"}}},
        {"past_int32",
         R"({"location":"BLR","priority":2147483648,"lines":[)" + line + "]}",
         422,
         {{"/priority", "out_of_range"}}},
    };
}

inline std::vector<JsonBody> json_bodies() {
    std::vector<JsonBody> all;
    for (auto part : {json_that_is_none(), json_with_bad_text(), json_with_bad_numbers(),
                      json_with_bad_values(), json_of_the_wrong_form()}) {
        for (auto& body : part) all.push_back(std::move(body));
    }
    return all;
}

}  // namespace wharf::tests

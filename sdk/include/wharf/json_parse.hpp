// Reading JSON text into a tree, strictly: RFC 8259, valid UTF-8, at most 32 levels, no key twice
// in one object (Boost.JSON alone would silently keep the last), and no number past a double (it
// would become infinity, or none at all, and could not be written as JSON again).
#pragma once

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/refusal.hpp"

namespace wharf {

struct ParsedJson {
    boost::json::value value;
    std::vector<Fault> faults;  // keys that came twice, numbers that nothing holds
};

namespace detail {

// Builds the tree and notes keys that repeat.
class TreeHandler {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1) / 4;
    static constexpr std::size_t max_array_size = std::size_t(-1) / 4;
    static constexpr std::size_t max_key_size = 1 << 16;
    static constexpr std::size_t max_string_size = std::size_t(-1) / 4;

    using error_code = boost::json::error_code;
    using string_view = boost::json::string_view;

    explicit TreeHandler(boost::json::storage_ptr storage) { stack_.reset(std::move(storage)); }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        open_value();
        frames_.push_back({keys_.size(), false, 0});
        return true;
    }
    bool on_object_end(std::size_t count, error_code&) {
        note_repeated_keys();
        stack_.push_object(count);
        close_frame();
        return true;
    }
    bool on_array_begin(error_code&) {
        open_value();
        frames_.push_back({keys_.size(), true, 0});
        return true;
    }
    bool on_array_end(std::size_t count, error_code&) {
        stack_.push_array(count);
        close_frame();
        return true;
    }
    bool on_key_part(string_view text, std::size_t, error_code&) {
        key_.append(text.data(), text.size());
        stack_.push_chars(text);
        return true;
    }
    bool on_key(string_view text, std::size_t, error_code&) {
        key_.append(text.data(), text.size());
        keys_.push_back(std::move(key_));
        key_.clear();
        stack_.push_key(text);
        return true;
    }
    bool on_string_part(string_view text, std::size_t, error_code&) {
        stack_.push_chars(text);
        return true;
    }
    bool on_string(string_view text, std::size_t, error_code&) {
        open_value();
        stack_.push_string(text);
        return true;
    }
    bool on_number_part(string_view, error_code&) { return true; }
    bool on_int64(std::int64_t number, string_view, error_code&) {
        open_value();
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, string_view, error_code&) {
        open_value();
        stack_.push_uint64(number);
        return true;
    }
    bool on_double(double number, string_view, error_code&) {
        open_value();
        if (!std::isfinite(number)) {
            note(pointer_of_value(), "out_of_range", "is a number that no double holds");
            number = 0;
        }
        stack_.push_double(number);
        return true;
    }
    bool on_bool(bool value, error_code&) {
        open_value();
        stack_.push_bool(value);
        return true;
    }
    bool on_null(error_code&) {
        open_value();
        stack_.push_null();
        return true;
    }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    boost::json::value release() { return stack_.release(); }
    std::vector<Fault> take_faults() { return std::move(faults_); }

private:
    struct Frame {
        std::size_t first_key;
        bool array;
        std::size_t index;
    };

    void open_value() {
        if (!frames_.empty() && frames_.back().array) ++frames_.back().index;
    }
    void close_frame() {
        keys_.resize(frames_.back().first_key);
        frames_.pop_back();
    }
    void note(std::string pointer, std::string code, std::string detail) {
        if (faults_.size() < kFaultsMax) {
            faults_.push_back({std::move(pointer), std::move(code), std::move(detail)});
        }
    }
    // Sorted, since a body may bring a hundred thousand keys. The frame is about to end: the order
    // of its keys is not needed any more.
    void note_repeated_keys() {
        const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(frames_.back().first_key);
        std::sort(first, keys_.end());
        for (auto key = first; key != keys_.end(); ++key) {
            if (key == first || *key != *(key - 1)) continue;
            std::string pointer = pointer_of_frame();
            append_pointer_token(pointer, *key);
            note(std::move(pointer), "duplicate_key",
                 "the key \"" + *key + "\" stands twice in one object");
        }
    }
    // Of the array or object being read.
    std::string pointer_of_frame() const {
        std::string pointer;
        for (std::size_t i = 0; i + 1 < frames_.size(); ++i) {
            append_step(pointer, frames_[i], frames_[i + 1].first_key);
        }
        return pointer;
    }
    // Of the value that has just been opened.
    std::string pointer_of_value() const {
        std::string pointer = pointer_of_frame();
        if (!frames_.empty()) append_step(pointer, frames_.back(), keys_.size());
        return pointer;
    }
    // Into the member that is open in the frame, whose keys end at `keys_end`.
    void append_step(std::string& pointer, const Frame& frame, std::size_t keys_end) const {
        if (frame.array) {
            pointer += '/' + std::to_string(frame.index - 1);
        } else {
            append_pointer_token(pointer, keys_[keys_end - 1]);
        }
    }

    // Past this many the rest is not told.
    static constexpr std::size_t kFaultsMax = 100;

    boost::json::value_stack stack_;
    std::vector<Frame> frames_;
    std::vector<std::string> keys_;
    std::string key_;
    std::vector<Fault> faults_;
};

}  // namespace detail

inline constexpr std::size_t kJsonDepthMax = 32;

// Throws Refusal(malformed) with the byte offset when the text is no JSON.
inline ParsedJson parse_json(std::string_view text, boost::json::storage_ptr storage = {},
                             std::size_t depth_max = kJsonDepthMax) {
    boost::json::parse_options options;
    options.max_depth = depth_max;
    boost::json::basic_parser<detail::TreeHandler> parser(options, std::move(storage));
    boost::json::error_code error;
    auto used = parser.write_some(false, text.data(), text.size(), error);
    while (!error && used < text.size()) {
        if (std::string_view(" \t\r\n").find(text[used]) == std::string_view::npos) {
            error = boost::json::error::extra_data;
        } else {
            ++used;
        }
    }
    if (error) {
        std::string detail =
            error == boost::json::error::too_deep
                ? "the JSON nests deeper than " + std::to_string(depth_max) + " levels"
            : used >= text.size() ? "the JSON ends too early"
                                  : "the text is not valid JSON";
        throw Refusal(RefusalKind::malformed, "malformed",
                      detail + ", at byte " + std::to_string(used),
                      "send one JSON value in UTF-8, as RFC 8259 describes it");
    }
    ParsedJson parsed{parser.handler().release(), parser.handler().take_faults()};
    return parsed;
}

}  // namespace wharf

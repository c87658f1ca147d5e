// Pages of A4 to write and draw on: the only place that knows cairo and pango.
//
// Lengths are points (1/72 inch) from the page's upper left corner. Text is shown in any script
// that an installed font has; the fonts are Noto Sans and whatever fontconfig puts in its place.
// Bytes that are no UTF-8, control characters and those that turn the direction of what follows are
// left out. Threads: one at a time; documents are printed one after another (see document_pdf.cpp).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::print {

constexpr double kPageWidth = 595.0;
constexpr double kPageHeight = 842.0;

enum class Align { left, right, center };
enum class Ink { black, grey };

struct TextStyle {
    double size = 8;
    bool bold = false;
    Align align = Align::left;
    Ink ink = Ink::black;
    bool one_line = false;  // smaller in place of wrapped
};

// Text set into a column, ready to be drawn. It belongs to the canvas that set it.
class SetText {
public:
    [[nodiscard]] double height() const { return height_; }
    // Of each line, from the first.
    [[nodiscard]] const std::vector<double>& line_heights() const { return line_heights_; }

private:
    friend class PdfCanvas;
    std::shared_ptr<void> layout_;
    Ink ink_ = Ink::black;
    double shift_ = 0;  // of what was set without a width to be aligned in
    double height_ = 0;
    std::vector<double> line_heights_;
};

// A page is kept as it was drawn and goes into the file once, for however many copies.
class PdfCanvas {
public:
    // Refused (unavailable `no_fonts`) where no font is installed.
    PdfCanvas();
    ~PdfCanvas();
    PdfCanvas(const PdfCanvas&) = delete;
    PdfCanvas& operator=(const PdfCanvas&) = delete;

    // Sets text into a column of that width, wrapped. Short ones that were set alike are set once.
    SetText set(double width, std::string_view text, TextStyle style = {});
    // Draws it, or `count` of its lines from the line `first`; gives the height that they take.
    double draw(double x, double y, const SetText& text);
    double draw_lines(double x, double y, const SetText& text, std::size_t first,
                      std::size_t count);
    double text(double x, double y, double width, std::string_view text, TextStyle style = {}) {
        return draw(x, y, set(width, text, style));
    }

    void line(double x1, double y1, double x2, double y2, double thickness = 0.5);
    // A pale ground to write on.
    void shade(double x, double y, double width, double height);
    // A square of modules, dark ones true, row by row.
    void modules(double x, double y, double side, const std::vector<bool>& dark);
    // Large, pale, across the page.
    void watermark(std::string_view text);
    void next_page();

    // What differs between copies, and what is known only at the end: drawn over each page.
    struct Leaf {
        std::size_t copy = 0;
        std::size_t page = 0;
        std::size_t pages = 0;
    };
    // The file's bytes: all pages, so many times. `created_at` (ISO 8601) stands in the file in
    // place of the clock: the same document gives the same bytes. Nothing may be drawn afterwards.
    std::string finish(const std::string& title, const std::string& created_at, std::size_t copies,
                       const std::function<void(PdfCanvas&, const Leaf&)>& overlay);

private:
    SetText set_anew(double width, std::string_view text, const TextStyle& style);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wharf::print

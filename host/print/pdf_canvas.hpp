// Pages of A4 to write and draw on: the only place that knows cairo and pango.
//
// Lengths are points (1/72 inch) from the page's upper left corner. Text is UTF-8 in any script
// that an installed font has; the fonts are Noto Sans and whatever fontconfig puts in its place.
// Threads: one at a time; documents are printed one after another (see document_pdf.cpp).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::print {

constexpr double kPageWidth = 595.0;
constexpr double kPageHeight = 842.0;

enum class Align { left, right, center };

struct TextStyle {
    double size = 8;
    bool bold = false;
    Align align = Align::left;
};

class PdfCanvas {
public:
    // `created_at` (ISO 8601) stands in the file in place of the clock: the same document gives the
    // same bytes.
    PdfCanvas(const std::string& title, const std::string& created_at);
    ~PdfCanvas();
    PdfCanvas(const PdfCanvas&) = delete;
    PdfCanvas& operator=(const PdfCanvas&) = delete;

    // Writes text into a column of that width, wrapped; gives its height.
    double text(double x, double y, double width, std::string_view text, TextStyle style = {});
    // The height that it would take.
    double text_height(double width, std::string_view text, TextStyle style = {});
    void line(double x1, double y1, double x2, double y2, double thickness = 0.5);
    void box(double x, double y, double width, double height);
    // A square of modules, dark ones true, row by row.
    void modules(double x, double y, double side, const std::vector<bool>& dark);
    // Large, pale, across the page.
    void watermark(std::string_view text);
    void next_page();

    // Ends the file and gives its bytes; nothing may be drawn after it.
    std::string finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wharf::print

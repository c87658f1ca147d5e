// Writing downwards over as many pages as it takes.
#pragma once

#include <functional>
#include <vector>

#include "host/print/pdf_canvas.hpp"

namespace wharf::print {

constexpr double kMargin = 36;
constexpr double kWidth = kPageWidth - 2 * kMargin;
constexpr double kRight = kMargin + kWidth;
constexpr double kBottom = kPageHeight - 48;  // below it only the page's foot

class PageFlow {
public:
    // Draws what stands on top of a page, from `y` downwards, and gives where it ends.
    using Head = std::function<double(double y)>;

    // `head` is for each page that follows the first.
    PageFlow(PdfCanvas& canvas, Head head) : canvas_(canvas), head_(std::move(head)) {}

    [[nodiscard]] double y() const { return y_; }
    [[nodiscard]] int page() const { return page_; }
    void move_to(double y) { y_ = y; }
    void down(double distance) { y_ += distance; }

    // What goes on below the head of each following page: the titles of a table. Empty: nothing.
    void repeat(Head running_head) { running_head_ = std::move(running_head); }

    // Room for so much more, on a new page if need be (then true). What is higher than a page gets
    // a new one all the same.
    bool make_room(double height) {
        if (y_ + height <= kBottom || fresh_at_ == y_) return false;
        new_page();
        return true;
    }

    // Text of any length, going on over pages line by line.
    void put(double x, const SetText& text);

private:
    void new_page();

    PdfCanvas& canvas_;
    Head head_;
    Head running_head_;
    double y_ = kMargin;
    double fresh_at_ = -1;  // where the page's own text begins
    int page_ = 0;
};

}  // namespace wharf::print

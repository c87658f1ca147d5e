#include "host/print/page_flow.hpp"

namespace wharf::print {

void PageFlow::put(double x, const SetText& text) {
    const auto& heights = text.line_heights();
    for (std::size_t line = 0; line < heights.size();) {
        make_room(heights[line]);
        std::size_t count = 0;
        for (double end = y_; line + count < heights.size(); ++count) {
            end += heights[line + count];
            if (end > kBottom && count > 0) break;
        }
        y_ += canvas_.draw_lines(x, y_, text, line, count);
        line += count;
    }
}

void PageFlow::new_page() {
    canvas_.next_page();
    ++page_;
    y_ = head_(kMargin);
    if (running_head_) y_ = running_head_(y_);
    fresh_at_ = y_;
}

}  // namespace wharf::print

#include "host/print/line_table.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "host/print/document_words.hpp"
#include "host/print/printable_text.hpp"

namespace wharf::print {
namespace {

constexpr double kPadding = 3;  // between columns, and around a row
constexpr double kTitleSize = 7;
constexpr double kDetailSize = 7;

struct Column {
    std::string title;
    double width = 0;
    Align align = Align::right;
};

// Columns of goods that bear tax on this document, and of goods that do not.
std::vector<Column> columns_of(const IssuedDocument& document) {
    const bool included = document.prices_include_tax;
    const std::string price = included ? "Price, tax incl." : "Price";
    if (!shows_tax(document)) {
        return {{"#", 20, Align::left},
                {"Description of goods", 213, Align::left},
                {"HSN", 52, Align::left},
                {"Quantity", 74},
                {price, 74},
                {"Value", 90}};
    }
    return {{"#", 20, Align::left},
            {"Description of goods", 140, Align::left},
            {"HSN", 48, Align::left},
            {"Quantity", 58},
            {price, 60},
            {"Taxable value", 64},
            {"Rate", 26},
            {"Tax", 47},
            {"Total", 60}};
}

std::string rate_text(const DocumentLine& line) {
    switch (line.taxability) {
        case Taxability::taxable:
            return line.tax.empty() ? "-" : line.tax_rate.text() + " %";
        case Taxability::non_gst:
            return "no GST";
        case Taxability::nil:
            return "nil";
        default:
            return "exempt";
    }
}

std::string details_of(const DocumentLine& line, std::string_view currency) {
    auto text = line.sku.text();
    if (line.lot) text += "  Lot " + line.lot->text();
    if (line.discount.raw() != 0) text += "  Discount " + grouped(line.discount, currency);
    if (line.charges.raw() != 0) text += "  Charges " + grouped(line.charges, currency);
    return text;
}

// Serial numbers in paragraphs of a bounded length: setting one of megabytes takes for ever.
std::vector<std::string> serial_paragraphs(const std::vector<Serial>& serials) {
    constexpr std::size_t kParagraphBytes = 1500;
    std::vector<std::string> paragraphs;
    std::string text = serials.empty() ? "" : "Serial numbers: ";
    for (std::size_t i = 0; i < serials.size(); ++i) {
        text += serials[i].text() + (i + 1 < serials.size() ? ", " : "");
        if (text.size() < kParagraphBytes && i + 1 < serials.size()) continue;
        paragraphs.push_back(std::move(text));
        text.clear();
    }
    return paragraphs;
}

class LineTable {
public:
    LineTable(PdfCanvas& canvas, PageFlow& flow, const IssuedDocument& document)
        : canvas_(canvas),
          flow_(flow),
          document_(document),
          currency_(document.currency.view()),
          columns_(columns_of(document)) {}

    void put() {
        const auto titles = [this](double y) { return draw_titles(y); };
        flow_.make_room(60);
        flow_.move_to(draw_titles(flow_.y()));
        flow_.repeat(titles);
        for (const auto& line : document_.lines) put_line(line);
        put_sums();
        flow_.repeat({});
    }

private:
    using Cells = std::vector<SetText>;

    double inner_width(std::size_t column) const { return columns_[column].width - 2 * kPadding; }

    double draw_cells(double y, const Cells& cells) {
        double x = kMargin;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            canvas_.draw(x + kPadding, y, cells[i]);
            x += columns_[i].width;
        }
        return y + height_of(cells);
    }

    static double height_of(const Cells& cells) {
        double height = 0;
        for (const auto& cell : cells) height = std::max(height, cell.height());
        return height;
    }

    double draw_titles(double y) {
        Cells cells;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            cells.push_back(canvas_.set(inner_width(i), columns_[i].title,
                                        {kTitleSize, true, columns_[i].align, Ink::black, false}));
        }
        const auto height = height_of(cells) + 2 * kPadding;
        canvas_.shade(kMargin, y, kWidth, height);
        draw_cells(y + kPadding, cells);
        return y + height + kPadding;
    }

    Cells cells_of(const std::vector<std::string>& texts, bool bold) {
        Cells cells;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const bool one_line = i != 1;
            cells.push_back(canvas_.set(inner_width(i), texts[i],
                                        {8, bold, columns_[i].align, Ink::black, one_line}));
        }
        return cells;
    }

    std::vector<std::string> texts_of(const DocumentLine& line) const {
        const bool counted = line.quantity.positive();
        std::vector<std::string> texts = {
            std::to_string(line.line), line.description.text(),
            line.hsn ? line.hsn->text() : std::string(),
            counted ? grouped(line.quantity.raw(), currency_) + " " + line.unit.text() : "-",
            counted ? grouped(line.unit_price, currency_) : "-"};
        if (!shows_tax(document_)) {
            texts.push_back(grouped(line.total, currency_));
            return texts;
        }
        texts.push_back(grouped(line.taxable, currency_));
        texts.push_back(rate_text(line));
        texts.push_back(line.tax.empty() ? "-" : grouped(tax_of_line(line), currency_));
        texts.push_back(grouped(line.total, currency_));
        return texts;
    }

    static Money tax_of_line(const DocumentLine& line) {
        Money tax;
        for (const auto& share : line.tax) tax += share.amount;
        return tax;
    }

    // The figures, below them what else is known of the goods.
    void put_line(const DocumentLine& line) {
        const auto cells = cells_of(texts_of(line), false);
        const auto details = canvas_.set(inner_width(1), details_of(line, currency_),
                                         {kDetailSize, false, Align::left, Ink::grey, false});
        // Description and details are one under the other; the figures stand beside both.
        const auto text_height = cells[1].height() + details.height();
        const auto height = std::max(height_of(cells), text_height);
        flow_.make_room(height + 2 * kPadding);
        const auto y = flow_.y();
        draw_cells(y, cells);
        canvas_.draw(kMargin + columns_[0].width + kPadding, y + cells[1].height(), details);
        flow_.move_to(y + height);
        for (const auto& paragraph : serial_paragraphs(line.serials)) {
            const auto x = kMargin + columns_[0].width + kPadding;
            flow_.put(x, canvas_.set(kRight - x - kPadding, paragraph,
                                     {kDetailSize, false, Align::left, Ink::grey, false}));
        }
        flow_.down(kPadding);
        canvas_.line(kMargin, flow_.y(), kRight, flow_.y(), 0.2);
        flow_.down(kPadding);
    }

    void put_sums() {
        std::vector<std::string> texts(columns_.size());
        texts[1] = "Total";
        Money tax;
        Money total;
        for (const auto& line : document_.lines) {
            tax += tax_of_line(line);
            total += line.total;
        }
        texts.back() = grouped(total, currency_);
        if (shows_tax(document_)) {
            texts[5] = grouped(document_.tax.taxable, currency_);
            texts[7] = grouped(tax, currency_);
        }
        const auto cells = cells_of(texts, true);
        flow_.make_room(height_of(cells) + 2 * kPadding);
        flow_.move_to(draw_cells(flow_.y(), cells) + kPadding);
        canvas_.line(kMargin, flow_.y(), kRight, flow_.y());
        flow_.down(kPadding);
    }

    PdfCanvas& canvas_;
    PageFlow& flow_;
    const IssuedDocument& document_;
    std::string_view currency_;
    std::vector<Column> columns_;
};

}  // namespace

void put_lines(PdfCanvas& canvas, PageFlow& flow, const IssuedDocument& document) {
    LineTable(canvas, flow, document).put();
}

}  // namespace wharf::print

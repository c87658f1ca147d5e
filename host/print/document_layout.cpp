#include "host/print/document_layout.hpp"

#include <algorithm>
#include <array>

#include "host/print/document_pdf.hpp"
#include "host/print/document_words.hpp"
#include "host/print/qr_code.hpp"

namespace wharf::print {
namespace {

constexpr double kMargin = 36;
constexpr double kWidth = kPageWidth - 2 * kMargin;
constexpr double kBottom = kPageHeight - 50;  // below it only the page's foot
constexpr double kQrSide = 84;
constexpr double kGap = 4;

constexpr TextStyle kPlain{8, false, Align::left};
constexpr TextStyle kBold{8, true, Align::left};
constexpr TextStyle kSmall{7, false, Align::left};
constexpr TextStyle kNumber{8, false, Align::right};
constexpr TextStyle kNumberBold{8, true, Align::right};

struct Column {
    const char* title;
    double width;
    Align align;
};
constexpr std::array<Column, 8> kColumns = {{{"#", 20, Align::left},
                                             {"Description", 167, Align::left},
                                             {"HSN", 50, Align::left},
                                             {"Quantity", 60, Align::right},
                                             {"Price", 62, Align::right},
                                             {"Taxable", 62, Align::right},
                                             {"Tax", 45, Align::right},
                                             {"Total", 57, Align::right}}};
using Cells = std::array<std::string, kColumns.size()>;

class Page {
public:
    Page(PdfCanvas& canvas, const IssuedDocument& document, const std::string& mark)
        : canvas_(canvas), document_(document), mark_(mark) {}

    void run() {
        begin_page();
        parties();
        table_head();
        for (const auto& line : document_.lines) table_row(line);
        y_ += kGap;
        totals();
        closing();
        foot();
    }

private:
    // Room for so much more, on a new page if need be.
    bool make_room(double height) {
        if (y_ + height <= kBottom) return false;
        foot();
        canvas_.next_page();
        ++page_;
        begin_page();
        return true;
    }

    void begin_page() {
        if (document_.status == DocumentStatus::voided) canvas_.watermark("VOID");
        y_ = kMargin;
        canvas_.text(kMargin, y_, kWidth, mark_, {7, true, Align::right});
        y_ += canvas_.text(kMargin, y_, kWidth, title_of(document_.kind), {14, true, Align::left});
        y_ += canvas_.text(kMargin, y_, kWidth,
                           document_.number.text() + "   " + document_.issued_on.text(),
                           {10, true, Align::left}) +
              kGap;
        canvas_.line(kMargin, y_, kMargin + kWidth, y_, 1);
        y_ += kGap;
    }

    void foot() {
        canvas_.text(kMargin, kPageHeight - 40, kWidth,
                     document_.number.text() + " - page " + std::to_string(page_), kSmall);
    }

    double block(double x, double width, const char* title, const std::vector<std::string>& lines) {
        double y = y_ + canvas_.text(x, y_, width, title, {7, true, Align::left});
        for (std::size_t i = 0; i < lines.size(); ++i) {
            y += canvas_.text(x, y, width, lines[i], i == 0 ? kBold : kPlain);
        }
        return y;
    }

    void parties() {
        const double half = (kWidth - kQrSide - 2 * kGap) / 2;
        const double right = kMargin + half + kGap;
        double below = block(kMargin, half, "FROM", party_lines(document_.supplier));
        below = std::max(below, block(right, half, "TO", party_lines(document_.recipient)));
        below = std::max(below, draw_qr());
        y_ = below + kGap;
        if (document_.dispatch_from || document_.ship_to) {
            below = y_;
            if (document_.dispatch_from) {
                below =
                    block(kMargin, half, "DISPATCHED FROM", party_lines(*document_.dispatch_from));
            }
            if (document_.ship_to) {
                below = std::max(below,
                                 block(right, half, "SHIPPED TO", party_lines(*document_.ship_to)));
            }
            y_ = below + kGap;
        }
        facts();
    }

    double draw_qr() {
        const auto dark = qr_code(qr_text(document_));
        if (dark.empty()) return y_;
        canvas_.modules(kMargin + kWidth - kQrSide, y_, kQrSide, dark);
        return y_ + kQrSide;
    }

    void facts() {
        std::string text =
            "Source: " + document_.source.kind.text() + " " + document_.source.number.text();
        if (document_.tax.place_of_supply) {
            text += "   Place of supply: " + state_text(document_.tax.place_of_supply);
        }
        if (document_.transport) {
            const auto& transport = *document_.transport;
            if (transport.vehicle_number) text += "   Vehicle: " + transport.vehicle_number->text();
            if (transport.transporter_name) {
                text += "   Transporter: " + transport.transporter_name->text();
            }
        }
        y_ += canvas_.text(kMargin, y_, kWidth, text, kPlain) + kGap;
    }

    double row(const Cells& cells, bool bold) {
        double x = kMargin;
        double height = 0;
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
            const auto& column = kColumns[i];
            height = std::max(
                height, canvas_.text(x, y_, column.width - 3, cells[i], {8, bold, column.align}));
            x += column.width;
        }
        return height;
    }

    void table_head() {
        Cells titles;
        for (std::size_t i = 0; i < kColumns.size(); ++i) titles[i] = kColumns[i].title;
        y_ += row(titles, true) + 2;
        canvas_.line(kMargin, y_, kMargin + kWidth, y_);
        y_ += 2;
    }

    static std::string description(const DocumentLine& line) {
        std::string text = line.description.text() + "\n" + line.sku.text();
        if (line.lot) text += "  Lot " + line.lot->text();
        if (line.discount.raw() != 0) text += "  Discount " + line.discount.text();
        if (line.serials.empty()) return text;
        text += "\nSerials ";
        for (std::size_t i = 0; i < line.serials.size(); ++i) {
            text += (i == 0 ? "" : ", ") + line.serials[i].text();
        }
        return text;
    }

    // A line that is longer than a page (thousands of serials) is cut into pieces that fit one.
    void table_row(const DocumentLine& line) {
        Money tax;
        for (const auto& share : line.tax) tax += share.amount;
        const auto rate = line.taxability == Taxability::taxable ? line.tax_rate.text() + " %"
                                                                 : std::string("exempt");
        Cells cells = {std::to_string(line.line),
                       {},
                       line.hsn ? line.hsn->text() : std::string(),
                       std::to_string(line.quantity.raw()) + " " + line.unit.text(),
                       line.unit_price.text(),
                       line.taxable.text(),
                       line.tax.empty() ? std::string() : rate + "\n" + tax.text(),
                       line.total.text()};
        auto rest = description(line);
        while (true) {
            constexpr std::size_t kPieceMax = 1500;  // bytes: half a page of this column
            auto end = std::min(rest.size(), kPieceMax);
            while (end < rest.size() && rest[end] != ' ' && rest[end] != '\n' && end > 1) --end;
            if (end <= 1) end = rest.size();
            cells[1] = rest.substr(0, end);
            const auto height = canvas_.text_height(kColumns[1].width - 3, cells[1], kPlain);
            if (make_room(std::max(height, 24.0))) table_head();
            y_ += row(cells, false) + 2;
            rest.erase(0, end);
            if (rest.empty()) break;
            cells = {};
        }
        canvas_.line(kMargin, y_, kMargin + kWidth, y_, 0.2);
        y_ += 2;
    }

    void sum(const std::string& what, Money amount, bool bold = false) {
        make_room(12);
        const double left = kMargin + kWidth - 240;
        canvas_.text(left, y_, 170, what, bold ? kBold : kPlain);
        y_ += canvas_.text(left + 170, y_, 70, amount.text(), bold ? kNumberBold : kNumber) + 1;
    }

    void totals() {
        sum("Taxable value", document_.tax.taxable);
        for (const auto& component : document_.tax.components) {
            auto what = component_name(component.kind) + " " + component.rate.text() + " % on " +
                        component.taxable.text();
            if (document_.tax.reverse_charge) what += " (reverse charge)";
            sum(what, component.amount);
        }
        for (const auto& charge : document_.charges) {
            if (!*charge.before_tax) sum(charge.name.text(), charge.amount);
        }
        if (document_.round_off.raw() != 0) sum("Round-off", document_.round_off);
        sum("Total " + document_.currency.text(), document_.total, true);
    }

    void closing() {
        y_ += kGap;
        for (const auto& text : endorsements(document_)) {
            make_room(canvas_.text_height(kWidth, text, kPlain));
            y_ += canvas_.text(kMargin, y_, kWidth, text, kPlain) + 1;
        }
        if (document_.status == DocumentStatus::voided) {
            make_room(12);
            y_ +=
                canvas_.text(kMargin, y_, kWidth,
                             "VOID: " + (document_.reason ? document_.reason->text() : ""), kBold);
        }
        make_room(50);
        y_ += 30;
        canvas_.text(kMargin, y_, kWidth, "For " + document_.supplier.legal_name.text(),
                     {8, false, Align::right});
        y_ += 12;
        canvas_.text(kMargin, y_, kWidth, "Authorised signatory", {8, false, Align::right});
        y_ += 12;
    }

    PdfCanvas& canvas_;
    const IssuedDocument& document_;
    const std::string& mark_;
    double y_ = 0;
    int page_ = 1;
};

}  // namespace

void lay_out(PdfCanvas& canvas, const IssuedDocument& document, const std::string& mark) {
    Page(canvas, document, mark).run();
}

}  // namespace wharf::print

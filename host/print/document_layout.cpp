#include "host/print/document_layout.hpp"

#include <algorithm>
#include <vector>

#include "host/print/document_pdf.hpp"
#include "host/print/document_words.hpp"
#include "host/print/line_table.hpp"
#include "host/print/page_flow.hpp"
#include "host/print/printable_text.hpp"
#include "host/print/qr_code.hpp"

namespace wharf::print {
namespace {

constexpr double kGap = 8;
constexpr double kMarkTop = 24;
constexpr double kFootTop = kPageHeight - 38;
constexpr TextStyle kLabel{7, true, Align::left, Ink::grey, false};

class DocumentLayout {
public:
    DocumentLayout(PdfCanvas& canvas, const IssuedDocument& document)
        : canvas_(canvas),
          document_(document),
          currency_(document.currency.view()),
          flow_(canvas, [this](double y) { return following_head(y); }) {}

    void run() {
        flow_.move_to(first_head(kMargin));
        first_row();
        rule();
        second_row();
        invoice_reference();
        put_lines(canvas_, flow_, document_);
        closing();
        signature();
    }

private:
    void void_mark() {
        if (document_.status == DocumentStatus::voided) canvas_.watermark("VOID");
    }

    double first_head(double y) {
        void_mark();
        y += canvas_.text(kMargin, y, kWidth, title_of(document_.kind), {15, true});
        if (const auto subtitle = subtitle_of(document_); !subtitle.empty()) {
            y += canvas_.text(kMargin, y, kWidth, subtitle, {8, true});
        }
        y += 2;
        canvas_.line(kMargin, y, kRight, y, 1.2);
        return y + kGap;
    }

    double following_head(double y) {
        void_mark();
        const auto text = title_of(document_.kind) + " " + document_.number.text() + " of " +
                          day_text(document_.issued_on) + ", continued";
        y += canvas_.text(kMargin, y, kWidth, text, {9, true}) + 2;
        canvas_.line(kMargin, y, kRight, y, 1.2);
        return y + kGap;
    }

    void rule() {
        canvas_.line(kMargin, flow_.y(), kRight, flow_.y(), 0.3);
        flow_.down(kGap);
    }

    // ---- who, what, where ----

    // Names may be long: then all of a party is smaller, so that it never takes more than its
    // share.
    double put_party(double x, double y, double width, const std::string& title,
                     const Party& party) {
        constexpr double kHeightMax = 170;
        const auto lines = party_lines(party);
        std::vector<SetText> texts;
        double height = 0;
        for (double size = 8.5; size >= 3.5; size -= 1) {
            texts.clear();
            height = 0;
            for (std::size_t i = 0; i < lines.size(); ++i) {
                texts.push_back(canvas_.set(width, lines[i], {size, i == 0}));
                height += texts.back().height();
            }
            if (height <= kHeightMax) break;
        }
        y += canvas_.text(x, y, width, title, kLabel) + 1;
        for (const auto& text : texts) y += canvas_.draw(x, y, text);
        return y;
    }

    double put_facts(double x, double y, double width) {
        constexpr double kLabelWidth = 66;
        for (const auto& fact : facts_of(document_)) {
            const bool number = fact.label == "Number";
            const auto label =
                canvas_.set(kLabelWidth, fact.label, {8, false, Align::left, Ink::grey, true});
            const auto value = canvas_.set(width - kLabelWidth, fact.value, {8, number});
            canvas_.draw(x, y, label);
            canvas_.draw(x + kLabelWidth, y, value);
            y += std::max(label.height(), value.height()) + 1;
        }
        return y;
    }

    // Large enough for its modules to be told apart on paper; gives the width that it takes.
    double put_qr(double y) {
        const auto dark = qr_code(qr_text(document_));
        if (dark.empty()) return 0;
        const double side = dark.size() > 57UL * 57 ? 140 : 88;
        canvas_.modules(kRight - side, y, side, dark);
        return side;
    }

    void first_row() {
        constexpr double kSupplierWidth = 190;
        const auto y = flow_.y();
        const auto qr = put_qr(y);
        const auto x = kMargin + kSupplierWidth + kGap;
        const auto facts = put_facts(x, y, kRight - x - (qr > 0 ? qr + kGap : 0));
        const auto supplier = put_party(kMargin, y, kSupplierWidth, supplier_title(document_.kind),
                                        document_.supplier);
        flow_.move_to(std::max({supplier, facts, y + qr}) + kGap);
    }

    void second_row() {
        struct Block {
            std::string title;
            const Party* party;
        };
        std::vector<Block> blocks = {{recipient_title(document_.kind), &document_.recipient}};
        if (document_.ship_to) blocks.push_back({"SHIPPED TO", &*document_.ship_to});
        if (document_.dispatch_from) {
            blocks.push_back({"DISPATCHED FROM", &*document_.dispatch_from});
        }
        const auto count = static_cast<double>(std::max<std::size_t>(blocks.size(), 2));
        const double width = (kWidth - (count - 1) * kGap) / count;
        double below = flow_.y();
        double x = kMargin;
        for (const auto& block : blocks) {
            below = std::max(below, put_party(x, flow_.y(), width, block.title, *block.party));
            x += width + kGap;
        }
        flow_.move_to(below + kGap);
    }

    void invoice_reference() {
        if (!document_.registration) return;
        flow_.put(kMargin, canvas_.set(kWidth, "IRN: " + document_.registration->irn.text(),
                                       {8, false, Align::left, Ink::black, true}));
        flow_.down(kGap);
    }

    // ---- what it comes to ----

    struct Sum {
        std::string what;
        Money amount;
        bool bold = false;
    };

    std::vector<Sum> sums() const {
        std::vector<Sum> sums;
        add_charges_before(sums);
        sums.push_back({shows_tax(document_) ? "Taxable value" : "Value", document_.tax.taxable});
        for (const auto& component : document_.tax.components) {
            auto what = component_name(component.kind) + " " + component.rate.text() + " % on " +
                        grouped(component.taxable, currency_);
            if (document_.tax.reverse_charge) what += " (reverse charge)";
            sums.push_back({std::move(what), component.amount});
        }
        for (const auto& charge : document_.charges) {
            if (!*charge.before_tax) sums.push_back({charge.name.text(), charge.amount});
        }
        if (document_.round_off.raw() != 0) sums.push_back({"Round-off", document_.round_off});
        sums.push_back({"Total " + document_.currency.text(), document_.total, true});
        return sums;
    }

    // Charges before tax are part of the lines' taxable value: the goods without them are told.
    void add_charges_before(std::vector<Sum>& sums) const {
        const std::string included = document_.prices_include_tax ? ", tax included" : "";
        const bool any = std::any_of(document_.charges.begin(), document_.charges.end(),
                                     [](const Charge& charge) { return *charge.before_tax; });
        if (!any) return;
        sums.push_back({"Goods" + included, document_.amount});
        for (const auto& charge : document_.charges) {
            if (*charge.before_tax) sums.push_back({charge.name.text() + included, charge.amount});
        }
    }

    void put_sum(const Sum& sum) {
        constexpr double kSumsWidth = 236;
        constexpr double kAmountWidth = 84;
        const double left = kRight - kSumsWidth;
        const auto what = canvas_.set(kSumsWidth - kAmountWidth, sum.what, {8, sum.bold});
        const auto amount =
            canvas_.set(kAmountWidth - 3, grouped(sum.amount, currency_),
                        {sum.bold ? 9.0 : 8.0, sum.bold, Align::right, Ink::black, true});
        const auto height = std::max(what.height(), amount.height());
        flow_.make_room(height + 2);
        if (sum.bold) {
            flow_.down(2);
            canvas_.line(left, flow_.y(), kRight, flow_.y());
        }
        canvas_.draw(left, flow_.y() + 1, what);
        canvas_.draw(kRight - kAmountWidth, flow_.y() + 1, amount);
        flow_.down(height + 2);
    }

    // The sums on the right, beside them in words and what else has to be said.
    void closing() {
        constexpr double kWordsWidth = kWidth - 236 - 2 * kGap;
        std::vector<SetText> words;
        if (auto text = in_words(document_.total, currency_); !text.empty()) {
            words.push_back(canvas_.set(kWordsWidth, "In words", kLabel));
            words.push_back(canvas_.set(kWordsWidth, text, {8, true}));
        }
        for (const auto& text : endorsements(document_)) {
            words.push_back(canvas_.set(kWordsWidth, text));
        }
        const auto figures = sums();
        constexpr double kSumHeight = 14;
        constexpr double kKeptTogether = 400;
        double height = 0;
        for (const auto& text : words) height += text.height() + 2;
        height = std::max(height, static_cast<double>(figures.size()) * kSumHeight);
        flow_.down(2);
        flow_.make_room(std::min(height, kKeptTogether));
        const auto top = flow_.y();
        const auto page = flow_.page();
        for (const auto& sum : figures) put_sum(sum);
        if (page == flow_.page()) {
            auto y = top;
            for (const auto& text : words) y += canvas_.draw(kMargin, y, text) + 2;
            flow_.move_to(std::max(y, flow_.y()));
        } else {
            for (const auto& text : words) flow_.put(kMargin, text);
        }
        flow_.down(kGap);
        if (!document_.note || document_.note->empty()) return;
        flow_.put(kMargin, canvas_.set(kWidth, "Note", kLabel));
        flow_.put(kMargin, canvas_.set(kWidth, document_.note->view()));
        flow_.down(kGap);
    }

    void signature() {
        constexpr double kRoomToSign = 36;
        constexpr double kSideWidth = 220;
        const double right = kRight - kSideWidth;
        const TextStyle style{8, false, Align::right, Ink::black, false};
        const auto by = canvas_.set(kSideWidth, "For " + document_.supplier.legal_name.text(),
                                    {8, true, Align::right, Ink::black, false});
        const auto below = canvas_.set(kSideWidth, "Authorised signatory", style);
        const auto received = canvas_.set(kSideWidth, "Goods received: name, date, signature");
        flow_.make_room(by.height() + kRoomToSign + below.height());
        canvas_.draw(right, flow_.y(), by);
        flow_.down(by.height() + kRoomToSign);
        canvas_.draw(right, flow_.y(), below);
        if (document_.kind == DocumentKind::delivery_challan) {
            canvas_.line(kMargin, flow_.y() - 1, kMargin + kSideWidth, flow_.y() - 1, 0.3);
            canvas_.draw(kMargin, flow_.y(), received);
        }
        flow_.down(below.height());
    }

    PdfCanvas& canvas_;
    const IssuedDocument& document_;
    std::string_view currency_;
    PageFlow flow_;
};

}  // namespace

void lay_out(PdfCanvas& canvas, const IssuedDocument& document) {
    DocumentLayout(canvas, document).run();
}

void lay_over(PdfCanvas& canvas, const IssuedDocument& document, const std::string& mark,
              const PdfCanvas::Leaf& leaf) {
    canvas.text(kMargin, kMarkTop, kWidth, mark, {8, true, Align::right});
    canvas.line(kMargin, kFootTop - 4, kRight, kFootTop - 4, 0.3);
    canvas.text(kMargin, kFootTop, kWidth, document.number.text(), {7});
    const auto number =
        "Page " + std::to_string(leaf.page + 1) + " of " + std::to_string(leaf.pages);
    canvas.text(kMargin, kFootTop, kWidth, number, {7, false, Align::right});
}

}  // namespace wharf::print

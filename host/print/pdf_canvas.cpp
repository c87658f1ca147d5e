#include "host/print/pdf_canvas.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "host/print/printable_text.hpp"
#include "wharf/refusal.hpp"

namespace wharf::print {
namespace {

struct SurfaceDeleter {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDeleter {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct ObjectDeleter {
    void operator()(void* object) const { g_object_unref(object); }
};
struct FontDeleter {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct OptionsDeleter {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct AttributesDeleter {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct IterDeleter {
    void operator()(PangoLayoutIter* iter) const { pango_layout_iter_free(iter); }
};

using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using Context = std::unique_ptr<PangoContext, ObjectDeleter>;
using Drawing = std::unique_ptr<cairo_t, ContextDeleter>;

constexpr const char* kFamily = "Noto Sans";
constexpr double kSizeMin = 3;  // of text that has to stay on one line

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

PangoAlignment alignment(Align align) {
    if (align == Align::right) return PANGO_ALIGN_RIGHT;
    return align == Align::center ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
}

double points(int units) {
    return static_cast<double>(units) / PANGO_SCALE;
}

void set_font(PangoLayout* layout, double size, bool bold) {
    const std::unique_ptr<PangoFontDescription, FontDeleter> font(
        pango_font_description_from_string(kFamily));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font.get());
}

// A code that goes on in the next line must not look as if it had a hyphen.
void forbid_hyphens(PangoLayout* layout) {
    const std::unique_ptr<PangoAttrList, AttributesDeleter> attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attributes.get());
}

void set_ink(cairo_t* cairo, Ink ink) {
    const double shade = ink == Ink::grey ? 0.35 : 0;
    cairo_set_source_rgb(cairo, shade, shade, shade);
}

double width_of(PangoLayout* layout) {
    int natural = 0;
    pango_layout_get_size(layout, &natural, nullptr);
    return points(natural);
}

// As small as it takes to fit on one line; gives how wide it is then, which for text that is as
// small as can be read may still be too wide.
double fit_on_one_line(PangoLayout* layout, double width, const TextStyle& style) {
    const auto natural = width_of(layout);
    if (natural <= width) return natural;
    constexpr double kSpare = 0.98;  // of rounding
    set_font(layout, std::max(kSizeMin, style.size * kSpare * width / natural), style.bold);
    return width_of(layout);
}

double shift(double spare, Align align) {
    if (align == Align::right) return spare;
    return align == Align::center ? spare / 2 : 0;
}

void fail_unless_drawn(cairo_status_t status) {
    if (status == CAIRO_STATUS_SUCCESS) return;
    throw std::runtime_error(std::string("printing failed: ") + cairo_status_to_string(status));
}

// Without any font pango draws boxes.
void refuse_without_fonts(PangoContext* context) {
    const std::unique_ptr<PangoFontDescription, FontDeleter> wanted(
        pango_font_description_from_string(kFamily));
    const std::unique_ptr<PangoFont, ObjectDeleter> found(
        pango_context_load_font(context, wanted.get()));
    if (found) return;
    throw Refusal::unavailable("no_fonts", "there are no fonts where the host runs",
                               "who runs the host installs fonts-noto-core");
}

// Of a table some thousand different texts are kept, some kilobytes each.
constexpr std::size_t kKnownBytesMax = 64;
constexpr std::size_t kKnownTextsMax = 2000;

std::string key_of(double width, std::string_view text, const TextStyle& style) {
    std::string key(text);
    key += '\0';
    for (const double measure : {width, style.size}) {
        key.append(reinterpret_cast<const char*>(&measure), sizeof measure);
    }
    for (const int choice : {int{style.bold}, static_cast<int>(style.align),
                             static_cast<int>(style.ink), int{style.one_line}}) {
        key += static_cast<char>(choice);
    }
    return key;
}

Surface blank_page() {
    const cairo_rectangle_t sheet = {0, 0, kPageWidth, kPageHeight};
    return Surface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &sheet));
}

}  // namespace

struct PdfCanvas::Impl {
    // Short texts as they were set: a table says the same codes, rates and prices over and over,
    // and setting one takes longer than drawing it. Nobody changes a text that is set.
    std::unordered_map<std::string, SetText> known;
    std::vector<Surface> pages;
    Drawing cairo;    // on the last page, or on the file
    Context context;  // what text is set with: one for all, so that fonts are looked up once

    void draw_on(cairo_surface_t* surface) {
        cairo.reset(cairo_create(surface));
        // Positions to a fraction of a point: paper has no pixels.
        const std::unique_ptr<cairo_font_options_t, OptionsDeleter> options(
            cairo_font_options_create());
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_set_font_options(cairo.get(), options.get());
        if (context) return;
        context.reset(pango_cairo_create_context(cairo.get()));
        pango_context_set_round_glyph_positions(context.get(), FALSE);
    }

    void add_page() {
        pages.push_back(blank_page());
        draw_on(pages.back().get());
    }
};

PdfCanvas::PdfCanvas() : impl_(std::make_unique<Impl>()) {
    impl_->add_page();
    refuse_without_fonts(impl_->context.get());
}

PdfCanvas::~PdfCanvas() = default;

SetText PdfCanvas::set(double width, std::string_view text, TextStyle style) {
    if (text.size() > kKnownBytesMax) return set_anew(width, text, style);
    auto key = key_of(width, text, style);
    const auto found = impl_->known.find(key);
    if (found != impl_->known.end()) return found->second;
    if (impl_->known.size() >= kKnownTextsMax) impl_->known.clear();
    return impl_->known.emplace(std::move(key), set_anew(width, text, style)).first->second;
}

SetText PdfCanvas::set_anew(double width, std::string_view text, const TextStyle& style) {
    const auto shown = printable(text);
    const std::shared_ptr<PangoLayout> layout(pango_layout_new(impl_->context.get()),
                                              ObjectDeleter());
    set_font(layout.get(), style.size, style.bold);
    forbid_hyphens(layout.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);  // columns stay where they are in any script
    pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
    SetText ready;
    ready.layout_ = layout;
    const double one_line =
        style.one_line ? fit_on_one_line(layout.get(), width, style) : width + 1;
    if (one_line <= width) {
        ready.shift_ = shift(width - one_line, style.align);
    } else {
        pango_layout_set_width(layout.get(), static_cast<int>(std::lround(width * PANGO_SCALE)));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(layout.get(), alignment(style.align));
    }
    ready.ink_ = style.ink;
    const std::unique_ptr<PangoLayoutIter, IterDeleter> iter(pango_layout_get_iter(layout.get()));
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter.get(), nullptr, &logical);
        ready.line_heights_.push_back(points(logical.height));
        ready.height_ += ready.line_heights_.back();
    } while (pango_layout_iter_next_line(iter.get()) != FALSE);
    return ready;
}

double PdfCanvas::draw(double x, double y, const SetText& text) {
    return draw_lines(x, y, text, 0, text.line_heights_.size());
}

double PdfCanvas::draw_lines(double x, double y, const SetText& text, std::size_t first,
                             std::size_t count) {
    auto* layout = static_cast<PangoLayout*>(text.layout_.get());
    auto* cairo = impl_->cairo.get();
    set_ink(cairo, text.ink_);
    const std::unique_ptr<PangoLayoutIter, IterDeleter> iter(pango_layout_get_iter(layout));
    double down = 0;
    std::size_t index = 0;
    do {
        if (index >= first + count) break;
        if (index++ < first) continue;
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter.get(), nullptr, &logical);
        const int baseline = pango_layout_iter_get_baseline(iter.get()) - logical.y;
        cairo_move_to(cairo, x + text.shift_ + points(logical.x), y + down + points(baseline));
        pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(iter.get()));
        down += points(logical.height);
    } while (pango_layout_iter_next_line(iter.get()) != FALSE);
    return down;
}

void PdfCanvas::line(double x1, double y1, double x2, double y2, double thickness) {
    auto* cairo = impl_->cairo.get();
    set_ink(cairo, Ink::black);
    cairo_set_line_width(cairo, thickness);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
}

void PdfCanvas::shade(double x, double y, double width, double height) {
    auto* cairo = impl_->cairo.get();
    constexpr double kPale = 0.92;
    cairo_set_source_rgb(cairo, kPale, kPale, kPale);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

void PdfCanvas::modules(double x, double y, double side, const std::vector<bool>& dark) {
    const auto width = static_cast<std::size_t>(std::lround(std::sqrt(dark.size())));
    const double module = side / static_cast<double>(width);
    auto* cairo = impl_->cairo.get();
    set_ink(cairo, Ink::black);
    for (std::size_t i = 0; i < dark.size(); ++i) {
        if (!dark[i]) continue;
        const auto row = i / width;
        cairo_rectangle(cairo, x + module * static_cast<double>(i % width),
                        y + module * static_cast<double>(row), module, module);
    }
    cairo_fill(cairo);
}

void PdfCanvas::watermark(std::string_view text) {
    auto* cairo = impl_->cairo.get();
    const auto ready = set(kPageHeight, text, {120, true, Align::center});
    auto* layout = static_cast<PangoLayout*>(ready.layout_.get());
    cairo_save(cairo);
    cairo_translate(cairo, kPageWidth / 2, kPageHeight / 2);
    cairo_rotate(cairo, -0.9);
    cairo_set_source_rgb(cairo, 0.85, 0.85, 0.85);
    cairo_move_to(cairo, -kPageHeight / 2, -ready.height() / 2);
    pango_cairo_show_layout(cairo, layout);
    cairo_restore(cairo);
}

void PdfCanvas::next_page() {
    impl_->add_page();
}

std::string PdfCanvas::finish(const std::string& title, const std::string& created_at,
                              std::size_t copies,
                              const std::function<void(PdfCanvas&, const Leaf&)>& overlay) {
    std::string bytes;
    const Surface file(
        cairo_pdf_surface_create_for_stream(&append, &bytes, kPageWidth, kPageHeight));
    cairo_pdf_surface_set_metadata(file.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(file.get(), CAIRO_PDF_METADATA_CREATOR, "Wharf");
    cairo_pdf_surface_set_metadata(file.get(), CAIRO_PDF_METADATA_CREATE_DATE, created_at.c_str());
    cairo_pdf_surface_set_metadata(file.get(), CAIRO_PDF_METADATA_MOD_DATE, created_at.c_str());
    impl_->draw_on(file.get());
    for (std::size_t copy = 0; copy < copies; ++copy) {
        for (std::size_t page = 0; page < impl_->pages.size(); ++page) {
            auto* cairo = impl_->cairo.get();
            cairo_set_source_surface(cairo, impl_->pages[page].get(), 0, 0);
            cairo_paint(cairo);
            overlay(*this, {copy, page, impl_->pages.size()});
            cairo_show_page(cairo);
        }
    }
    fail_unless_drawn(cairo_status(impl_->cairo.get()));
    impl_->cairo.reset();
    cairo_surface_finish(file.get());
    fail_unless_drawn(cairo_surface_status(file.get()));
    return bytes;
}

}  // namespace wharf::print

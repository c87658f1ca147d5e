#include "host/print/pdf_canvas.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <stdexcept>

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

using Layout = std::unique_ptr<PangoLayout, ObjectDeleter>;

constexpr const char* kFamily = "Noto Sans";

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

PangoAlignment alignment(Align align) {
    if (align == Align::right) return PANGO_ALIGN_RIGHT;
    return align == Align::center ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
}

}  // namespace

struct PdfCanvas::Impl {
    std::string bytes;
    std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface;
    std::unique_ptr<cairo_t, ContextDeleter> cairo;

    Layout layout(double width, std::string_view text, TextStyle style) const {
        Layout made(pango_cairo_create_layout(cairo.get()));
        const std::unique_ptr<PangoFontDescription, FontDeleter> font(
            pango_font_description_from_string(kFamily));
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        pango_font_description_set_weight(font.get(),
                                          style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(made.get(), font.get());
        pango_layout_set_width(made.get(), static_cast<int>(std::lround(width * PANGO_SCALE)));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(made.get(), alignment(style.align));
        pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
        return made;
    }

    static double height(const Layout& layout) {
        int units = 0;
        pango_layout_get_size(layout.get(), nullptr, &units);
        return static_cast<double>(units) / PANGO_SCALE;
    }
};

PdfCanvas::PdfCanvas(const std::string& title, const std::string& created_at)
    : impl_(std::make_unique<Impl>()) {
    impl_->surface.reset(
        cairo_pdf_surface_create_for_stream(&append, &impl_->bytes, kPageWidth, kPageHeight));
    auto* surface = impl_->surface.get();
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Wharf");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created_at.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created_at.c_str());
    impl_->cairo.reset(cairo_create(surface));
}

PdfCanvas::~PdfCanvas() = default;

double PdfCanvas::text(double x, double y, double width, std::string_view text, TextStyle style) {
    const auto layout = impl_->layout(width, text, style);
    auto* cairo = impl_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout.get());
    return Impl::height(layout);
}

double PdfCanvas::text_height(double width, std::string_view text, TextStyle style) {
    return Impl::height(impl_->layout(width, text, style));
}

void PdfCanvas::line(double x1, double y1, double x2, double y2, double thickness) {
    auto* cairo = impl_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_line_width(cairo, thickness);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
}

void PdfCanvas::box(double x, double y, double width, double height) {
    auto* cairo = impl_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_line_width(cairo, 0.5);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_stroke(cairo);
}

void PdfCanvas::modules(double x, double y, double side, const std::vector<bool>& dark) {
    const auto width = static_cast<std::size_t>(std::lround(std::sqrt(dark.size())));
    const double module = side / static_cast<double>(width);
    auto* cairo = impl_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (std::size_t i = 0; i < dark.size(); ++i) {
        if (!dark[i]) continue;
        cairo_rectangle(cairo, x + module * static_cast<double>(i % width),
                        y + module * static_cast<double>(i / width), module, module);
    }
    cairo_fill(cairo);
}

void PdfCanvas::watermark(std::string_view text) {
    auto* cairo = impl_->cairo.get();
    cairo_save(cairo);
    cairo_translate(cairo, kPageWidth / 2, kPageHeight / 2);
    cairo_rotate(cairo, -0.9);
    const auto layout = impl_->layout(kPageHeight, text, {120, true, Align::center});
    cairo_set_source_rgb(cairo, 0.85, 0.85, 0.85);
    cairo_move_to(cairo, -kPageHeight / 2, -Impl::height(layout) / 2);
    pango_cairo_show_layout(cairo, layout.get());
    cairo_restore(cairo);
}

void PdfCanvas::next_page() {
    cairo_show_page(impl_->cairo.get());
}

std::string PdfCanvas::finish() {
    cairo_show_page(impl_->cairo.get());
    impl_->cairo.reset();
    cairo_surface_finish(impl_->surface.get());
    if (const auto status = cairo_surface_status(impl_->surface.get());
        status != CAIRO_STATUS_SUCCESS) {
        throw std::runtime_error(std::string("printing failed: ") + cairo_status_to_string(status));
    }
    return std::move(impl_->bytes);
}

}  // namespace wharf::print

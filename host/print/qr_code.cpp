#include "host/print/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace wharf::print {

std::vector<bool> qr_code(const std::string& text) {
    struct Deleter {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    const std::unique_ptr<QRcode, Deleter> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) return {};
    const auto count =
        static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    std::vector<bool> dark(count);
    for (std::size_t i = 0; i < count; ++i) dark[i] = (code->data[i] & 1) != 0;
    return dark;
}

}  // namespace wharf::print

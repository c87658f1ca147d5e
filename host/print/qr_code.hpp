// QR codes: the only place that knows libqrencode.
#pragma once

#include <string>
#include <vector>

namespace wharf::print {

// The code's modules, dark ones true, row by row, a square without its quiet zone. Empty when the
// text is more than a code may hold (about 2,300 bytes at this level, M).
std::vector<bool> qr_code(const std::string& text);

}  // namespace wharf::print

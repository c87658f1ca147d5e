// How many decimals an amount of a currency has (ISO 4217).
#pragma once

#include <string_view>

namespace wharf::domain {

constexpr int minor_digits(std::string_view currency) {
    constexpr std::string_view kNone[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                          "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                          "VND", "VUV", "XAF", "XOF", "XPF"};
    constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    for (auto code : kNone) {
        if (code == currency) return 0;
    }
    for (auto code : kThree) {
        if (code == currency) return 3;
    }
    return 2;
}

}  // namespace wharf::domain

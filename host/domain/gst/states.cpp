#include "host/domain/gst/states.hpp"

#include <algorithm>
#include <array>

namespace wharf::domain {
namespace {

// 25 and 28 are states of the past whose GSTINs may still be met: Daman and Diu joined 26 on
// 2020-01-26, undivided Andhra Pradesh was 28.
constexpr std::array<State, 41> kStates = {{
    {"01", "JK", "Jammu and Kashmir"},
    {"02", "HP", "Himachal Pradesh"},
    {"03", "PB", "Punjab"},
    {"04", "CH", "Chandigarh", true},
    {"05", "UK", "Uttarakhand"},
    {"06", "HR", "Haryana"},
    {"07", "DL", "Delhi"},
    {"08", "RJ", "Rajasthan"},
    {"09", "UP", "Uttar Pradesh"},
    {"10", "BR", "Bihar"},
    {"11", "SK", "Sikkim"},
    {"12", "AR", "Arunachal Pradesh"},
    {"13", "NL", "Nagaland"},
    {"14", "MN", "Manipur"},
    {"15", "MZ", "Mizoram"},
    {"16", "TR", "Tripura"},
    {"17", "ML", "Meghalaya"},
    {"18", "AS", "Assam"},
    {"19", "WB", "West Bengal"},
    {"20", "JH", "Jharkhand"},
    {"21", "OD", "Odisha"},
    {"22", "CG", "Chhattisgarh"},
    {"23", "MP", "Madhya Pradesh"},
    {"24", "GJ", "Gujarat"},
    {"25", "DD", "Daman and Diu", true},
    {"26", "DN", "Dadra and Nagar Haveli and Daman and Diu", true},
    {"27", "MH", "Maharashtra"},
    {"28", "AD", "Andhra Pradesh (before 2014)"},
    {"29", "KA", "Karnataka"},
    {"30", "GA", "Goa"},
    {"31", "LD", "Lakshadweep", true},
    {"32", "KL", "Kerala"},
    {"33", "TN", "Tamil Nadu"},
    {"34", "PY", "Puducherry"},
    {"35", "AN", "Andaman and Nicobar Islands", true},
    {"36", "TS", "Telangana"},
    {"37", "AP", "Andhra Pradesh"},
    {"38", "LA", "Ladakh", true},
    {"96", "OC", "Other Countries"},
    {"97", "OT", "Other Territory", true},
    {"99", "CJ", "Centre Jurisdiction"},
}};

}  // namespace

const State* find_state(std::string_view code) {
    const auto found = std::find_if(kStates.begin(), kStates.end(),
                                    [&](const State& state) { return state.code == code; });
    return found == kStates.end() ? nullptr : &*found;
}

}  // namespace wharf::domain

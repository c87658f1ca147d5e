#include "host/domain/serial_places.hpp"

namespace wharf::domain {

std::string RealPlace::text() const {
    if (location.view() == "@transit") return "is in transit";
    return "is at " + location.text() + ", bin " + bin.text() + ", " + condition;
}

std::optional<RealPlace> real_place(Transaction& transaction, const Serial& serial) {
    auto row = transaction.session().select(
        "SELECT sku, location, bin, condition FROM serial WHERE serial = :serial",
        {{"serial", serial}});
    if (!row.next()) return std::nullopt;
    const auto location = row.text(1);
    if (location.starts_with('@') && location != "@transit") return std::nullopt;
    return RealPlace{row.get<Sku>(0), row.get<LocationCode>(1), row.get<BinCode>(2),
                     row.get<std::string>(3)};
}

}  // namespace wharf::domain

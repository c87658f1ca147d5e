#include "host/domain/documents/transport.hpp"

#include <algorithm>

namespace wharf::domain {
namespace {

constexpr std::int32_t kDistanceKmMax = 4000;  // of the e-way bill

bool is_capital_or_digit(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
}

// Two letters of the state, then letters and digits: the pattern of the e-way bill.
bool is_vehicle_number(std::string_view text) {
    return text.size() >= 4 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' &&
           text[1] <= 'Z' && std::all_of(text.begin(), text.end(), is_capital_or_digit);
}

template <class T>
void replace(std::optional<T>& kept, const std::optional<T>& given) {
    if (given) kept = given;
}

}  // namespace

void check_transport(const Transport& transport, Faults& faults) {
    const auto& distance = transport.distance_km;
    faults.add_if(distance && (*distance < 0 || *distance > kDistanceKmMax),
                  "/transport/distance_km", "out_of_range", "a distance is 0 to 4000 km");
    const auto& vehicle = transport.vehicle_number;
    faults.add_if(vehicle && !is_vehicle_number(vehicle->view()), "/transport/vehicle_number",
                  "bad_vehicle_number",
                  "a vehicle number is two letters, then capital letters and digits: KA01AB1234");
}

void merge_transport(Transport& transport, const Transport& more) {
    replace(transport.mode, more.mode);
    replace(transport.transporter_id, more.transporter_id);
    replace(transport.transporter_name, more.transporter_name);
    replace(transport.document_number, more.document_number);
    replace(transport.document_date, more.document_date);
    replace(transport.vehicle_number, more.vehicle_number);
    replace(transport.distance_km, more.distance_km);
}

}  // namespace wharf::domain

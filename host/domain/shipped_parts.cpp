#include "host/domain/shipped_parts.hpp"

namespace wharf::domain {

std::int32_t last_part(Transaction& transaction, const OrderLineKey& line) {
    return transaction.session()
        .value<std::int32_t>(
            "SELECT MAX(part) FROM shipped_part WHERE order_number = :order_number "
            "AND line = :line",
            {{"order_number", line.order}, {"line", line.line}})
        .value_or(0);
}

void keep_part(Transaction& transaction, const OrderLineKey& line, const ShippedPart& part) {
    transaction.session().execute(
        "INSERT INTO shipped_part (order_number, line, part, lot, bin, serial, quantity, value, "
        "returned, returned_value) VALUES (:order_number, :line, :part, :lot, :bin, :serial, "
        ":quantity, :value, :returned, :returned_value)",
        {{"order_number", line.order},
         {"line", line.line},
         {"part", part.part},
         {"lot", part.lot},
         {"bin", part.bin},
         {"serial", part.serial},
         {"quantity", part.quantity},
         {"value", part.value},
         {"returned", part.returned},
         {"returned_value", part.returned_value}});
}

std::vector<ShippedPart> shipped_parts(Transaction& transaction, const OrderLineKey& line) {
    auto rows = transaction.session().select(
        "SELECT part, lot, bin, serial, quantity, value, returned, returned_value "
        "FROM shipped_part WHERE order_number = :order_number AND line = :line ORDER BY part",
        {{"order_number", line.order}, {"line", line.line}});
    std::vector<ShippedPart> parts;
    while (rows.next()) {
        parts.push_back({rows.get<std::int32_t>(0), rows.get<std::string>(1), rows.get<BinCode>(2),
                         rows.get<std::string>(3), rows.get<Quantity>(4), rows.get<Money>(5),
                         rows.get<Count>(6), rows.get<Money>(7)});
    }
    return parts;
}

void take_back(Transaction& transaction, const OrderLineKey& line, const ShippedPart& part,
               Quantity quantity, Money value) {
    if (quantity == part.quantity) {
        transaction.session().execute(
            "DELETE FROM shipped_part WHERE order_number = :order_number AND line = :line "
            "AND part = :part",
            {{"order_number", line.order}, {"line", line.line}, {"part", part.part}});
        return;
    }
    transaction.session().execute(
        "UPDATE shipped_part SET quantity = quantity - :quantity, value = value - :value "
        "WHERE order_number = :order_number AND line = :line AND part = :part",
        {{"quantity", quantity},
         {"value", value},
         {"order_number", line.order},
         {"line", line.line},
         {"part", part.part}});
}

void note_returned(Transaction& transaction, const OrderLineKey& line, const ShippedPart& part,
                   Quantity quantity, Money value) {
    transaction.session().execute(
        "UPDATE shipped_part SET returned = returned + :quantity, "
        "returned_value = returned_value + :value "
        "WHERE order_number = :order_number AND line = :line AND part = :part",
        {{"quantity", quantity},
         {"value", value},
         {"order_number", line.order},
         {"line", line.line},
         {"part", part.part}});
}

}  // namespace wharf::domain

#include "host/domain/receipt_store.hpp"

#include "host/domain/stored_json.hpp"

namespace wharf::domain {
namespace {

void read_header(const storage::Cursor& row, StoredReceipt& stored) {
    auto& receipt = stored.receipt;
    stored.id = row.integer(0);
    receipt.reference = row.get<std::optional<Reference>>(1);
    receipt.status = row.get<ReceiptStatus>(2);
    receipt.purchase_order = row.get<std::optional<DocumentNumber>>(3);
    receipt.vendor = row.get<std::optional<VendorCode>>(4);
    receipt.location = row.get<LocationCode>(5);
    if (!row.is_null(6)) {
        receipt.vendor_invoice =
            VendorInvoice{row.get<Text<1, 64>>(6), row.get<std::optional<Date>>(7)};
    }
    receipt.source = row.get<Name>(8);
    receipt.reason = row.get<std::optional<Reason>>(9);
    if (!row.is_null(10)) {
        receipt.warnings = from_stored<std::vector<Warning>>(row.text(10));
    }
    receipt.version = row.integer(11);
    receipt.created_by = row.get<std::string>(12);
    receipt.created_at = row.get<Instant>(13);
    receipt.posted_at = row.get<std::optional<Instant>>(14);
}

void load_lines(Transaction& transaction, StoredReceipt& stored) {
    auto row = transaction.session().select(
        "SELECT line, purchase_order_line, sku, quantity, rejected, excess, inspected, lot, "
        "manufactured_on, expires_on, mrp, unit_cost, bin, condition, replace_rejected, cancelled, "
        "waiting - COALESCE(docked, 0), unit, unit_quantity FROM receipt_line "
        "WHERE receipt = :number ORDER BY line",
        {{"number", stored.receipt.number}});
    while (row.next()) {
        ReceiptLine line;
        line.line = row.get<std::int32_t>(0);
        line.purchase_order_line = row.get<std::optional<std::int32_t>>(1);
        line.sku = row.get<Sku>(2);
        line.quantity = row.get<Quantity>(3);
        line.rejected = row.get<Count>(4);
        line.excess = row.get<Count>(5);
        line.inspected = row.get<Count>(6);
        line.lot = row.get<std::optional<LotCode>>(7);
        line.manufactured_on = row.get<std::optional<Date>>(8);
        line.expires_on = row.get<std::optional<Date>>(9);
        line.mrp = row.get<std::optional<Money>>(10);
        line.unit_cost = row.get<Money>(11);
        line.bin = row.get<BinCode>(12);
        line.condition = row.get<Condition>(13);
        line.unit = row.get<std::optional<UnitCode>>(17);
        line.unit_quantity = row.get<std::optional<Quantity>>(18);
        stored.receipt.lines.push_back(std::move(line));
        stored.facts.push_back({row.get<bool>(14), row.get<Count>(15), row.get<Count>(16), {}});
    }
}

// Goods of a leg through a hub.
void load_onward(Transaction& transaction, StoredReceipt& stored) {
    auto row = transaction.session().select(
        "SELECT line, destination, waiting FROM receipt_onward WHERE receipt = :number "
        "ORDER BY line",
        {{"number", stored.receipt.number}});
    while (row.next()) {
        stored.receipt.destination = row.get<LocationCode>(1);
        if (const auto index = stored.index_of(row.get<std::int32_t>(0))) {
            stored.receipt.lines[*index].onward = row.get<Count>(2);
        }
    }
}

void insert_onward(Transaction& transaction, const Receipt& receipt, const ReceiptLine& line) {
    if (!receipt.destination) return;
    transaction.session().execute(
        "INSERT INTO receipt_onward (receipt, line, hub, destination, sku, waiting) "
        "VALUES (:receipt, :line, :hub, :destination, :sku, :waiting)",
        {{"receipt", receipt.number},
         {"line", line.line},
         {"hub", receipt.location},
         {"destination", receipt.destination},
         {"sku", line.sku},
         {"waiting", line.onward}});
}

void load_serials(Transaction& transaction, StoredReceipt& stored) {
    auto row = transaction.session().select(
        "SELECT line, serial, placed FROM receipt_serial WHERE receipt = :number "
        "ORDER BY line, position",
        {{"number", stored.receipt.number}});
    std::size_t index = 0;
    while (row.next()) {
        const auto number = row.get<std::int32_t>(0);
        while (stored.receipt.lines[index].line != number) ++index;
        auto& line = stored.receipt.lines[index];
        const auto fate = row.get<SerialFate>(2);
        line.serials.push_back(row.get<Serial>(1));
        if (fate == SerialFate::rejected) line.rejected_serials.push_back(line.serials.back());
        stored.facts[index].fates.push_back(fate);
    }
}

std::optional<std::string> warnings_text(const Receipt& receipt) {
    if (receipt.warnings.empty()) return std::nullopt;
    return to_json(receipt.warnings);
}

void write_header(Transaction& transaction, const StoredReceipt& stored, std::string_view sql) {
    const auto& receipt = stored.receipt;
    std::optional<Text<1, 64>> invoice;
    std::optional<Date> invoice_date;
    if (receipt.vendor_invoice) {
        invoice = receipt.vendor_invoice->number;
        invoice_date = receipt.vendor_invoice->date;
    }
    const auto warnings = warnings_text(receipt);
    transaction.session().execute(sql, {{"number", receipt.number},
                                        {"id", stored.id},
                                        {"reference", receipt.reference},
                                        {"status", receipt.status},
                                        {"purchase_order", receipt.purchase_order},
                                        {"vendor", receipt.vendor},
                                        {"location", receipt.location},
                                        {"invoice_number", invoice},
                                        {"invoice_date", invoice_date},
                                        {"source", receipt.source},
                                        {"reason", receipt.reason},
                                        {"warnings", warnings},
                                        {"version", receipt.version},
                                        {"created_by", receipt.created_by},
                                        {"created_at", receipt.created_at},
                                        {"posted_at", receipt.posted_at}});
}

void insert_line(Transaction& transaction, const StoredReceipt& stored, std::size_t index) {
    const auto& line = stored.receipt.lines[index];
    const auto& facts = stored.facts[index];
    transaction.session().execute(
        "INSERT INTO receipt_line (receipt, line, purchase_order_line, sku, location, quantity, "
        "rejected, replace_rejected, cancelled, excess, inspected, waiting, lot, manufactured_on, "
        "expires_on, mrp, unit_cost, bin, condition, unit, unit_quantity) VALUES (:receipt, :line, "
        ":purchase_order_line, :sku, :location, :quantity, :rejected, :replaces, :cancelled, "
        ":excess, :inspected, :waiting, :lot, :manufactured_on, :expires_on, :mrp, :unit_cost, "
        ":bin, :condition, :unit, :unit_quantity)",
        {{"receipt", stored.receipt.number},
         {"line", line.line},
         {"purchase_order_line", line.purchase_order_line},
         {"sku", line.sku},
         {"location", stored.receipt.destination.value_or(stored.receipt.location)},
         {"quantity", line.quantity},
         {"rejected", line.rejected},
         {"replaces", facts.replace},
         {"cancelled", facts.cancelled},
         {"excess", line.excess},
         {"inspected", line.inspected},
         {"waiting", facts.waiting},
         {"lot", line.lot},
         {"manufactured_on", line.manufactured_on},
         {"expires_on", line.expires_on},
         {"mrp", line.mrp},
         {"unit_cost", line.unit_cost},
         {"bin", line.bin},
         {"condition", line.condition},
         {"unit", line.unit},
         {"unit_quantity", line.unit_quantity}});
    insert_onward(transaction, stored.receipt, line);
}

void insert_serials(Transaction& transaction, const StoredReceipt& stored, std::size_t index) {
    const auto& line = stored.receipt.lines[index];
    for (std::size_t i = 0; i < line.serials.size(); ++i) {
        transaction.session().execute(
            "INSERT INTO receipt_serial (receipt, line, position, serial, placed) "
            "VALUES (:receipt, :line, :position, :serial, :placed)",
            {{"receipt", stored.receipt.number},
             {"line", line.line},
             {"position", i},
             {"serial", line.serials[i]},
             {"placed", stored.facts[index].fates[i]}});
    }
}

void insert_lines(Transaction& transaction, const StoredReceipt& stored) {
    for (std::size_t i = 0; i < stored.receipt.lines.size(); ++i) {
        insert_line(transaction, stored, i);
        insert_serials(transaction, stored, i);
    }
}

}  // namespace

std::optional<std::size_t> StoredReceipt::index_of(std::int32_t line) const {
    for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
        if (receipt.lines[i].line == line) return i;
    }
    return std::nullopt;
}

StoredReceipt load_receipt(Transaction& transaction, const DocumentNumber& number) {
    StoredReceipt stored;
    stored.receipt.number = number;
    {
        auto row = transaction.session().select(
            "SELECT id, reference, status, purchase_order, vendor, location, invoice_number, "
            "invoice_date, source, reason, warnings, version, created_by, created_at, posted_at "
            "FROM receipt WHERE number = :number",
            {{"number", number}});
        if (!row.next()) throw Refusal::not_found("goods receipt", number.view());
        read_header(row, stored);
    }
    const auto& actor = transaction.actor();
    const bool foreign = actor.vendor && stored.receipt.vendor != actor.vendor;
    if (foreign || !actor.sees(stored.receipt.location)) {
        throw Refusal::not_found("goods receipt", number.view());
    }
    load_lines(transaction, stored);
    load_onward(transaction, stored);
    load_serials(transaction, stored);
    return stored;
}

void number_receipt(Transaction& transaction, StoredReceipt& stored) {
    stored.receipt.number = transaction.next_number("GRN");
    stored.id = transaction.next("receipt");
}

void insert_receipt(Transaction& transaction, const StoredReceipt& stored) {
    write_header(transaction, stored,
                 "INSERT INTO receipt (number, id, reference, status, purchase_order, vendor, "
                 "location, invoice_number, invoice_date, source, reason, warnings, version, "
                 "created_by, created_at, posted_at) VALUES (:number, :id, :reference, :status, "
                 ":purchase_order, :vendor, :location, :invoice_number, :invoice_date, :source, "
                 ":reason, :warnings, :version, :created_by, :created_at, :posted_at)");
    insert_lines(transaction, stored);
}

void save_receipt_header(Transaction& transaction, StoredReceipt& stored) {
    ++stored.receipt.version;
    write_header(transaction, stored,
                 "UPDATE receipt SET id = :id, reference = :reference, status = :status, "
                 "purchase_order = :purchase_order, vendor = :vendor, location = :location, "
                 "invoice_number = :invoice_number, invoice_date = :invoice_date, "
                 "source = :source, reason = :reason, warnings = :warnings, version = :version, "
                 "created_by = :created_by, created_at = :created_at, posted_at = :posted_at "
                 "WHERE number = :number");
}

void save_receipt_line(Transaction& transaction, const StoredReceipt& stored, std::size_t index) {
    const auto& line = stored.receipt.lines[index];
    transaction.session().execute(
        "UPDATE receipt_line SET inspected = :inspected, "
        "waiting = :waiting + COALESCE(docked, 0) WHERE receipt = :receipt AND line = :line",
        {{"inspected", line.inspected},
         {"waiting", stored.facts[index].waiting},
         {"receipt", stored.receipt.number},
         {"line", line.line}});
    if (!stored.receipt.destination) return;
    transaction.session().execute(
        "UPDATE receipt_onward SET waiting = :waiting WHERE receipt = :receipt AND line = :line",
        {{"waiting", line.onward}, {"receipt", stored.receipt.number}, {"line", line.line}});
}

void save_serial_fate(Transaction& transaction, const StoredReceipt& stored, std::size_t index,
                      std::size_t position) {
    transaction.session().execute(
        "UPDATE receipt_serial SET placed = :placed WHERE receipt = :receipt AND line = :line "
        "AND position = :position",
        {{"placed", stored.facts[index].fates[position]},
         {"receipt", stored.receipt.number},
         {"line", stored.receipt.lines[index].line},
         {"position", position}});
}

void replace_receipt_lines(Transaction& transaction, const StoredReceipt& stored) {
    auto& session = transaction.session();
    session.execute("DELETE FROM receipt_line WHERE receipt = :number",
                    {{"number", stored.receipt.number}});
    session.execute("DELETE FROM receipt_onward WHERE receipt = :number",
                    {{"number", stored.receipt.number}});
    session.execute("DELETE FROM receipt_serial WHERE receipt = :number",
                    {{"number", stored.receipt.number}});
    insert_lines(transaction, stored);
}

SupplyLine supply_of(const Receipt& receipt, const ReceiptLine& line) {
    return {SupplyKind::receipt, receipt.number, line.line};
}

}  // namespace wharf::domain

// A shop with several GST registrations, for the tests of documents: BLR and BLR2 in Karnataka, BOM
// in Maharashtra, PORT in the Andamans share a PAN; BARN and SHED have no GSTIN; C1 is a hotel in
// Maharashtra. TEA bears 5 %, SOAP 18 %.
#pragma once

#include <string>
#include <vector>

#include "host/domain/documents/documents.hpp"
#include "host/domain/testing/domain_fixture.hpp"
#include "host/domain/testing/gst_parties.hpp"

namespace wharf::domain::testing {

inline Money money(const char* text) {
    return *Money::parse(text);
}

class Shop : public TestAccount {
public:
    Shop() {
        place("BLR", "29");
        place("BLR2", "29");
        place("BOM", "27");
        place("PORT", "35");
        location("BARN");
        location("SHED");
        good("TEA", "5", "0902");
        good("SOAP", "18", "3401");
        customer_of("C1", "27AAPFU0939F1ZV", "27");
    }

    void place(const std::string& code, const std::string& state) {
        const auto request = registered_location(code, state);
        run([&](Transaction& t) { return put_location(t, request); });
    }
    void good(const std::string& sku, const char* rate, const char* hsn) {
        catalog::PutProduct request;
        request.sku = Sku(sku);
        request.name = Name("Product " + sku);
        request.tax_rate = *Percent::parse(rate);
        request.hsn = Text<4, 8>(hsn);
        run([&](Transaction& t) { return put_product(t, request); });
    }
    void customer_of(const std::string& code, const std::string& number, const std::string& state) {
        catalog::PutCustomer request;
        request.code = CustomerCode(code);
        request.name = Name("Hotel " + code);
        request.kind = CustomerKind::business;
        if (!number.empty()) request.gstin = Gstin(number);
        request.addresses = std::vector<Address>{address_in(state)};
        run([&](Transaction& t) { return put_customer(t, request); });
    }
    static documents::NewLine line(const char* sku, std::int64_t quantity, const char* price) {
        documents::NewLine made;
        made.sku = Sku(sku);
        made.quantity = Quantity(quantity);
        made.unit_price = money(price);
        return made;
    }
    static documents::Issue request(DocumentKind kind, const char* from, const char* to) {
        documents::Issue made;
        made.kind = kind;
        made.purpose = DocumentPurpose::transfer;
        made.source = {Name("transfer"), DocumentNumber("STN-000001")};
        made.supplier = PartyReference{};
        made.supplier->location = LocationCode(from);
        made.recipient = PartyReference{};
        made.recipient->location = LocationCode(to);
        made.lines = {line("TEA", 10, "100.00")};
        return made;
    }
    static documents::Issue invoice() {
        auto made = request(DocumentKind::tax_invoice, "BLR", "BLR");
        made.purpose = DocumentPurpose::business;
        made.recipient = PartyReference{};
        made.recipient->customer = CustomerCode("C1");
        return made;
    }
    static documents::Issue note(DocumentKind kind, const IssuedDocument& of) {
        documents::Issue made;
        made.kind = kind;
        made.source = of.source;
        made.original = of.id;
        return made;
    }
    IssuedDocument issue(const documents::Issue& request) {
        return run([&](Transaction& t) { return issue_document(t, request); });
    }
    Refusal refused(const documents::Issue& request) {
        return refusal([&](Transaction& t) { return issue_document(t, request); });
    }
    IssuedDocument read(const DocumentNumber& id) {
        return run([&](Transaction& t) { return get_document(t, {id}); });
    }
    IssuedDocument voided(const DocumentNumber& id) {
        return run([&](Transaction& t) { return void_document(t, {id, Reason("a mistake")}); });
    }
};

}  // namespace wharf::domain::testing

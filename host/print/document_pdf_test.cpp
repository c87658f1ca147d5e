// The printed document, read back: its text by pdftotext, its QR code by zbarimg.
#include "host/print/document_pdf.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wharf::print {
namespace {

namespace fs = std::filesystem;

Money money(const char* text) {
    return *Money::parse(text);
}

Party party(const char* name, const char* gstin, const char* city) {
    Party made;
    made.legal_name = Name(name);
    made.gstin = Gstin(gstin);
    made.state_code = StateCode(std::string_view(gstin).substr(0, 2));
    made.tax_status = TaxStatus::regular;
    made.address = Address{};
    made.address->line1 = Name("1 Main Road");
    made.address->city = Name(city);
    made.address->postal_code = Text<1, 16>("560001");
    return made;
}

IssuedDocument challan() {
    IssuedDocument made;
    made.number = DocumentNumber("DKA1/2627/000001");
    made.id = DocumentNumber("DKA1_2627_000001");
    made.source = {Name("transfer"), DocumentNumber("STN-000007")};
    made.issued_on = *Date::parse("2026-11-24");
    made.created_at = *Instant::parse("2026-11-24T09:30:00Z");
    made.currency = Text<3, 3>("INR");
    made.supplier = party("Acme Traders", "29AAGCB7383J1Z4", "Bengaluru");
    made.recipient = party("Acme Traders", "29AAGCB7383J1Z4", "Mysuru");
    DocumentLine line;
    line.line = 1;
    line.sku = Sku("TEA");
    line.description = Name("चाय Tea 250 g");
    line.hsn = Text<4, 8>("0902");
    line.quantity = Count(600);
    line.unit = UnitCode("each");
    line.unit_price = money("90.00");
    line.taxable = line.amount = line.total = money("54000.00");
    made.lines = {line};
    made.tax.taxable = made.amount = made.total = money("54000.00");
    made.tax.place_of_supply = StateCode("29");
    made.e_way_bill.required = true;
    return made;
}

IssuedDocument invoice() {
    auto made = challan();
    made.kind = DocumentKind::tax_invoice;
    made.number = DocumentNumber("SKA1/2627/000123");
    made.recipient = party("Hotel Leela", "27AAPFU0939F1ZV", "Mumbai");
    made.tax.charged = made.tax.inter_state = true;
    made.tax.place_of_supply = StateCode("27");
    made.tax.components = {
        {TaxKind::igst, *Percent::parse("5"), money("54000.00"), money("2700.00")}};
    made.lines[0].tax = {{TaxKind::igst, *Percent::parse("5"), money("2700.00")}};
    made.lines[0].total = made.total = money("56700.00");
    return made;
}

// A folder of its own, with the printed document and what programs say of it.
class Printed {
public:
    explicit Printed(const IssuedDocument& document) : bytes_(document_pdf(document)) {
        std::string name = (fs::temp_directory_path() / "wharf-print-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = name;
        std::ofstream(folder_ / "document.pdf", std::ios::binary) << bytes_;
    }
    Printed(const Printed&) = delete;
    Printed& operator=(const Printed&) = delete;
    ~Printed() { fs::remove_all(folder_); }

    const std::string& bytes() const { return bytes_; }
    std::string text() { return run("pdftotext -layout document.pdf answer"); }
    std::string qr() {
        return run(
            "pdftoppm -r 150 -f 1 -l 1 -png document.pdf page && "
            "zbarimg -q --raw page-1.png > answer 2>/dev/null");
    }
    int pages() {
        const auto said = run("pdfinfo document.pdf > answer");
        const auto at = said.find("Pages:");
        return at == std::string::npos ? 0 : std::atoi(said.c_str() + at + 6);
    }
    std::string fonts() { return run("pdffonts document.pdf > answer"); }

private:
    std::string run(const std::string& command) {
        const auto whole = "cd " + folder_.string() + " && " + command;
        // NOLINTNEXTLINE(concurrency-mt-unsafe,cert-env33-c): the readers are programs
        if (std::system(whole.c_str()) != 0) return "could not run: " + command;
        std::ifstream file(folder_ / "answer");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::string bytes_;
    fs::path folder_;
};

::testing::AssertionResult says(const std::string& text, const std::string& what) {
    if (text.find(what) != std::string::npos) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << "\"" << what << "\" is not in:\n" << text;
}

TEST(DocumentPdf, AChallanComesInThreeMarkedCopies) {
    Printed printed(challan());
    const auto text = printed.text();
    EXPECT_EQ(printed.pages(), 3);
    for (const char* what :
         {"ORIGINAL FOR CONSIGNEE", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR CONSIGNER",
          "DELIVERY CHALLAN", "DKA1/2627/000001", "2026-11-24", "GSTIN: 29AAGCB7383J1Z4",
          "29 Karnataka", "0902", "600 each", "54000.00", "transfer STN-000007"}) {
        EXPECT_TRUE(says(text, what));
    }
}

TEST(DocumentPdf, AnInvoiceNamesWhatRule46Asks) {
    Printed printed(invoice());
    const auto text = printed.text();
    EXPECT_EQ(printed.pages(), 1);
    for (const char* what :
         {"TAX INVOICE", "ORIGINAL FOR RECIPIENT", "Acme Traders", "Hotel Leela",
          "GSTIN: 27AAPFU0939F1ZV", "Place of supply: 27 Maharashtra", "IGST 5 % on 54000.00",
          "2700.00", "56700.00", "Tax payable on reverse charge: No", "Authorised signatory"}) {
        EXPECT_TRUE(says(text, what));
    }
}

TEST(DocumentPdf, DevanagariIsWrittenWithAFontThatHasIt) {
    Printed printed(challan());
    EXPECT_TRUE(says(printed.text(), "चाय"));
    EXPECT_TRUE(says(printed.fonts(), "Devanagari"));
}

TEST(DocumentPdf, TheQrCodeIsRead) {
    Printed printed(invoice());
    EXPECT_TRUE(says(printed.qr(), qr_text(invoice())));
    auto registered = invoice();
    registered.registration = InvoiceRegistration{};
    registered.registration->irn = Text<64, 64>(std::string(64, 'a'));
    registered.registration->signed_qr = Text<1, 4000>("eyJhbGciOiJSUzI1NiJ9.payload.signature");
    Printed signed_one(registered);
    EXPECT_TRUE(says(signed_one.qr(), "eyJhbGciOiJSUzI1NiJ9.payload.signature"));
    EXPECT_TRUE(says(signed_one.text(), "IRN: aaaa"));
}

TEST(DocumentPdf, TheSameDocumentGivesTheSameBytes) {
    EXPECT_EQ(document_pdf(challan()), document_pdf(challan()));
    EXPECT_NE(document_pdf(challan()), document_pdf(invoice()));
}

TEST(DocumentPdf, AVoidDocumentSaysSo) {
    auto document = invoice();
    document.status = DocumentStatus::voided;
    document.reason = Reason("typed twice");
    Printed printed(document);
    EXPECT_TRUE(says(printed.text(), "VOID: typed twice"));
}

TEST(DocumentPdf, ManyLinesAndManySerialsTakeSeveralPages) {
    auto document = invoice();
    const auto line = document.lines[0];
    for (int i = 2; i <= 120; ++i) {
        document.lines.push_back(line);
        document.lines.back().line = i;
    }
    for (int i = 0; i < 2000; ++i) {
        document.lines[5].serials.emplace_back("SERIAL-" + std::to_string(100000 + i));
    }
    Printed printed(document);
    EXPECT_GT(printed.pages(), 4);
    const auto text = printed.text();
    EXPECT_TRUE(says(text, "SERIAL-100000"));
    EXPECT_TRUE(says(text, "SERIAL-101999"));
    EXPECT_TRUE(says(text, "Authorised signatory"));
}

TEST(DocumentPdf, ExportsAndCompositionCarryTheirSentences) {
    auto document = invoice();
    document.tax.supply_type = SupplyType::export_without_payment;
    EXPECT_TRUE(says(Printed(document).text(), "UNDER BOND OR LETTER OF UNDERTAKING"));
    document = invoice();
    document.kind = DocumentKind::bill_of_supply;
    document.supplier.tax_status = TaxStatus::composition;
    const auto text = Printed(document).text();
    EXPECT_TRUE(says(text, "BILL OF SUPPLY"));
    EXPECT_TRUE(says(text, "not eligible to collect tax"));
}

}  // namespace
}  // namespace wharf::print

// The printed document, read back: its text by pdftotext, its QR code by zbarimg.
#include "host/print/document_pdf.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "host/limits.hpp"
#include "wharf/refusal.hpp"

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
          "DELIVERY CHALLAN", "DKA1/2627/000001", "24 Nov 2026", "GSTIN: 29AAGCB7383J1Z4",
          "29 Karnataka", "0902", "600 each", "54,000.00", "transfer STN-000007", "CONSIGNEE",
          "Rupees fifty-four thousand only", "Goods received", "Page 1 of 1"}) {
        EXPECT_TRUE(says(text, what));
    }
}

TEST(DocumentPdf, AnInvoiceNamesWhatRule46Asks) {
    Printed printed(invoice());
    const auto text = printed.text();
    for (const char* what :
         {"TAX INVOICE", "Acme Traders", "Hotel Leela", "GSTIN: 27AAPFU0939F1ZV", "Place of supply",
          "27 Maharashtra", "IGST 5 % on 54,000.00", "2,700.00", "56,700.00",
          "Tax payable on reverse charge: No", "Authorised signatory"}) {
        EXPECT_TRUE(says(text, what));
    }
}

TEST(DocumentPdf, AnInvoiceComesInThreeMarkedCopiesANoteInOne) {
    Printed printed(invoice());
    const auto text = printed.text();
    EXPECT_EQ(printed.pages(), 3);
    for (const char* mark :
         {"ORIGINAL FOR RECIPIENT", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR SUPPLIER"}) {
        EXPECT_TRUE(says(text, mark));
    }
    auto note = invoice();
    note.kind = DocumentKind::credit_note;
    note.original = DocumentNumber("SKA1/2627/000100");
    note.original_date = *Date::parse("2026-11-02");
    note.reason = Reason("two came damaged");
    Printed corrected(note);
    EXPECT_EQ(corrected.pages(), 1);
    for (const char* what :
         {"CREDIT NOTE", "SKA1/2627/000100 of 02 Nov 2026", "Reason: two came damaged"}) {
        EXPECT_TRUE(says(corrected.text(), what));
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

IssuedDocument with_lines(IssuedDocument document, int count) {
    const auto line = document.lines[0];
    for (int i = 2; i <= count; ++i) {
        document.lines.push_back(line);
        document.lines.back().line = i;
    }
    return document;
}

std::size_t times(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

TEST(DocumentPdf, ManyLinesAndManySerialsTakeSeveralPages) {
    auto document = with_lines(invoice(), 120);
    for (int i = 0; i < 2000; ++i) {
        document.lines[5].serials.emplace_back("SERIAL-" + std::to_string(100000 + i));
    }
    Printed printed(document);
    const auto text = printed.text();
    const auto pages = static_cast<std::size_t>(printed.pages());
    EXPECT_EQ(pages % 3, 0U);
    EXPECT_GT(pages, 12U);
    for (int i = 0; i < 2000; i += 37) {
        EXPECT_EQ(times(text, "SERIAL-" + std::to_string(100000 + i)), 3U);
    }
    EXPECT_EQ(times(text, "Authorised signatory"), 3U);
    EXPECT_EQ(times(text, "SKA1/2627/000123 of 24 Nov 2026, continued"), pages - 3);
    const auto last = std::to_string(pages / 3);
    EXPECT_EQ(times(text, "Page " + last + " of " + last), 3U);
}

// Each line stands on the paper once for each copy, whichever page the break falls on.
TEST(DocumentPdf, NoLineIsLostAtAPageBreak) {
    for (const int count : {17, 18, 19, 20, 21, 40, 300}) {
        auto document = with_lines(challan(), count);
        for (auto& line : document.lines)
            line.sku = Sku("GOODS<" + std::to_string(line.line) + ">");
        const auto text = Printed(document).text();
        for (const auto& line : document.lines) {
            EXPECT_EQ(times(text, line.sku.text()), 3U) << count << " lines: " << line.line;
        }
    }
}

std::string many(std::string_view what, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += what;
    return text;
}

TEST(DocumentPdf, NamesOfAnyKindArePrinted) {
    auto document = challan();
    document.supplier.legal_name = Name(many("च", 200));
    document.supplier.trade_name = Name(many("عربية ", 33));
    document.supplier.address->line1 = Name(many("\xF0\x9F\x98\x80", 200));
    document.supplier.address->line2 = Name(many("e\xCC\x81\xCC\x81\xCC\x81", 50));
    document.supplier.address->city = Name(many("W", 200));
    document.recipient = document.supplier;
    document.ship_to = document.dispatch_from = document.supplier;
    document.lines[0].description = Name(many("\xE2\x80\xAE", 100) + many("M", 100));
    document.lines[0].lot = LotCode(many("L", 64));
    document.note = Note(many("\n", 1500) + "the end of the note");
    Printed printed(document);
    EXPECT_TRUE(says(printed.text(), "the end of the note"));
    EXPECT_TRUE(says(printed.text(), "54,000.00"));
    EXPECT_TRUE(says(printed.text(), "Page 1 of "));
}

// The largest that the host issues: it takes its time, and ends.
TEST(DocumentPdf, TenThousandLinesArePrinted) {
    Printed printed(with_lines(challan(), 10'000));
    EXPECT_GT(printed.pages(), 900);
    EXPECT_EQ(times(printed.text(), "Authorised signatory"), 3U);
}

TEST(DocumentPdf, WhoWaitsTooLongIsTurnedAway) {
    const auto large = with_lines(challan(), 2'000);
    constexpr std::size_t kAsking = limits::kPrintQueueMax * 2;
    std::atomic<std::size_t> printed = 0;
    std::atomic<std::size_t> refused = 0;
    std::vector<std::thread> crowd;
    for (std::size_t i = 0; i < kAsking; ++i) {
        crowd.emplace_back([&] {
            try {
                document_pdf(large);
                ++printed;
            } catch (const Refusal& refusal) {
                EXPECT_EQ(refusal.code(), "printer_busy");
                ++refused;
            }
        });
    }
    for (auto& one : crowd) one.join();
    EXPECT_EQ(printed + refused, kAsking);
    EXPECT_GT(printed, 0U);
    EXPECT_GT(refused, 0U);
    EXPECT_NO_THROW(document_pdf(challan()));
}

// In a process of its own, whose fonts were never looked up.
TEST(DocumentPdfDeathTest, WithoutFontsNothingIsPrinted) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    constexpr int kRefused = 7;
    const auto print_without_fonts = [] {
        const auto config = fs::temp_directory_path() / "wharf-print-no-fonts.conf";
        std::ofstream(config) << "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
        // NOLINTNEXTLINE(concurrency-mt-unsafe): before any other thread
        setenv("FONTCONFIG_FILE", config.c_str(), 1);
        try {
            document_pdf(challan());
        } catch (const Refusal& refusal) {
            _exit(refusal.code() == "no_fonts" ? kRefused : 1);
        }
        _exit(0);
    };
    EXPECT_EXIT(print_without_fonts(), ::testing::ExitedWithCode(kRefused), "");
}

TEST(DocumentPdf, TheRoomForFiguresIsKept) {
    auto document = invoice();
    document.lines[0].unit_price = money("9000000000.123456");
    document.lines[0].taxable = document.lines[0].amount = money("9000000000000.00");
    document.lines[0].total = document.total = money("9000000000000.00");
    document.lines[0].quantity = Count(999'999'999'999);
    const auto text = Printed(document).text();
    EXPECT_TRUE(says(text, "90,00,00,00,00,000.00"));
    EXPECT_TRUE(says(text, "9,99,99,99,99,999 each"));
    EXPECT_TRUE(says(text, "9,00,00,00,000.123456"));
}

TEST(DocumentPdf, ExportsAndCompositionCarryTheirSentences) {
    auto document = invoice();
    document.tax.supply_type = SupplyType::export_without_payment;
    const auto exported = Printed(document).text();
    EXPECT_TRUE(says(exported, "SUPPLY MEANT FOR EXPORT UNDER BOND OR LETTER OF"));
    EXPECT_TRUE(says(exported, "UNDERTAKING WITHOUT PAYMENT OF INTEGRATED TAX"));
    document = invoice();
    document.kind = DocumentKind::bill_of_supply;
    document.supplier.tax_status = TaxStatus::composition;
    const auto text = Printed(document).text();
    EXPECT_TRUE(says(text, "BILL OF SUPPLY"));
    EXPECT_TRUE(says(text, "not eligible to collect tax"));
}

}  // namespace
}  // namespace wharf::print

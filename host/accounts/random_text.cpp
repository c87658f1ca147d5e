#include "host/accounts/random_text.hpp"

#include <sodium.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace wharf::accounts {
namespace {

void require_sodium() {
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium cannot be initialised");
}

}  // namespace

std::string random_text(std::size_t bits) {
    constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    require_sodium();
    std::string text;
    for (std::size_t group = 0; group < bits / 40; ++group) {
        std::array<std::uint8_t, 8> letters{};
        randombytes_buf(letters.data(), letters.size());
        for (auto letter : letters) text += kAlphabet[letter % 32];
    }
    return text;
}

std::string secret_hash(std::string_view secret) {
    require_sodium();
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    std::array<std::uint8_t, 1024> bytes{};
    if (secret.size() > bytes.size()) throw std::length_error("a secret is short");
    for (std::size_t i = 0; i < secret.size(); ++i) bytes[i] = static_cast<std::uint8_t>(secret[i]);
    crypto_generichash(hash.data(), hash.size(), bytes.data(), secret.size(), nullptr, 0);
    std::string text(2 * hash.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

bool same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace wharf::accounts

#include "tests/scenario/world.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <ctime>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "tests/scenario/script.hpp"

namespace wharf::scenario {

namespace json = boost::json;

namespace {

constexpr const char* kUsualAccount = "acme";
constexpr std::size_t kBigBytes = 1200000;

// An instant some seconds from now, in UTC: now+2.
std::string instant_for(const std::string& name) {
    const std::time_t at = std::time(nullptr) + (name.size() > 3 ? std::stol(name.substr(3)) : 0);
    std::tm parts{};
    gmtime_r(&at, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &parts);
    return text;
}

// A day from now in Indian time, the zone of the usual account: today, today+7, today-3.
std::string date_for(const std::string& name) {
    const auto offset = name.size() > 5 ? std::stol(name.substr(5)) : 0;
    constexpr std::time_t kDay = 86400;
    constexpr std::time_t kZone = 19800;
    const std::time_t at = std::time(nullptr) + kZone + offset * kDay;
    std::tm parts{};
    gmtime_r(&at, &parts);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

json::array list_of(const std::string& text) {
    json::array list;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) list.emplace_back(part);
    return list;
}

// `locations=BLR,DEL vendor=V1` as the fields of a key.
std::string key_fields(const std::string& bindings) {
    json::object fields;
    std::istringstream words(bindings);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        if (equals == std::string::npos)
            throw std::runtime_error("a binding is name=value: " + word);
        const auto name = word.substr(0, equals);
        const auto value = word.substr(equals + 1);
        if (name == "vendor")
            fields[name] = value;
        else
            fields[name] = list_of(value);
    }
    return json::serialize(fields);
}

}  // namespace

World::World() {
    host_.start();
}

void World::make_account(const std::string& arguments) {
    auto [code, rest] = split_word(arguments);
    json::object settings;
    for (const char* field : {"plan", "account_type", "inventory_type"}) {
        if (rest.empty() || rest.front() == '{') break;
        auto [word, more] = split_word(rest);
        settings[field] = word;
        rest = more;
    }
    if (!rest.empty()) {
        const auto more = json::parse(rest);
        for (const auto& [key, value] : more.as_object()) settings[key] = value;
    }
    const auto admin =
        tests::make_account(host_.url(), host_.platform_key(), code, json::serialize(settings));
    keys_[code]["admin"] = admin.key();
    use_account(code);
}

void World::use_account(const std::string& code) {
    if (!keys_.contains(code)) throw std::runtime_error("no account " + code + " was made");
    account_ = code;
    who_ = "admin";
}

void World::need_account() {
    if (account_.empty()) make_account(kUsualAccount);
}

void World::speak_as(const std::string& arguments) {
    need_account();
    const auto [name, rest] = split_word(arguments);
    const auto [role, bindings] = split_word(rest);
    if (name == "key") {
        keys_[account_]["key"] = role;
    } else if (!role.empty()) {
        make_key(name, role, bindings);
    }
    who_ = name;
    static_cast<void>(key_of(name));
}

// A key of the installation (platform_admin, support) is made above the accounts.
void World::make_key(const std::string& name, const std::string& role,
                     const std::string& bindings) {
    tests::Client platform(host_.url(), account_, host_.platform_key());
    const bool above = role == "support" || role == "platform_admin";
    auto body = json::parse(key_fields(bindings)).as_object();
    body["name"] = name;
    body["role"] = role;
    const auto made =
        platform.expect(201, platform.post(above ? "/v1/keys" : "keys", json::serialize(body)));
    keys_[account_][name] = json::value_to<std::string>(made.at("key"));
    remember(name + "_id", json::value_to<std::string>(made.at("id")));
}

std::string World::key_of(const std::string& name) const {
    if (name == "platform") return host_.platform_key();
    if (name == "nobody") return {};
    const auto& keys = keys_.at(account_);
    const auto found = keys.find(name);
    if (found == keys.end())
        throw std::runtime_error("no key \"" + name + "\" was made: give its role");
    return found->second;
}

tests::Client& World::speaker() {
    const auto key = key_of(who_);
    return clients_.try_emplace(account_ + " " + key, host_.url(), account_, key).first->second;
}

tests::HttpReply World::send(tests::HttpRequest request) {
    need_account();
    return speaker().send(std::move(request));
}

void World::restart_host(const std::string& flags) {
    clients_.clear();
    host_.stop();
    std::istringstream words(flags);
    host_.start(0, {std::istream_iterator<std::string>(words), {}});
}

void World::kill_host() {
    clients_.clear();
    host_.kill();
    host_.start();
}

void World::finish() {
    for (const auto& [code, keys] : keys_) {
        tests::Client admin(host_.url(), code, keys.at("admin"));
        tests::expect_verified(admin);
    }
    clients_.clear();
    host_.stop();
    std::string said;
    if (host_.replay(said) != 0) {
        throw std::runtime_error("the journal does not give the same again:\n" + said);
    }
}

std::string World::filled(const std::string& text) const {
    std::string result;
    std::size_t at = 0;
    while (true) {
        const auto begin = text.find("${", at);
        if (begin == std::string::npos) return result + text.substr(at);
        const auto end = text.find('}', begin);
        const auto name = text.substr(begin + 2, end - begin - 2);
        result += text.substr(at, begin - at);
        if (const auto found = values_.find(name); found != values_.end())
            result += found->second;
        else if (name == "big")
            result += std::string(kBigBytes, 'x');
        else if (name.rfind("today", 0) == 0)
            result += date_for(name);
        else if (name.rfind("now", 0) == 0)
            result += instant_for(name);
        else
            throw std::runtime_error("nothing is called ${" + name + "}");
        at = end + 1;
    }
}

}  // namespace wharf::scenario

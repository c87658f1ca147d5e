#include "host/app/remote.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <utility>

#include "host/app/exit_codes.hpp"
#include "host/app/print.hpp"

namespace wharf::app {

namespace {

std::string member(const boost::json::object& from, const char* name) {
    const auto* found = from.if_contains(name);
    return found == nullptr ? std::string() : plain_text(*found);
}

// The problem in a few lines: what, then each field, then the way out.
std::string words_of(const HttpReply& reply) {
    boost::json::error_code error;
    const auto json = boost::json::parse(reply.body, error);
    if (error || !json.is_object()) return "the host answered " + std::to_string(reply.status);
    const auto& problem = json.get_object();
    auto words = "refused (" + std::to_string(reply.status) + " " + member(problem, "code") +
                 "): " + member(problem, "detail");
    if (const auto* errors = problem.if_contains("errors"); errors && errors->is_array()) {
        for (const auto& fault : errors->get_array()) {
            if (!fault.is_object()) continue;
            words += "\n  " + member(fault.get_object(), "pointer") + " " +
                     member(fault.get_object(), "detail");
        }
    }
    if (const auto hint = member(problem, "hint"); !hint.empty()) words += "\n  hint: " + hint;
    return words + "\n  request id: " + member(problem, "request_id");
}

}  // namespace

std::string accepted(HttpReply reply) {
    if (!reply.ok()) throw Failure(ExitCode::refused, words_of(reply));
    return std::move(reply.body);
}

boost::json::value json_argument(const std::string& text) {
    boost::json::error_code error;
    auto json = boost::json::parse(text, error);
    if (error || !json.is_object()) {
        throw Failure(ExitCode::usage, "this is no JSON object: " + text);
    }
    return json;
}

void Remote::add_connection_options(CLI::App& command) {
    command.add_option("--url", url_, "Where the host is")->envname("WHARF_URL");
    command.add_option("--key", key_, "API key; the environment keeps it out of process lists")
        ->envname("WHARF_KEY");
}

void Remote::add_account_option(CLI::App& command, bool required) {
    auto* option = command.add_option("--account,-a", account_, "Code of the account")
                       ->envname("WHARF_ACCOUNT");
    if (required) option->required();
}

void Remote::add_json_flag(CLI::App& command) {
    command.add_flag("--json", json_, "Print the host's JSON as it came");
}

void Remote::add_dry_run_flag(CLI::App& command) {
    command.add_flag("--dry-run", dry_run_, "Check everything, change nothing");
}

Client& Remote::client() {
    if (!client_) client_.emplace(url_, key_);
    return *client_;
}

std::string Remote::base() const {
    return account_.empty() ? "/v1" : "/v1/accounts/" + path_segment(account_);
}

std::string Remote::read(const std::string& path) {
    return accepted(client().send({"GET", path}));
}

std::string Remote::write(const std::string& method, const std::string& path,
                          const std::string& body) {
    const char* option = path.find('?') == std::string::npos ? "?dry_run=true" : "&dry_run=true";
    return accepted(client().send({method, dry_run_ ? path + option : path, body}));
}

void Remote::show(const std::string& body) const {
    if (json_) {
        std::cout << body << '\n';
    } else {
        print_for_people(std::cout, boost::json::parse(body));
    }
}

void Remote::show_all(const std::string& path) {
    boost::json::array items;
    const char separator = path.find('?') == std::string::npos ? '?' : '&';
    std::string after;
    do {
        auto next = path + separator + "limit=200";
        if (!after.empty()) next += "&after=" + path_segment(after);
        const auto page = boost::json::parse(read(next));
        for (const auto& item : page.at("items").as_array()) items.push_back(item);
        const auto* cursor = page.as_object().if_contains("next");
        after = cursor == nullptr ? std::string() : plain_text(*cursor);
    } while (!after.empty());
    show(boost::json::serialize(
        boost::json::object{{"items", std::move(items)}, {"next", nullptr}}));
}

}  // namespace wharf::app

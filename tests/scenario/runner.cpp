#include "tests/scenario/runner.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "tests/scenario/expectation.hpp"
#include "tests/scenario/script.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::scenario {

namespace {

using namespace std::chrono_literals;

// How long an `eventually` is asked again, and how often.
constexpr auto kPatience = 20s;
constexpr auto kPause = 20ms;
constexpr std::size_t kReplyShownMax = 3000;

bool is_method(const std::string& word) {
    return word == "GET" || word == "POST" || word == "PUT" || word == "PATCH" || word == "DELETE";
}

bool is_header(const std::string& word) {
    const auto colon = word.find(':');
    return colon != std::string::npos && colon > 0 &&
           word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") == colon;
}

// `POST orders Idempotency-Key:k1 {...}` as a request.
tests::HttpRequest request_of(const std::string& text, const std::string& body) {
    tests::HttpRequest request;
    std::string rest;
    std::tie(request.method, rest) = split_word(text);
    std::tie(request.path, rest) = split_word(rest);
    while (true) {
        const auto [word, more] = split_word(rest);
        if (!is_header(word)) break;
        const auto colon = word.find(':');
        request.headers.emplace_back(word.substr(0, colon), word.substr(colon + 1));
        rest = more;
    }
    request.body = body.empty() ? rest : body;
    return request;
}

class Run {
public:
    explicit Run(std::ostream& out) : out_(out) {}

    bool step(const Step& step) {
        try {
            return take(step);
        } catch (const std::exception& fault) {
            tell(step.line, {fault.what()}, true);
            return false;
        }
    }

    bool finish(const std::filesystem::path& file) {
        try {
            world_.finish();
            return true;
        } catch (const std::exception& fault) {
            out_ << file.string() << ": at the end: " << fault.what() << '\n';
            return false;
        }
    }

private:
    bool take(const Step& step) {
        const auto [word, rest] = split_word(step.line.text);
        if (is_method(word)) return ask(step, step.line.text);
        if (word == "repeat") return repeat(step, rest);
        if (word == "eventually") return eventually(step, rest);
        if (!step.expectations.empty()) {
            throw std::runtime_error("only a request has a reply to expect something of");
        }
        act(word, world_.filled(rest));
        return true;
    }

    void act(const std::string& word, const std::string& rest) {
        if (word == "account")
            world_.make_account(rest);
        else if (word == "use")
            world_.use_account(rest);
        else if (word == "as")
            world_.speak_as(rest);
        else if (word == "let")
            capture(rest);
        else if (word == "restart" && rest.starts_with("host"))
            world_.restart_host(rest.substr(4));
        else if (word == "kill" && rest == "host")
            world_.kill_host();
        else
            throw std::runtime_error("not understood: " + word + " " + rest);
    }

    // `let name = .path` or `let name = header ETag`, from the last reply.
    void capture(const std::string& text) {
        const auto [name, assignment] = split_word(text);
        const auto [sign, source] = split_word(assignment);
        if (sign != "=") throw std::runtime_error("let is: let name = .path");
        const auto [word, header] = split_word(source);
        if (word == "header") {
            world_.remember(name, reply_.header(header));
            return;
        }
        const auto document = reply_.json();
        const auto* value = tests::at_path(document, source);
        if (value == nullptr) throw std::runtime_error("the last reply has no " + source);
        world_.remember(name, tests::plain_text(*value));
    }

    // Asks once; gives the first expectation that is not met and what is wrong with it.
    const Line* ask_once(const Step& step, const std::string& text,
                         std::vector<std::string>& wrong) {
        reply_ = world_.send(request_of(world_.filled(text), world_.filled(step.line.body)));
        for (const auto& expectation : step.expectations) {
            wrong = faults(world_.filled(expectation.text), reply_);
            if (!wrong.empty()) return &expectation;
        }
        return nullptr;
    }

    bool ask(const Step& step, const std::string& text) {
        if (step.expectations.empty()) throw std::runtime_error("say what must come of it: > 200");
        std::vector<std::string> wrong;
        const auto* failed = ask_once(step, text, wrong);
        if (failed != nullptr) tell(*failed, wrong, false, &step.line);
        return failed == nullptr;
    }

    bool repeat(const Step& step, const std::string& rest) {
        const auto [count, text] = split_word(rest);
        for (int i = 1; i <= std::stoi(count); ++i) {
            world_.remember("n", std::to_string(i));
            if (!ask(step, text)) return false;
        }
        return true;
    }

    bool eventually(const Step& step, const std::string& text) {
        const auto until = std::chrono::steady_clock::now() + kPatience;
        std::vector<std::string> wrong;
        const Line* failed = nullptr;
        while ((failed = ask_once(step, text, wrong)) != nullptr) {
            if (std::chrono::steady_clock::now() > until) {
                tell(*failed, wrong, false, &step.line);
                return false;
            }
            std::this_thread::sleep_for(kPause);
        }
        return true;
    }

    void tell(const Line& line, const std::vector<std::string>& wrong, bool with_log,
              const Line* asked = nullptr) {
        out_ << line.place.text() << ": " << (asked != nullptr ? "> " : "") << line.text << '\n';
        if (asked != nullptr) out_ << "  of " << asked->place.text() << ": " << asked->text << '\n';
        for (const auto& fault : wrong) out_ << "    " << fault << '\n';
        if (asked != nullptr) {
            out_ << "  the reply was " << reply_.status << ' '
                 << reply_.body.substr(0, kReplyShownMax) << '\n';
        }
        if (with_log || reply_.status >= 500)
            out_ << "  the host's log ends:\n" << world_.log_end() << '\n';
    }

    std::ostream& out_;
    World world_;
    tests::HttpReply reply_;
};

}  // namespace

bool run(const std::filesystem::path& file, std::ostream& out) {
    try {
        const auto steps = read_script(file);
        Run run(out);
        for (const auto& step : steps) {
            if (!run.step(step)) return false;
        }
        return run.finish(file);
    } catch (const std::exception& fault) {
        out << file.string() << ": " << fault.what() << '\n';
        return false;
    }
}

}  // namespace wharf::scenario

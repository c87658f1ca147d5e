#include "tests/support/host_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace wharf::tests {

namespace {

constexpr std::size_t kLastWordsBytes = 4000;
constexpr int kCreate = O_WRONLY | O_CREAT | O_CLOEXEC;

std::runtime_error system_fault(const std::string& what) {
    return std::runtime_error(what + ": " + std::generic_category().message(errno));
}

std::filesystem::path make_scratch() {
    auto pattern = (std::filesystem::temp_directory_path() / "wharf-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw system_fault(pattern);
    return pattern;
}

std::filesystem::path from_environment(const char* name, std::filesystem::path otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::move(otherwise) : std::filesystem::path(value);
}

std::vector<std::string> flags_of_environment() {
    const char* value = std::getenv("WHARF_SERVE_FLAGS");
    std::istringstream words(value == nullptr ? "" : value);
    return {std::istream_iterator<std::string>(words), {}};
}

// Starts the program with its standard output on `out` and its errors on `err`. Only what is safe
// between fork and exec happens in the child. With `with_us` it dies when the calling
// thread does, otherwise it leaves our session.
pid_t spawn(const std::vector<std::string>& arguments, int out, int err, Lifetime lifetime) {
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) throw system_fault("fork");
    if (child > 0) return child;
    if (lifetime == Lifetime::with_us) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
    } else {
        ::setsid();
    }
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {
        if (value < 0) throw system_fault("open");
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(value_); }
    [[nodiscard]] int get() const { return value_; }

private:
    int value_;
};

std::string file_end(const std::filesystem::path& path, std::size_t bytes_max) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    return text.size() > bytes_max ? text.substr(text.size() - bytes_max) : text;
}

// The `127.0.0.1:8080` of the one line that says where the host listens, once that line is whole.
std::string address_in(const std::string& text) {
    const auto begin = text.find("127.0.0.1:");
    if (begin == std::string::npos) return {};
    const auto end = text.find_first_not_of("0123456789", begin + 10);
    return end == std::string::npos ? std::string() : text.substr(begin, end - begin);
}

int exit_code(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Installation Installation::beside_this_program() {
    const auto bin = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    return {from_environment("WHARF_HOST", bin / "wharf"),
            from_environment("WHARF_PLUGINS", bin.parent_path() / "plugins")};
}

HostProcess::HostProcess(Installation installation)
    : installation_(std::move(installation)), folder_(make_scratch()) {
    initialise();
}

HostProcess::HostProcess(Installation installation, std::filesystem::path folder, Lifetime lifetime)
    : installation_(std::move(installation)), folder_(std::move(folder)), lifetime_(lifetime) {
    std::filesystem::create_directories(folder_);
    initialise();
}

HostProcess::~HostProcess() {
    if (lifetime_ == Lifetime::detached) return;
    if (running()) kill();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void HostProcess::initialise() {
    std::string said;
    const int code = run({"init", "--data", data().string()}, said);
    if (code != 0) {
        throw std::runtime_error("wharf init ended with " + std::to_string(code) + ": " + said);
    }
    platform_key_ = boost::json::value_to<std::string>(
        boost::json::parse(said.substr(said.find('{'))).at("platform_key"));
}

void HostProcess::start(int port, const std::vector<std::string>& flags) {
    if (running()) throw std::logic_error("the host runs already");
    {
        const Descriptor out(::open(output().c_str(), kCreate | O_TRUNC, 0600));
        const Descriptor err(::open(log().c_str(), kCreate | O_APPEND, 0600));
        std::vector<std::string> arguments{installation_.host.string(),
                                           "serve",
                                           "--data",
                                           data().string(),
                                           "--plugins",
                                           installation_.plugins.string(),
                                           "--listen",
                                           "127.0.0.1:" + std::to_string(port)};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        for (const auto& flag : flags_of_environment()) arguments.push_back(flag);
        pid_ = spawn(arguments, out.get(), err.get(), lifetime_);
    }
    const auto address = wait_for_address();
    if (address.empty()) {
        throw std::runtime_error("the host did not serve, it ended with " +
                                 std::to_string(exit_code_) + "; its last words:\n" + last_words());
    }
    url_ = "http://" + address;
}

std::string HostProcess::wait_for_address() {
    while (true) {
        int status = 0;
        const bool ended = ::waitpid(pid_, &status, WNOHANG) == pid_;
        auto address = address_in(file_end(output(), kLastWordsBytes));
        if (!address.empty() && !ended) return address;
        if (ended) {
            pid_ = -1;
            exit_code_ = exit_code(status);
            return {};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

int HostProcess::wait_for_end() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return exit_code(status);
}

void HostProcess::stop() {
    if (!running()) throw std::logic_error("the host does not run");
    ::kill(pid_, SIGTERM);
    const int code = wait_for_end();
    if (code != 0) {
        throw std::runtime_error("the host ended with " + std::to_string(code) +
                                 " when it was asked to end; its last words:\n" + last_words());
    }
}

void HostProcess::kill() {
    if (!running()) throw std::logic_error("the host does not run");
    ::kill(pid_, SIGKILL);
    wait_for_end();
}

std::string HostProcess::last_words() const {
    return file_end(output(), kLastWordsBytes) + file_end(log(), kLastWordsBytes);
}

int HostProcess::replay(std::string& said) const {
    return run({"replay", "--data", data().string(), "--plugins", installation_.plugins.string()},
               said);
}

int HostProcess::run(const std::vector<std::string>& arguments, std::string& said) const {
    auto all = arguments;
    all.insert(all.begin(), installation_.host.string());
    const auto file = folder_ / "run.out";
    pid_t child = -1;
    {
        const Descriptor out(::open(file.c_str(), kCreate | O_TRUNC, 0600));
        child = spawn(all, out.get(), out.get(), Lifetime::with_us);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    said = file_end(file, std::string::npos);
    std::filesystem::remove(file);
    return exit_code(status);
}

}  // namespace wharf::tests

// The program itself, run as a person or a script runs it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "host/app/exit_codes.hpp"
#include "host/app/host_fixture.hpp"

namespace wharf::app {
namespace {

struct Ended {
    int code = -1;
    std::string out;
    std::string err;
};

std::string read_all(int descriptor) {
    std::string text;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::read(descriptor, buffer, sizeof buffer)) > 0;) {
        text.append(buffer, static_cast<std::size_t>(size));
    }
    ::close(descriptor);
    return text;
}

// The program in a process of its own, with nothing of ours in its environment.
class Program {
public:
    explicit Program(std::vector<std::string> arguments) {
        int out[2];
        int err[2];
        EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
        EXPECT_EQ(::pipe2(err, O_CLOEXEC), 0);
        arguments.insert(arguments.begin(), WHARF_PROGRAM);
        std::vector<char*> argv;
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        char* environment[] = {nullptr};
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(out[1], STDOUT_FILENO);
            ::dup2(err[1], STDERR_FILENO);
            ::execve(argv[0], argv.data(), environment);
            ::_exit(127);
        }
        ::close(out[1]);
        ::close(err[1]);
        out_ = out[0];
        err_ = err[0];
    }

    std::string line() {
        std::string text;
        for (char c = 0; ::read(out_, &c, 1) == 1 && c != '\n';) text += c;
        return text;
    }
    void signal(int number) const { ::kill(pid_, number); }
    Ended end() {
        Ended ended;
        ended.out = read_all(out_);
        ended.err = read_all(err_);
        int status = 0;
        ::waitpid(pid_, &status, 0);
        ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return ended;
    }

private:
    pid_t pid_ = 0;
    int out_ = -1;
    int err_ = -1;
};

Ended run(std::vector<std::string> arguments) {
    return Program(std::move(arguments)).end();
}

int code(ExitCode value) {
    return static_cast<int>(value);
}

std::string key_in(const std::string& line) {
    return boost::json::parse(line).at("platform_key").as_string().c_str();
}

class CommandLine : public ::testing::Test {
protected:
    std::string data() const { return (folder_.path() / "data").string(); }
    std::string file(const std::string& name, const std::string& text) const {
        const auto path = (folder_.path() / name).string();
        std::ofstream(path) << text;
        return path;
    }

private:
    storage::sqlite::TestFolder folder_;
};

TEST_F(CommandLine, InitPrintsTheKeyOnceAndOnlyOnce) {
    const auto first = run({"init", "--data", data()});
    EXPECT_EQ(first.code, 0) << first.err;
    EXPECT_TRUE(key_in(first.out).starts_with("wharf_"));
    EXPECT_EQ(first.err, "");
    const auto second = run({"init", "--data", data()});
    EXPECT_EQ(second.code, code(ExitCode::already_initialised));
    EXPECT_EQ(second.out, "");
    EXPECT_EQ(std::count(second.err.begin(), second.err.end(), '\n'), 1);
}

TEST_F(CommandLine, ServeTellsItsAddressAndEndsWellWhenAsked) {
    const auto key = key_in(run({"init", "--data", data()}).out);
    Program served({"serve", "--data", data(), "--listen", "127.0.0.1:0"});
    const auto line = served.line();
    const std::string prefix = "listening on http://127.0.0.1:";
    ASSERT_TRUE(line.starts_with(prefix)) << line;
    const auto url = line.substr(13);
    Client client(url, key);
    EXPECT_EQ(client.send({"GET", "/livez"}).status, 200);

    const auto in_use = run({"serve", "--data", data(), "--listen", "127.0.0.1:0"});
    EXPECT_EQ(in_use.code, code(ExitCode::in_use));
    EXPECT_EQ(std::count(in_use.err.begin(), in_use.err.end(), '\n'), 1) << in_use.err;

    served.signal(SIGTERM);
    const auto ended = served.end();
    EXPECT_EQ(ended.code, 0) << ended.err;
    for (std::size_t begin = 0; begin < ended.err.size();) {
        const auto end = ended.err.find('\n', begin);
        EXPECT_NO_THROW(boost::json::parse(ended.err.substr(begin, end - begin)));
        begin = end + 1;
    }
    EXPECT_EQ(ended.err.find(key), std::string::npos);
}

TEST_F(CommandLine, EachWayToFailAtStartHasItsOwnCode) {
    EXPECT_EQ(run({"serve", "--data", data()}).code, code(ExitCode::not_initialised));
    EXPECT_FALSE(std::filesystem::exists(data()));
    run({"init", "--data", data()});
    EXPECT_EQ(run({"serve", "--data", data(), "--plugins", data() + "/nothing"}).code,
              code(ExitCode::no_plugins_folder));
    EXPECT_EQ(run({"serve", "--data", data(), "--listen", "192.0.2.1:1"}).code,
              code(ExitCode::address_unavailable));
    EXPECT_EQ(run({"serve", "--data", data(), "--listen", "nonsense"}).code, code(ExitCode::usage));
    std::ofstream(data() + "/directory.db") << std::string(8192, 'x');
    EXPECT_EQ(run({"serve", "--data", data()}).code, code(ExitCode::disk));
}

TEST_F(CommandLine, WrongFlagsAreUsageAndHelpIsNot) {
    EXPECT_EQ(run({}).code, code(ExitCode::usage));
    EXPECT_EQ(run({"nonsense"}).code, code(ExitCode::usage));
    EXPECT_EQ(run({"serve", "--nonsense"}).code, code(ExitCode::usage));
    const auto help = run({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* command :
         {"serve", "demo", "init", "account", "key", "plugin", "import", "export", "verify",
          "backup", "restore", "call", "openapi", "version", "Exit codes"}) {
        EXPECT_NE(help.out.find(command), std::string::npos) << command;
    }
    EXPECT_TRUE(run({"version"}).out.starts_with("wharf "));
}

TEST_F(CommandLine, WithoutAHostACommandSaysSo) {
    const auto ended = run({"account", "list", "--url", "http://127.0.0.1:1"});
    EXPECT_EQ(ended.code, code(ExitCode::unreachable));
    EXPECT_EQ(ended.out, "");
}

class Remotely : public CommandLine {
protected:
    Ended remote(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--url", host_.url(), "--key", host_.platform_key()});
        return run(std::move(arguments));
    }

    testing::RunningHost host_;
};

TEST_F(Remotely, AccountsAndKeysAreMadeListedAndRevoked) {
    EXPECT_EQ(remote({"account", "create", "acme", "--name", "Acme", "--dry-run"}).code, 0);
    EXPECT_EQ(remote({"account", "show", "acme"}).code, code(ExitCode::refused));
    EXPECT_EQ(remote({"account", "list"}).out, "(none)\n");
    const auto made = remote({"account", "create", "acme", "--name", "Acme", "--json"});
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_EQ(boost::json::parse(made.out).at("code").as_string(), "acme");
    EXPECT_NE(remote({"account", "list"}).out.find("acme"), std::string::npos);
    EXPECT_EQ(remote({"account", "update", "acme", R"({"plan":"enterprise"})"}).code, 0);

    const auto key =
        remote({"key", "create", "-a", "acme", "--name", "ops", "--role", "admin", "--json"});
    EXPECT_EQ(key.code, 0) << key.err;
    const std::string id = boost::json::parse(key.out).at("id").as_string().c_str();
    EXPECT_NE(remote({"key", "list", "-a", "acme"}).out.find(id), std::string::npos);
    EXPECT_EQ(remote({"key", "revoke", id, "-a", "acme"}).code, 0);
}

TEST_F(Remotely, ARefusalIsToldWithItsFieldsAndWayOut) {
    const auto ended = remote({"account", "create", "bad code!", "--name", "x", "--plan", "free"});
    EXPECT_EQ(ended.code, code(ExitCode::refused));
    EXPECT_NE(ended.err.find("/plan"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("request id"), std::string::npos);
}

TEST_F(Remotely, AnyOperationIsCalledAndAnyListExported) {
    host_.account("acme");
    const auto put = remote({"call", "catalog.put_location",
                             R"({"code":"BLR","name":"A, \"B\"",)"
                             R"("kind":"warehouse"})",
                             "-a", "acme"});
    EXPECT_EQ(put.code, 0) << put.err;
    const auto csv = remote({"export", "catalog.list_locations", "-a", "acme"});
    EXPECT_EQ(csv.code, 0) << csv.err;
    EXPECT_TRUE(csv.out.starts_with("code,name,kind,")) << csv.out;
    EXPECT_NE(csv.out.find("BLR,\"A, \"\"B\"\"\",warehouse"), std::string::npos) << csv.out;
    EXPECT_EQ(remote({"export", "accounts.get", "-a", "acme"}).code, code(ExitCode::refused));
    EXPECT_EQ(remote({"call", "catalog.put_location", "nonsense", "-a", "acme"}).code,
              code(ExitCode::usage));
    EXPECT_EQ(remote({"call", "no.such", "-a", "acme"}).code, code(ExitCode::refused));
}

TEST_F(Remotely, AnOperationTellsWhatItTakes) {
    host_.account("acme");
    const auto told = remote({"call", "sales.place_order", "--fields", "-a", "acme"});
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_NE(told.out.find("POST /v1/accounts/acme/orders"), std::string::npos) << told.out;
    EXPECT_NE(told.out.find("one of consumer, business"), std::string::npos) << told.out;
    EXPECT_NE(told.out.find("list of "), std::string::npos) << told.out;
    EXPECT_NE(told.out.find("required"), std::string::npos) << told.out;
    EXPECT_EQ(remote({"call", "no.such", "--fields", "-a", "acme"}).code, code(ExitCode::refused));
    EXPECT_EQ(remote({"call", "accounts.create", "--fields"}).code, 0);
}

TEST_F(Remotely, AnExportComesAsJsonToo) {
    host_.account("acme");
    const auto none = remote({"export", "catalog.list_locations", "-a", "acme", "--json"});
    EXPECT_TRUE(boost::json::parse(none.out).as_array().empty()) << none.out;
    remote({"call", "catalog.put_location", R"({"code":"BLR","name":"A","kind":"warehouse"})", "-a",
            "acme"});
    const auto one = remote({"export", "catalog.list_locations", "-a", "acme", "--json"});
    EXPECT_EQ(boost::json::parse(one.out).at(0).at("code").as_string(), "BLR");
}

TEST_F(Remotely, AnEmptyFileIsToldToBeEmpty) {
    host_.account("acme");
    const auto file = host_.data() / "empty.csv";
    std::ofstream(file).close();
    const auto ended = remote({"import", "products", file.string(), "-a", "acme"});
    EXPECT_EQ(ended.code, code(ExitCode::refused));
    EXPECT_NE(ended.err.find("empty"), std::string::npos) << ended.err;
}

TEST_F(Remotely, BackupRestoreAndOpenApi) {
    host_.account("acme");
    const auto backup = remote({"backup", "-a", "acme", "--json"});
    EXPECT_EQ(backup.code, 0) << backup.err;
    const auto file = host_.data() / boost::json::parse(backup.out).at("file").as_string().c_str();
    EXPECT_EQ(run({"restore", file.string(), "--data", host_.data().string()}).code,
              code(ExitCode::in_use));
    EXPECT_NO_THROW(boost::json::parse(remote({"openapi"}).out));
    EXPECT_NO_THROW(boost::json::parse(remote({"openapi", "-a", "acme"}).out));
    host_.stop();
    EXPECT_EQ(run({"restore", file.string(), "--data", host_.data().string(), "--dry-run"}).out,
              "would restore acme\n");
    const auto restored = run({"restore", file.string(), "--data", host_.data().string()});
    EXPECT_EQ(restored.code, 0) << restored.err;
}

}  // namespace
}  // namespace wharf::app

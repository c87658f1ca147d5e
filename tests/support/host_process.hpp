// The real host in a process of its own, on a data folder of its own that goes away with it.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace wharf::tests {

// Where the program under test and its plugins are. By default beside the running test program, as
// the build leaves them.
struct Installation {
    std::filesystem::path host;
    std::filesystem::path plugins;
    static Installation beside_this_program();
};

// Ends with this program and leaves nothing behind, or outlives it and keeps its folder.
enum class Lifetime { with_us, detached };

// Threads: start, stop and kill from one thread; url() and platform_key() from any while it runs.
class HostProcess {
public:
    // Makes the data folder (`wharf init`) in a temporary folder, but does not serve yet.
    explicit HostProcess(Installation installation = Installation::beside_this_program());
    // Likewise in the given folder, which is made and gets `data/`, `host.out` and `host.log`.
    HostProcess(Installation installation, std::filesystem::path folder, Lifetime lifetime);
    HostProcess(const HostProcess&) = delete;
    HostProcess& operator=(const HostProcess&) = delete;
    ~HostProcess();

    // Serves on a free port, or the given one, with further flags of `wharf serve` (and those in
    // WHARF_SERVE_FLAGS); returns when the host printed its address. Throws with the host's last
    // words when it ends instead.
    void start(int port = 0, const std::vector<std::string>& flags = {});
    // Asks it to end and waits; throws unless it ended cleanly.
    void stop();
    // The process is gone without a word, as in a power cut.
    void kill();

    [[nodiscard]] bool running() const { return pid_ > 0; }
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] const std::string& platform_key() const { return platform_key_; }
    [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }
    // The end of what the host wrote to its log.
    [[nodiscard]] std::string last_words() const;

    // Replays the journals of all accounts (`wharf replay`); the host must be stopped.
    int replay(std::string& output) const;
    // Runs the program once to its end, its output in `output`; gives its exit code.
    int run(const std::vector<std::string>& arguments, std::string& output) const;

private:
    void initialise();
    int wait_for_end();
    // Gives the address once the host printed it, nothing when the host ended instead.
    std::string wait_for_address();
    [[nodiscard]] std::filesystem::path output() const { return folder_ / "host.out"; }
    [[nodiscard]] std::filesystem::path log() const { return folder_ / "host.log"; }

    Installation installation_;
    std::filesystem::path folder_;
    Lifetime lifetime_ = Lifetime::with_us;
    std::string platform_key_;
    std::string url_;
    pid_t pid_ = -1;
    int exit_code_ = 0;
};

}  // namespace wharf::tests

#include "host/app/readiness.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <future>
#include <memory>

#include "host/accounts/unit.hpp"
#include "host/http/descriptor.hpp"
#include "host/operations/operations.hpp"

namespace wharf::app {

namespace {

constexpr auto kStrandWaitMax = std::chrono::seconds(2);
constexpr auto kFoundFor = std::chrono::seconds(1);

// Does nothing; that it was settled is the answer.
class Knock final : public accounts::Unit {
public:
    accounts::Verdict run(storage::Session&) override { return accounts::Verdict::undo; }
    void failed(std::exception_ptr) noexcept override { failed_ = true; }
    void settled(accounts::Outcome outcome) noexcept override {
        answer_.set_value(!failed_ && (outcome == accounts::Outcome::committed ||
                                       outcome == accounts::Outcome::undone));
    }
    std::future<bool> answer() { return answer_.get_future(); }

private:
    bool failed_ = false;
    std::promise<bool> answer_;
};

}  // namespace

std::vector<http::Check> Readiness::checks() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!found_.empty() && now - found_at_ < kFoundFor) return found_;
    found_ = {strands(), disk()};
    for (const auto& plugin : operations_.breaker().kept_out()) {
        found_.push_back({"plugin " + plugin, false, false,
                          "it broke several times in a row and is left out for a while"});
    }
    for (const auto& stay : operations_.breaker().overdue(operations_.services().clock())) {
        found_.push_back({"plugin " + stay.plugin, false, false,
                          "it does not come back from a call for " + stay.account.text()});
    }
    found_at_ = now;
    return found_;
}

http::Check Readiness::strands() {
    try {
        auto knock = std::make_shared<Knock>();
        auto answer = knock->answer();
        operations_.accounts().directory().submit(knock);
        if (answer.wait_for(kStrandWaitMax) != std::future_status::ready) {
            return {"strands", false, true, "no unit was worked off in 2 s"};
        }
        if (!answer.get()) return {"strands", false, true, "a unit could not be committed"};
    } catch (const std::exception&) {
        return {"strands", false, true, "no unit is taken"};
    }
    return {"strands"};
}

http::Check Readiness::disk() const {
    const auto name = data_ / "ready.probe";
    const http::Descriptor file(
        ::open(name.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    const bool ok =
        file.valid() && ::write(file.get(), "ready\n", 6) == 6 && ::fsync(file.get()) == 0;
    if (ok) return {"disk"};
    return {"disk", false, true, "the data folder takes no writes"};
}

}  // namespace wharf::app

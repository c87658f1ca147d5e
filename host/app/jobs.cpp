#include "host/app/jobs.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "host/app/exit_codes.hpp"
#include "host/app/print.hpp"
#include "host/app/progress_bar.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

using boost::json::object;

std::string text_member(const object& job, const char* name) {
    const auto* found = job.if_contains(name);
    return found == nullptr ? std::string() : plain_text(*found);
}

std::size_t number_member(const object& job, const char* name) {
    const auto* found = job.if_contains(name);
    return found != nullptr && found->is_int64() && found->get_int64() > 0
               ? static_cast<std::size_t>(found->get_int64())
               : 0;
}

void show_progress(ProgressBar& bar, const object& job) {
    const auto* progress = job.if_contains("progress");
    const auto& from = progress != nullptr && progress->is_object() ? progress->get_object() : job;
    bar.show(number_member(from, "done"), number_member(from, "total"));
}

std::string result_of(const object& job) {
    const auto* result = job.if_contains("result");
    return boost::json::serialize(result == nullptr ? boost::json::value(job) : *result);
}

}  // namespace

std::string finished(Remote& remote, HttpReply reply, const std::string& title) {
    if (reply.status != 202) return accepted(std::move(reply));
    const auto place = reply.header("location");
    if (place.empty()) return accepted(std::move(reply));
    ProgressBar bar(title);
    constexpr std::chrono::milliseconds kPauseMax(1000);
    for (std::chrono::milliseconds pause(50);; pause = std::min(pause * 2, kPauseMax)) {
        const auto json = boost::json::parse(remote.read(place));
        const auto& job = json.as_object();
        const auto status = text_member(job, "status");
        show_progress(bar, job);
        if (status == "done" || status == "succeeded" || status == "finished") {
            return result_of(job);
        }
        if (status == "failed" || status == "cancelled") {
            throw Failure(ExitCode::refused, std::string("the job ")
                                                 .append(place)
                                                 .append(" ")
                                                 .append(status)
                                                 .append(": ")
                                                 .append(text_member(job, "detail")));
        }
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace wharf::app

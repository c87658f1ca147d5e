#include "host/http/responder.hpp"

#include <utility>

namespace wharf::http {

namespace {

constexpr Fault kOverloaded = {503, "unavailable", "the host is busy; try again"};
constexpr Fault kInternal = {500, "internal", "the request failed inside the host"};

}  // namespace

Responder::Responder(const Settings& settings, Handler handler, Library& library, Meters& meters)
    : settings_(settings),
      handler_(std::move(handler)),
      library_(library),
      meters_(meters),
      overloaded_(refuse(kOverloaded, {})) {}

std::string Responder::answer(const Request& request, bool keep_alive,
                              const std::atomic<bool>& stopping) {
    ++meters_.requests;
    const Handler ask = [&](const Request& asked) {
        auto response = handler_(asked);
        if (stopping && keep_alive) response.headers.set("Connection", "close");
        return response;
    };
    try {
        return library_.reply(request, ask, keep_alive);
    } catch (...) {
        ++meters_.handler_failures;
        return render(request, kInternal, request, keep_alive);
    }
}

std::string Responder::refuse(const Fault& fault, const Request& understood) {
    Request whole;
    whole.method = "GET";
    return render(whole, fault, understood, false);
}

std::string Responder::render(const Request& request, const Fault& fault, const Request& understood,
                              bool keep_alive) {
    try {
        return library_.reply(
            request, [&](const Request&) { return settings_.render_fault(fault, understood); },
            keep_alive);
    } catch (...) {
        return library_.reply(
            request, [&](const Request&) { return render_problem(fault); }, keep_alive);
    }
}

}  // namespace wharf::http

#include "host/http/transport.hpp"

#include <cassert>
#include <optional>
#include <utility>

#include "host/http/gate.hpp"
#include "host/http/library.hpp"
#include "host/http/meters.hpp"
#include "host/http/responder.hpp"
#include "host/http/socket_address.hpp"

namespace wharf::http {

class Server::Impl {
public:
    Impl(Settings settings, Handler handler)
        : settings_(std::move(settings)),
          responder_(settings_, std::move(handler), library_, meters_) {}

    std::string bind(const std::string& host, std::uint16_t port) {
        assert(!gate_);
        auto listener = library_.listen(host, port);
        auto address = local_address(listener);
        gate_.emplace(settings_, responder_, meters_, std::move(listener));
        return address;
    }

    Gate& gate() {
        assert(gate_);
        return *gate_;
    }

    Stats stats() const {
        Stats stats;
        stats.accepted = meters_.accepted;
        stats.requests = meters_.requests;
        stats.faults = meters_.faults;
        stats.overloaded = meters_.overloaded;
        stats.deadlines = meters_.deadlines;
        stats.handler_failures = meters_.handler_failures;
        stats.connections = meters_.connections;
        stats.buffered_bytes = meters_.buffered_bytes;
        stats.queued = gate_ ? gate_->queued() : 0;
        stats.busy_workers = gate_ ? gate_->busy_workers() : 0;
        return stats;
    }

private:
    const Settings settings_;
    Meters meters_;
    Library library_;
    Responder responder_;
    std::optional<Gate> gate_;
};

Server::Server(Settings settings, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(handler))) {}

Server::~Server() = default;

std::string Server::bind(const std::string& host, std::uint16_t port) {
    return impl_->bind(host, port);
}

void Server::run() {
    impl_->gate().run();
}

void Server::stop() noexcept {
    impl_->gate().stop();
}

Stats Server::stats() const {
    return impl_->stats();
}

}  // namespace wharf::http

// From a request to the bytes of its reply, whatever the handler does.
#pragma once

#include <atomic>
#include <string>

#include "host/http/fault.hpp"
#include "host/http/library.hpp"
#include "host/http/meters.hpp"
#include "host/http/transport.hpp"

namespace wharf::http {

/// Used by all workers and the gate at once. Never throws but for want of memory.
class Responder {
public:
    Responder(const Settings& settings, Handler handler, Library& library, Meters& meters);

    /// Asks the handler. What it throws is counted and becomes a 500 that tells nothing of it. When
    /// the host began to stop meanwhile, the reply says that the connection ends with it.
    std::string answer(const Request& request, bool keep_alive, const std::atomic<bool>& stopping);

    /// A reply that ends the connection, to a request as far as it was understood.
    std::string refuse(const Fault& fault, const Request& understood);

    /// The reply of a full host, made beforehand: a full host has no time to make it.
    const std::string& overloaded() const { return overloaded_; }

private:
    std::string render(const Request& request, const Fault& fault, const Request& understood,
                       bool keep_alive);

    const Settings& settings_;
    Handler handler_;
    Library& library_;
    Meters& meters_;
    std::string overloaded_;
};

}  // namespace wharf::http

// What is kept of a request in the log and in the metrics. Never keys, bodies or query strings.
#pragma once

#include <string>

#include "host/http/exchange.hpp"
#include "host/http/fault.hpp"
#include "host/http/json_log.hpp"
#include "host/http/message.hpp"
#include "host/http/metrics.hpp"

namespace wharf::http {

void record(const Exchange& exchange, const Response& response, JsonLog& log, Metrics& metrics);

// Of a request that the transport turned away.
void record_fault(const Fault& fault, const Request& understood, const std::string& request_id,
                  JsonLog& log);

}  // namespace wharf::http

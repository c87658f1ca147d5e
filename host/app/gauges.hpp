// What /metrics tells beyond requests: the transport, the accounts and the plugins.
#pragma once

namespace wharf::http {
class Metrics;
class Server;
}  // namespace wharf::http

namespace wharf::operations {
class Operations;
}

namespace wharf::app {

void add_gauges(http::Metrics& metrics, operations::Operations& operations,
                const http::Server& server);

}  // namespace wharf::app

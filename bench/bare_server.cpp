// wharf-bench-bare [FILE]: the least that an order intake over HTTP can be. The host's HTTP library
// as it comes, Boost.JSON, the rows of an order, and one writer that commits whatever has gathered.
// Without a file it answers a constant. Prints its port; ends when its standard input does.
#include <httplib.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>

#include "bench/bare_orders.hpp"

namespace {

using namespace wharf::bench;

struct Waiting {
    boost::json::value body;
    std::string number;
    bool done = false;
    std::mutex mutex;
    std::condition_variable told;
};

class Writer {
public:
    explicit Writer(const std::string& file) : orders_(file), thread_([this] { work(); }) {}
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

    void place(Waiting& order) {
        {
            std::lock_guard lock(mutex_);
            queue_.push_back(&order);
        }
        changed_.notify_one();
        std::unique_lock lock(order.mutex);
        order.told.wait(lock, [&] { return order.done; });
    }

private:
    void work() {
        std::vector<Waiting*> batch;
        while (true) {
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
                if (queue_.empty()) return;
                batch.swap(queue_);
            }
            orders_.begin();
            for (auto* order : batch) order->number = orders_.place(read(order->body));
            orders_.commit();
            for (auto* order : batch) {
                {
                    std::lock_guard lock(order->mutex);
                    order->done = true;
                    order->told.notify_one();
                }
            }
            batch.clear();
        }
    }

    static BareOrder read(const boost::json::value& body) {
        BareOrder order;
        order.reference = view(body.at("reference"));
        for (std::size_t i = 0; i < 3; ++i) {
            order.skus[i] = view(body.at("lines").at(i).at("sku"));
        }
        return order;
    }
    static std::string_view view(const boost::json::value& text) {
        return {text.as_string().data(), text.as_string().size()};
    }

    BareOrders orders_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Waiting*> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

void serve(httplib::Server& server) {
    // A thread for each of the 128 connections, and no time lost to small packets.
    server.new_task_queue = [] { return new httplib::ThreadPool(160); };
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(1'000'000'000);
    server.set_keep_alive_timeout(600);
    server.set_read_timeout(60);
    const int port = server.bind_to_any_port("127.0.0.1");
    std::cout << port << std::endl;
    std::thread listener([&] { server.listen_after_bind(); });
    std::cin.get();
    server.stop();
    listener.join();
}

}  // namespace

int main(int count, char** arguments) {
    httplib::Server server;
    std::unique_ptr<Writer> writer;
    if (count > 1) writer = std::make_unique<Writer>(arguments[1]);
    server.Post("/orders", [&](const httplib::Request& request, httplib::Response& response) {
        if (!writer) return response.set_content(R"({"number":"SO-000001"})", "application/json");
        Waiting order;
        order.body = boost::json::parse(request.body);
        writer->place(order);
        response.set_content(R"({"number":")" + order.number + "\"}", "application/json");
    });
    serve(server);
    return 0;
}

// A call through the plugin door and back beside the same call without the host's part in it; and
// an order's JSON read into its struct beside the bare parse.
#include <dlfcn.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <stdexcept>
#include <wharf/describe.hpp>
#include <wharf/json_parse.hpp>
#include <wharf/operations/sales.hpp>
#include <wharf/validate.hpp>

#include "bench/orders.hpp"
#include "bench/subjects.hpp"
#include "host/plugins/message.hpp"
#include "host/plugins/plugin.hpp"

namespace wharf::bench {
namespace {

constexpr int kRounds = 7;

// Nanoseconds of one call, of the best round.
template <class Work>
double nanoseconds_of(int times, Work work) {
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < times; ++i) work();
        const std::chrono::duration<double, std::nano> took =
            std::chrono::steady_clock::now() - start;
        best = round == 0 ? took.count() / times : std::min(best, took.count() / times);
    }
    return best;
}

const wharf_plugin_entry_v1& entry_of(const char* file) {
    void* library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(::dlerror());
    return *static_cast<const wharf_plugin_entry_v1*>(::dlsym(library, "wharf_plugin_entry"));
}

std::int32_t take_bytes(void* text, const char* data, std::size_t size) {
    static_cast<std::string*>(text)->assign(data, size);
    return 0;
}

std::string order_text() {
    std::string text;
    write_order(7, "WEB-", text);
    return text;
}

}  // namespace

void measure_door(Report& report) {
    const auto& entry = entry_of(WHARF_FIXTURES "/good.so");
    plugins::Manifest manifest;
    manifest.name = "good";
    const plugins::Plugin plugin(manifest, entry);
    const auto order = order_text();
    plugins::CallFrame frame;
    frame.name = "good.echo";
    frame.context = "{}";
    frame.input = order;
    const auto through = nanoseconds_of(200'000, [&] { (void)plugin.call(frame); });

    wharf_call call{};
    call.size = sizeof call;
    call.name = plugins::as_bytes(frame.name);
    call.input = plugins::as_bytes(order);
    std::string reply;
    wharf_writer writer{sizeof writer, &reply, &take_bytes};
    const auto bare = nanoseconds_of(200'000, [&] { entry.call(&call, &writer); });
    report.add(
        {"door", "a call that echoes an order", through, "ns", bare, "the C function alone"});
}

void measure_json(Report& report) {
    const auto text = order_text();
    const auto shape = wharf::shape_of<sales::PlaceOrder>();
    const auto bare = nanoseconds_of(20'000, [&] { (void)boost::json::parse(text); });
    const auto ours = nanoseconds_of(20'000, [&] {
        const auto parsed = parse_json(text);
        if (!faults_of(parsed.value, *shape).empty()) throw std::logic_error("a fault");
        (void)from_json<sales::PlaceOrder>(parsed.value);
    });
    report.add({"json", "an order of 3 lines parsed, checked and read", ours / 1000, "us",
                bare / 1000, "Boost.JSON's parse"});
}

}  // namespace wharf::bench

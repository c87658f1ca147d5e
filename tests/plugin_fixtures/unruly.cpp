// A plugin on the C++ SDK whose handlers misbehave in every way that the SDK and the host must
// hold: it throws what is no refusal, calls itself without end, and uses what it did not declare.
#include <wharf/plugin.hpp>

#include <cstdlib>
#include <stdexcept>

namespace {

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Echo {
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (word))

class Unruly : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Unruly");
        setup.uses("unruly.call_itself");
        setup.read("echo", "GET /echo", &Unruly::echo).permission("inventory.read");
        setup.write("throw_int", "POST /throw_int", &Unruly::throw_int)
            .permission("inventory.write");
        setup.write("throw_error", "POST /throw_error", &Unruly::throw_error)
            .permission("inventory.write");
        setup.write("die", "POST /die", &Unruly::die).permission("inventory.write");
        setup.write("refuse", "POST /refuse", &Unruly::refuse).permission("inventory.write");
        setup.write("call_itself", "POST /call_itself", &Unruly::call_itself)
            .permission("inventory.write");
        setup.write("use_undeclared", "POST /use_undeclared", &Unruly::use_undeclared)
            .permission("inventory.write");
    }

    Echo echo(wharf::Context&, const Echo& request) const { return request; }
    Nothing throw_int(wharf::Context&, const Nothing&) const { throw 7; }
    Nothing throw_error(wharf::Context&, const Nothing&) const {
        throw std::runtime_error("a wheel came off");
    }
    Nothing die(wharf::Context&, const Nothing&) const { std::abort(); }
    Nothing refuse(wharf::Context&, const Nothing&) const {
        throw wharf::Refusal::conflict("unruly.taken", "it is taken", "take another");
    }
    Nothing call_itself(wharf::Context& context, const Nothing& request) const {
        return context.call<Nothing>("unruly.call_itself", request);
    }
    Nothing use_undeclared(wharf::Context& context, const Nothing& request) const {
        return context.call<Nothing>("sales.place_order", request);
    }
};

}  // namespace

WHARF_PLUGIN(Unruly, "unruly", "1.0.0")

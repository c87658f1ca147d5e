// One operation and one collection: enough to pull every part of the SDK into a bundle. NAME comes
// from the build, so that bundles of several compilers can stand side by side in one host.
#include <wharf/plugin.hpp>

namespace {

struct Greeting {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Greeting, (), (name))

struct Greeted {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Greeted, (), (text))

class Hello : public wharf::Plugin {
    void setup(wharf::Setup& setup) override {
        setup.title("Says hello");
        setup.read("greet", "GET /greetings/{name}", &Hello::greet).permission("catalog.read");
        setup.collection<Greeting>("greeted").unique(&Greeting::name);
    }

    Greeted greet(wharf::Context&, const Greeting& request) const {
        if (request.name.empty()) {
            throw wharf::Refusal::invalid("/name", "required", "whom?");
        }
        return {"Hello, " + request.name};
    }
};

}  // namespace

WHARF_PLUGIN(Hello, NAME, "1.0.0")
